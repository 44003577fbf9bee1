"""What the ends of a range do to its integral or extremum: their own errors, and what a function does where an end is left out.

Nothing here searches.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from hwgen.arithmetic.rounding import around
from hwgen.model import Approx

Body = Callable[[float], Approx]
# An end that is left out is looked at from so near, in parts of the range, and from so many times as far away.
BESIDE = 1e-9
LOOKS = (0.0, 1.0, 1000.0)
# Nearer than this part of how far it is farther away, a function tends to its value at the end.
TENDS = 0.1


def moved(body: Body, end: Approx, least: bool) -> float:
    """What the error of an end does: to an integral, or to a least value that is attained there."""
    if not (math.isfinite(end.value) and end.error > 0):
        return 0.0
    beside = [_value(body, end.value + step) for step in around(end.error)]
    known = [abs(one - _value(body, end.value)) if least else abs(one) * end.error for one in beside]
    return max((one for one in known if math.isfinite(one)), default=0.0)


def _value(body: Body, place: float) -> float:
    """A function at a place that nobody printed, where an oracle may say that it has none."""
    try:
        return float(body(place).value)
    except (ValueError, ArithmeticError):
        return math.nan


def inside(low: float, high: float, left_out: tuple[bool, bool]) -> tuple[float, float]:
    """A range without what is nearest to the ends that are left out."""
    up, down = inwards(low, high, left_out)
    return low + up, high + down


def inwards(low: float, high: float, left_out: tuple[bool, bool]) -> list[float]:
    """How far inside of a range the ends that are left out are looked at; 0 for an end that is not, or that is endless."""
    width = high - low
    reach = [BESIDE * max(width if math.isfinite(width) else 1.0, abs(end)) for end in (low, high)]
    return [
        sign * min(one, 1e3 * BESIDE * width) if out and math.isfinite(end) else 0.0
        for sign, one, end, out in zip((1, -1), reach, (low, high), left_out, strict=True)
    ]


def with_ends(found: Approx, body: Body, low: float, high: float, left_out: tuple[bool, bool]) -> Approx:
    """A least value found inside of a range, with what lies beside the ends that are left out."""
    for end, step in zip((low, high), inwards(low, high, left_out), strict=True):
        if step:
            found = with_end(found, *(_value(body, end + step * times) for times in LOOKS))
    return found


def with_end(found: Approx, at: float, near: float, farther: float) -> Approx:
    """The value at the end counts where the function tends to it; where it jumps, or has none, it is what it nears that counts."""
    gap, rest = abs(near - at), abs(farther - at)
    if gap <= max(TENDS * rest, 1e-12 * max(abs(at), abs(near))):
        return Approx(value=min(found.value, at), error=found.error)
    fall = max(farther - near, 0.0)
    unseen = fall if near - 10 * fall <= found.value else 0.0
    return Approx(value=found.value, error=found.error + unseen)
