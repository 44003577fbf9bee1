"""One relation at one point: its two sides, how far they are apart, what their errors allow, and the verdict on it.

The tolerance of a case is no number chosen here: it is the running error bound that the two sides carry.
Nothing here chooses points or judges a whole claim.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.batch import Batch, Floats
from hwgen.arithmetic.rounding import LEAST
from hwgen.evidence.batches import Batches, at_point
from hwgen.evidence.derived import Sides, derived
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.model import Approx, Declared, Evidence, Kind, Point, Verdict
from hwgen.reading import Chain

# A case judged with a tolerance wider than this part of its sides' size tells too little to count as support.
# So does one whose sides and tolerance are all so small that underflow may have taken what they differ by.
WIDEST = 0.05
REASON = "error bounds of the oracles and of the rounding, carried through the formula"
STRICT = {"<", ">"}
FLIPPED = {">": "<", r"\ge": r"\le", r"\geq": r"\le"}


@dataclass(frozen=True, kw_only=True)
class Case:
    """One relation at one point: the signed excess (left - right), its tolerance, the sides' size, and what was found."""

    relation: int
    point: Point
    left: Any
    right: Any
    deviation: float
    tolerance: float
    size: float
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Look:
    """A chain evaluated on a fixed set of scopes: the sampled points, and the points at which an inequality is said to bind.

    `fixed`: the symbols that need not vary, or None if none needs to.
    """

    points: tuple[Point, ...]
    scopes: tuple[Scope, ...]
    bound: Mapping[tuple[int, int], tuple[Point, Scope]]
    sharp: tuple[Declared, ...]
    seed: int
    fixed: frozenset[str] | None

    @cached_property
    def batches(self) -> Batches:
        """The scopes as arrays: the points first, then those at which an inequality is said to bind, in the order of `bound`."""
        return Batches(self.scopes, [scope for _, scope in self.bound.values()])

    @cached_property
    def derived(self) -> Mapping[tuple[int, int], tuple[Sides, ...]]:
        """What is derived for sides of inequalities, at the points."""
        return derived(self.sharp, self.points)

    @property
    def places(self) -> list[tuple[Point, Scope]]:
        """Every point with its scope, in the order of `batches`."""
        return [*zip(self.points, self.scopes, strict=True), *self.bound.values()]


def judge_at(chain: Chain, point: Point, scope: Scope) -> list[Case]:
    """The verdict on each relation of the chain at one point."""
    values = [evaluate(side, scope) for side in chain.sides]
    return [_case(index, relation.symbol, values[index], values[index + 1], point) for index, relation in enumerate(chain.relations)]


def _case(index: int, symbol: str, left: Approx, right: Approx, point: Point) -> Case:
    if symbol in FLIPPED:
        symbol, left, right = FLIPPED[symbol], right, left
    shapes = np.shape(left.value), np.shape(right.value)
    if shapes[0] != shapes[1]:
        left, right = (Approx(value=column_of(one.value, 0), error=one.error) for one in (left, right))
        shapes = np.shape(left.value), np.shape(right.value)
    _one_reading(symbol, shapes[0])
    comparable = shapes[0] == shapes[1] and np.size(left.value) > 0
    with np.errstate(invalid="ignore"):
        difference = np.asarray(left.value) - np.asarray(right.value) if comparable else np.asarray(math.nan)
    tolerance = float(left.error + right.error)
    size = float(max(np.max(np.abs(left.value), initial=0), np.max(np.abs(right.value), initial=0)))
    # Signed for an inequality: that its smaller side is far smaller is no deviation.
    deviation = float(np.max(difference)) if symbol != "=" else float(np.max(np.abs(difference), initial=0))
    return Case(
        relation=index,
        point=point,
        left=left.value,
        right=right.value,
        deviation=deviation,
        tolerance=tolerance,
        size=size,
        verdict=_verdict(symbol, deviation, tolerance, size),
    )


def column_of(value: Any, lead: int) -> Any:
    """A matrix of one column as the vector that it is to a reader; anything else as it is. The first `lead` axes are no entries."""
    column = np.ndim(value) == lead + 2 and value.shape[-1] == 1 and value.shape[-2] > 1
    return value[..., 0] if column else value


def _one_reading(symbol: str, shape: tuple[int, ...]) -> None:
    """An order of matrices is that of their entries to some, of their quadratic forms to others."""
    if symbol != "=" and len(shape) == 2 and min(shape) > 1:
        ways = r"write \max_{i,j}(A_{ij}-B_{ij}) \le 0 for the entries, or \lambda_{\min}(B-A) \ge 0 for the quadratic forms"
        raise ShapeError(f"an inequality of matrices of shape {shape} can be read in two ways; {ways}")


def _verdict(symbol: str, deviation: float, tolerance: float, size: float) -> Verdict:
    if not (math.isfinite(deviation) and math.isfinite(tolerance)):
        return Verdict.UNDECIDED
    if deviation > tolerance or (symbol in STRICT and deviation == tolerance == 0):  # two numbers without an error are equal
        return Verdict.REFUTED
    if symbol in STRICT and deviation >= -tolerance:
        return Verdict.UNDECIDED
    # Only where the sides look equal: what is told apart is so, however rough the errors are.
    if abs(deviation) <= tolerance and tolerance > WIDEST * size and (tolerance > 1e-9 or 0 < tolerance < LEAST):
        return Verdict.UNDECIDED
    return Verdict.SUPPORTED


@dataclass(frozen=True, kw_only=True)
class Rows:
    """One relation at several points at once: what a Case is made of, as arrays over the points `numbers`."""

    relation: int
    numbers: tuple[int, ...]
    left: Batch
    right: Batch
    deviation: Floats
    tolerance: Floats
    size: Floats
    verdict: NDArray[np.int64]

    def case(self, number: int, point: Point) -> Case:
        """The case at one of the points, by its number."""
        row = self.numbers.index(number)
        return Case(
            relation=self.relation,
            point=point,
            left=at_point(self.left, row).value,
            right=at_point(self.right, row).value,
            deviation=float(self.deviation[row]),
            tolerance=float(self.tolerance[row]),
            size=float(self.size[row]),
            verdict=Verdict(int(self.verdict[row])),
        )


def rows_of(index: int, symbol: str, left: Batch, right: Batch, numbers: tuple[int, ...]) -> Rows:
    """One relation judged at all points of its sides, as at one."""
    if symbol in FLIPPED:
        symbol, left, right = FLIPPED[symbol], right, left
    if left.shape != right.shape:
        left, right = (Batch(column_of(one.value, one.rank), one.error) for one in (left, right))
    _one_reading(symbol, left.shape)
    comparable = left.shape == right.shape and 0 not in left.shape
    entries = tuple(range(1, 1 + len(left.shape)))
    with np.errstate(all="ignore"):
        difference = left.value - right.value if comparable else np.full((len(numbers),) + (1,) * len(entries), np.nan)
        deviation = np.max(np.abs(difference) if symbol == "=" else difference, axis=entries)
        size = np.maximum(*(np.max(np.abs(one.value), axis=tuple(range(1, one.value.ndim)), initial=0.0) for one in (left, right)))
        tolerance = left.error + right.error
        return Rows(
            relation=index,
            numbers=numbers,
            left=left,
            right=right,
            deviation=deviation,
            tolerance=tolerance,
            size=size,
            verdict=_verdicts(symbol, deviation, tolerance, size),
        )


def _verdicts(symbol: str, deviation: Floats, tolerance: Floats, size: Floats) -> NDArray[np.int64]:
    """As `_verdict`, for many cases."""
    wide = (tolerance > 1e-9) | ((tolerance > 0) & (tolerance < LEAST))
    rough = (np.abs(deviation) <= tolerance) & (tolerance > WIDEST * size) & wide
    false = deviation > tolerance
    if symbol in STRICT:
        rough = rough | (deviation >= -tolerance)
        false = false | ((deviation == 0) & (tolerance == 0))
    known = np.isfinite(deviation) & np.isfinite(tolerance)
    found = np.where(rough, int(Verdict.UNDECIDED), int(Verdict.SUPPORTED))
    return np.where(known, np.where(false, int(Verdict.REFUTED), found), int(Verdict.UNDECIDED))


def refuted(case: Case, chain: Chain, look: Look) -> Evidence:
    return Evidence(
        kind=Kind.NUMERIC,
        method="agreement over the domain",
        verdict=Verdict.REFUTED,
        cases=len(look.points),
        deviation=abs(case.deviation),
        tolerance=case.tolerance,
        reason=REASON,
        counterexample=described(case, chain),
        relation=case.relation,
        seed=look.seed,
        at=place_of(case.point),
        sides=_where_worst(case) if np.shape(case.left) == np.shape(case.right) and np.size(case.left) else (),
    )


def undecided(why: str, look: Look, case: Case | None = None) -> Evidence:
    return Evidence(
        kind=Kind.NUMERIC,
        method="agreement over the domain",
        verdict=Verdict.UNDECIDED,
        cases=len(look.points),
        deviation=abs(case.deviation) if case else 0.0,
        tolerance=case.tolerance if case else 0.0,
        reason=why,
        relation=case.relation if case else None,
        seed=look.seed,
    )


def described(case: Case, chain: Chain) -> str:
    left, right = chain.side_text(case.relation), chain.side_text(case.relation + 1)
    if chain.relations[case.relation].symbol in FLIPPED:
        left, right = right, left
    if np.shape(case.left) != np.shape(case.right) or not np.size(case.left):
        return f"{left} has shape {np.shape(case.left)} and {right} has shape {np.shape(case.right)} {place_of(case.point)}"
    shown = _where_worst(case)
    said = ", ".join(f"{text} {_is(one)}" for text, one in zip((left, right), shown, strict=True))
    meet = chain.relations[case.relation].symbol in STRICT and abs(case.deviation) <= case.tolerance
    strict = ", to which they are equal, and the sign is strict" if meet else ""
    within = f" (tolerance {case.tolerance:.1g}{strict})" if math.isfinite(case.tolerance) else ""
    return f"{place_of(case.point)}: {said}{within}".strip()


def _is(shown: str) -> str:
    return "has no value" if shown.startswith("nan") else f"is {shown}"


def _where_worst(case: Case) -> tuple[str, str]:
    left, right = np.asarray(case.left, float), np.asarray(case.right, float)
    if not left.ndim:
        return f"{float(left):.8g}", f"{float(right):.8g}"
    worst = np.unravel_index(np.nanargmax(np.abs(left - right)) if not np.isnan(left - right).all() else 0, left.shape)
    entry = ", ".join(str(int(index) + 1) for index in worst)
    return f"{left[worst]:.8g} in entry ({entry})", f"{right[worst]:.8g}"


def place_of(point: Point) -> str:
    shown = [f"{name} = {_short(number)}" for name, number in point.items()]
    return f"at {', '.join(shown)}" if shown else ""


def _short(number: Any) -> str:
    if isinstance(number, np.ndarray):
        return np.array2string(number, precision=4, separator=", ", threshold=8)
    return f"{number:.6g}" if isinstance(number, float) else str(number)
