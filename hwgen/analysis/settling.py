"""Whether values at places that tend somewhere settle, and at what: the last ones where they agree, else an extrapolation of a ladder.

Nothing here knows formulas.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS
from hwgen.model import Approx

NOT_SETTLED = "a limit that does not settle: the values on the way to it go apart, have none, or move too slowly; write a bound"
# Values that differ by no more than this part of their size, or of what they ran through, are one limit.
SAME, EXTRAPOLATED = 1e-13, 1e-7
# From one place to the next differences fall to this part at least.
SLOWEST = 0.9


@dataclass(frozen=True, kw_only=True)
class Sequences:
    """Values `at` the places theta 2^m, for the m of a `far` end and of a `ladder`, and some thetas."""

    at: Callable[[int, Any], Any]
    far: Sequence[int]
    ladder: Sequence[int]
    thetas: Sequence[Any]

    def values(self, places: Sequence[int], theta: Any) -> list[float]:
        """What the values are, each known to far less than a rounding. Raises ShapeError where there is none."""
        found = [self.at(m, theta) for m in places]
        if not all(one.is_finite() and math.isfinite(float(one.mid())) for one in found):
            raise ShapeError(NOT_SETTLED)
        return [float(one.mid()) for one in found]


def settled(sequences: Sequences) -> Approx:
    """The limit: what the far values agree on, else what the ladders extrapolate to. Raises ShapeError for neither."""
    far = [one for theta in sequences.thetas for one in sequences.values(sequences.far, theta)]
    middle, apart = far[-1], max(far) - min(far)
    if apart <= SAME * max(abs(middle), SAME):
        return Approx(value=middle, error=2 * apart + EPS * abs(middle))
    ladders = [sequences.values(sequences.ladder, theta) for theta in sequences.thetas]
    return sides_agree([_extrapolated(one) for one in ladders])


def _extrapolated(values: Sequence[float]) -> Approx:
    if not falls(values):
        raise ShapeError(NOT_SETTLED)
    value, error = shanks(values)
    if not error <= EXTRAPOLATED * max(abs(value), max(values) - min(values)):
        raise ShapeError(NOT_SETTLED)
    return Approx(value=value, error=error)


def sides_agree(found: Sequence[Approx]) -> Approx:
    """The one limit of several ways to it. Raises ShapeError where they are not one within ten times their errors."""
    first = found[0]
    apart = max(abs(one.value - first.value) for one in found)
    if apart > 10 * sum(one.error for one in found) + SAME * max(abs(one.value) for one in found):
        raise ShapeError("a limit that is not the same on all ways to it; write from which side, or a bound")
    return Approx(value=first.value, error=max(one.error for one in found) + apart)


def falls(values: Sequence[float], rounding: float = 0.0) -> bool:
    """Whether the differences of a sequence fall all the way: what runs away has an extrapolation too, and no limit."""
    gaps = [abs(after - one) for one, after in itertools.pairwise(values)]
    small = rounding + SAME * max(map(abs, values))
    return all(after <= max(SLOWEST * one, small) for one, after in itertools.pairwise(gaps[len(gaps) // 3 :]))


def shanks(values: Sequence[float]) -> tuple[float, float]:
    """The limit of a sequence whose differences fall like a few geometric ones, by Wynn's epsilon algorithm, and an estimate of its error.

    The error is ten times how far the best two neighbours among the last extrapolations are apart.
    """
    before, now = [0.0] * (len(values) + 1), list(values)
    ends = [(values[-1], abs(values[-1] - values[-2]))]
    for column in range(1, len(values)):
        gaps = [after - one for one, after in itertools.pairwise(now)]
        if not all(gaps):  # settled: what is equal has nothing to extrapolate
            break
        before, now = now, [earlier + 1 / gap for earlier, gap in zip(before[1:], gaps, strict=False)]
        if column % 2 == 0 and len(now) > 1:
            ends.append((now[-1], abs(now[-1] - now[-2])))
    value, gap = min(ends, key=lambda one: one[1])
    return value, 10 * gap
