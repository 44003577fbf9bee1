"""A limit of what is printed in full, by SymPy's algorithm of Gruntz, which compares how fast parts grow: a second opinion on faraway.py.

A part that it does not know has no second opinion. Nothing here looks at numbers beyond turning the answer into one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import sympy

from hwgen.arithmetic.powers import Unenclosed
from hwgen.evidence.reduced import Evaluate, mentions
from hwgen.evidence.scope import Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.inequalities import endless
from hwgen.reading.tree import Node

# A body of more parts may take the algorithm longer than an author waits.
MOST_PARTS = 40
_FUNCTIONS = {
    **{name: getattr(sympy, name) for name in ("exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "erf", "erfc")},
    **{"arcsin": sympy.asin, "arccos": sympy.acos, "arctan": sympy.atan, "arcsinh": sympy.asinh, "absolute": sympy.Abs},
    **{"max": sympy.Max, "min": sympy.Min, "root": lambda x, n: x ** (1 / n)},
}
_OPERATIONS = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
    "^": lambda x, y: x**y,
}


def limit(node: tree.Limit, body: Node, scope: Scope, evaluate: Evaluate) -> float:
    """The limit. Raises Unenclosed where SymPy knows none."""
    if sum(1 for _ in tree.parts(body)) > MOST_PARTS:
        raise Unenclosed("it has too many parts")

    def number(part: Node) -> Any:
        return _exactly(evaluate(part, scope))

    # Far out it is positive, which lets SymPy take roots and logarithms apart.
    x = sympy.Dummy("x", positive=True) if endless(node.to) and not isinstance(node.to, tree.Negative) else sympy.Dummy("x", real=True)
    to = (-sympy.oo if isinstance(node.to, tree.Negative) else sympy.oo) if endless(node.to) else _expression(node.to, node, x, number)
    try:
        # Without a direction SymPy would look from the right alone.
        found = sympy.limit(_expression(body, node, x, number), x, to, node.side or ("+" if endless(node.to) else "+-"))
        known = found.is_number and found.is_real and found.is_finite
        value = float(sympy.N(found, 30)) if known else None
    except Unenclosed:
        raise
    except Exception as error:  # whatever the algorithm raises where it does not know its way
        raise Unenclosed(f"no second opinion on it ({type(error).__name__})") from None
    if value is None:
        raise Unenclosed("a second opinion finds no number")
    return value


def _expression(part: Node, node: tree.Limit, x: Any, number: Callable[[Node], Any]) -> Any:
    def of(inside: Node) -> Any:
        return _expression(inside, node, x, number)

    if isinstance(part, tree.Symbol) and part.name == node.variable:
        return x
    if isinstance(part, tree.Number) and part.text != "inf":
        return sympy.pi if part.text == "pi" else sympy.Rational(part.text)
    if isinstance(part, tree.Negative):
        return -of(part.of)
    if isinstance(part, tree.Operation):
        return _OPERATIONS[part.symbol](of(part.left), of(part.right))
    if isinstance(part, tree.Elementary) and part.name in _FUNCTIONS:
        return _FUNCTIONS[part.name](*(of(one) for one in part.arguments))
    if mentions(part, frozenset({node.variable})):
        raise Unenclosed("no second opinion on a part that is no sum, product, power or elementary function")
    return number(part)


def _exactly(found: Approx) -> Any:
    """A number that is computed, as it is."""
    if not isinstance(found.value, float) or not math.isfinite(found.value):
        raise Unenclosed("no second opinion on an array")
    one = Fraction(found.value)
    return sympy.Rational(one.numerator, one.denominator)
