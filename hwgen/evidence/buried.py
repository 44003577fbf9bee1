"""Terms of a sum below an integral, an extremum or a limit that its value cannot show: without them floats find the same.

Such a relation would hold as well with another number in their place. Nothing here compares the sides.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import ShapeError, Undecided
from hwgen.arithmetic.rounding import EPS, size
from hwgen.evidence.cases import Look, undecided
from hwgen.evidence.evaluation import evaluate
from hwgen.evidence.finer import HIDDEN, valued
from hwgen.evidence.reduced import binds, mentions
from hwgen.evidence.scope import Scope
from hwgen.model import Evidence
from hwgen.reading import Chain, tree
from hwgen.reading.tree import Node

_OPERATORS = (tree.Ranging, tree.Ball, tree.Limit, tree.Indexed, tree.Chosen)
# What is larger than this is seen beside an enclosure's own error, or that is so wide that the verdict says so.
SEEN = 1e-15


def buried(chain: Chain, look: Look) -> Evidence | None:
    """The first term below an operator that its value does not show at any point; None if there is none."""
    for side in chain.sides:
        for operator in _outermost(side):
            names = binds(operator)
            for part, small, rest in _terms(operator, names):
                factors = [*_constant(small, names)]
                if factors and all(_lost(operator, part, factors, rest, scope) for scope in look.scopes):
                    shown = " ".join(chain.text[small.span[0] : small.span[1]].split())
                    said = f"{shown} is at every point less than what rounding hides of the value that it is a part of"
                    return undecided(f"{said}; expected it on its own, or large enough to be seen", look)
    return None


def _outermost(side: Node) -> Iterator[Node]:
    """The operators of a side that stand below no other one: all that they need is known at a point."""
    below: set[int] = set()
    for one in valued(side):
        if id(one) not in below and isinstance(one, _OPERATORS):
            below |= {id(inner) for inner in tree.parts(one)}
            yield one


def _constant(term: Node, names: frozenset[str]) -> Iterator[Node]:
    """The factors of a term that do not vary below its operator."""
    if not mentions(term, names):
        yield term
    elif isinstance(term, tree.Operation) and term.symbol == "*":
        yield from _constant(term.left, names)
        yield from _constant(term.right, names)
    elif isinstance(term, tree.Operation) and term.symbol == "/":
        yield from _constant(term.left, names)


def _terms(operator: Node, names: frozenset[str]) -> Iterator[tuple[Node, Node, Node]]:
    """Each sum that varies below an operator, with a term of it, and what is left of it without that."""
    if any(isinstance(one, tree.Averaged) for one in tree.parts(operator)):
        return
    for part in valued(operator):
        if isinstance(part, tree.Operation) and part.symbol in {"+", "-"}:
            left, right = part.left, part.right
            opposite = right if part.symbol == "+" else tree.Negative(of=right, span=right.span)
            for small, large, rest in ((left, right, opposite), (right, left, left)):
                if mentions(large, names) or mentions(small, names):
                    yield part, small, rest


def _lost(operator: Node, part: Node, factors: Sequence[Node], rest: Node, scope: Scope) -> bool:
    """Whether a term with these factors is not nothing at a point, and the operator's value there is the same without it."""
    try:
        whole = evaluate(operator, scope)
        hidden = max(HIDDEN * size(whole.value), min(float(np.max(whole.error)), SEEN))
        if not 0 < math.prod(size(evaluate(one, scope).value) for one in factors) <= hidden:
            return False
        without = evaluate(_replaced(operator, part, rest), scope)
    except (ShapeError, Undecided):
        return False
    moved = float(np.max(np.abs(np.subtract(whole.value, without.value))))
    return moved <= max(EPS * size(whole.value), float(whole.error) + float(without.error))


def _replaced(whole: Any, part: Node, by: Node) -> Any:
    """The same tree with another node in the place of this one."""
    if whole is part:
        return by
    if isinstance(whole, tuple):
        return tuple(_replaced(one, part, by) for one in whole)
    if not isinstance(whole, Node | Chain):
        return whole
    changed = {one.name: _replaced(getattr(whole, one.name), part, by) for one in dataclasses.fields(whole) if one.name != "span"}
    return dataclasses.replace(whole, **changed)
