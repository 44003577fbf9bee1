"""What a search by floating-point places cannot reach: beside a finite end of an interval, and beyond the last place of an endless one.

There a body is bounded on spans whose distance from the end doubles again and again, in as many digits as such distances need.
Nothing here looks for a value.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import flint

from hwgen.arithmetic import beside
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.spans import Span, around, span_of

Body = Callable[[Any], Any]
# Distances from an end go down to two to the minus this, and places of an endless interval up to two to this.
NEAREST, LAST = 2**14, 2**40
# A span is halved, by the exponents of its distances, until they differ by no more than this number, or this part.
WIDTH, NARROW = 4, 1.03
# From here on places are far from zero.
FROM_ZERO = 2
# Where a rise is looked for: exponents of two of the distances, themselves as exponents of two; and how many of the last steps must rise
# on, each by at least this part of the one before.
INWARDS, OUTWARDS = range(7, 14), range(10, 40)
STEADY, STEADIER = 4, 0.95
GAINED = 1e-12
# Where a person is told that it rises: exponents of two of the distances.
SEEN = (10, 20, 30, 40, 50)


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


def below(body: Body, end: float, sign: int, exponents: tuple[float, float], enough: float) -> float:
    """A bound of the body between two exponents of the distance from an end, or from zero; infinite where it is more than enough."""
    most = -math.inf
    for found in _bounds(end, sign, body, exponents, enough):
        if found > enough:
            return math.inf
        most = max(most, found)
    return most


def rises(body: Body, low: float, high: float, size: float) -> bool:
    """Whether the body rises on and on towards an end that has no value: by no less whenever the exponent of the distance doubles.

    That is what a logarithm does, times whatever small number; what has a bound rises by less and less. `size`: how large the body is,
    beside which an exponential that is too small for its digits tells of no rise.
    """
    for end, sign in ((low, 1), (high, -1)):
        if low < high and not (math.isfinite(end) and body(flint.arb(end)).is_finite()):
            with flint.ctx.workprec(NEAREST + 200):
                if _rises(_heights(body, end, sign), size * flint.arb(2) ** -NEAREST):
                    return True
    return False


def unbounded(body: Body, low: float, high: float) -> float | None:
    """The end towards which the body itself, not only a bound of it, rises on and on; for the words of a refusal alone."""
    for end, sign in ((low, 1), (high, -1)):
        if low < high and not (math.isfinite(end) and body(flint.arb(end)).is_finite()):
            inwards = math.isfinite(end)
            exponents = [flint.arb(-power if inwards else power) for power in SEEN]
            places = [_between(end if inwards else 0.0, sign if inwards else -sign, one, one) for one in exponents]
            if _rises([-_height(lambda place: -body(place), one) for one in places], flint.arb(0)):
                return end
    return None


def _heights(body: Body, end: float, sign: int) -> list[Any]:
    """What the body is at most on narrow spans, the exponents of whose distances double: so precisely that any rise is seen."""
    inwards = math.isfinite(end)
    found = []
    for power in INWARDS if inwards else OUTWARDS:
        exponents = (flint.arb(-(2**power) if inwards else 2**power) * part for part in (1, flint.arb(NARROW)))
        place = _between(end if inwards else 0.0, sign if inwards else -sign, *exponents)
        found.append(_height(body, place).mid())
    return found


def _rises(heights: Sequence[Any], least: Any) -> bool:
    steps = [after - before for before, after in itertools.pairwise(heights)][-STEADY:]
    return all(one > least for one in steps) and all(after >= STEADIER * before for before, after in itertools.pairwise(steps))


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
    return all(one < best for one in _bounds(end, sign, body, exponents, math.nextafter(best, -math.inf), unknown=math.inf))


def _bounds(end: float, sign: int, body: Body, exponents: tuple[float, float], enough: float, unknown: float = math.nan) -> Iterator[float]:
    """Bounds on spans on one side of an end, between two exponents of the distance; halved where a bound is too large."""
    waiting = [exponents]
    while waiting:
        near, far = waiting.pop()
        # Most need no expansion, which takes longer and could gain no more than this.
        found = height(body, _plainly(end, sign, flint.arb(near), flint.arb(far)))
        found = found if found <= enough + GAINED * abs(enough) else height(body, _between(end, sign, flint.arb(near), flint.arb(far)))
        found = unknown if math.isnan(found) else found
        if found <= enough:
            yield found
        elif abs(far - near) <= WIDTH or max(abs(near), abs(far)) <= NARROW * min(abs(near), abs(far)):
            if not math.isnan(found):
                yield found
                if found == math.inf:
                    return
        else:
            middle = math.copysign(math.sqrt(near * far), far) if near * far > 0 else (near + far) / 2
            waiting += [(near, middle), (middle, far)]


def bound(body: Body, one: Any, other: Any) -> float:
    """What the body is at most between two places; NaN where that is not known."""
    return height(body, place_between(one, other))


def height(body: Body, place: Span) -> float:
    """What the body is at most over a span; NaN where that is not known."""
    return float(_height(body, place).upper())


def place_between(one: Any, other: Any, end: Any = None) -> Span:
    """The numbers between two, the first one smaller: as seen from an end beside them, or from far out where they are far from zero."""
    if end is not None and (one > end or other < end):
        sign = 1 if one > end else -1
        return beside.near(end, sign, *sorted((abs(one - end), abs(other - end)), key=lambda x: x.mid()))
    if one >= FROM_ZERO or other <= -FROM_ZERO:
        return beside.far(1, one, other) if one > 0 else beside.far(-1, -other, -one)
    return Span(one, other)


def _between(end: float, sign: int, one: Any, other: Any) -> Span:
    """The places on one side of an end between two exponents of the distance; beyond a place far out, those of zero."""
    near, farther = sorted((flint.arb(2) ** one, flint.arb(2) ** other), key=lambda x: x.mid())
    return beside.far(sign, near, farther) if one > 0 else beside.near(flint.arb(end), sign, near, farther)


def _plainly(end: float, sign: int, one: Any, other: Any) -> Span:
    """The same places as numbers between two."""
    from_end = 0.0 if one > 0 else end
    ends = [from_end + sign * flint.arb(2) ** exponent for exponent in (one, other)]
    return around(ends)


def _height(body: Body, place: Span) -> Any:
    try:
        return span_of(body(place)).high
    except Unenclosed:
        return flint.arb("nan")
