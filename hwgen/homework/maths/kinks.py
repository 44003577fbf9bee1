r"""ReLU with a fixed second layer: how far f may depart from its linearisation when preactivations cross their kink.

A neuron gains :math:`|a|(v-|z|)_+` when its preactivation moves by v against its sign, at the price v^2 of a budget
:math:`R^2r^2`. Owns no law and no limit.
"""

import math

import numpy as np
import scipy

from hwgen.homework.maths import Array

# A multiplier so small that without it the budget is not spent either.
LEAST = 1e-9


def bracket(a: Array, z: Array, reach: float) -> tuple[float, float]:
    r"""Bounds on :math:`\max\sum_j|a_j|(v_j-|z_j|)_+` over :math:`\sum_jv_j^2\le` reach^2, neurons of one sign of a at a time.

    Lower: the steps v = |a|/lambda of the neurons with |z| < |a|/(2 lambda), lambda where they spend the budget. Upper: Lagrange's
    dual at that lambda. Raises ValueError if no neuron has a weight other than 0.
    """
    found = [_one_sign(np.abs(a[some]), np.abs(z[some]), reach) for some in (a > 0, a < 0) if np.any(some)]
    if not found:
        raise ValueError("all weights are 0")
    low, high = zip(*found, strict=True)
    return max(low), max(high)


def _one_sign(a: Array, z: Array, reach: float) -> tuple[float, float]:
    def spent(multiplier: float) -> float:
        return float(np.sum(a[z < a / (2 * multiplier)] ** 2)) / multiplier**2

    def dual(multiplier: float) -> float:
        return multiplier * reach**2 / 2 + float(np.sum(np.maximum(a**2 / (2 * multiplier) - a * z, 0)))

    # The budget spent jumps where a neuron joins; the larger multiplier of the last bracket stays within it.
    high, alone = float(np.linalg.norm(a)) / reach, float(np.max(a * np.maximum(reach - z, 0)))
    while high > LEAST and spent(high) <= reach**2:
        high /= 2
    low, high = high, 2 * high
    # At no multiplier that is met below does another neuron move.
    near = z < a / low
    a, z = a[near], z[near]
    while high / low > 1 + 1e-12:
        middle = math.sqrt(low * high)
        low, high = (low, middle) if spent(middle) <= reach**2 else (middle, high)
    active = z < a / (2 * high)
    v = a * active
    # What is left of the budget lengthens all steps alike.
    scale = reach / float(np.linalg.norm(v)) if np.any(active) else 0.0
    attained = float(np.sum(a * np.maximum(scale * v - z, 0) * active))
    best = scipy.optimize.minimize_scalar(dual, bounds=(high / 2, 2 * high), method="bounded", options={"xatol": 1e-9 * high})
    return max(attained, alone), min(dual(high), float(best.fun))
