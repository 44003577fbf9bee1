"""The closed forms of the network's derivatives against differentiation of its values, which knows none of them."""

import numpy as np
import pytest
from homework.closed_forms import field_both, hessian_both, hessian_first, with_both

from hwgen.homework.maths import activations, differentiation, networks

X = np.array([1.1, -0.7, 0.4])


def network(activation: activations.Activation = activations.tanh, seed: int = 3) -> networks.Network:
    return networks.drawn(np.random.default_rng(seed), 4, 3, activation)


@pytest.mark.parametrize("activation", [activations.tanh, activations.erf, activations.softplus, activations.cubic])
def test_gradients_and_hessians_are_those_of_the_network(activation: activations.Activation) -> None:
    net = network(activation)
    for field, theta, gradient, hessian in (
        (net.field_first(X), net.first_layer(), net.gradient_first(X), hessian_first(net, X)),
        (field_both(net, X), net.both_layers(), net.gradient_both(X), hessian_both(net, X)),
    ):
        found, error = differentiation.gradient(field, theta)
        assert np.max(np.abs(found - gradient)) <= error < 1e-12
        found, error = differentiation.hessian(field, theta)
        assert np.max(np.abs(found - hessian)) <= error < 1e-11


def test_fields_and_vectors_of_parameters_agree_with_the_output() -> None:
    net = network()
    expected = 4**-0.5 * sum(a * np.tanh(w @ X) for a, w in zip(net.a, net.W, strict=True))
    assert net.output(X) == pytest.approx(expected, abs=1e-15)
    assert net.field_first(X)(net.first_layer()[None])[0] == pytest.approx(expected, abs=1e-15)
    assert field_both(net, X, np.exp)(net.both_layers()[None])[0] == pytest.approx(np.exp(expected), abs=1e-15)


def test_vectors_of_parameters_go_there_and_back() -> None:
    net = network()
    shift = np.random.default_rng(8).standard_normal(16)
    moved = with_both(net, net.both_layers() + shift)
    assert np.array_equal(moved.both_layers(), net.both_layers() + shift)
    assert moved.a[1] == net.a[1] + shift[4]
    assert np.array_equal(net.with_first(net.first_layer() + 1).W, net.W + 1)


def test_initialisation_follows_the_named_law() -> None:
    rng = np.random.default_rng(5)
    uniform = networks.drawn(rng, 4000, 2, activations.tanh, deviation=0.5)
    assert np.abs(uniform.a).max() <= 1
    # Five standard errors of the mean of a^2 (variance 4/45) and of w^2 (variance 2/16).
    assert abs(np.mean(uniform.a**2) - 1 / 3) < 5 * np.sqrt(4 / 45 / 4000)
    assert abs(np.mean(uniform.W**2) - 0.25) < 5 * np.sqrt(2 / 16 / 8000)
    assert set(networks.drawn(rng, 50, 2, activations.tanh, law="rademacher").a) == {-1.0, 1.0}
    with pytest.raises(ValueError, match="law is 'cauchy'; expected 'uniform' or 'rademacher'"):
        networks.drawn(rng, 5, 2, activations.tanh, law="cauchy")
