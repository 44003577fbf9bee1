"""How well a claim's sides are known where its verdict rests on their being equal: a wide error lets a wrong oracle pass.

A claim that knows them coarsely says how coarsely and why. Nothing here judges a relation, or computes an error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.arithmetic.rounding import size
from hwgen.evidence.cases import Case, place_of
from hwgen.evidence.evaluation import evaluate
from hwgen.evidence.scope import scope_at
from hwgen.evidence.sharpness import nearest
from hwgen.evidence.table import Table
from hwgen.judging.independence import function_of, where
from hwgen.judging.look import Parted
from hwgen.model import Bindings, Claim, Derived, Point, Ratio, Variable
from hwgen.model.sharpness import declarations

# What a verdict may leave open of a side without a word: an oracle that is wrong by more is refuted.
FINE = 1e-6
# A tolerance below this is compared with the largest side of its relation, as a side may vanish somewhere; one that is all of these
# tells nothing of them, as where they are 0.
SMALL, ALL_OF_THEM = 1e-9, 0.1
# A claim says its own coarseness to this factor.
FACTOR = 10.0


@dataclass(frozen=True)
class Compared:
    """Two sides that were taken for equal at a point, and what part of their size their errors leave open."""

    width: float
    point: Point
    # What computes a side on another road, where that was compared.
    derived: Any = None


def coarse(claim: Claim, table: Table, parted: Parted) -> str:
    """What is wrong with how coarsely the sides are known; empty if nothing is."""
    sharper = _sharper(claim, table, parted)
    if sharper:
        return sharper
    found = list(_compared(claim, table))
    worst = max(found, key=lambda one: one.width, default=None)
    declared = max(claim.coarse, default=0.0)
    # What rounding adds to an error is none of it.
    width = float(f"{worst.width:.2g}") if worst else 0.0
    if worst is None or width <= FINE:
        said = f"{claim.name}: says coarse={dict(claim.coarse)!r}, and its sides are known to {FINE:g} of them; expected no coarse=…"
        return said if declared else ""
    at = f"{claim.name}: {_oracle(worst, table, parted)} leaves {width:g} of a side open {place_of(worst.point)}".rstrip()
    expected = f"coarse={{{width:g}: 'why it is not known better'}}"
    if width > max(declared, FINE):
        return f"{at}, and what is wrong by less than that passes; expected an error of at most {FINE:g} of it, or {expected}"
    if declared > FACTOR * width:
        return f"{at}, and it says coarse={declared:g}; expected {expected}"
    return ""


def _compared(claim: Claim, table: Table) -> Iterator[Compared]:
    """All that is taken for equal: sides within their tolerance, and what is derived for a side."""
    inequalities = [index for index, relation in enumerate(table.chain.relations) if relation.symbol != "="]
    for index in range(len(table.chain.relations)):
        cases = table.relation(index, range(len(table.look.places)))
        largest = max((case.size for case in cases if math.isfinite(case.size)), default=0.0)
        for case in cases:
            if abs(case.deviation) <= case.tolerance:
                yield Compared(_part(case.tolerance, case.size, largest), case.point)
        yield from _drowned(table, index, cases, largest)
        if index in inequalities:
            yield from _derived(claim, table, inequalities.index(index), cases[: len(table.points)])


def _sharper(claim: Claim, table: Table, parted: Parted) -> str:
    """What is said of a largest ratio that is declared more exactly than the sides are known, or so roughly that weaker bounds have it."""
    for one, cases in _ratios(claim, table):
        at = nearest(cases, one)[1]
        if at is None:
            continue
        known = float(f"{at.tolerance / float(at.right):.2g}")
        said = f"{claim.name}: its largest ratio is declared to within={one.within:g}, and"
        if known > one.within:
            oracle = _oracle(Compared(known, at.point), table, parted)
            expected = f"within={known:g}, or a smaller error"
            return f"{said} {oracle} leaves {known:g} of it open {place_of(at.point)}".rstrip() + f"; expected {expected}"
        if one.within > 1.001 * max([FINE, *claim.coarse]):
            expected = f"within={FINE:g} at most, or coarse={{{one.within:.2g}: 'why it is not known better'}}"
            return f"{said} a bound that is weaker by as much has it, too; expected {expected}"
    return ""


def _ratios(claim: Claim, table: Table) -> Iterator[tuple[Ratio, Sequence[Case]]]:
    """Each largest ratio that is declared, with what was found of its relation at the points."""
    inequalities = [index for index, relation in enumerate(table.chain.relations) if relation.symbol != "="]
    for number, index in enumerate(inequalities):
        for one in declarations(claim.sharp[number]):
            if isinstance(one, Ratio):
                yield one, table.relation(index, table.points)


def _derived(claim: Claim, table: Table, number: int, cases: Sequence[Case]) -> Iterator[Compared]:
    for place, one in enumerate(declarations(claim.sharp[number])):
        found = table.look.derived.get((number, place), ())
        for name, derived in one.sides.items() if isinstance(one, Derived) else ():
            sides = [float(case.left if name == "smaller" else case.right) for case in cases]
            for case, side, others in zip(cases, sides, found, strict=True):
                allowed = case.tolerance + others[name].error
                width = _part(allowed, abs(side), max(map(abs, sides)))
                wider = others[name].error > case.tolerance
                yield Compared(width, case.point, derived.compute if wider else None)


def _part(tolerance: float, size_here: float, largest: float) -> float:
    """What part of a side's size is left open; of the largest one, where that is little and the side may vanish."""
    # Everywhere as wide as the sides: they are 0 but for rounding, or nothing is known of them.
    if tolerance >= ALL_OF_THEM * largest:
        return 0.0 if tolerance <= SMALL else math.inf
    return tolerance / (size_here if size_here > tolerance > SMALL else largest)


def _drowned(table: Table, index: int, cases: Sequence[Case], largest: float) -> Iterator[Compared]:
    """Where the sides are everywhere as small as their errors, and one is a number that is known better: not all of it may be left open."""
    width = max((case.tolerance for case in cases if math.isfinite(case.tolerance)), default=0.0)
    if not 0 < ALL_OF_THEM * largest <= width <= SMALL:
        return
    for case, (_, scope) in zip(cases, table.look.places, strict=True):
        sides = [evaluate(side, scope) for side in table.chain.sides[index : index + 2]]
        if any(one.error <= ALL_OF_THEM * size(one.value) < case.tolerance and size(one.value) > 0 for one in sides):
            yield Compared(math.inf, case.point)
            return


def _oracle(worst: Compared, table: Table, parted: Parted) -> str:
    """The oracle whose error is the widest there, with its line."""
    if worst.derived is not None:
        return f"what is derived for a side, at {where(worst.derived)},"
    scope = scope_at(parted.bindings, worst.point, parted.asked)
    for side in table.chain.sides:
        evaluate(side, scope)
    widths = {name: scope.width(name) for name in _named(parted.bindings)}
    widest = max(widths, key=lambda name: widths[name], default="")
    return f"the error of {widest}, at {where(function_of(parted.bindings[widest]))}," if widest else "rounding"


def _named(bindings: Bindings) -> list[str]:
    return [name for name, one in bindings.items() if not isinstance(one, Variable)]
