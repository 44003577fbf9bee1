"""How near the points of a universe come to the boundary of a printed condition; where they do not, more is promised than is tried.

On a curve through the universe a boundary is met; between listed cases there is no curve, and the cases beside it are all that is tried.
Nothing here judges a relation of the claim.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.evidence.scope import Asked
from hwgen.judging.boundaries import BESIDE, Walk
from hwgen.judging.conditions import UNEQUAL, Condition, Stood, own_variables, stand
from hwgen.judging.curves import along
from hwgen.judging.universe import Universe
from hwgen.model import Bindings, Choices, Interval, Point, Range

# How near a listed case must be to a boundary on which it does not lie, as a part of what the sides are, or differ by, over all cases: to
# that of a strict condition from inside, and from outside of any.
NEAR, NEAR_OUTSIDE = 2 * BESIDE, 5 * BESIDE
# How far past the ends of a variable's range the boundaries of a condition are looked for, in lengths of the range.
PAST = (1, 16)
# Boundaries found at numbers nearer than that, relative to the range, are one.
SAME = 1e-9


@dataclass(frozen=True)
class Reach:
    """A parted universe, and how its points lie to the boundary of each condition."""

    universe: Universe
    of: Sequence[Condition]
    bindings: Bindings
    domain: Mapping[str, Range]
    asked: Asked | None = None

    def within(self, index: int, points: Sequence[Stood] = ()) -> bool:
        """Whether points inside, or these, lie on its boundary, or of a strict one right beside it, wherever what it promises ends."""
        numbers = [*self._numbers(index)]
        if numbers:
            return all(self._tried(index, name, spread, edge) for name, spread in numbers for edge in self._edges(index, name, spread))
        apart = [one.standing(index).apart for one in points or self.universe.inside if one.standing(index).held]
        near = NEAR * self._spread(index) if self.of[index].strict else 0.0
        return index in self.universe.met or any(one <= near for one in apart)

    def anywhere(self, index: int) -> bool:
        """The same of all points, also those that other conditions exclude."""
        return self.within(index, (*self.universe.inside, *self.universe.outside))

    def beyond(self, index: int) -> bool:
        """Whether points that it alone excludes lie right beside its boundary."""
        alone = [one for one in self.universe.outside if one.violates_only(index)]
        numbers = [*self._numbers(index)]
        if any(_is_whole(spread) for _, spread in numbers):
            return all(self._next_is_tried(name, edge, alone) for name, spread in numbers for edge in self._edges(index, name, spread))
        return index in self.universe.met or any(one.standing(index).apart <= NEAR_OUTSIDE * self._spread(index) for one in alone)

    @staticmethod
    def _next_is_tried(name: str, number: float, alone: Sequence[Stood]) -> bool:
        return any(abs(one.point[name] - number) == 1 for one in alone)

    def _spread(self, index: int) -> float:
        """How large the sides are over the points, or by how much their difference varies."""
        points = [*self.universe.inside, *(one for one in self.universe.outside if one.violates_only(index))]
        known = [one.standing(index) for one in points if math.isfinite(one.standing(index).gap)]
        gaps = [one.gap for one in known] or [0.0]
        return max([max(gaps) - min(gaps), *(one.size for one in known)])

    def _numbers(self, index: int) -> Iterator[tuple[str, Range]]:
        """The variable that moves a condition, with its range, if it is a number and no other moves it."""
        names = own_variables(self.of[index], self.bindings)
        if names is not None and len(names) == 1:
            (name,) = names
            spread = self.domain[name]
            if isinstance(spread, Interval) or (isinstance(spread, Choices) and all(map(_is_number, spread.values))):
                yield name, spread

    def _edges(self, index: int, name: str, spread: Range) -> Iterator[float]:
        """Where the condition ends on the way from a point inside, also past its variable's range: the last number that it promises.

        Of a strict one that is the first number that it excludes, unless only whole ones are meant.
        """

        def at(point: Point) -> Stood:
            return stand(self.of, self.bindings, point, self.asked)

        for start, times in itertools.product(self.universe.inside[:1], PAST):
            for edge in Walk(along(start.point, name, _wider(spread, times)), index, at).edges():
                held = [one for one in edge if one.standing(index).held]
                number = (held if _is_whole(spread) else edge)[0].point[name] if held else math.nan
                if _is_whole(spread) and number < 0 <= _ends(spread)[0]:
                    continue  # n^2\ge1 of what is counted says nothing of negative numbers
                # A number that is left out promises nothing but all others, and most of these are past every range.
                if 0 < len(held) < len(edge) and (self.of[index].symbol != UNEQUAL or _ends(spread)[0] <= number <= _ends(spread)[1]):
                    yield number

    def _tried(self, index: int, name: str, spread: Range, number: float) -> bool:
        """Whether the points reach this end of what the condition promises."""
        low, high = _ends(spread)
        allowed = (NEAR if self.of[index].strict and not _is_whole(spread) else SAME) * (high - low)
        if isinstance(spread, Interval):
            return low - allowed <= number <= high + allowed
        return any(abs(one.point[name] - number) <= allowed for one in self.universe.inside)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(spread: Range) -> bool:
    """Whether it is a range of whole numbers, between which nothing is meant."""
    if isinstance(spread, Choices):
        return all(isinstance(one, int) for one in spread.values)
    return isinstance(spread, Interval) and spread.integer


def _ends(spread: Range) -> tuple[float, float]:
    if isinstance(spread, Interval):
        return spread.low, spread.high
    assert isinstance(spread, Choices)
    return min(spread.values), max(spread.values)


def _wider(spread: Range, times: int) -> Interval:
    low, high = _ends(spread)
    width = times * ((high - low) or 1)
    return Interval(low=low - width, high=high + width, integer=_is_whole(spread))
