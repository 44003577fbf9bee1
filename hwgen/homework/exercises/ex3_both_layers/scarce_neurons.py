"""How near to the best the neurons of one network at initialisation are, but for a tiny probability: what it misses of a limit at most.

Outer weights are uniform on [-1, 1] and the rows of the first layer standard normal; no network is drawn here.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.authors.numerics import FALSE_ALARM
from hwgen.homework.maths import Array, both_layers, gaussian
from hwgen.homework.maths.activations import Activation

STEP, TINY = 2e-4, 1e-300


def scarce(width: int, parts: int, likely: Callable[[float], float]) -> float:
    """The part of what the best neuron adds that `parts` of so many miss at most, but for FALSE_ALARM; by Chernoff's bound on their number.

    likely : how probable it is that one neuron misses no more than that part.
    """
    from scipy.optimize import brentq  # half a second, which most commands need not wait

    rare = -math.log(FALSE_ALARM)
    expected = parts + rare + math.sqrt(rare**2 + 2 * parts * rare)
    return float(brentq(lambda part: width * likely(part) - expected, 0.0, 0.5))


def large_enough(r: float, least: Callable[[Array], Array]) -> float:
    """How probable it is that |a| >= least(z), at an input of length r."""
    weights, nodes = gaussian.normal(step=STEP)
    return float(weights @ np.clip(1 - least(r * nodes), 0, 1))


def steep(sigma: Activation, r: float, limit: float, part: float, *, mixed: bool) -> float:
    """How probable it is that the norm of a neuron's block, with or without its mixed entries, misses no more than a part of its limit."""
    level = (1 - part) * limit

    def least(z: Array) -> Array:
        slope, bend = r * np.abs(sigma.first(z)) * mixed, r * r * np.abs(sigma.second(z))
        # The norm is the root of t^2 - |c| t - s^2, which is at most 0 at the level if |c| is large enough.
        return np.where(slope < level, (level - slope**2 / level) / np.maximum(bend, TINY), 0.0)

    return large_enough(r, least)


def shared_gains(sigma: Activation, a: Any, z: Array, r: float, R: float, parts: int) -> list[Array]:
    """p^(1/2) times what each neuron adds to f - f_lin, and takes from it, at most, if `parts` preactivations move by the same length."""
    u = R * r / math.sqrt(parts)
    gains = [both_layers.remainder(sigma, a, z, np.zeros_like(z), np.full_like(z, sign * u)) for sign in (1.0, -1.0)]
    return [np.maximum(*gains), -np.minimum(*gains)]


def gainful(sigma: Activation, r: float, R: float, limit: float, parts: int, part: float) -> float:
    """How probable it is that one neuron adds its share of the limit to f - f_lin but for a part of it: as a or -a does, evenly."""
    level = (1 - part) * limit / parts

    def least(kind: int) -> Callable[[Array], Array]:
        return lambda z: level / np.maximum(shared_gains(sigma, 1.0, z, r, R, parts)[kind], TINY)

    return float(np.mean([large_enough(r, least(kind)) for kind in (0, 1)]))
