r"""Wrong versions that the page's own judgement leaves without a verdict: what shows one false all the same, and what nothing can show.

A strict sign in the place of one that holds is false where the sides are equal, and floats tell equal sides from no others that are as near
as their errors. Nothing here judges what agrees.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

import numpy as np

from hwgen.evidence import finer
from hwgen.evidence.agreement import agreement
from hwgen.evidence.cases import FLIPPED, STRICT, Look, judge_at, place_of
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.evidence.exact import COUNTS
from hwgen.evidence.reduced import binds, mentions
from hwgen.judging.moved import finite
from hwgen.model import Evidence, Verdict
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, tree
from hwgen.reading.spelled import said
from hwgen.reading.tree import Node

# What is said of a side that has no value at a point.
NOTHING = "no value"


def closely(original: Chain, other: Chain, look: Look) -> bool:
    """Whether strict signs in the place of others are all that is changed, and the sides that they stand between are equal to their errors
    at a point: no sample tells that from less than that."""
    if [*map(said, original.sides)] != [*map(said, other.sides)]:
        return False
    pairs = enumerate(zip(original.relations, other.relations, strict=True))
    changed = [index for index, (one, two) in pairs if one.symbol != two.symbol]
    strict = all(other.relations[index].symbol in STRICT and _towards(original, other, index) for index in changed)
    return bool(changed) and strict and all(_met(original, index, look) for index in changed)


def _towards(original: Chain, other: Chain, index: int) -> bool:
    """Whether the strict sign is that of an equality, or of the same order."""
    one, two = (chain.relations[index].symbol for chain in (original, other))
    return one == "=" or (one in FLIPPED) == (two in FLIPPED)


def _met(original: Chain, index: int, look: Look) -> bool:
    """Whether the sides of a relation are equal to their errors at a point."""
    for point, scope in look.places:
        case = judge_at(original, point, scope)[index]
        if abs(case.deviation) <= case.tolerance:
            return True
    return False


def without_value(chain: Chain, look: Look) -> Evidence | None:
    """What refutes a wrong version of a formula that has values throughout: a point where a side of it has none, however it is computed."""
    known = _finite_on_arrays(chain, look)
    for number, scope in enumerate(look.scopes):
        for index, side in enumerate(chain.sides):
            if not known.get(number, False) and not _finite(side, scope) and _has_none(side, scope):
                relation = min(index, len(chain.relations) - 1)
                sides = tuple(NOTHING if one == index else _shown(chain.sides[one], scope) for one in (relation, relation + 1))
                found = agreement(chain, look)
                at = place_of(scope.point)
                shown = f"{at}: {chain.side_text(index)} has {NOTHING}"
                return dataclasses.replace(found, verdict=Verdict.REFUTED, at=at, sides=sides, counterexample=shown, relation=relation)
    return None


def _finite_on_arrays(chain: Chain, look: Look) -> dict[int, bool]:
    """Whether every side has a finite value, by point, where arrays say so: the tree is walked for the others only."""
    found: dict[int, bool] = {}
    for numbers, sides in look.batches.sides(chain, range(len(look.scopes)), lambda _: True):
        if sides is not None:
            found |= zip(numbers, np.all([finite(one) for one in sides], axis=0).tolist(), strict=True)
    return found


def _finite(side: Node, scope: Scope) -> bool:
    """Whether a side has a finite value; so it is said of what an oracle or an operator refuses, too."""
    try:
        with np.errstate(all="ignore"):
            return bool(np.all(np.isfinite(evaluate(side, scope).value)))
    except Exception:  # what is refused is said apart
        return True


def _shown(side: Node, scope: Scope) -> str:
    try:
        with np.errstate(all="ignore"):
            value = evaluate(side, scope).value
    except Exception:  # it is the other side that has no value
        return ""
    return f"{float(value):.8g}" if not np.ndim(value) else f"of shape {np.shape(value)}"


def _has_none(side: Node, scope: Scope) -> bool:
    """Whether a side certainly has no value: a root of what is less than 0, an extremum over no number, a choice of a fraction."""
    known = not any(isinstance(one, tree.Apply | tree.Averaged) for one in tree.parts(side)) and _all_known(side, scope)
    return (known and finer.valueless(side, scope)) or any(_nothing(one, scope) for one in _outermost(side, scope))


def _all_known(side: Node, scope: Scope) -> bool:
    """Whether every symbol of a side is finite: an oracle may say nothing of one for reasons of its own."""
    names = {one.name for one in tree.parts(side) if isinstance(one, tree.Symbol | tree.Index) and one.name in scope.bindings}
    return all(np.all(np.isfinite(scope.value(name).value)) for name in names)


def _outermost(side: Node, scope: Scope) -> Iterator[Node]:
    """The parts of a side that mention nothing that the side binds itself, and so have a value at the point."""
    averaged = [name for one in tree.parts(side) if isinstance(one, tree.Averaged) for name in scope.averaged(one.name)]
    bound = binds(side).union(averaged)
    for one in tree.parts(side):
        asked = (one.low, one.high) if isinstance(one, tree.Ranging) else one.arguments if _counts(one) else None
        if isinstance(one, Node) and asked and not any(mentions(part, bound) for part in asked):
            yield one


def _counts(part: object) -> TypeGuard[tree.Elementary]:
    return isinstance(part, tree.Elementary) and part.name in COUNTS


def _nothing(part: Node, scope: Scope) -> bool:
    """Whether a range holds no number, or what is counted is no whole one, by more than the errors."""
    try:
        match part:
            case tree.Ranging():
                low, high = (evaluate(end, scope) for end in (part.low, part.high))
                return part.kind != "integral" and bool(low.value - high.value > low.error + high.error)
            case tree.Elementary():
                given = [evaluate(one, scope) for one in part.arguments]
                return any(abs(one.value - round(one.value)) > max(one.error, 1e-9) for one in given)
    except (ContentError, ValueError, ArithmeticError, TypeError):
        return False
    return False


def with_fewer_relations(original: Chain, other: Chain, look: Look) -> Evidence | None:
    """What refutes a chain that has lost an inequality: it is false whichever declaration of how sharp they are is lost with it."""
    inequalities = [one for one in other.relations if one.symbol != "="]
    if len(look.sharp) != len(inequalities) + 1 or len(original.relations) != len(other.relations) + 1:
        return None
    found = [agreement(other, _without(look, number)) for number in range(len(look.sharp))]
    return found[-1] if all(one.verdict is Verdict.REFUTED for one in found) else None


def _without(look: Look, lost: int) -> Look:
    """The look without what is declared of one inequality."""

    def kept(named: Mapping[tuple[int, int], Any]) -> dict[tuple[int, int], Any]:
        return {(number - (number > lost), place): one for (number, place), one in named.items() if number != lost}

    return dataclasses.replace(look, bound=kept(look.bound), sharp=(*look.sharp[:lost], *look.sharp[lost + 1 :]))
