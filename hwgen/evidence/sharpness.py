"""How sharp a printed inequality is: equal to its bound where it is said to bind, and no nearer to it elsewhere than is said.

Or its sides are what their derivation gives, computed on another road.

Without this a weaker but true bound would pass. Nothing here judges whether the relation holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hwgen.evidence.cases import STRICT, WIDEST, Case, Look, place_of, refuted, undecided
from hwgen.evidence.derived import Sides
from hwgen.evidence.table import Table
from hwgen.model import Binds, Declared, Evidence, Point, Ratio, Sharpness
from hwgen.model.sharpness import declarations
from hwgen.reading import Chain

# An error below this is small, whatever the size of the sides, which may both be 0.
FINE = 1e-9
# Two numbers that differ by no more than this, against their size, are more likely inexact than of two formulas.
ROUNDED = 1e-4
# The method by which a largest ratio is found to be another one than declared.
RATIO = "how sharp the inequality is"


def inequalities(chain: Chain) -> list[int]:
    """The relations of a chain that are no equalities, by their numbers."""
    return [index for index, relation in enumerate(chain.relations) if relation.symbol != "="]


def undeclared(chain: Chain, sharp: Sequence[Declared]) -> str:
    found = len(inequalities(chain))
    if found == len(sharp):
        return ""
    return (
        f"{found} inequalit{'y is' if found == 1 else 'ies are'} printed and {len(sharp)} declare how sharp they are, in sharp=[…]; "
        "expected Binds(at=…), Derived(larger=…) or Ratio(largest=…, within=…) for each, in their order, several of one in parentheses"
    )


def blunt(chain: Chain, look: Look, table: Table) -> Evidence | None:
    """What is wrong with the declared sharpness, if anything."""
    for number, index in enumerate(inequalities(chain)):
        cases = table.relation(index, table.points)
        binding = dict(zip(look.bound, table.relation(index, table.bound), strict=True))
        for place, one in enumerate(declarations(look.sharp[number])):
            at = binding.get((number, place))
            found = _not_binding(chain, look, at) if at else _otherwise(chain, cases, look, one, look.derived.get((number, place), ()))
            if found is not None:
                return found
        if all(_is_equality(case) for case in cases):
            return undecided("the inequality is an equality at every point; print =", look, cases[0])
    return None


def _otherwise(chain: Chain, cases: Sequence[Case], look: Look, one: Sharpness, derived: Sequence[Sides]) -> Evidence | None:
    return _other_ratio(chain, cases, look, one) if isinstance(one, Ratio) else _other_side(chain, cases, look, derived)


def _other_side(chain: Chain, cases: Sequence[Case], look: Look, derived: Sequence[Sides]) -> Evidence | None:
    """The first case of which a side is not what was derived for it."""
    for case, sides in zip(cases, derived, strict=True):
        for name, other in sides.items():
            side = case.left if name == "smaller" else case.right
            if np.ndim(side) or np.ndim(other.value):
                return undecided(f"the {name} side or what was derived for it is no number {place_of(case.point)}", look, case)
            apart, allowed = abs(float(side) - float(other.value)), other.error + case.tolerance
            # Where both sides are nearly 0 no error is small beside them: there FINE is small enough.
            if not math.isfinite(apart) or (case.size > 0 and allowed > WIDEST * case.size and allowed > FINE):
                return undecided(f"the {name} side or what was derived for it is not known well enough {place_of(case.point)}", look, case)
            if apart > allowed:
                mine, theirs = _told_apart(float(side), float(other.value))
                text = f"the {name} side is {mine} {place_of(case.point)}, and {theirs} by its derivation".replace("  ", " ")
                text += f": apart by {apart:.2g}, with {allowed:.2g} allowed"
                if apart <= ROUNDED * case.size:
                    text += "; a derivation that is not exact says by how much, as in value(…, error=1e-9)"
                found = replace(refuted(case, chain, look), deviation=apart, tolerance=allowed, counterexample=text)
                return replace(found, method="what is derived for a side", sides=(f"{float(side):.8g}", f"{float(other.value):.8g}"))
    return None


def _told_apart(one: float, other: float) -> tuple[str, str]:
    """Two numbers by as many digits as show that they differ."""
    written = [(f"{one:.{digits}g}", f"{other:.{digits}g}") for digits in (9, 12, 17)]
    return next((both for both in written if both[0] != both[1]), written[-1])


def _not_binding(chain: Chain, look: Look, case: Case) -> Evidence | None:
    if not math.isfinite(case.deviation):
        return undecided(f"said to bind {place_of(case.point)}, where it cannot be evaluated", look, case)
    if not _is_equality(case):
        return replace(refuted(case, chain, look), method="where the inequality is said to bind")
    return None


def strict_where_bound(chain: Chain, look: Look, table: Table) -> Evidence | None:
    """What refutes a strict inequality that is an equality where it is said to bind; None if there is none."""
    for number, index in enumerate(inequalities(chain)):
        if chain.relations[index].symbol in STRICT and any(key[0] == number for key in look.bound):
            for key, case in zip(look.bound, table.relation(index, table.bound), strict=True):
                if key[0] == number and math.isfinite(case.tolerance) and _is_equality(case):
                    return replace(refuted(case, chain, look), method="a strict inequality that is an equality where it is said to bind")
    return None


def _is_equality(case: Case) -> bool:
    return abs(case.deviation) <= case.tolerance


def _other_ratio(chain: Chain, cases: Sequence[Case], look: Look, declared: Ratio) -> Evidence | None:
    largest, at = nearest(cases, declared)
    if at is None:
        return undecided("no point at which the ratio of the sides is defined", look)
    if abs(largest - declared.largest) > declared.within:
        over = f"where {place_of(declared.where).removeprefix('at ')}" if declared.where else "over the domain"
        text = f"largest ratio of the sides {over} is {largest:.9g}, declared {declared.largest:.9g} ± {declared.within:g}"
        return replace(refuted(at, chain, look), method=RATIO, counterexample=text)
    return None


def nearest(cases: Sequence[Case], declared: Ratio) -> tuple[float, Case | None]:
    """The largest ratio of the sides where it is declared, and the case that has it; no case where it is nowhere defined."""
    largest, at = -math.inf, None
    for case in cases:
        if any(case.point[name] != value for name, value in declared.where.items()):
            continue
        small, large = (case.left, case.right)
        if np.ndim(large) == 0 and large > 0 and small / large > largest:
            largest, at = float(small / large), case
    return largest, at


def largest_declared(chain: Chain, sharp: Sequence[Declared], relation: int) -> float:
    """The largest ratio that is declared for an inequality of the chain, with what it may be off; infinite where none is."""
    said = declarations(sharp[inequalities(chain).index(relation)])
    return max((one.largest + one.within for one in said if isinstance(one, Ratio)), default=math.inf)


def binding_points(sharp: Sequence[Declared], filling: Point) -> dict[tuple[int, int], Point]:
    """For each `Binds` the point it names, completed by `filling`; it goes by the numbers of its inequality and of its place there."""
    return {
        (number, place): {**filling, **one.at}
        for number, declared in enumerate(sharp)
        for place, one in enumerate(declarations(declared))
        if isinstance(one, Binds)
    }
