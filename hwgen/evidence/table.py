"""The cases of a chain over all points of a look, in the order of the points, computed as they are asked for.

On arrays where they can be used, point by point elsewhere; both give the same cases. Nothing here says what they amount to.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from hwgen.evidence.cases import Case, Look, Rows, judge_at, rows_of
from hwgen.model import Verdict
from hwgen.reading import Chain


class Table:
    """The cases by relation and point. Without `arrays` the tree is walked at every point: the other way of computing the same."""

    def __init__(self, chain: Chain, look: Look, arrays: bool = True) -> None:
        self.chain, self.look, self.arrays = chain, look, arrays
        count = len(look.points)
        self.points, self.bound = range(count), range(count, count + len(look.bound))
        self._places = look.places
        self._rows: list[Rows] = []
        self._walked: dict[int, list[Case]] = {}

    def refuted(self) -> Case | None:
        """The first case at the sampled points that is refuted. Raises what an oracle raises at an earlier point."""
        events: dict[int, Case | Rows | Exception] = {}
        # Of the parts that come later only those are looked at that begin before what was found: the first point counts.
        for numbers, rows in self._parts(self.points, lambda number: number < min(events, default=number + 1)):
            for number, found in _refuted_rows(rows) if rows else self._walk(numbers):
                events.setdefault(number, found)
        if not events:
            return None
        first = min(events)
        event = events[first]
        if isinstance(event, Exception):
            raise event
        return event.case(first, self._places[first][0]) if isinstance(event, Rows) else event

    def _parts(self, numbers: range, needed: Callable[[int], bool]) -> Iterator[tuple[Sequence[int], list[Rows]]]:
        """Part after part of the points with their rows; no rows where arrays cannot be used."""
        if not self.arrays:
            yield numbers, []
            return
        for some, sides in self.look.batches.sides(self.chain, numbers, needed):
            pairs = zip(self.chain.relations, sides[:-1], sides[1:], strict=True) if sides else ()
            rows = [rows_of(index, relation.symbol, left, right, some) for index, (relation, left, right) in enumerate(pairs)]
            self._rows += rows
            yield some, rows

    def _walk(self, numbers: Sequence[int]) -> Iterator[tuple[int, Case | Exception]]:
        """Walk the tree at these points up to the first where a case is refuted or an oracle raises: that point and what is found."""
        for number in numbers:
            try:
                self._walked[number] = judge_at(self.chain, *self._places[number])
            except Exception as error:  # raised again if nothing before it is refuted
                yield number, error
                return
            for case in self._walked[number]:
                if case.verdict is Verdict.REFUTED:
                    yield number, case
                    return

    def worst(self) -> Case | None:
        """The worst case at the sampled points: the lowest verdict, then the largest part of its tolerance, then the first."""
        ranked = [_rank(rows) for rows in self._rows] + [
            (int(case.verdict), -_part(case), number, case.relation) for number, cases in self._walked.items() for case in cases
        ]
        if not ranked:
            return None
        _, _, number, relation = min(ranked)
        return next(iter(self.relation(relation, range(number, number + 1))))

    def relation(self, index: int, numbers: range) -> list[Case]:
        """The cases of one relation at these points, in their order. Raises what an oracle raises."""
        known = {number: cases[index] for number, cases in self._walked.items() if number in numbers}
        for rows in self._rows:
            if rows.relation == index:
                known |= {number: rows.case(number, self._places[number][0]) for number in rows.numbers if number in numbers}
        if len(known) == len(numbers):
            return [known[number] for number in numbers]
        for some, rows_here in self._parts(numbers, lambda _: True):
            if not rows_here:
                self._walked |= {number: judge_at(self.chain, *self._places[number]) for number in some}
        return self.relation(index, numbers)


def _refuted_rows(parts: Sequence[Rows]) -> list[tuple[int, Rows]]:
    """The first refuted point of each relation; of two at one point the first relation comes first."""
    found = []
    for rows in parts:
        places = np.flatnonzero(rows.verdict == int(Verdict.REFUTED))
        if places.size:
            found.append((rows.numbers[int(places[0])], rows))
    return sorted(found, key=lambda one: one[0])


def _part(case: Case) -> float:
    """How much of its tolerance a case uses; least for one that has no deviation."""
    excess = max(case.deviation, 0.0)
    part = excess / case.tolerance if case.tolerance else excess
    return -1.0 if math.isnan(part) else part


def _rank(rows: Rows) -> tuple[int, float, int, int]:
    """The worst of the rows, as (verdict, minus the part of its tolerance, point, relation)."""
    lowest = int(rows.verdict.min())
    excess = np.maximum(rows.deviation, 0.0)
    with np.errstate(all="ignore"):
        parts = np.where(rows.tolerance != 0, excess / rows.tolerance, excess)
    parts = np.where(rows.verdict == lowest, np.where(np.isnan(parts), -1.0, parts), -2.0)
    row = int(np.argmax(parts))
    return lowest, -float(parts[row]), rows.numbers[row], rows.relation
