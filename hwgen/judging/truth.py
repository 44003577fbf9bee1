"""What becomes of a claim's relations at a point, inside of its hypotheses or outside: whether they hold there.

Nothing here chooses points, or says what follows from what is found.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.batch import Batch
from hwgen.evidence.batches import Batches
from hwgen.evidence.cases import STRICT, Case, Rows, judge_at, rows_of
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.judging.conditions import Stood
from hwgen.model import Verdict
from hwgen.reading import Chain
from hwgen.reading.tree import Node

# Sides that agree to this, relative, are one number.
ROUNDING = 1e-10


class Truth(enum.Enum):
    """What becomes of a claim's relations at one point."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDEFINED = "has no value"
    MEETS = "is an equality, against its strict sign,"
    UNKNOWN = "has no verdict"

    @property
    def fails(self) -> bool:
        """Whether the claim does not hold there."""
        return self in {Truth.FAILS, Truth.UNDEFINED, Truth.MEETS}


def truth_at(chain: Chain, stood: Stood, scope: Scope | None) -> Truth:
    """The claim at one point: it fails if a relation does, or if one has no finite value there, or is strict and its sides meet."""
    if scope is None:
        return Truth.UNKNOWN
    try:
        with np.errstate(all="ignore"):
            cases = judge_at(chain, stood.point, scope)
    except Exception:  # an oracle, or an operator of the formula, that refuses its arguments here; the other side may have no value
        return Truth.UNDEFINED if any(_undefined(side, scope) for side in chain.sides) else Truth.UNKNOWN
    return _said(chain, cases)


def truths_at(chain: Chain, points: Sequence[tuple[Stood, Scope | None]], batches: Batches | None = None) -> list[Truth]:
    """The claim at each of these points, as `truth_at` says: on arrays where these can be used. `batches` begin with the points' scopes."""
    scopes = {number: scope for number, (_, scope) in enumerate(points) if scope is not None}
    known = list(scopes)
    found = [Truth.UNKNOWN] * len(points)
    for some, sides in (batches or Batches(list(scopes.values()))).sides(chain, range(len(known)), lambda _: True):
        rows = _rows(chain, some, sides)
        for row in some:
            stood, scope = points[known[row]]
            found[known[row]] = _said(chain, [one.case(row, stood.point) for one in rows]) if rows else truth_at(chain, stood, scope)
    return found


def _rows(chain: Chain, numbers: tuple[int, ...], sides: Sequence[Batch] | None) -> list[Rows]:
    """Each relation at these points; nothing where only a walk can say."""
    pairs = zip(chain.relations, sides[:-1], sides[1:], strict=True) if sides else ()
    try:
        return [rows_of(index, relation.symbol, left, right, numbers) for index, (relation, left, right) in enumerate(pairs)]
    except ShapeError:
        return []


def _said(chain: Chain, cases: Sequence[Case]) -> Truth:
    # One relation that fails is enough, whatever the others are.
    if any(case.verdict is Verdict.REFUTED and not _meets(chain, case) for case in cases):
        return Truth.FAILS
    if any(not np.isfinite(case.deviation) for case in cases):
        return Truth.UNDEFINED
    unknown = [case for case in cases if case.verdict is not Verdict.SUPPORTED]
    return Truth.HOLDS if not unknown else Truth.MEETS if all(_meets(chain, case) for case in unknown) else Truth.UNKNOWN


def _undefined(side: Node, scope: Scope) -> bool:
    """Whether a side by itself has no finite value: then no relation with it holds. A side that is refused says nothing."""
    try:
        with np.errstate(all="ignore"):
            return not np.all(np.isfinite(evaluate(side, scope).value))
    except Exception:
        return False


def _meets(chain: Chain, case: Case) -> bool:
    """Whether the sides of a strict relation are the same number, to rounding: as where an inequality is said to bind."""
    return chain.relations[case.relation].symbol in STRICT and abs(case.deviation) <= case.tolerance <= ROUNDING * case.size
