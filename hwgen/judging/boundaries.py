"""Where a printed condition begins and ceases to hold on a curve through the universe, and the points on both sides of it.

It is looked for by whether the condition holds, not by what its sides are: integer parts and sides that are equal along a whole stretch
change nothing else. Nothing here evaluates a formula of the page but that condition, or judges.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from hwgen.judging.conditions import UNEQUAL, Stood
from hwgen.judging.curves import Curve, along
from hwgen.model import Choices, Point, Range

# How far beside a boundary a point lies, as a part of the curve's range.
BESIDE = 0.01
# Where no boundary is let in, a condition that is a little too weak shows only here, as near to it.
JUST_INSIDE = (1e-3, 1e-4)
# How far a boundary that was searched for may be moved to a round number, as a part of that range: where its sides are equal, where not.
ROUNDED, JUMP = 1e-6, 1e-14
# A number of more digits is not round: where the sides are equal only to their errors it may lie on the wrong side. One of more digits
# than the fewer must make them the same, as by chance every thousandth is near enough to a boundary.
DIGITS, FEWER = 9, 6
GRID, HALVINGS, MOST_WHOLE = 24, 80, 200

At = Callable[[Point], Stood]
# The points of one boundary, the nearest to it first.
Edge = list[Stood]


def boundary(start: Stood, index: int, moved: Mapping[str, Range], at: At) -> Iterator[Edge]:
    """Each boundary of a condition along each of these variables from a point: on it, just inside and just outside."""
    for name, spread in moved.items():
        if not isinstance(spread, Choices):
            yield from Walk(along(start.point, name, spread), index, at).edges()


class Walk:
    """A curve through the universe, and one condition on it."""

    def __init__(self, curve: Curve, index: int, at: At) -> None:
        self.curve, self.index = curve, index
        # Evaluated once: the same numbers are asked for again and again.
        self.stood = functools.cache(lambda number: at(curve.point(number)))

    def gap(self, number: float) -> float:
        """How far the sides are apart there."""
        return self.stood(number).standing(self.index).gap

    def held(self, number: float) -> bool:
        """Whether the condition holds there: where it has no value it does not."""
        return bool(self.stood(number).standing(self.index).held)

    def edges(self) -> Iterator[Edge]:
        """Every boundary that is met on the way from the start to either end of the curve."""
        # Each way by itself: a boundary is a change on the way from the start.
        for end in (self.curve.low, self.curve.high):
            if end != self.curve.here:
                yield from self._whole(end) if self.curve.integer else self._towards(end)

    def between_its_ends(self) -> Iterator[Edge]:
        """One boundary, if the condition holds at one end of the curve and not at the other."""
        if self.held(self.curve.low) != self.held(self.curve.high):
            yield self._edge(self.curve.low, self.curve.high)

    def _whole(self, end: float) -> Iterator[Edge]:
        numbers = self.curve.whole(end, MOST_WHOLE)
        met = False
        for before, after in itertools.pairwise(numbers):
            if self.held(before) != self.held(after):
                met = True
                yield [*map(self.stood, self._bisected(before, after, self.held))]
        if not met and self._tied(numbers[-1]):
            yield [self.stood(numbers[-1])]

    def _towards(self, end: float) -> Iterator[Edge]:
        numbers = self.curve.grid(end, GRID)
        tied = self._tied(numbers[0])
        for k, (before, after) in enumerate(itertools.pairwise(numbers)):
            if self.held(before) != self.held(after):
                yield self._edge(before, after)
            elif self._tied(after) and not tied:
                yield self._around(self._rounded(after), after, before, end)
            else:
                yield from self._between(numbers, k)
            tied = self._tied(after)

    def _between(self, numbers: Sequence[float], k: int) -> Iterator[Edge]:
        """What lies between neighbours at which the condition stands alike: a number, or a slit, that only its sides lead to.

        These change places between two numbers of the grid, or are nearer to one another at one of them than at both neighbours.
        """
        low, middle, high = numbers[max(k - 1, 0)], numbers[k], numbers[k + 1]
        apart = [abs(self.gap(one)) for one in (low, middle, high)]
        # The sides change places, though the condition stands alike at both: in between they are equal, or jump.
        if self.gap(middle) * self.gap(high) < 0:
            yield from self._slit(middle, self._root(middle, high), high)
        elif k > 0 and self.held(low) == self.held(middle) and apart[1] < min(apart[0], apart[2]):
            yield from self._slit(low, middle if apart[1] == 0 else self._least(*sorted((low, high))), high)

    def _slit(self, before: float, place: float, after: float) -> Iterator[Edge]:
        """Both boundaries of what is at that place, if the condition stands otherwise there: not at a pole or a dip that ends above 0."""
        if self.held(place) != self.held(before):
            yield [self.stood(place)]
            yield self._edge(before, place)
            yield self._edge(place, after)
        elif self._tied(place):
            yield [self.stood(place)]

    def _edge(self, one: float, other: float) -> Edge:
        """The boundary between two numbers of which the condition holds at one."""
        within, beyond = (one, other) if self.held(one) else (other, one)
        inner, outer = self._bisected(within, beyond, self.held)
        tie = next((number for number in (outer, inner) if self._tied(number)), None)
        if tie == inner:  # the first number at which the sides are equal, not the last one to their errors
            tie = self._first_tied(inner, within)
        place = self._rounded(tie) if tie is not None else self._jump(inner)
        return self._around(place, inner if tie is None else place, within, beyond)

    def _first_tied(self, inner: float, within: float) -> float:
        """Of the numbers at which the sides are equal the first one on the way out; where they are so on a whole stretch, the last.

        From one of them on, as an earlier way found it, a stretch that short is made of their errors, and ends beyond the boundary.
        """
        if not self._tied(within):
            return self._bisected(inner, within, self._tied)[0]
        short = abs(inner - within) <= ROUNDED * self.curve.width
        return within if short and not self.stood(inner).standing(self.index).meets else inner

    def _tied(self, number: float) -> bool:
        return self.gap(number) == 0

    def _around(self, place: float, near: float, inwards: float, outwards: float) -> Edge:
        """The points there, nearest first; just inside ones only where the boundary itself is not."""
        beside = [self._beside(near, inwards, BESIDE), self._beside(near, outwards, BESIDE)]
        just = [] if self.held(place) else [self._beside(near, inwards, part) for part in JUST_INSIDE]
        return [*map(self.stood, (place, *reversed(just), *beside))]

    def _bisected(self, within: float, beyond: float, asked: Callable[[float], bool]) -> tuple[float, float]:
        """Neighbouring numbers between these, of which something is so at the first and not at the second, or the other way round."""
        first = asked(within)
        for _ in range(HALVINGS):
            middle = self.curve.middle(within, beyond)
            if middle in (within, beyond):
                break
            if asked(middle) == first:
                within = middle
            else:
                beyond = middle
        return within, beyond

    def _root(self, low: float, high: float) -> float:
        """Where the gap changes its sign."""
        sign = np.sign(self.gap(low))
        for _ in range(HALVINGS):
            middle = self.curve.middle(low, high)
            if middle in (low, high) or self._tied(middle):
                return self._rounded(middle)
            low, high = (middle, high) if np.sign(self.gap(middle)) == sign else (low, middle)
        return self._rounded(high)

    def _least(self, low: float, high: float) -> float:
        """Where the sides are nearest to one another, or farthest in the other order; round if they are equal there."""
        from scipy.optimize import minimize_scalar  # half a second, which most commands need not wait

        ordered = self.stood(low).of[self.index].symbol not in {"=", UNEQUAL}
        sign = 1 if self.held(low) else -1

        def apart(number: float) -> float:
            gap = self.gap(float(number))
            return sign * gap if ordered else abs(gap)

        return self._rounded(float(minimize_scalar(apart, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x))

    def _beside(self, place: float, to: float, part: float) -> float:
        """A number near the boundary in the direction of another one: a small part of the range away, on the curve."""
        if self.curve.log and place > 0:
            factor = float((self.curve.high / self.curve.low) ** part)
            number = place * factor if to > place else place / factor
        else:
            number = place + math.copysign(part * self.curve.width, to - place)
        return min(max(number, self.curve.low), self.curve.high)

    def _rounded(self, number: float) -> float:
        """The roundest number beside this one at which the sides are equal: not any number, as 0 makes many sides equal."""
        rounded = [*_decimals(number), *(float(f"{number:.{digits}g}") for digits in range(1, DIGITS + 1))]
        near = ROUNDED * self.curve.width
        return next((one for one in rounded if abs(one - number) <= near and self._on(one) and self._met(one)), number)

    def _met(self, number: float) -> bool:
        """Whether the sides are equal there by more than chance."""
        return self._tied(number) and (self.stood(number).standing(self.index).meets or float(f"{number:.{FEWER}g}") == number)

    def _jump(self, number: float) -> float:
        """The round number at which a jump is; otherwise the last one at which the condition holds."""
        near = JUMP * max(self.curve.width, abs(number))
        return next((one for one in _decimals(number) if abs(one - number) <= near and self._on(one)), number)

    def _on(self, number: float) -> bool:
        return self.curve.low <= number <= self.curve.high


def _decimals(number: float) -> list[float]:
    return [round(number, digits) for digits in range(DIGITS + 1)]
