r"""How far :math:`g=\phi\circ f` is from its linearisation: the gap function of a link, and suprema over balls of parameters.

Moving the first layer by h changes the network through :math:`u_j=\langle h_j,x\rangle` alone, and h runs over the ball of
radius R exactly when u runs over the ball of radius :math:`R\|x\|`; the suprema below are taken over u. Owns no law and no limit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from hwgen.homework.maths import Array, ascent, maximisation
from hwgen.homework.maths.activations import Activation, identity
from hwgen.homework.maths.ascent import Seen, departure_from
from hwgen.homework.maths.networks import Network

GRID = 400
RAY, ROUGH, FINE = 24, 6, 1000
BISECTIONS = 30
# Up to this width an ascent starts from more than the ray's ends, so many steps of single neurons and steps drawn.
NARROW, SINGLES, DRAWN = 128, 8, 24


def departure(link: Activation, y: Any, tau: Any) -> Any:
    r""":math:`\phi(y+\tau)-\phi(y)-\phi'(y)\tau`, elementwise."""
    return link.call(y + tau) - link.call(y) - link.first(y) * tau


def gap(link: Activation, y: float, reach: float) -> float:
    r""":math:`\Delta_\phi(y,T)=\max_{|\tau|\le T}|\phi(y+\tau)-\phi(y)-\phi'(y)\tau|` for T = reach >= 0.

    A grid of step T/400 over both signs, then finer ones in the two cells around its maximum: accurate to 1e-12
    relative for links whose departure has no second maximum inside one cell.
    """
    return maximum(lambda tau: np.abs(departure(link, y, tau)), -reach, reach)


def maximum(height: Callable[[Any], Any], low: float, high: float) -> float:
    """The maximum of a smooth function of one variable over [low, high], both ends included."""
    return maximisation.height_of(height, np.linspace(low, high, 2 * GRID + 1))


def mean_gap(link: Activation, deviation: float, reach: float, rule: tuple[Array, Array]) -> float:
    r""":math:`\mathbb E\,\Delta_\phi(sZ,T)`, s = deviation, T = reach, by the rule for Z."""
    return float(sum(weight * gap(link, deviation * float(node), reach) for weight, node in zip(*rule, strict=True)))


def moved(network: Network, x: Array, u: Array) -> Array:
    r"""First layers (k, p d) whose preactivations at x are moved by the rows of u (k, p), each step :math:`\|u\|/\|x\|` long."""
    steps = u[:, :, None] * x / float(x @ x)
    return np.reshape(network.W + steps, (len(u), -1))


def remainder_bracket(network: Network, x: Array, R: float, *, per_side: int = 40, moved: int | None = None) -> tuple[float, float]:
    r"""Lower and upper bounds on :math:`\sup_{\|u\|\le R\|x\|}|f-f_{\mathrm{lin}}|`, by Lagrange duality over one multiplier.

    Upper: :math:`\lambda\rho^2+\sum_j\max_{|u|\le\rho}(F_j(u)-\lambda u^2)`, whose best multiplier is sought with inner maxima over
    2 per_side + 1 values of u; at that multiplier it is enclosed.
    Lower: the largest value found by ascent from the allocations of the multipliers that fit, and from the best single neuron.
    Both are sought among the `moved` most efficient neurons, if that is given; the upper bound holds for the whole network.
    """
    few = network if moved is None else efficient(network, x, R, moved)
    rho = R * float(np.linalg.norm(x))
    u = rho * np.linspace(-1, 1, 2 * per_side + 1)
    F = few.a[:, None] * departure(few.activation, few.preactivations(x)[:, None], u) / math.sqrt(few.width)
    low, seen, multipliers = 0.0, Seen.at(x, [few]), []
    for sign in (1.0, -1.0):
        starts, multiplier = _dual(sign * F, u, rho)
        multipliers.append(multiplier)
        low = max(low, float(ascent.climbed(seen, [_stretched(start, rho)[None] for start in starts], rho, identity)[0]))
    return low, max(_allowed_at(multipliers, network, x, rho))


def allowed(network: Network, x: Array, R: float, link: Activation, remainder: float) -> float:
    r"""What :math:`\sup|g-g_{\mathrm{lin}}|` is at most in the ball, where :math:`|f-f_{\mathrm{lin}}|` is at most `remainder`.

    :math:`\Delta_\phi(f_0,R\ell)` and the remainder times the steepest slope of the link within its reach and :math:`R\ell` of f_0.
    """
    f0, reach = network.output(x), R * float(np.linalg.norm(x) * np.linalg.norm(_slopes(network, x)))
    far = reach + remainder
    return gap(link, f0, reach) + remainder * maximum(lambda tau: np.abs(link.first(f0 + tau)) + 0 * tau, -far, far)


def efficient(network: Network, x: Array, R: float, count: int) -> Network:
    r"""The `count` neurons that add most to :math:`f-f_{\mathrm{lin}}` for their budget, at the scale of the whole network.

    Whatever they attain when they move alone, the whole network attains. Budgets are tried on a grid of `ROUGH` steps a side.
    """
    z, best = network.preactivations(x), np.zeros(network.width)
    for u in R * float(np.linalg.norm(x)) * np.arange(1, ROUGH + 1) / ROUGH:
        for step in (-u, u):
            best = np.maximum(best, np.abs(network.a * departure(network.activation, z, step)) / u**2)
    kept = np.argsort(best)[::-1][:count]
    return Network(a=network.a[kept] * math.sqrt(len(kept) / network.width), W=network.W[kept], activation=network.activation)


def _allowed_at(multipliers: Sequence[float], network: Network, x: Array, rho: float) -> Iterator[float]:
    r"""The dual values of F and -F at these multipliers, rounded up: with :math:`|F_j''|\le B_j`, between nodes :math:`F_j-\lambda u^2` is
    larger than at one of them by at most (B_j + 2 lambda) / 8 times the square of their distance, and where B_j <= 2 lambda its maximum
    is at 0."""
    bend = np.abs(network.a) * network.activation.sup_second / math.sqrt(network.width)
    some, u = bend > 2 * min(multipliers), rho * np.linspace(-1, 1, 2 * FINE + 1)
    a, bend = network.a[some], bend[some]
    departures = departure(network.activation, network.preactivations(x)[some, None], u)
    for sign, multiplier in zip((1.0, -1.0), multipliers, strict=True):
        bent = bend > 2 * multiplier
        F = sign * a[bent, None] * departures[bent] / math.sqrt(network.width)
        between = (bend[bent] + 2 * multiplier) * (rho / FINE) ** 2 / 8
        yield multiplier * rho**2 + float(np.sum(np.max(F - multiplier * u**2, axis=1) + between))


def _dual(F: Array, u: Array, rho: float) -> tuple[list[Array], float]:
    """Allocations (p,) that fit into the ball, and the multiplier of the least dual value; F (p, k) on the grid u (k,)."""
    squares, moving = u**2, np.arange(len(F))
    neuron, node = np.unravel_index(np.argmax(F), F.shape)
    single = np.zeros(len(F))
    single[neuron] = u[node]
    starts, bound = [single], (math.inf, 0.0)
    low, high = 0.0, float(np.max(F / np.maximum(squares, (u[1] - u[0]) ** 2)))
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        best = np.argmax(F - middle * squares, axis=1)
        spent = float(np.sum(squares[best]))
        bound = min(bound, (float(np.sum(F[np.arange(len(F)), best])) + middle * (rho**2 - spent), middle))
        allocation = np.zeros(len(single))
        allocation[moving] = u[best]
        if spent <= rho**2:
            high = middle
            starts = [single, allocation] if spent else starts
        else:
            low = middle
            starts = [*starts[:2], allocation]
            # A neuron that does not move at this multiplier moves at no larger one.
            F, moving = F[u[best] != 0], moving[u[best] != 0]
    return starts, bound[1]


def _stretched(u: Array, rho: float) -> Array:
    """u on the sphere of radius rho."""
    return rho * u / float(np.linalg.norm(u))


def along_ray(network: Network, x: Array, R: float, link: Activation) -> tuple[float, Array]:
    r"""The largest :math:`|g-g_{\mathrm{lin}}|` on the ray :math:`\theta^0\pm t\nabla f`, :math:`t\|\nabla f\|\le R`, and all its values.

    Over `RAY` steps a side; the values run from one end of the ray to the other.
    """
    (found,) = along_ray_by(network, x, R, [link])
    return found


def along_ray_by(network: Network, x: Array, R: float, links: Sequence[Activation]) -> list[tuple[float, Array]]:
    """The same for several links, the network on the ray computed once."""
    u = R * float(np.linalg.norm(x)) * np.linspace(-1, 1, 2 * RAY + 1)[:, None] * _ray(network, x)
    return [(float(np.max(np.abs(profile))), profile) for profile in _gaps(network, x, u, links)]


def linearisation_gaps(network: Network, x: Array, u: Array, link: Activation) -> Array:
    r""":math:`g-g_{\mathrm{lin}}` for the rows of u (k, p); (k,)."""
    (found,) = _gaps(network, x, u, [link])
    return found


def _gaps(network: Network, x: Array, u: Array, links: Sequence[Activation]) -> list[Array]:
    z, scale, f0 = network.preactivations(x), math.sqrt(network.width), network.output(x)
    f, along = network.activation.call(z + u) @ network.a / scale, u @ _slopes(network, x)
    return [np.asarray(link.call(f) - link.call(f0) - link.first(f0) * along) for link in links]


def climbed(network: Network, x: Array, R: float, link: Activation) -> float:
    r"""The largest :math:`|g-g_{\mathrm{lin}}|` found in the ball by ascent from both ends of the ray, and more starts if narrow.

    Attained on the sphere :math:`\|u\|=\rho`, so never more than the supremum.
    """
    rho, seen = R * float(np.linalg.norm(x)), Seen.at(x, [network])
    return float(_climbed(seen, rho, link)[0])


def largest(networks: Sequence[Network], x: Array, R: float, links: Sequence[Activation]) -> Array:
    r"""The larger of what `along_ray` and `climbed` find, for many networks of one width at once; (links, networks).

    The network on the ray is computed once for all links.
    """
    return np.concatenate([_largest(seen, R * float(np.linalg.norm(x)), links) for seen in _blocks(networks, x)], axis=1)


def beyond(networks: Sequence[Network], x: Array, R: float, links: Sequence[Activation], times: int) -> Array:
    """What further starts find, with which narrow networks have `times` as many as for `largest`: those alone climb; (links, networks)."""
    rho = R * float(np.linalg.norm(x))
    found = [
        [ascent.climbed(seen, [*_further(seen, rho, link, times, first=1)], rho, link) for link in links] for seen in _blocks(networks, x)
    ]
    return np.concatenate(found, axis=1)


def _blocks(networks: Sequence[Network], x: Array) -> list[Seen]:
    block = max(ascent.BLOCK // networks[0].width, 1)
    return [Seen.at(x, networks[start : start + block]) for start in range(0, len(networks), block)]


def _largest(seen: Seen, rho: float, links: Sequence[Activation]) -> Array:
    """As `largest`, on arrays."""
    length = np.linalg.norm(seen.slopes, axis=1)
    ray = seen.slopes / length[:, None]
    found = np.array([_climbed(seen, rho, link) for link in links])
    for t in rho * np.linspace(-1, 1, 2 * RAY + 1):
        f = seen.moved(t * ray)
        found = np.maximum(found, [np.abs(seen.departure(f, t * length, link)) for link in links])
    return found


def _climbed(seen: Seen, rho: float, link: Activation) -> Array:
    """By ascent from both ends of the ray, and for narrow networks, whose best steps may be far from it, from more; (N,)."""
    ray, narrow = rho * seen.ray(), seen.z.shape[1] <= NARROW
    starts = [-ray, ray, *(_further(seen, rho, link) if narrow else ())]
    return ascent.climbed(seen, starts, rho, link)


def _further(seen: Seen, rho: float, link: Activation, times: int = 1, first: int = 0) -> Iterator[Array]:
    """The best steps of one neuron, and steps drawn at random, which move few neurons much: of so many lots those from the first on."""
    p, steps = seen.z.shape[1], rho * np.array([[1.0], [-1.0]])
    alone = seen.a[:, None] * (seen.activation.call(seen.z[:, None] + steps) - seen.activation.call(seen.z)[:, None]) / seen.scale
    values = np.abs(departure_from(link, seen.f[:, None, None], alone, steps * seen.slopes[:, None]))
    for place in np.argsort(-values.reshape(-1, 2 * p), axis=1)[:, first * SINGLES : times * SINGLES].T[:, :, None]:
        yield np.where(place < p, rho, -rho) * (np.arange(p) == place % p)
    rng = np.random.default_rng(9)
    for number in range(times * DRAWN):
        direction = rng.standard_normal(p) * rng.exponential(size=p) ** 2
        if number < first * DRAWN:
            continue
        yield np.broadcast_to(rho * direction / np.linalg.norm(direction), seen.z.shape)


def _slopes(network: Network, x: Array) -> Array:
    r""":math:`\partial f/\partial z_j`, shape (p,)."""
    return np.asarray(network.a * network.activation.first(network.preactivations(x)) / math.sqrt(network.width))


def _ray(network: Network, x: Array) -> Array:
    slopes = _slopes(network, x)
    return slopes / float(np.linalg.norm(slopes))
