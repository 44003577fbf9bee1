"""What an extremum over an interval needs in order to be one: points in it, and for a maximum or minimum one where it is attained.

Nothing here searches.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

from hwgen.arithmetic.algebra import Algebra, ShapeError, Undecided
from hwgen.evidence.reduced import Evaluate, binds, by_oracle, mentions
from hwgen.evidence.scope import Bound, Scope
from hwgen.reading import tree
from hwgen.reading.inequalities import endless
from hwgen.reading.tree import Node

V = TypeVar("V")
# Places this far out show what a function that is only sampled tends to.
FAR = ("10000000", "1000000000")
# What it is there must be worse than the extremum by this part of how far it has come from its value at zero.
APART = "0.000001"
# So near to an end at zero floats still show what grows there, however small a number it is multiplied by.
NEAREST = ("1e-30", "1e-60", "1e-100", "1e-150")
# So far from an end of an interval its inside is looked at.
BESIDE = "0.000001"
# A little more than the period of sines and cosines.
PERIOD = 6.4
NOT_ATTAINED = "need not be attained: it is as good far out, or where the body has no value; write \\sup or \\inf"


def of_something(node: tree.Ranging, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> None:
    """Raises ShapeError for an interval without an end that holds no number, and where 0 is raised to what varies."""
    if any(node.open) and not _limits(node):
        ends = (evaluate(one, scope, algebra) for one in (node.low, node.high))
        if algebra.compare("<", *ends) is False:
            raise ShapeError(f"a {node.kind} over nothing: no {node.variable} lies between these limits")
    for one in tree.parts(node.body):
        if isinstance(one, tree.Operation) and one.symbol == "^" and mentions(one.right, frozenset({node.variable})):
            _no_zero(one.left, node, scope, algebra, evaluate)


def _no_zero(base: Node, node: tree.Ranging, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> None:
    """0^u is 1 at u = 0 and 0 beside it: no limit shows its value, and no sample what lies beside."""
    averaged = {name for one in tree.parts(node.body) if isinstance(one, tree.Averaged) for name in scope.averaged(one.name)}
    if mentions(base, binds(node.body) | averaged):
        return
    limits = (node.low, node.high) if mentions(base, frozenset({node.variable})) else (None,)
    for limit, left_out in zip(limits, node.open, strict=False):
        if limit is not None and (not left_out or endless(limit)):
            continue
        with Bound(scope, {} if limit is None else {node.variable: evaluate(limit, scope, algebra)}):
            value = evaluate(base, scope, algebra)
        if limit is not None and _positive_beside(base, node, limit, scope, algebra, evaluate):
            continue
        if not algebra.shape(value) and algebra.compare("=", value, algebra.number("0")):
            raise ShapeError(f"0 to a power that varies with {node.variable}: it jumps where the power is 0; write its value")


def _positive_beside(base: Node, node: tree.Ranging, limit: Node, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> bool:
    """Whether a base is more than 0 beside an end that is left out: its power has no jump there, and is bounded as it nears the end."""
    step = algebra.number(BESIDE) if limit is node.low else algebra.negative(algebra.number(BESIDE))
    place = algebra.operate("+", evaluate(limit, scope, algebra), step)
    with Bound(scope, {node.variable: place}):
        try:
            return bool(algebra.compare(">", evaluate(base, scope, algebra), algebra.number("0")))
        except Undecided:
            return False


def periodic(body: Node, name: str) -> bool:
    """Whether a variable stands in sines and cosines of its whole multiples alone: what is best is then best somewhere in a period."""
    waves = [one for one in tree.parts(body) if isinstance(one, tree.Elementary) and one.name in {"sin", "cos"}]
    inside = [one.arguments[0] for one in waves if mentions(one.arguments[0], frozenset({name}))]
    within = sum(_count(one, name) for one in inside)
    return bool(inside) and within == _count(body, name) and all(_multiple(one, name) for one in inside)


def one_period(low: float, high: float) -> tuple[float, float]:
    """A part of an endless interval that holds a whole period."""
    if math.isinf(low) and math.isinf(high):
        return -PERIOD / 2, PERIOD / 2
    return (high - PERIOD if math.isinf(low) else low), (low + PERIOD if math.isinf(high) else high)


def _count(part: Node, name: str) -> int:
    return sum(isinstance(one, tree.Symbol | tree.Index) and one.name == name for one in tree.parts(part))


def _multiple(node: Node, name: str) -> bool:
    """Whether a node is the variable, or a whole number of it."""
    if isinstance(node, tree.Symbol):
        return node.name == name
    whole = isinstance(node, tree.Operation) and node.symbol == "*" and isinstance(node.left, tree.Number) and node.left.text.isdigit()
    return whole and isinstance(node, tree.Operation) and _multiple(node.right, name)


def attained(node: tree.Ranging, best: V, body: Callable[[V], V], algebra: Algebra[V]) -> None:
    """Raises ShapeError for a maximum or minimum over an endless interval to which a function that is only sampled tends far out."""
    ends = [far if limit is node.high else algebra.negative(far) for limit in _limits(node) for far in map(algebra.number, FAR)]
    if node.kind not in {"max", "min"} or not ends:
        return
    apart = algebra.elementary("absolute", [algebra.operate("-", best, body(algebra.number("0")))])
    margin = algebra.operate("*", algebra.number(APART), apart)
    enough = algebra.operate("-" if node.kind == "max" else "+", best, margin)
    try:
        worse = [algebra.compare("<" if node.kind == "max" else ">", body(end), enough) for end in ends]
    except Undecided:
        # As good as the extremum, for all that floats can say: then it need not be attained.
        worse = [False]
    if False in worse:
        raise ShapeError(f"a {node.kind} {NOT_ATTAINED}")


def bounded(node: tree.Ranging, best: V, body: Callable[[V], V], algebra: Algebra[V]) -> None:
    """Raises ShapeError where a function that is only sampled is beyond its extremum so near to zero, left out, as no sample is."""
    sign = ">" if node.kind in {"sup", "max"} else "<"
    if not by_oracle(node, binds(node)):
        return
    for limit, left_out in zip((node.low, node.high), node.open, strict=True):
        if not (left_out and isinstance(limit, tree.Number) and limit.text == "0"):
            continue
        for near in map(algebra.number, NEAREST):
            try:
                beyond = algebra.compare(sign, body(near if limit is node.low else algebra.negative(near)), best)
            except (Undecided, ValueError, ArithmeticError):  # an oracle may have no value there
                continue
            if beyond:
                raise ShapeError(f"a {node.kind} that may be infinite: it grows towards 0; write its value, or a smaller range")


def _limits(node: tree.Ranging) -> list[Node]:
    return [limit for limit in (node.low, node.high) if endless(limit)]
