"""Ties at the atoms of a law, which are computed: equal where only their own rounding can have set the two sides apart.

A printed relation that could itself differ by as little, by a small term, a long number or a steep function, is no such tie.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import Algebra
from hwgen.arithmetic.batch import Batch, Uneven
from hwgen.arithmetic.rationals import ATOM
from hwgen.arithmetic.rounding import UNDEFINED, size
from hwgen.arithmetic.scalars import TIE
from hwgen.evidence import exact
from hwgen.evidence.floats import APPROX
from hwgen.evidence.scope import Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.tree import Node

Evaluate = Callable[[Node, Scope, Algebra[Any]], Any]
# What oracles without a declared error make is known to this part. One that knows less cannot say on which side of an atom it is.
AS_COMPUTED = 1e-10
# A term of a sum below this part of the others could make the difference; so could numbers of more digits in all.
DROWNED, MOST_DIGITS = 1e-9, 6
_SMOOTH = frozenset({"absolute", "root", "max", "min", "inner", "transpose", "norm", "norm_1", "norm_2", "norm_inf", "norm_F", "norm_op"})


def equal(nodes: Sequence[Node], values: Sequence[Approx], scope: Scope, evaluate: Evaluate) -> bool:
    """Whether two sides that are nearly equal are one number, computed in two ways; not of what an oracle knows less well than that."""
    left, right = (float(one.value) for one in values)
    near = max(abs(left), abs(right))
    error = sum(one.error for one in values)
    apart = abs(left - right) <= min(TIE * near, max(error, ATOM * near))
    same = apart and error <= AS_COMPUTED * max(near, TIE)
    return same and math.isfinite(near) and _plain(nodes) and not any(_drowns(node, scope, evaluate) for node in nodes)


def ranked(node: Node, matrix: Any, found: Any, scope: Scope, evaluate: Evaluate) -> Any:
    """The rank that floats find, where they cannot have lost it: a full one, one that is exactly so, or one of what is printed plainly."""
    shape = _shape(matrix)
    full = min(shape) if len(shape) == 2 else 1
    if isinstance(found, Batch):
        if np.any(~(found.value == full)):
            raise Uneven
        return found
    if not isinstance(found, Approx) or found.value == full:
        return found
    rows = [[exact.rational(one, scope, evaluate) for one in row] for row in node.rows] if isinstance(node, tree.Matrix) else [[None]]
    if all(one is not None for row in rows for one in row):
        return Approx(value=float(_eliminated([[Fraction(one or 0) for one in row] for row in rows])), error=0.0)
    return found if _plain([node]) and not _drowns(node, scope, evaluate) else UNDEFINED


def _shape(matrix: Any) -> tuple[int, ...]:
    return matrix.shape if isinstance(matrix, Batch) else np.shape(matrix.value) if isinstance(matrix, Approx) else ()


def _eliminated(rows: list[list[Fraction]]) -> int:
    """The rank of a matrix of rational numbers."""
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in range(rank, len(rows)) if rows[row][column] != 0), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for row in range(rank + 1, len(rows)):
            factor = rows[row][column] / rows[rank][column]
            rows[row] = [one - factor * other for one, other in zip(rows[row], rows[rank], strict=True)]
        rank += 1
    return rank


def _plain(nodes: Sequence[Node]) -> bool:
    """Whether nothing but symbols, short numbers and operations that keep small differences small is printed."""
    parts = [one for node in nodes for one in tree.parts(node)]
    digits = sum(len(one.text.replace(".", "")) for one in parts if isinstance(one, tree.Number))
    return digits <= MOST_DIGITS and all(_keeps(one) for one in parts)


def _keeps(part: Any) -> bool:
    match part:
        case tree.Number():
            return part.text not in {"pi", "inf"}
        case tree.Symbol() | tree.Index() | tree.Negative() | tree.Matrix():
            return True
        case tree.Operation(symbol="^"):
            return isinstance(part.right, tree.Number) and part.right.text == "2"
        case tree.Operation():
            return True
        case tree.Elementary():
            return part.name in _SMOOTH
        case _:
            return False


def _drowns(node: Node, scope: Scope, evaluate: Evaluate) -> bool:
    """Whether a term somewhere is too small to be seen beside the others of its sum."""
    for one in tree.parts(node):
        if isinstance(one, tree.Operation) and one.symbol in "+-":
            small, large = sorted(size(evaluate(side, scope, APPROX).value) for side in (one.left, one.right))
            if 0 < small < DROWNED * large:
                return True
    return False
