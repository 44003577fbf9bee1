"""How a printed part nears an end where it is not bounded: whether the samples of an operator see that, however small it is.

Values alone are asked for, in as many digits as it takes. Nothing here ranges.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import flint

Body = Callable[[Any], Any]
# More bits than this beside those of the place itself.
BITS = 192
# What grows beside an end is seen by samples if it has grown so near to it, as a part of a cell; else so many halvings are looked at.
SEEN, DEEP, DEEPEST = 1e-7, 1074, 16384
# Two values of a part as near as this are one.
NOTHING = 1e-200


def seen_to(at: Body, end: float, inwards: float, between: tuple[float, float], integral: bool) -> bool:
    """Whether samples see how a part that is not bounded beside an end nears it: it grows where they are, or stays all the way."""
    if not math.isfinite(end):
        return True
    near = at(flint.arb(end) + SEEN * inwards)
    if not near.is_finite():
        return True
    with flint.ctx.workprec(DEEPEST + BITS):
        far = [at(flint.arb(end) + flint.arb(inwards) * flint.arb(2) ** -power) for power in (60, DEEP, DEEPEST)]
        if not all(one.is_finite() for one in far):
            return False
        if between[0] <= near <= between[1]:
            return bool(abs(far[2] - far[1]) <= abs(far[1] - far[0]) / 2 + NOTHING) and _all_the_way(at, end, inwards, between)
        if integral:
            # Its integral ends if it has grown by less than the way to the end has shrunk.
            return bool(abs(far[2]) * flint.arb(2) ** (DEEP - DEEPEST) <= abs(far[1]) / 2)
        return bool(near > between[1]) == bool(far[2] > between[1])


def _all_the_way(at: Body, end: float, inwards: float, between: tuple[float, float]) -> bool:
    """Whether the part stays where it may at each halving of the way to an end."""
    with flint.ctx.workprec(DEEP + BITS):
        found = (at(flint.arb(end) + flint.arb(inwards) * flint.arb(2) ** -power) for power in range(DEEP))
        return all(one.is_finite() and one >= between[0] and one <= between[1] for one in found)
