"""What lies beyond the terms of a series that were added: bounded by enclosures of the term over ever longer stretches of its index.

A term takes a span, a complex ball or a slope in place of its index. Nothing here adds terms.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import flint

from hwgen.analysis import areas
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.slopes import Slope
from hwgen.arithmetic.spans import Span, span_of
from hwgen.model import Approx

Term = Callable[[Any], Any]
# Stretches that double reach this far beyond the terms that were added.
DOUBLINGS = 60
SLOWEST = flint.arb("0.95")
# Each stretch is cut into so many parts where the sign of a slope is asked for.
CUTS = 8
# Sums that were found, by all that they depend on: at another point, or in another claim, they are the same.
_SUMMED: dict[Hashable, Approx] = {}
MOST_SUMMED = 4096


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """The terms of a series after some index, in as many digits as `bits` says."""

    term: Term
    bits: int
    said: Hashable = None

    def once(self, first: int, work: Callable[[], Approx]) -> Approx:
        """The sum from the first index on, found once for all points at which nothing in it differs."""
        if self.said is None:
            return work()
        if (key := (self.said, first)) not in _SUMMED:
            if len(_SUMMED) >= MOST_SUMMED:
                _SUMMED.pop(next(iter(_SUMMED)))
            _SUMMED[key] = work()
        return _SUMMED[key]

    def bound(self, last: int) -> float:
        """The sum of the moduli after `last`, at most; infinite where no bound is known. Raises ShapeError where there can be none."""
        try:
            with flint.ctx.workprec(self.bits):
                return self._bound(last)
        except Unenclosed as error:
            raise ShapeError(f"an infinite sum whose later terms are not enclosed: {error}; write its value, or a finite sum") from None

    def _bound(self, last: int) -> float:
        stretches, start = [], last + 1
        for doubling in range(DOUBLINGS):
            count = 2 ** max(doubling - 1, 0)
            height = span_of(self.term(Span(flint.arb(start), flint.arb(start + count - 1)))).most()
            if not height.is_finite():
                return math.inf
            stretches.append(height * count)
            start += count
        before, after = stretches[-2:]
        # Stretches that double and hold as much as those before, as of 1/k, have no end, however small they are.
        falls = after == 0 or after < SLOWEST * before
        return float(sum(stretches, after * SLOWEST / (1 - SLOWEST)).upper()) if falls else math.inf

    def apart(self, last: int, tail: float) -> float:
        """How far the sum after `last` may be from `tail`, by its integral; infinite unless the terms fall all the way."""
        try:
            with flint.ctx.workprec(self.bits):
                if not self._falls(last):
                    return math.inf
                found = areas.area(self.term, flint.arb(last) + flint.arb("0.5"), flint.arb("inf"))
        except (Unenclosed, ShapeError, TypeError):
            return math.inf
        gap = abs(float(found.mid()) - tail)
        return gap + float(found.rad()) if gap <= 1e-3 * abs(tail) else math.inf

    def _falls(self, last: int) -> bool:
        """Whether the terms have one sign and move towards zero on every stretch, so that nothing rises later."""
        cuts = [last + 2**doubling * (CUTS + part) / CUTS for doubling in range(DOUBLINGS) for part in range(CUTS)]
        signs = set()
        for low, high in itertools.pairwise(cuts):
            found = self.term(Slope(flint.arb.union(flint.arb(low), flint.arb(high)), flint.arb(1)))
            if not isinstance(found, Slope) or not found.slope.is_finite():
                return False
            signs.add(1 if found.slope > 0 else -1 if found.slope < 0 else 0)
        return len(signs) == 1 and 0 not in signs
