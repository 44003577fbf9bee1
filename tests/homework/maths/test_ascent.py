"""Ascents of many networks at once, against one that knows the gradient only, and Newton's step against the Hessian itself."""

import numpy as np
import pytest

from hwgen.homework.maths import activations, ascent, networks
from hwgen.homework.maths.ascent import Seen

X, RHO = np.array([1.2, -0.5]), 1.8


def seen(width: int, count: int, seed: int = 5) -> Seen:
    rng = np.random.default_rng(seed)
    return Seen.at(X, [networks.drawn(rng, width, 2, activations.erf) for _ in range(count)])


def on_sphere(shape: tuple[int, int], seed: int = 6) -> np.ndarray:
    u = np.random.default_rng(seed).standard_normal(shape)
    return np.asarray(RHO * u / np.linalg.norm(u, axis=1)[:, None])


def departures(some: Seen, u: np.ndarray, link: activations.Activation) -> np.ndarray:
    return some.departure(some.moved(u), np.sum(u * some.slopes, axis=1), link)


def shifted(some: Seen, u: np.ndarray, link: activations.Activation, steps: int) -> np.ndarray:
    """The largest value on the way of the gradient alone."""
    sign = np.sign(departures(some, u, link))[:, None]
    found = np.abs(departures(some, u, link))
    for _ in range(steps):
        slope = some.a * some.activation.first(some.z + u) / some.scale
        G = sign * (link.first(some.moved(u))[:, None] * slope - link.first(some.f)[:, None] * some.slopes)
        v = G + np.linalg.norm(G, axis=1)[:, None] / RHO * u
        u = RHO * v / np.linalg.norm(v, axis=1)[:, None]
        found = np.maximum(found, sign[:, 0] * departures(some, u, link))
    return found


# Without a link the tops are many, and some nearly as high as others: ascents from one start may end at two of them.
LINKS = {activations.tanh: 1e-9, activations.quadratic: 1e-9, activations.identity: 2e-4}


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.name)
@pytest.mark.parametrize("width", [8, 128])
def test_an_ascent_reaches_what_many_more_steps_along_the_gradient_do(width: int, link: activations.Activation) -> None:
    some = seen(width, 6)
    starts = [on_sphere(some.z.shape, seed) for seed in range(8)]
    plain = np.max([shifted(some, start, link, 300) for start in starts], axis=0)
    assert np.all(ascent.climbed(some, starts, RHO, link) >= plain * (1 - LINKS[link]))


def test_the_step_is_that_of_the_hessian_where_it_is_negative_along_the_sphere_and_only_there() -> None:
    some, link = seen(6, 40), activations.tanh
    rows = ascent._Rows.at(some, np.arange(40), on_sphere(some.z.shape), RHO, link)
    for _ in range(4):  # nearer to the tops, so that both kinds of places are there
        rows, _ended = rows.stepped(by_curvature=False)
    slope, gradient = rows._gradient()
    stepped, kinds = rows._bent(slope, gradient), set()
    for row in range(40):
        expected = _newton(rows, row, slope[row], gradient[row])
        kinds.add(expected is not None)
        taken = expected is not None and np.allclose(stepped[row], expected, rtol=0, atol=1e-7)
        assert taken == (expected is not None)
    assert kinds == {True, False}


def _newton(rows: "ascent._Rows", row: int, slope: np.ndarray, gradient: np.ndarray) -> np.ndarray | None:
    """Newton's step in a basis of the tangent space, by dense linear algebra; None where the Hessian is not negative there."""
    one, u = rows.those(np.array([row])), rows.u[row]
    bend = one.seen.a[0] * one.seen.activation.second(one.seen.z[0] + u) / one.seen.scale
    sign, f = one.sign[0], one.f[0]
    hessian = sign * (rows.link.first(f) * np.diag(bend) + rows.link.second(f) * np.outer(slope, slope)) - gradient @ u / RHO**2 * np.eye(6)
    tangent = np.linalg.svd(u[None])[2][1:].T
    inside = tangent.T @ hessian @ tangent
    if np.linalg.eigvalsh(inside).max() >= 0:
        return None
    ahead = u - tangent @ np.linalg.solve(inside, tangent.T @ gradient)
    return np.asarray(RHO * ahead / np.linalg.norm(ahead))


def test_networks_of_one_block_do_not_see_each_other() -> None:
    some = seen(16, 5)
    starts = [on_sphere(some.z.shape, seed) for seed in range(3)]
    alone = [ascent.climbed(some.rows(np.array([k])), [start[[k]] for start in starts], RHO, activations.tanh)[0] for k in range(5)]
    assert ascent.climbed(some, starts, RHO, activations.tanh) == pytest.approx(alone, rel=1e-12)
