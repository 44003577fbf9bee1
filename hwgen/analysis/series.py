"""Infinite sums in floating point: their terms added up, with a bound or an estimate of what is left out.

Nothing here knows formulas.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS, UNDEFINED
from hwgen.model import Approx

# Terms after which a series is extrapolated, and the part of its sum below which a tail counts as known.
MOST_SERIES_TERMS, FEW_SERIES_TERMS = 4096, 512
TAIL = 1e-9
# After fewer terms the sum counts as known only to this part.
SOON = 1e-11


class Beyond(Protocol):
    """What is known of the terms that are not added: `bound` of their moduli after an index, and how far their sum is `apart` from one."""

    def bound(self, last: int) -> float: ...

    def apart(self, last: int, tail: float) -> float: ...


@dataclass(kw_only=True)
class Partial:
    """What has been added so far: the sum, and in `gross` that of the moduli, which cancel in the sum and not in its error."""

    total: float = 0.0
    gross: float = 0.0
    inherited: float = 0.0
    sizes: list[float] = field(default_factory=list)

    def add(self, term: Approx) -> None:
        """One term more."""
        self.total += term.value
        self.gross += abs(term.value)
        self.inherited += term.error
        self.sizes.append(abs(term.value))

    @property
    def error(self) -> float:
        """What the terms inherited, and what adding them up has rounded away."""
        return self.inherited + len(self.sizes) * EPS * self.gross

    @property
    def worst(self) -> float:
        """The largest ratio of neighbours among the last terms."""
        pairs = itertools.pairwise(self.sizes[-11:])
        return max(after / before if before > 0 else math.inf for before, after in pairs)

    @property
    def rest(self) -> float:
        """What is left out if the terms fall on as they do now; infinite where they do not fall as a geometric series does."""
        worst = self.worst if len(self.sizes) >= 12 else math.inf
        return self.sizes[-1] * worst / (1 - worst) if worst < 0.95 else math.inf


def series(term: Callable[[int], Approx], first: int, beyond: Beyond | None = None) -> Approx:
    """The sum of `term` from `first` on: a geometric bound of the tail where the terms fall so, else Richardson's extrapolation.

    The extrapolation assumes a tail in whole powers of 1/n; its error is estimated from its last two columns. What is known of
    the terms beyond is held against either. Raises ShapeError where neither settles.
    """
    done, asked = Partial(), 0
    sums: list[float] = []
    for count in range(1, MOST_SERIES_TERMS + 1):
        one = term(first + count - 1)
        if not (math.isfinite(one.value) and math.isfinite(one.error)):
            return UNDEFINED
        done.add(one)
        if done.rest <= EPS * done.gross:
            if beyond is None:
                _falls_on(term, first + count, done)
                return Approx(value=done.total, error=2 * done.rest + done.error)
            if count >= asked:  # a bound costs more than a term
                rest, asked = beyond.bound(first + count - 1), 2 * count
                if rest <= 2**6 * EPS * done.gross:
                    return Approx(value=done.total, error=rest + done.error)
        if count & (count - 1) == 0:
            sums.append(done.total)
        if count == FEW_SERIES_TERMS and beyond is not None:
            found = _soon(done, sums[4:], first, beyond)
            if found is not None:
                return found
    return _beyond_terms(done, sums[4:], first, beyond)


def _soon(done: Partial, sums: list[float], first: int, beyond: Beyond) -> Approx | None:
    """The extrapolated sum where few terms tell it well, and what is known of the others agrees; else None."""
    try:
        found = _beyond_terms(done, sums, first, beyond)
    except ShapeError:
        return None
    return found if found.error <= SOON * abs(found.value) else None


def _beyond_terms(done: Partial, sums: list[float], first: int, beyond: Beyond | None) -> Approx:
    """The extrapolated sum, held against what is known of the terms that were not added."""
    _settles(done.sizes)
    found = _extrapolated(sums, done.error)
    apart = beyond.apart(first + len(done.sizes) - 1, found.value - done.total) if beyond else 0.0
    if not apart <= TAIL * max(abs(found.value), TAIL):
        raise ShapeError(UNSETTLED)
    return Approx(value=found.value, error=found.error + apart)


UNSETTLED = "an infinite sum whose tail is not bounded here; write its value, or a finite sum"
LOOKED_AHEAD = (*range(300), *(2**power for power in range(9, 20)))


def _falls_on(term: Callable[[int], Approx], after: int, done: Partial) -> None:
    """Raises ShapeError where a later term is larger than the geometric bound lets it be: a bump, or terms that begin late."""
    for ahead in LOOKED_AHEAD:
        bound = done.sizes[-1] * done.worst ** min(ahead + 1, 2000)
        size = abs(term(after + ahead).value)
        if math.isnan(size) and bound < EPS**2:  # such as a factorial beyond all numbers: nothing more to see
            return
        if not size <= 2 * bound + math.ulp(0.0):
            raise ShapeError(UNSETTLED)


def _settles(sizes: list[float]) -> None:
    """Raises ShapeError unless the terms, times their number, fall from the first quarter to the end, and are not zero there.

    Terms that do not tend to zero, or that do so as slowly as 1/n, have sums only in a sense that nobody printed.
    """
    quarter, count = len(sizes) // 4, len(sizes)
    early, late = max(sizes[quarter - 8 : quarter]) * quarter, max(sizes[-8:]) * count
    if late == 0 or not late <= 0.75 * early:
        raise ShapeError(UNSETTLED)


def _extrapolated(sums: list[float], known_to: float) -> Approx:
    columns = [sums]
    for order in range(1, len(sums)):
        before = columns[-1]
        columns.append([after + (after - now) / (2**order - 1) for now, after in itertools.pairwise(before)])
    ends = [column[-1] for column in columns]
    gaps = [abs(ends[k] - ends[k - 1]) + abs(columns[k - 1][-1] - columns[k - 1][-2]) / 2**k for k in range(1, len(ends))]
    best = min(range(len(gaps)), key=gaps.__getitem__)
    value = ends[best + 1]
    # The columns add up to nine times the error of a partial sum, and do not lessen it.
    error = 10 * gaps[best] + 9 * known_to
    if error > TAIL * max(abs(value), TAIL):
        raise ShapeError(UNSETTLED)
    return Approx(value=value, error=error)
