"""The largest value of a function of one real variable, enclosed: parts of its interval are left out only where they cannot hold it.

A body takes a ball, or a Slope, and returns what its values there lie in. Nothing here knows formulas.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import math
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import flint

from hwgen.analysis import strips
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rounding import EPS, lost
from hwgen.arithmetic.slopes import Slope
from hwgen.arithmetic.spans import Span, span_of

Ball = Any  # flint.arb
Body = Callable[[Any], Any]
MOST_PARTS = 3000
# Parts that can exceed the best value by no more than this, relatively, are left out.
FINE = 1e-13
# What is known to less than this part of its size is no value.
COARSEST = 1e-7
# After so many parts without half as much left open, what is known to this part of its size is good enough.
STALLED, GOOD = 100, 1e-10
# Beside an end a bound is good enough that exceeds the best value by no more than this, relatively.
FINEST = 1e-9
# From here on places are far out, where balls lose their digits.
FAR = 1e6
# So near to an end rounding decides whether the body is defined.
STRIP = 1e-12
FARTHEST = 1000
# From so near to an end on, as exponents of two, it is tried to bound all that is left at once: even, as the parts that double.
EXPONENTS = (2, 4, 6, 8, 12, 20)


@dataclass
class _Search:
    """The best value so far, and the parts that may still hold a better one, the most promising first."""

    body: Body
    best: float = -math.inf
    beyond: float = -math.inf
    waiting: list[tuple[float, int, float, float]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=itertools.count)
    usual: tuple[float, ...] = ()
    faint: bool = False

    def see(self, u: float, closely: bool = False) -> float:
        """What the body is at least at a point, remembered if it is the best."""
        found = _thin(self.body, u, closely)
        low = float(found.low)
        self.faint = self.faint or bool(low == 0 and found.low > 0)
        self.beyond = max(self.beyond, float(found.high)) if not math.isnan(low) else self.beyond
        self.best = max(self.best, low) if not math.isnan(low) else self.best
        return low

    def add(self, low: float, high: float) -> None:
        """A part: its ends and middle are looked at, and it waits if it may hold more than these."""
        middle = low + (high - low) / 2
        if math.isnan(self.see(middle)):
            raise _Undefined
        most = self._most(low, middle, high)
        if most <= self._enough():
            self.beyond = max(self.beyond, most)
        else:
            heapq.heappush(self.waiting, (-most, next(self.numbers), low, high))

    def bounded(self, end: float, sign: int, exponents: tuple[float, float]) -> bool:
        """Whether nothing better lies between two exponents of the distance from an end; how much it may be is noted."""
        found = strips.below(self.body, end, sign, exponents, self._enough())
        self.beyond = max(self.beyond, found) if found < math.inf else self.beyond
        return found < math.inf

    def _enough(self) -> float:
        return self.best + FINE * self.size()

    def seen(self) -> float:
        """What a bound may be without that anything was missed."""
        return self.best + FINEST * self.size()

    def size(self) -> float:
        """How large the best value is, beside how far the body usually is from it."""
        apart = [abs(self.best - one) for one in self.usual if math.isfinite(one)]
        return max(abs(self.best), statistics.median(apart)) if apart else abs(self.best)

    def _most(self, low: float, middle: float, high: float) -> float:
        """A bound of the body on a part, from its values, from its slope, or at the end to which the slope points."""
        part = flint.arb.union(flint.arb(low), flint.arb(high))
        found = _sloped(self.body, part)
        most = _above(found.value)
        if math.isinf(most):
            # A ball has one radius: of values that differ so much it holds all, of both signs.
            most = min(most, strips.height(self.body, Span(flint.arb(low), flint.arb(high))))
        if most > self._enough() and strips.FROM_ZERO < abs(middle) < FAR:
            most = min(most, strips.bound(self.body, flint.arb(low), flint.arb(high)))
        if not found.slope.is_finite() or most <= self._enough():
            return most
        if found.slope > 0 or found.slope < 0:
            end = high if found.slope > 0 else low
            if not math.isnan(self.see(end)):
                return min(most, _above(self.body(flint.arb(end))))
        return min(most, _above(self.body(flint.arb(middle)) + found.slope * (part - flint.arb(middle))))

    def run(self) -> None:
        """Halve the most promising part, again and again, while one may hold more."""
        before = math.inf
        for count in range(MOST_PARTS):
            if not self.waiting or -self.waiting[0][0] <= self._enough():
                break
            if count % STALLED == 0:
                # What the constants' own errors leave open, no smaller part decides.
                apart = -self.waiting[0][0] - self.best
                if before / 2 < apart <= GOOD * self.size():
                    break
                before = apart
            most, _, low, high = heapq.heappop(self.waiting)
            middle = low + (high - low) / 2
            if not low < middle < high:
                self.beyond = max(self.beyond, -most)
                continue
            self.add(low, middle)
            self.add(middle, high)
        self.beyond = max([self.beyond, *(-most for most, *_ in self.waiting)])


class _Undefined(Exception):
    """The body has no value at some point inside."""


def _above(found: Ball) -> float:
    high = float(found.upper())
    return math.inf if math.isnan(high) else high


def _thin(body: Body, u: float, closely: bool) -> Span:
    """The body at a point: by the span of that point where a ball does not hold its value, or as seen from far out."""
    found = body(flint.arb(u))
    vague = not math.isfinite(float(found.upper()))
    far = closely and abs(u) > FAR and (vague or bool(found.rad() > EPS * abs(found.mid())))
    if vague or far:
        place = flint.arb(u)
        with contextlib.suppress(Unenclosed):
            return span_of(body(strips.place_between(place, place) if far else Span(place, place)))
    return span_of(found)


def _sloped(body: Body, part: Ball) -> Slope:
    try:
        found = body(Slope(part, flint.arb(1)))
    except (Unenclosed, TypeError):  # no slope is known: its values alone say how high it is
        found = Slope(body(part), flint.arb("nan"))
    return found if isinstance(found, Slope) else Slope(found, flint.arb(0))


def largest(body: Body, low: float, high: float) -> tuple[float, float]:
    """The largest value on [low, high] and a bound on its error; NaN where there is none. Raises ShapeError where it is not enclosed."""
    search = _Search(body)
    if not low <= high:
        return math.nan, math.nan
    try:
        search.usual = tuple(search.see(u) for u in _usual(low, high))
        for first, last in _parts(low, high, *(_from(search, *one) for one in ((low, 1, high), (high, -1, low)))):
            search.add(first, last)
        ends = _ends(search, low, high)
        search.run()
        search.beyond = max([search.beyond, *strips.bounds(body, low, high, STRIP, FARTHEST, search.seen())])
    except _Undefined:
        return math.nan, math.nan
    error = max(search.beyond - search.best, 0.0) + ends
    if not math.isfinite(search.best) or not error <= COARSEST * search.size() or strips.rises(body, low, high, search.size()):
        end = strips.unbounded(body, low, high)
        why = "it varies too fast, or without end" if end is None else f"it seems to go on without end towards {end:g}"
        raise ShapeError(f"an extremum that is not enclosed: {why}; write its value, or a smaller range")
    return search.best, error + 4 * EPS * abs(search.best) + lost(search.best, exact=not search.faint)


def _usual(low: float, high: float) -> list[float]:
    """Places inside the interval, none of them special; of an endless one beside its end, or about zero."""
    first, last = (low, high) if math.isfinite(high) else (low, low + 4)
    if math.isinf(first):
        first, last = (high - 4, high) if math.isfinite(high) else (-2.0, 2.0)
    return [first + (last - first) * (k + 0.4142) / 9 for k in range(9)]


def _from(search: _Search, end: float, sign: int, other: float) -> float:
    """How far from an end the parts begin, or, far out, the exponent of two at which they end: what lies beyond is bounded at once."""
    if end == other:
        return 0.0
    if math.isinf(end):
        search.see(-sign * 2.0**FARTHEST, closely=True)
        start = other if math.isfinite(other) else 0.0
        for k in EXPONENTS:
            place = -sign * (start - sign * 2.0**k)
            if place >= 4 * strips.FROM_ZERO and search.bounded(0.0, -sign, (math.log2(place), FARTHEST + 1)):
                return k
        return FARTHEST
    width = other - end if math.isfinite(other) else math.copysign(1.0, other)
    strip = STRIP * abs(width)
    search.see(end + sign * strip)
    for k in EXPONENTS:
        if search.bounded(end, sign, (math.log2(strip), math.log2(abs(width)) - k)):
            return abs(width) * 2.0**-k
    return strip


def _parts(low: float, high: float, first: float, last: float) -> Iterator[tuple[float, float]]:
    """The interval without what is beside its ends, far ends in parts that double."""
    if low == high:
        return
    if math.isfinite(low) and math.isfinite(high):
        if low + first < high - last:
            yield low + first, high - last
        return
    if math.isinf(low) and math.isinf(high):
        yield -1.0, 1.0
        yield from _doubling(0.0, 1.0, int(last))
        yield from _doubling(0.0, -1.0, int(first))
        return
    start, sign, strip, until = (low, 1.0, first, last) if math.isfinite(low) else (high, -1.0, last, first)
    near, far = start + sign * strip, start + sign
    yield min(near, far), max(near, far)
    yield from _doubling(start, sign, int(until))


def _doubling(start: float, sign: float, until: int) -> Iterator[tuple[float, float]]:
    for k in range(0, until, 2):
        near, far = start + sign * 2.0**k, start + sign * 2.0 ** (k + 2)
        yield min(near, far), max(near, far)


def _ends(search: _Search, low: float, high: float) -> float:
    """Look at the ends; how far the body may still be from what it is beside them."""
    error = 0.0
    for end, sign in ((low, 1.0), (high, -1.0)):
        if low == high:
            search.see(end)
            continue
        if math.isinf(end):
            error += _far(search, sign)
            continue
        step = STRIP * (high - low if math.isfinite(high - low) else 1.0)
        near, nearer = search.see(end + 2 * sign * step), search.see(end + sign * step)
        at = search.see(end)
        rise = 4 * max(nearer - near, 0.0) if math.isnan(at) else max(at - nearer, nearer - near, 0.0)
        # What lies in the strip matters only as far as it may exceed the best.
        error += max(0.0, max(nearer, near) + rise - search.best) if at != search.best else 0.0
    return error


def _far(search: _Search, sign: float) -> float:
    """How far the body still moves far out: what has not settled there has no largest value unless that lies elsewhere."""
    first, last = (search.see(-sign * 2.0**k, closely=True) for k in (FARTHEST // 2, FARTHEST))
    if math.isnan(last) or max(first, last) < search.best:
        return 0.0
    return abs(last - first)
