"""Numerical evidence: the printed relation against its oracles over the sampled domain. It says at most SUPPORTED.

The tolerance of a case is no number chosen here: it is the running error bound that the two sides carry.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.evidence.sampling import sample
from hwgen.model import Approx, Binds, Declared, Evidence, Kind, Point, Range, Ratio, Sharpness, Value, Variable, Verdict
from hwgen.reading import Chain

# A case judged with a tolerance wider than this part of its sides' size tells too little to count as support.
WIDEST = 0.05
REASON = "error bounds of the oracles and of the rounding, carried through the formula"
# A symbol with fewer values over the cases could be exchanged for a number, or p for another function of p, and nobody would notice.
FEWEST_VALUES = 3
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


def agreement(chain: Chain, look: Look) -> Evidence:
    """Judge every relation of the chain at every point, then the sharpness that its inequalities declare."""
    missing = _undeclared(chain, look.sharp)
    worst: Case | None = None
    for point, scope in zip(look.points, look.scopes, strict=True):
        for case in judge_at(chain, point, scope):
            if case.verdict is Verdict.REFUTED:
                return _refuted(case, chain, look)
            worst = _worse(worst, case)
    if missing:
        return _undecided(missing, look)
    if worst is None or worst.verdict is Verdict.UNDECIDED:
        return _undecided(_describe(worst, chain) if worst else "no case", look, worst)
    dull = _unvaried(chain, look) or _blunt(chain, look)
    if dull is not None:
        return dull
    return Evidence(
        kind=Kind.NUMERIC,
        method="agreement over the domain",
        verdict=Verdict.SUPPORTED,
        cases=len(look.points),
        deviation=max(worst.deviation, 0.0),
        tolerance=worst.tolerance,
        reason=REASON,
        seed=look.seed,
    )


def judge_at(chain: Chain, point: Point, scope: Scope) -> list[Case]:
    """The verdict on each relation of the chain at one point."""
    values = [evaluate(side, scope) for side in chain.sides]
    return [_case(index, relation.symbol, values[index], values[index + 1], point) for index, relation in enumerate(chain.relations)]


def _case(index: int, symbol: str, left: Approx, right: Approx, point: Point) -> Case:
    if symbol in FLIPPED:
        symbol, left, right = FLIPPED[symbol], right, left
    shapes = np.shape(left.value), np.shape(right.value)
    comparable = shapes[0] == shapes[1] and np.size(left.value) > 0
    with np.errstate(invalid="ignore"):
        difference = np.asarray(left.value) - np.asarray(right.value) if comparable else np.asarray(math.nan)
    tolerance = float(left.error + right.error)
    size = float(max(np.max(np.abs(left.value), initial=0), np.max(np.abs(right.value), initial=0)))
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


def _verdict(symbol: str, deviation: float, tolerance: float, size: float) -> Verdict:
    if not (math.isfinite(deviation) and math.isfinite(tolerance)):
        return Verdict.UNDECIDED
    if deviation > tolerance:
        return Verdict.REFUTED
    if symbol in STRICT and deviation >= -tolerance:
        return Verdict.UNDECIDED
    if abs(deviation) <= tolerance and tolerance > WIDEST * size and size > 0 and tolerance > 1e-9:
        return Verdict.UNDECIDED
    return Verdict.SUPPORTED


def _worse(worst: Case | None, case: Case) -> Case:
    if worst is None or case.verdict < worst.verdict:
        return case
    if case.verdict > worst.verdict:
        return worst
    excess = [max(one.deviation, 0.0) / one.tolerance if one.tolerance else max(one.deviation, 0.0) for one in (worst, case)]
    return case if excess[1] > excess[0] else worst


def _inequalities(chain: Chain) -> list[int]:
    return [index for index, relation in enumerate(chain.relations) if relation.symbol != "="]


def _undeclared(chain: Chain, sharp: Sequence[Declared]) -> str:
    found = len(_inequalities(chain))
    if found == len(sharp):
        return ""
    return (
        f"{found} inequalities are printed and {len(sharp)} declare how sharp they are; "
        "expected one of Binds(at=…) or Ratio(largest=…) for each, in their order"
    )


def _unvaried(chain: Chain, look: Look) -> Evidence | None:
    """What is wrong with the domain if a printed symbol hardly varies over it; a claim that is proved for all values may do so."""
    if look.fixed is None:
        return None
    for symbol in sorted(chain.symbols - look.fixed):
        values = {value for scope in look.scopes for value in _number(scope, symbol)}
        if 0 < len(values) < FEWEST_VALUES:
            said = f"{symbol} takes {len(values)} values over the cases"
            return _undecided(f"{said}; expected {FEWEST_VALUES} or more, or fixed=[…] if it has no more by nature", look)
    return None


def _number(scope: Scope, symbol: str) -> list[float]:
    """The value of a symbol, to twelve digits, if it is one real number."""
    if not isinstance(scope.bindings.get(symbol), Variable | Value):
        return []
    value = scope.value(symbol).value
    return [float(f"{float(value):.12g}")] if np.ndim(value) == 0 else []


def _blunt(chain: Chain, look: Look) -> Evidence | None:
    """What is wrong with the declared sharpness, if anything."""
    for number, index in enumerate(_inequalities(chain)):
        for place, one in enumerate(_all(look.sharp[number])):
            at = look.bound.get((number, place))
            found = _not_binding(chain, index, look, *at) if at else _other_ratio(chain, index, look, one)
            if found is not None:
                return found
        cases = [judge_at(chain, point, scope)[index] for point, scope in zip(look.points, look.scopes, strict=True)]
        if all(_equal(case) for case in cases):
            return _undecided("the inequality is an equality at every point; print =", look, cases[0])
    return None


def _all(declared: Declared) -> tuple[Sharpness, ...]:
    """The declarations for one inequality."""
    return declared if isinstance(declared, tuple) else (declared,)


def _not_binding(chain: Chain, index: int, look: Look, point: Point, scope: Scope) -> Evidence | None:
    case = judge_at(chain, point, scope)[index]
    if not math.isfinite(case.deviation):
        return _undecided(f"said to bind {_at(point)}, where it cannot be evaluated", look, case)
    if abs(case.deviation) > case.tolerance:
        return replace(_refuted(case, chain, look), method="where the inequality is said to bind")
    if chain.relations[index].symbol in STRICT:
        return replace(_refuted(case, chain, look), method="a strict inequality that is an equality where it is said to bind")
    return None


def _equal(case: Case) -> bool:
    return abs(case.deviation) <= case.tolerance


def _other_ratio(chain: Chain, index: int, look: Look, declared: Sharpness) -> Evidence | None:
    assert isinstance(declared, Ratio)
    largest, at = -math.inf, None
    for point, scope in zip(look.points, look.scopes, strict=True):
        if any(point[name] != value for name, value in declared.where.items()):
            continue
        case = judge_at(chain, point, scope)[index]
        small, large = (case.left, case.right)
        if np.ndim(large) == 0 and large > 0 and small / large > largest:
            largest, at = float(small / large), case
    if at is None:
        return _undecided("no point at which the ratio of the sides is defined", look)
    if abs(largest - declared.largest) > declared.within:
        over = f"where {_at(declared.where).removeprefix('at ')}" if declared.where else "over the domain"
        text = f"largest ratio of the sides {over} is {largest:.9g}, declared {declared.largest:.9g} ± {declared.within:g}"
        return replace(_refuted(at, chain, look), method="how sharp the inequality is", counterexample=text)
    return None


def _refuted(case: Case, chain: Chain, look: Look) -> Evidence:
    return Evidence(
        kind=Kind.NUMERIC,
        method="agreement over the domain",
        verdict=Verdict.REFUTED,
        cases=len(look.points),
        deviation=abs(case.deviation),
        tolerance=case.tolerance,
        reason=REASON,
        counterexample=_describe(case, chain),
        relation=case.relation,
        seed=look.seed,
    )


def _undecided(why: str, look: Look, case: Case | None = None) -> Evidence:
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


def _describe(case: Case, chain: Chain) -> str:
    left, right = chain.side_text(case.relation), chain.side_text(case.relation + 1)
    if chain.relations[case.relation].symbol in FLIPPED:
        left, right = right, left
    if np.shape(case.left) != np.shape(case.right) or not np.size(case.left):
        return f"{left} has shape {np.shape(case.left)} and {right} has shape {np.shape(case.right)} {_at(case.point)}"
    shown = _where_worst(case)
    return f"{_at(case.point)}: {left} is {shown[0]}, {right} is {shown[1]} (tolerance {case.tolerance:.1g})".strip()


def _where_worst(case: Case) -> tuple[str, str]:
    left, right = np.asarray(case.left, float), np.asarray(case.right, float)
    if not left.ndim:
        return f"{float(left):.8g}", f"{float(right):.8g}"
    worst = np.unravel_index(np.nanargmax(np.abs(left - right)) if not np.isnan(left - right).all() else 0, left.shape)
    entry = ", ".join(str(int(index) + 1) for index in worst)
    return f"{left[worst]:.8g} in entry ({entry})", f"{right[worst]:.8g}"


def _at(point: Point) -> str:
    shown = [f"{name} = {_short(number)}" for name, number in point.items()]
    return f"at {', '.join(shown)}" if shown else ""


def _short(number: Any) -> str:
    if isinstance(number, np.ndarray):
        return np.array2string(number, precision=4, separator=", ", threshold=8)
    return f"{number:.6g}" if isinstance(number, float) else str(number)


def points_of(
    domain: Mapping[str, Range], count: int, sharp: Sequence[Declared], seed: int
) -> tuple[tuple[Point, ...], dict[tuple[int, int], Point]]:
    """The sampled points, and for each `Binds` the point it names, completed by the first interior point of the sample.

    A `Binds` goes by the numbers of its inequality and of its place among the declarations for that one.
    """
    points = sample(domain, count, seed)
    filling = points[min(2, len(points) - 1)] if points else {}
    bound: dict[tuple[int, int], Point] = {
        (number, place): {**filling, **one.at}
        for number, declared in enumerate(sharp)
        for place, one in enumerate(_all(declared))
        if isinstance(one, Binds)
    }
    return points, bound
