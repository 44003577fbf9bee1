"""How much code the two sides of a relation share: the author's functions that compute what only one side prints, and the other too.

A measure, no complaint: two roads that begin at one network share it.
"""

from __future__ import annotations

import itertools
from typing import Any

from hwgen.freshness.sources import is_authors
from hwgen.model import Bindings, Expectation, Function, Overlap, Value
from hwgen.model.called import reached
from hwgen.reading import Chain, tree

_NAMED = tree.Symbol | tree.Index | tree.Apply | tree.Averaged


def overlap(chain: Chain, bindings: Bindings) -> Overlap:
    """The author's functions that compute, for some relation, a symbol that one side alone prints and one that the other alone does."""
    printed = [{one.name for one in tree.parts(side) if isinstance(one, _NAMED)} for side in chain.sides]
    common = set[str]()
    # What both sides print is compared with itself, whatever computes it.
    for left, right in itertools.pairwise(printed):
        common |= _of(left - right, bindings) & _of(right - left, bindings)
    return Overlap(common=tuple(sorted(common)), of=len(_of(set[str]().union(*printed), bindings)))


def _of(names: set[str], bindings: Bindings) -> set[str]:
    return {one for name in names for function in _functions(bindings.get(name)) for one in reached(function, is_authors)}


def _functions(binding: Any) -> list[Any]:
    match binding:
        case Value():
            return [binding.compute]
        case Function():
            return [binding.call, *binding.derivatives]
        case Expectation():
            return [binding.law]
    return []
