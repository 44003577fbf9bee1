r"""How a budget R^2 is best shared among infinitely many neurons: the share :math:`q(\rho)` of one of them, and what shares add up to.

:math:`F=a[\sigma(z+u)-\sigma(z)-\sigma'(z)u]+\alpha[\sigma(z+u)-\sigma(z)]`, over all z, all |a| <= m and all steps with
:math:`\alpha^2+u^2/r^2\le\rho^2`. Owns no width and no law.
"""

import math
from functools import cache
from typing import Any

import numpy as np

from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.maximisation import highest

REACH = 5.0
NODES = 241
ANGLES = 121
RADII = 24
# The place of a maximum is accurate to this, and the largest value to about its square.
PLACE = 1e-9
# The grids around a place: so many steps to each side, each of which the next grid spans.
SIDE, LEAST = 3, 1e-15
AROUND = np.stack(np.meshgrid(*[np.arange(-SIDE, SIDE + 1.0)] * 2), axis=-1).reshape(-1, 2)


def _gain(activation: Activation, m: float, r: float, rho: float, z: Any, angle: Any) -> Any:
    """The largest F over |a| <= m and the sign and size of alpha, for u = r rho sin(angle)."""
    u = r * rho * np.sin(angle)
    increment = activation.call(z + u) - activation.call(z)
    return m * np.abs(increment - activation.first(z) * u) + rho * np.cos(angle) * np.abs(increment)


@cache
def share(activation: Activation, m: float, r: float, rho: float) -> float:
    r""":math:`q(\rho)=\sup F`, for activations whose suprema lie within |z| <= REACH.

    A grid over z and the angle of the step, then ever finer ones around its best node: attained, so never above the supremum.
    """
    z, angle = np.meshgrid(np.linspace(-REACH, REACH, NODES), np.pi / 2 * np.linspace(-1, 1, ANGLES), indexing="ij")
    values = _gain(activation, m, r, rho, z, angle)
    start = np.unravel_index(np.argmax(values), values.shape)
    place, steps = np.array([z[start], angle[start]]), np.array([2 * REACH / (NODES - 1), np.pi / (ANGLES - 1)])
    best = float(values[start])
    while steps[0] > PLACE:
        at, turned = (place + steps * AROUND).T
        around = _gain(activation, m, r, rho, at, np.clip(turned, -np.pi / 2, np.pi / 2))
        found = int(np.argmax(around))
        gained = float(around[found]) - best
        if gained > 0:
            place, best = place + steps * AROUND[found], float(around[found])
        if gained <= LEAST * best or np.max(np.abs(AROUND[found])) < SIDE:
            steps = steps / SIDE  # else the maximum may lie beyond the rim, as far away as before
    return best


def steepest(activation: Activation, m: float, r: float, *, corner: float = 0.0) -> tuple[float, float]:
    r"""(:math:`\Lambda^*`, z): the largest norm of the block with s = sigma'(z) r, c = m sigma''(z) r^2, and where it is reached, z >= 0.

    The place is accurate to about 1e-7.
    """

    def norm(z: Any) -> Any:
        slope, bend = activation.first(z) * r, m * activation.second(z) * r * r
        return np.linalg.norm(np.moveaxis(np.array([[corner + 0 * slope, slope], [slope, bend]]), (0, 1), (-2, -1)), 2, axis=(-2, -1))

    return highest(norm, REACH / (NODES - 1) * np.arange(NODES + 1), PLACE)


def efficiency(activation: Activation, m: float, r: float, R: float) -> tuple[float, float]:
    r"""The largest :math:`q(\rho)/\rho^2` over 0 < rho <= R, and where."""

    def ratio(rho: Any) -> Any:
        return np.vectorize(lambda one: share(activation, m, r, float(one)) / one**2)(rho)

    return highest(ratio, R * np.arange(1, RADII + 1) / RADII, 1e-4 * R)


@cache
def shared(activation: Activation, m: float, r: float, R: float) -> tuple[float, float]:
    r"""Bounds on :math:`V=\sup\{\sum_kq(\rho_k):\sum_k\rho_k^2\le R^2\}`: k equal shares attain the lower one.

    The upper one is R^2 times the largest ratio q(rho)/rho^2, which for no length is half the largest norm of a block.
    """
    best, rho = efficiency(activation, m, r, R)
    limit = R * R / 2 * steepest(activation, m, r)[0]
    counts = {max(1, math.floor((R / rho) ** 2)), math.ceil((R / rho) ** 2)}
    return max(limit, *(k * share(activation, m, r, R / math.sqrt(k)) for k in counts)), max(limit, R * R * best)
