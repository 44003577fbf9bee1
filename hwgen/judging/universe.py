"""The universe of a claim, parted by its printed hypotheses: the points inside, and those outside, both densely at each boundary.

Points only; nothing here evaluates a formula or judges. All of it follows from the claim's name, its domain and the hypotheses.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hwgen.evidence.sampling import at_simple, sample, simple
from hwgen.evidence.scope import Asked
from hwgen.judging.boundaries import At, Edge, Walk, boundary
from hwgen.judging.conditions import Condition, Stood, moving, stand
from hwgen.judging.curves import between
from hwgen.model import Bindings, Choices, Interval, Point, Range

# How many times more points than asked for are drawn, until enough of them are inside.
DRAWN = (1, 2, 4, 8, 16, 32)
# Of each condition: from how many points its boundary is looked for, on how many ways from a point inside to one that it excludes, and
# how many points beside it are kept on either side: of those where its sides are least apart, and of the others.
FROM, WAYS, NEAREST, OTHERS = 6, 2, 5, 5
# Points of the sample that only one condition excludes, and points that several do.
ONLY, SEVERAL = 16, 24


@dataclass(frozen=True)
class Universe:
    """The points inside (those of the boundaries last), and outside; `beside` are the outside points at the boundary of each condition.

    `met`: the conditions whose boundaries were met on a way through the universe, by number; between listed cases there is none.
    """

    inside: tuple[Stood, ...]
    outside: tuple[Stood, ...]
    beside: tuple[tuple[Stood, ...], ...]
    met: frozenset[int] = frozenset()


def universe(
    domain: Mapping[str, Range], count: int, seed: int, given: Sequence[Condition], bindings: Bindings, asked: Asked | None = None
) -> Universe:
    """The parted universe; without conditions, all of the sample is inside."""

    def at(point: Point) -> Stood:
        return stand(given, bindings, point, asked)

    lines = [{name: domain[name] for name in domain if name in moving(one, bindings, domain)} for one in given]
    drawn = [at(point) for point in sample(domain, count, seed)]
    for times in DRAWN[1:]:
        # A larger sample, not a further one: which cases are taken in turn follows from the number of points.
        if len([one for one in drawn if one.inside]) >= count or not given:
            break
        drawn = [at(point) for point in sample(domain, times * count, seed)]
    inside = _covering([one for one in drawn if one.inside], count, domain) if given else _with_simple(drawn, domain, at)
    # A hypothesis that is an equation holds at no sampled point.
    inside = inside or _met(_spread(drawn, count), lines, at)
    inside = _once([*inside, *_at_ends(inside, domain, at)]) if given else inside
    within, beside, met = _at_boundaries(inside, drawn, lines, domain, at)
    sampled = _excluded([one for one in drawn if one.outside], given, met)
    return Universe(
        inside=(*inside, *within),
        outside=tuple(_once([*(one for group in beside for one in group), *sampled])),
        beside=tuple(tuple(group) for group in beside),
        met=met,
    )


def _with_simple(drawn: Sequence[Stood], domain: Mapping[str, Range], at: At) -> list[Stood]:
    return [*drawn, *map(at, at_simple(domain, [one.point for one in drawn]))]


def _covering(inside: Sequence[Stood], count: int, domain: Mapping[str, Range]) -> list[Stood]:
    """The first `count` points, but one at least of every combination of listed cases."""
    listed = [name for name, spread in domain.items() if isinstance(spread, Choices)]
    first = {repr([one.point[name] for name in listed]): number for number, one in reversed([*enumerate(inside)])}
    rest = [number for number in range(len(inside)) if number not in set(first.values())]
    kept = sorted([*first.values(), *rest[: max(count - len(first), 0)]])
    return [inside[number] for number in kept]


def _at_ends(inside: Sequence[Stood], domain: Mapping[str, Range], at: At) -> Iterator[Stood]:
    """For each end of each interval, and each simple number in it, a point inside that has it: a lost hypothesis lets in what lies there.

    The ends that the sample has lie anywhere in the other variables, mostly outside of what bounds these.
    """
    for name, spread in domain.items():
        if isinstance(spread, Interval):
            for number in (*map(int if spread.integer else float, (spread.low, spread.high)), *simple(spread)):
                moved = [at({**start.point, name: number}) for start in _spread(inside, FROM)]
                yield from [one for one in moved if one.inside][:1]


def _excluded(outside: Sequence[Stood], given: Sequence[Condition], met: frozenset[int]) -> list[Stood]:
    """Some points that only one condition excludes, for each of them, and some that several do."""
    found: list[Stood] = []
    for index in range(len(given)):
        alone = [one for one in outside if one.violates_only(index)]
        # Between listed cases no boundary was met: the nearest of them are all that there is beside it.
        nearest = [] if index in met else sorted(alone, key=lambda one: one.standing(index).apart)[:NEAREST]
        found += [*alone[:ONLY], *nearest]
    several = [one for one in outside if not any(one.violates_only(index) for index in range(len(given)))]
    return [*found, *several[:SEVERAL]]


def _once(points: Sequence[Stood]) -> list[Stood]:
    return [*{one.key: one for one in points}.values()]


def _met(starts: Sequence[Stood], lines: Sequence[Mapping[str, Range]], at: At) -> list[Stood]:
    """Where every sample is outside: what is inside on the lines through them, as on the sphere on which a length is 1."""
    found = [one for start in starts for index, moved in enumerate(lines) for edge in boundary(start, index, moved, at) for one in edge]
    return _once([one for one in found if one.inside])


def _at_boundaries(
    inside: Sequence[Stood], drawn: Sequence[Stood], lines: Sequence[Mapping[str, Range]], domain: Mapping[str, Range], at: At
) -> tuple[list[Stood], list[list[Stood]], frozenset[int]]:
    """The points on and beside the boundary of each condition: those inside of all, those that it alone excludes; and which are met.

    `lines`: the variables that move each condition, with their ranges. What is found on one boundary is where the others are
    looked for as well, so that corners are reached.
    """
    within: list[Stood] = []
    edges: list[list[Edge]] = [[*_on_the_way(inside, drawn, index, moved, domain, at)] for index, moved in enumerate(lines)]
    # The second round begins from the points of the first one, too, and finds the same from them.
    seen: dict[tuple[str, int], list[Edge]] = {}
    for _ in range(2 if len(lines) > 1 else 1):
        starts = [*_spread(inside, FROM), *_spread(within, FROM)]
        for index, moved in enumerate(lines):
            for start in starts:
                if (start.key, index) not in seen:
                    seen[start.key, index] = [*boundary(start, index, moved, at)]
                    edges[index] += seen[start.key, index]
            within += _nearest([[one for one in edge if one.inside] for edge in edges[index]], index)
    known = {one.key for one in inside}
    beside = [
        _nearest([[one for one in edge if one.violates_only(index)] for edge in found], index, 2) for index, found in enumerate(edges)
    ]
    met = frozenset(index for index, found in enumerate(edges) if any(one.inside for edge in found for one in edge))
    return [one for one in _once(within) if one.key not in known], beside, met


def _on_the_way(
    inside: Sequence[Stood], drawn: Sequence[Stood], index: int, moved: Mapping[str, Range], domain: Mapping[str, Range], at: At
) -> Iterator[Edge]:
    """The boundaries of a condition between points inside and points that it excludes: on no line of one variable if directions matter."""
    if [*map(type, moved.values())] == [Interval]:
        return
    refused = [one for one in drawn if not one.standing(index).held]
    alone = [one for one in refused if one.violates_only(index)]
    for start, end in itertools.product(_spread(inside, WAYS), _spread(alone or refused, WAYS)):
        yield from Walk(between(start.point, end.point, domain), index, at).between_its_ends()


def _nearest(edges: Sequence[Edge], index: int, times: int = 1) -> list[Stood]:
    """Some points at the boundaries of a condition, each once: of those where its sides are least apart, and of all others."""
    found = _once([*(edge[0] for edge in edges if edge), *(one for edge in edges for one in edge)])
    least = 2 * min((one.standing(index).apart for one in found), default=0.0)
    nearest = _spread([one for one in found if one.standing(index).apart <= least], times * NEAREST)
    kept = {one.key for one in nearest}
    return [*nearest, *_spread([one for one in found if one.key not in kept], times * OTHERS)]


def _spread(points: Sequence[Stood], most: int) -> list[Stood]:
    """At most so many of the points, evenly."""
    if len(points) <= most:
        return [*points]
    return [points[round(number * (len(points) - 1) / (most - 1))] for number in range(most)]
