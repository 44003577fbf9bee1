"""The universe of a claim, parted by its printed hypotheses: the points inside, and those outside, both densely at each boundary.

Points only; nothing here evaluates a formula or judges. All of it follows from the claim's name, its domain and the hypotheses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.evidence.sampling import sample
from hwgen.evidence.scope import Asked
from hwgen.judging.conditions import UNEQUAL, Condition, Stood, moving, stand
from hwgen.model import Bindings, Choices, Interval, Point, Range, Vectors

# How many times more points than asked for are drawn, until enough of them are inside.
DRAWN = (1, 2, 4, 8, 16, 32)
# Of each condition: from how many points its boundary is looked for, and how many points beside it are kept on either side.
FROM, KEPT = 6, 8
# Points of the sample that only one condition excludes, and points that several do.
ONLY, SEVERAL = 16, 24
# How far beside a boundary a point lies, as a part of its variable's range.
BESIDE = 0.01
# A strict condition lets no boundary in: one that is a little too weak shows only here, as near to it.
JUST_INSIDE = (1e-3, 1e-4)
# How far a boundary that was searched for may be moved to a round number, as a part of that range.
ROUNDED = 1e-6
GRID, HALVINGS, MOST_WHOLE = 24, 80, 200


@dataclass(frozen=True)
class Universe:
    """The points inside (those of the boundaries last), and outside; `beside` are the outside points at the boundary of each condition."""

    inside: tuple[Stood, ...]
    outside: tuple[Stood, ...]
    beside: tuple[tuple[Stood, ...], ...]


At = Callable[[Point], Stood]


def universe(
    domain: Mapping[str, Range], count: int, seed: int, given: Sequence[Condition], bindings: Bindings, asked: Asked | None = None
) -> Universe:
    """The parted universe; without conditions, all of the sample is inside."""

    def at(point: Point) -> Stood:
        return stand(given, bindings, point, asked)

    lines = [{name: domain[name] for name in domain if name in moving(one, bindings, domain)} for one in given]
    drawn = [at(point) for point in sample(domain, count, seed)]
    for times in DRAWN[1:]:
        if len([one for one in drawn if one.inside]) >= count or not given:
            break
        drawn = [at(point) for point in sample(domain, times * count, seed)]
    inside = _covering([one for one in drawn if one.inside], count, domain) if given else drawn
    inside = _once([*inside, *_at_ends(inside, domain, at)]) if given else inside
    within, beside = _at_boundaries(inside, lines, at)
    sampled = _excluded([one for one in drawn if one.outside], given)
    return Universe(
        inside=(*inside, *within),
        outside=tuple(_once([*(one for group in beside for one in group), *sampled])),
        beside=tuple(tuple(group) for group in beside),
    )


def _covering(inside: Sequence[Stood], count: int, domain: Mapping[str, Range]) -> list[Stood]:
    """The first `count` points, but one at least of every combination of listed cases."""
    listed = [name for name, spread in domain.items() if isinstance(spread, Choices)]
    first = {repr([one.point[name] for name in listed]): number for number, one in reversed([*enumerate(inside)])}
    rest = [number for number in range(len(inside)) if number not in set(first.values())]
    kept = sorted([*first.values(), *rest[: max(count - len(first), 0)]])
    return [inside[number] for number in kept]


def _at_ends(inside: Sequence[Stood], domain: Mapping[str, Range], at: At) -> Iterator[Stood]:
    """For each end of each interval a point inside that has it: a hypothesis that is lost lets in what lies there.

    The ends that the sample has lie anywhere in the other variables, mostly outside of what bounds these.
    """
    for name, spread in domain.items():
        if isinstance(spread, Interval):
            for end in map(int if spread.integer else float, (spread.low, spread.high)):
                moved = [at({**start.point, name: end}) for start in _spread(inside, FROM)]
                yield from [one for one in moved if one.inside][:1]


def _excluded(outside: Sequence[Stood], given: Sequence[Condition]) -> list[Stood]:
    """Some points that only one condition excludes, for each of them, and some that several do."""
    found = [one for index in range(len(given)) for one in [at for at in outside if at.violates_only(index)][:ONLY]]
    several = [one for one in outside if not any(one.violates_only(index) for index in range(len(given)))]
    return [*found, *several[:SEVERAL]]


def _once(points: Sequence[Stood]) -> list[Stood]:
    return [*{one.key: one for one in points}.values()]


def _at_boundaries(inside: Sequence[Stood], lines: Sequence[Mapping[str, Range]], at: At) -> tuple[list[Stood], list[list[Stood]]]:
    """The points on and beside the boundary of each condition: those inside of all conditions, and those that it alone excludes.

    `lines`: the variables that move each condition, with their ranges. What is found on one boundary is where the others are
    looked for as well, so that corners are reached.
    """
    within: list[Stood] = []
    beside: list[list[Stood]] = [[] for _ in lines]
    # The second round begins from the points of the first one, too, and finds the same from them.
    seen: dict[tuple[str, int], list[Stood]] = {}
    for _ in range(2 if len(lines) > 1 else 1):
        starts = [*_spread(inside, FROM), *_spread(within, FROM)]
        for index, moved in enumerate(lines):
            for start in starts:
                if (start.key, index) not in seen:
                    seen[start.key, index] = [*boundary(start, index, moved, at)]
            found = _once([one for start in starts for one in seen[start.key, index]])
            within += _kept([one for one in found if one.inside], index)
            beside[index] += [one for one in found if one.violates_only(index)]
    known = {one.key for one in inside}
    return [one for one in _once(within) if one.key not in known], [_spread(_once(group), 2 * KEPT) for group in beside]


def _kept(inside: Sequence[Stood], index: int) -> list[Stood]:
    """Some points inside at a boundary: of a strict condition at every distance, the least ones first."""
    if not inside or not inside[0].of[index].strict:
        return _spread(inside, KEPT // 2)
    return _spread(sorted(inside, key=lambda one: one.standing(index).gap), KEPT)


def _spread(points: Sequence[Stood], most: int) -> list[Stood]:
    """At most so many of the points, evenly."""
    if len(points) <= most:
        return [*points]
    return [points[round(number * (len(points) - 1) / (most - 1))] for number in range(most)]


def boundary(start: Stood, index: int, moved: Mapping[str, Range], at: At) -> Iterator[Stood]:
    """Points on, just inside and just outside the boundary of a condition, along each of these variables from a point where it holds."""
    for name, spread in moved.items():
        if not isinstance(spread, Choices):
            line = _Line(start, index, name, spread, at)
            for end in line.ends:
                yield from line.towards(end)


class _Line:
    """The points that differ from one in a single variable: its value, or the length of a vector."""

    def __init__(self, start: Stood, index: int, name: str, spread: Interval | Vectors, at: At) -> None:
        self.start, self.index, self.name, self.at = start, index, name, at
        self.span = spread.norm if isinstance(spread, Vectors) else spread
        self.vector = start.point[name] if isinstance(spread, Vectors) else None
        self.here: float = float(np.linalg.norm(self.vector)) if self.vector is not None else start.point[name]
        self.ends = [end for end in (self.span.low, self.span.high) if end != self.here]
        self._points: dict[float, Stood] = {}

    def point(self, number: float) -> Stood:
        """The point there, evaluated once: the same numbers are asked for again and again."""
        if number not in self._points:
            self._points[number] = self._point(number)
        return self._points[number]

    def _point(self, number: float) -> Stood:
        value: Any = int(number) if self.span.integer else float(number)
        if self.vector is not None:
            direction = self.vector / self.here if self.here else np.eye(len(self.vector))[0]
            value = number * direction
        return self.at({**self.start.point, self.name: value})

    def gap(self, one: Stood) -> float:
        return one.standing(self.index).gap

    def held(self, one: Stood) -> bool | None:
        return one.standing(self.index).held

    def towards(self, end: float) -> Iterator[Stood]:
        """What lies beside the boundary on the way to an end of the range."""
        if self.span.integer:
            yield from self._whole(end)
            return
        yield from self._first(end)
        if self.start.of[self.index].strict:
            for place in self._singled_out(end):
                # Between two signs may lie a pole, and a dip may end above 0: those are no boundary.
                if self.held(self.point(place)) is False:
                    yield from self._around(place, end)

    def _around(self, place: float, end: float) -> Iterator[Stood]:
        yield from map(self.point, (place, self._beside(place, self.here), self._beside(place, end)))
        if self.start.of[self.index].strict:
            yield from (self.point(self._beside(place, self.here, part)) for part in JUST_INSIDE)

    def _singled_out(self, end: float) -> Iterator[float]:
        """Where a strict condition may fail at a single number: it holds on both sides, so only the gap leads there.

        The gap changes its sign between two neighbours of the grid, or is nearer to 0 than at both neighbours.
        """
        numbers = [*map(float, np.linspace(self.here, end, GRID + 1))]
        line = [*map(self.point, numbers)]
        gaps = [self.gap(one) for one in line]
        for k in range(GRID):
            if self.crossed(line[k], line[k + 1]):
                yield self._root(numbers[k], numbers[k + 1], line[k])
            elif k > 0 and self.held(line[k - 1]) and abs(gaps[k]) < min(abs(gaps[k - 1]), abs(gaps[k + 1])):
                yield numbers[k] if gaps[k] == 0 else self._least(*sorted((numbers[k - 1], numbers[k + 1])))

    def _least(self, low: float, high: float) -> float:
        """Where the sides are nearest to one another; round if they are equal there."""
        from scipy.optimize import minimize_scalar  # half a second, which most commands need not wait

        def apart(number: float) -> float:
            return abs(self.gap(self.point(float(number))))

        return self._rounded(float(minimize_scalar(apart, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x))

    def crossed(self, before: Stood, one: Stood) -> bool:
        r"""Whether two points lie on either side of what a \ne excludes: it holds at both, and the sign of the gap tells them apart."""
        return self.start.of[self.index].symbol == UNEQUAL and self.gap(before) * self.gap(one) < 0

    def _first(self, end: float) -> Iterator[Stood]:
        """What lies beside the first place of the grid at which the condition has ceased to hold or is a tie."""
        last, tied = self.here, self.gap(self.start) == 0
        for number in np.linspace(self.here, end, GRID + 1)[1:]:
            one = self.point(float(number))
            if self.held(one) is False or (self.gap(one) == 0 and not tied):
                yield from self._around(self._root(last, float(number), self.start), end)
                return
            last = float(number)

    def _beside(self, root: float, to: float, part: float = BESIDE) -> float:
        """A number near the root on the way to another one, which it does not pass: a small part of the range away."""
        if self.span.log and root > 0:
            factor = float((self.span.high / self.span.low) ** part)
            place = root * factor if to > root else root / factor
        else:
            place = root + math.copysign(part * (self.span.high - self.span.low), to - root)
        return min(place, to) if to > root else max(place, to)

    def _root(self, inner: float, outer: float, before: Stood) -> float:
        """Where the sides are equal, between `inner`, where it holds as it does `before`, and `outer`, where not; round if it can be."""
        for _ in range(HALVINGS):
            middle = (inner + outer) / 2
            if middle in (inner, outer):
                break
            one = self.point(middle)
            if self.held(one) and self.gap(one) != 0 and not self.crossed(before, one):
                inner = middle
            else:
                outer = middle
        return self._rounded(outer)

    def _rounded(self, number: float) -> float:
        """The roundest number beside this one at which the sides are equal: not any number, as 0 makes many sides equal."""
        rounded = [*(round(number, digits) for digits in range(13)), *(float(f"{number:.{digits}g}") for digits in range(1, 15))]
        near = ROUNDED * (self.span.high - self.span.low)
        return next((one for one in rounded if abs(one - number) <= near and self.gap(self.point(one)) == 0), number)

    def _whole(self, end: float) -> Iterator[Stood]:
        step = 1 if end > self.here else -1
        before = self.start
        for number in range(int(self.here) + step, int(end) + step, step)[:MOST_WHOLE]:
            one = self.point(number)
            if self.held(one) is False:
                yield before
                yield one
                return
            before = one
        if self.gap(before) == 0:
            yield before
