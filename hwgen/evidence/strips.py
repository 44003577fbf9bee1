"""What a search by floating-point places cannot reach: beside a finite end of an interval, and beyond the last place of an endless one.

There a body is bounded on spans whose distance from the end doubles again and again, in as many digits as such distances need.
Nothing here looks for a value.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import flint

from hwgen.evidence.powers import Unenclosed
from hwgen.evidence.spans import Span, span_of

Body = Callable[[Any], Any]
# Distances from an end go down to two to the minus this, and places of an endless interval up to two to this.
NEAREST, LAST = 2**14, 2**40
# A span is halved, by the exponents of its distances, until they differ by no more than this number, or this part.
WIDTH, NARROW = 4, 1.03


def bounds(body: Body, low: float, high: float, strip: float, farthest: int, enough: float) -> Iterator[float]:
    """Bounds of the body beside the ends: all are at most `enough`, or one is not, where something may have been missed.

    `strip`: how much of the interval beside an end has not been searched; `farthest`: the exponent of two of the last place searched.
    Where the body has no bound, because it is singular at the end, nothing is said.
    """
    if low == high:
        return
    for end, sign in ((low, 1), (high, -1)):
        if math.isfinite(end):
            width = strip * (high - low if math.isfinite(high - low) else 1.0)
            with flint.ctx.workprec(NEAREST + 200):  # places that near to an end differ from it only so
                yield from _bounds(end, sign, body, (-NEAREST, math.log2(width)), enough)
        else:
            yield from _bounds(0.0, -sign, body, (farthest, LAST), enough)


# The exponents of two from which on an endless interval is shown to hold nothing as good as the best.
FROM = (4, 16, 64, 256)


def attained(body: Body, low: float, high: float, best: float, strip: float) -> bool:
    """Whether the body, which is at least `best` somewhere, is less far out, and less beside an end where it has no value."""
    for end, sign in ((low, 1), (high, -1)):
        if math.isinf(end):
            if not any(_below(body, 0.0, -sign, (start, LAST), best) for start in FROM):
                return False
        elif not body(flint.arb(end)).is_finite():
            width = strip * (high - low if math.isfinite(high - low) else 1.0)
            with flint.ctx.workprec(NEAREST + 200):
                if not _below(body, end, sign, (-NEAREST, math.log2(width)), best):
                    return False
    return True


def _below(body: Body, end: float, sign: int, exponents: tuple[float, float], best: float) -> bool:
    """Whether the body is bounded by less than the best on all spans between two exponents of the distance from an end."""
    found = list(_bounds(end, sign, body, exponents, math.nextafter(best, -math.inf), unknown=math.inf))
    return all(one < best for one in found)


def _bounds(end: float, sign: int, body: Body, exponents: tuple[float, float], enough: float, unknown: float = math.nan) -> Iterator[float]:
    """Bounds on spans on one side of an end, between two exponents of the distance; halved where a bound is too large."""
    waiting = [exponents]
    while waiting:
        near, far = waiting.pop()
        found = _bound(body, *(end + sign * flint.arb(2) ** flint.arb(k) for k in (near, far)))
        found = unknown if math.isnan(found) else found
        if found <= enough:
            yield found
        elif abs(far - near) <= WIDTH or max(abs(near), abs(far)) <= NARROW * min(abs(near), abs(far)):
            if not math.isnan(found):
                yield found
                return
        else:
            middle = math.copysign(math.sqrt(near * far), far) if near * far > 0 else (near + far) / 2
            waiting += [(near, middle), (middle, far)]


def _bound(body: Body, one: Any, other: Any) -> float:
    """What the body is at most between two places; NaN where that is not known."""
    try:
        return float(span_of(body(Span(*((one, other) if one < other else (other, one))))).high.upper())
    except Unenclosed:
        return math.nan
