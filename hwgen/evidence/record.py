"""What a chain's sides are at every point where it was tried, as rounded numbers: for those who look, never for a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwgen.evidence.cases import Case, Look
from hwgen.evidence.table import Table
from hwgen.model import Compared, Tried
from hwgen.reading import Chain

DIGITS = 6


def tried(chain: Chain, look: Look, table: Table) -> Tried | None:
    """The points of a look and each relation there, with what the table has computed already; None where an oracle raises."""
    try:
        compared = [_compared(index, table.relation(index, range(len(look.places)))) for index in range(len(chain.relations))]
    except Exception:  # the evidence says of it what there is to say
        return None
    places = [point for point, _ in look.places]
    names = dict.fromkeys(name for point in places for name in point)
    points = {name: tuple(_coordinate(point.get(name, "")) for point in places) for name in names}
    return Tried(points=points, binding=len(look.bound), compared=tuple(compared))


def _compared(relation: int, cases: Sequence[Case]) -> Compared:
    left, right = zip(*(_sides(case) for case in cases), strict=True) if cases else ((), ())
    return Compared(
        relation=relation,
        left=left,
        right=right,
        deviation=tuple(rounded(case.deviation, 3) for case in cases),
        tolerance=tuple(rounded(case.tolerance, 3) for case in cases),
    )


def _sides(case: Case) -> tuple[float, float]:
    """Both sides, or their entries that are farthest apart."""
    left, right = np.asarray(case.left, float), np.asarray(case.right, float)
    if left.shape != right.shape or not left.size:
        return math.nan, math.nan
    apart = np.abs(left - right)
    worst = np.unravel_index(0 if np.isnan(apart).all() else np.nanargmax(apart), left.shape)
    return rounded(left[worst]), rounded(right[worst])


def _coordinate(value: Any) -> float | str:
    """A coordinate as a number; of a vector its norm; anything else as short text."""
    if isinstance(value, np.ndarray):
        return rounded(np.linalg.norm(value.ravel()))
    if isinstance(value, bool | str) or not isinstance(value, int | float | np.number):
        return str(value)[:60]
    return rounded(value)


def rounded(number: Any, digits: int = DIGITS) -> float:
    """A number to some significant digits."""
    return float(f"{float(number):.{digits}g}")
