"""The share of one neuron against a closed form, against many tries, and where nothing depends on its preactivation."""

from __future__ import annotations

import numpy as np
import pytest

from hwgen.homework.maths import activations, shares
from hwgen.homework.maths.activations import Activation


@pytest.mark.parametrize("rho", [0.03, 0.5, 2.0])
def test_a_linear_neuron_gains_the_product_of_both_steps_whatever_it_sees(rho: float) -> None:
    assert shares.share(activations.identity, 1.3, 0.8, rho) == pytest.approx(0.8 * rho**2 / 2, rel=1e-14)


@pytest.mark.parametrize("activation", [activations.tanh, activations.erf], ids=lambda one: one.name)
@pytest.mark.parametrize(("m", "r", "rho"), [(1.0, 1.0, 1.0), (0.5, 1.5, 0.1), (2.0, 0.7, 1.9)])
def test_no_try_gains_more_and_some_gain_almost_as_much(activation: Activation, m: float, r: float, rho: float) -> None:
    rng = np.random.default_rng(8)
    z, angle = rng.uniform(-shares.REACH, shares.REACH, 10**6), rng.uniform(0, 2 * np.pi, 10**6)
    u, alpha = r * rho * np.sin(angle), rho * np.cos(angle)
    moved = activation.call(z + u) - activation.call(z)
    tried = np.max(np.abs(m * np.abs(moved - activation.first(z) * u) + np.abs(alpha * moved)))
    found = shares.share(activation, m, r, rho)
    assert (1 - 1e-4) * found < tried <= found * (1 + 1e-14)
