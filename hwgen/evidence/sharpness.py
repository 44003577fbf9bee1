"""How sharp a printed inequality is: equal to its bound where it is said to bind, and no nearer to it elsewhere than is said.

Without this a weaker but true bound would pass. Nothing here judges whether the relation holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hwgen.evidence.cases import STRICT, Case, Look, place_of, refuted, undecided
from hwgen.evidence.table import Table
from hwgen.model import Binds, Declared, Evidence, Point, Ratio, Sharpness
from hwgen.reading import Chain


def _inequalities(chain: Chain) -> list[int]:
    return [index for index, relation in enumerate(chain.relations) if relation.symbol != "="]


def undeclared(chain: Chain, sharp: Sequence[Declared]) -> str:
    found = len(_inequalities(chain))
    if found == len(sharp):
        return ""
    return (
        f"{found} inequalities are printed and {len(sharp)} declare how sharp they are; "
        "expected one of Binds(at=…) or Ratio(largest=…) for each, in their order"
    )


def blunt(chain: Chain, look: Look, table: Table) -> Evidence | None:
    """What is wrong with the declared sharpness, if anything."""
    for number, index in enumerate(_inequalities(chain)):
        cases = table.relation(index, table.points)
        binding = dict(zip(look.bound, table.relation(index, table.bound), strict=True))
        for place, one in enumerate(declarations(look.sharp[number])):
            at = binding.get((number, place))
            found = _not_binding(chain, index, look, at) if at else _other_ratio(chain, cases, look, one)
            if found is not None:
                return found
        if all(_is_equality(case) for case in cases):
            return undecided("the inequality is an equality at every point; print =", look, cases[0])
    return None


def declarations(declared: Declared) -> tuple[Sharpness, ...]:
    """The declarations for one inequality."""
    return declared if isinstance(declared, tuple) else (declared,)


def _not_binding(chain: Chain, index: int, look: Look, case: Case) -> Evidence | None:
    if not math.isfinite(case.deviation):
        return undecided(f"said to bind {place_of(case.point)}, where it cannot be evaluated", look, case)
    if abs(case.deviation) > case.tolerance:
        return replace(refuted(case, chain, look), method="where the inequality is said to bind")
    if chain.relations[index].symbol in STRICT:
        return replace(refuted(case, chain, look), method="a strict inequality that is an equality where it is said to bind")
    return None


def _is_equality(case: Case) -> bool:
    return abs(case.deviation) <= case.tolerance


def _other_ratio(chain: Chain, cases: Sequence[Case], look: Look, declared: Sharpness) -> Evidence | None:
    assert isinstance(declared, Ratio)
    largest, at = -math.inf, None
    for case in cases:
        if any(case.point[name] != value for name, value in declared.where.items()):
            continue
        small, large = (case.left, case.right)
        if np.ndim(large) == 0 and large > 0 and small / large > largest:
            largest, at = float(small / large), case
    if at is None:
        return undecided("no point at which the ratio of the sides is defined", look)
    if abs(largest - declared.largest) > declared.within:
        over = f"where {place_of(declared.where).removeprefix('at ')}" if declared.where else "over the domain"
        text = f"largest ratio of the sides {over} is {largest:.9g}, declared {declared.largest:.9g} ± {declared.within:g}"
        return replace(refuted(at, chain, look), method="how sharp the inequality is", counterexample=text)
    return None


def binding_points(sharp: Sequence[Declared], filling: Point) -> dict[tuple[int, int], Point]:
    """For each `Binds` the point it names, completed by `filling`; it goes by the numbers of its inequality and of its place there."""
    return {
        (number, place): {**filling, **one.at}
        for number, declared in enumerate(sharp)
        for place, one in enumerate(declarations(declared))
        if isinstance(one, Binds)
    }
