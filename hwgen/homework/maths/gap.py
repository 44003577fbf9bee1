r"""How far :math:`g=\phi\circ f` is from its linearisation: the gap function of a link, and suprema over balls of parameters.

Moving the first layer by h changes the network through :math:`u_j=\langle h_j,x\rangle` alone, and h runs over the ball of
radius R exactly when u runs over the ball of radius :math:`R\|x\|`; the suprema below are taken over u. Owns no law and no limit.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.homework.maths import Array, maximisation
from hwgen.homework.maths.activations import Activation, identity
from hwgen.homework.maths.networks import Network

GRID = 400
RAY = 24
BISECTIONS = 30
ASCENT_STEPS = 20


def departure(link: Activation, y: Any, tau: Any) -> Any:
    r""":math:`\phi(y+\tau)-\phi(y)-\phi'(y)\tau`, elementwise."""
    return link.call(y + tau) - link.call(y) - link.first(y) * tau


def gap(link: Activation, y: float, reach: float) -> float:
    r""":math:`\Delta_\phi(y,T)=\max_{|\tau|\le T}|\phi(y+\tau)-\phi(y)-\phi'(y)\tau|` for T = reach >= 0.

    A grid of step T/400 over both signs, then bounded minimisation in the two cells around its maximum: accurate to 1e-12
    relative for links whose departure has no second maximum inside one cell.
    """
    return maximum(lambda tau: np.abs(departure(link, y, tau)), -reach, reach)


def maximum(height: Callable[[Any], Any], low: float, high: float) -> float:
    """The maximum of a smooth function of one variable over [low, high], both ends included."""
    return maximisation.highest(height, np.linspace(low, high, 2 * GRID + 1))[0]


def mean_gap(link: Activation, deviation: float, reach: float, rule: tuple[Array, Array]) -> float:
    r""":math:`\mathbb E\,\Delta_\phi(sZ,T)`, s = deviation, T = reach, by the rule for Z."""
    return float(sum(weight * gap(link, deviation * float(node), reach) for weight, node in zip(*rule, strict=True)))


def moved(network: Network, x: Array, u: Array) -> Array:
    r"""First layers (k, p d) whose preactivations at x are moved by the rows of u (k, p), each step :math:`\|u\|/\|x\|` long."""
    steps = u[:, :, None] * x / float(x @ x)
    return np.reshape(network.W + steps, (len(u), -1))


def remainder_bracket(network: Network, x: Array, R: float, *, per_side: int = 40) -> tuple[float, float]:
    r"""Lower and upper bounds on :math:`\sup_{\|u\|\le R\|x\|}|f-f_{\mathrm{lin}}|`, by Lagrange duality over one multiplier.

    Upper: :math:`\min_\lambda\lambda\rho^2+\sum_j\max_{|u|\le\rho}(F_j(u)-\lambda u^2)`, the inner maxima over a grid of
    2 per_side + 1 values of u; it neglects the maxima between grid nodes, of relative size about per_side^-2.
    Lower: the largest value found by ascent from the allocations of the multipliers that fit, and from the best single neuron.
    """
    rho = R * float(np.linalg.norm(x))
    u = rho * np.linspace(-1, 1, 2 * per_side + 1)
    F = network.a[:, None] * departure(network.activation, network.preactivations(x)[:, None], u) / math.sqrt(network.width)
    low, high = 0.0, 0.0
    for sign in (1.0, -1.0):
        starts, upper = _dual(sign * F, u, rho)
        low = max(low, *(_climb(network, x, _stretched(start, rho), rho, identity, ASCENT_STEPS) for start in starts))
        high = max(high, upper)
    return low, high


def _dual(F: Array, u: Array, rho: float) -> tuple[list[Array], float]:
    """Allocations (p,) that fit into the ball, and the least dual value; F (p, k) on the grid u (k,)."""
    squares, neurons = u**2, np.arange(len(F))
    neuron, node = np.unravel_index(np.argmax(F), F.shape)
    single = np.zeros(len(F))
    single[neuron] = u[node]
    starts, bound = [single], math.inf
    low, high = 0.0, float(np.max(F / np.maximum(squares, (u[1] - u[0]) ** 2)))
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        best = np.argmax(F - middle * squares, axis=1)
        spent = float(np.sum(squares[best]))
        bound = min(bound, float(np.sum(F[neurons, best])) + middle * (rho**2 - spent))
        if spent <= rho**2:
            high, fitting = middle, u[best]
            starts = [single, fitting] if spent else starts
        else:
            low, over = middle, u[best]
            starts = [*starts[:2], over]
    return starts, bound


def _stretched(u: Array, rho: float) -> Array:
    """u on the sphere of radius rho."""
    return rho * u / float(np.linalg.norm(u))


def along_ray(network: Network, x: Array, R: float, link: Activation) -> tuple[float, Array]:
    r"""The largest :math:`|g-g_{\mathrm{lin}}|` on the ray :math:`\theta^0\pm t\nabla f`, :math:`t\|\nabla f\|\le R`, and all its values.

    Over `RAY` steps a side; the values run from one end of the ray to the other.
    """
    u = R * float(np.linalg.norm(x)) * np.linspace(-1, 1, 2 * RAY + 1)[:, None] * _ray(network, x)
    profile = linearisation_gaps(network, x, u, link)
    return float(np.max(np.abs(profile))), profile


def linearisation_gaps(network: Network, x: Array, u: Array, link: Activation) -> Array:
    r""":math:`g-g_{\mathrm{lin}}` for the rows of u (k, p); (k,)."""
    z, scale, f0 = network.preactivations(x), math.sqrt(network.width), network.output(x)
    f = network.activation.call(z + u) @ network.a / scale
    return np.asarray(link.call(f) - link.call(f0) - link.first(f0) * (u @ _slopes(network, x)))


def climbed(network: Network, x: Array, R: float, link: Activation, *, steps: int = 12) -> float:
    r"""The largest :math:`|g-g_{\mathrm{lin}}|` found in the ball of radius R by ascent from both ends of the ray.

    On the sphere :math:`\|u\|=\rho`: :math:`u\leftarrow\rho(G+\kappa u)/\|G+\kappa u\|`, G the gradient and :math:`\kappa=\|G\|/\rho`
    a shift. Attained in the ball, so never more than the supremum.
    """
    rho = R * float(np.linalg.norm(x))
    return max(_climb(network, x, end * rho * _ray(network, x), rho, link, steps) for end in (-1.0, 1.0))


def _climb(network: Network, x: Array, u: Array, rho: float, link: Activation, steps: int) -> float:
    z, slopes, scale = network.preactivations(x), _slopes(network, x), math.sqrt(network.width)
    first = float(link.first(network.output(x)))
    start = float(linearisation_gaps(network, x, u[None], link)[0])
    sign, found = (1.0 if start >= 0 else -1.0), abs(start)
    for _ in range(steps):
        f = network.activation.call(z + u) @ network.a / scale
        G = sign * (link.first(f) * network.a * network.activation.first(z + u) / scale - first * slopes)
        shifted = G + float(np.linalg.norm(G)) / rho * u
        u = rho * shifted / max(float(np.linalg.norm(shifted)), float(np.finfo(float).tiny))
        found = max(found, sign * float(linearisation_gaps(network, x, u[None], link)[0]))
    return found


def _slopes(network: Network, x: Array) -> Array:
    r""":math:`\partial f/\partial z_j`, shape (p,)."""
    return np.asarray(network.a * network.activation.first(network.preactivations(x)) / math.sqrt(network.width))


def _ray(network: Network, x: Array) -> Array:
    slopes = _slopes(network, x)
    return slopes / float(np.linalg.norm(slopes))
