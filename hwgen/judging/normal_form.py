"""Expressions up to commutation, in one normal form: what is printed, and what an oracle's source computes, become comparable.

Sums and products are flattened and sorted, equal factors and terms gathered, quotients are powers. Nothing is expanded: two forms that
are equal are the same expression typed twice, not two expressions of which algebra shows that they agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from fractions import Fraction
from typing import Any

from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

# A number, or (head, part, …) whose parts are forms.
Form = Any
ONE, MINUS, HALF = Fraction(1), Fraction(-1), Fraction(1, 2)
_DIGITS = 12
_NORMS = frozenset({"norm", "norm_2", "norm_F"})


def number(value: float) -> Form:
    """A number as a fraction, if it is a short one."""
    found = Fraction(value).limit_denominator(10**6)
    return found if abs(float(found) - value) <= 10.0**-_DIGITS * max(abs(value), 1) else Fraction(value)


def add(parts: Sequence[Form]) -> Form:
    """The sum, with equal terms gathered."""
    total: dict[Form, Fraction] = {}
    for part in [inner for one in parts for inner in (one[1:] if _is(one, "+") else (one,))]:
        factor, rest = _scaled(part)
        total[rest] = total.get(rest, Fraction(0)) + factor
    terms = [rest if factor == 1 else multiply([factor, rest]) for rest, factor in total.items() if factor]
    # As they are written, since forms of different kinds have no order among them.
    terms = sorted(terms, key=repr)
    return ("+", *terms) if len(terms) > 1 else terms[0] if terms else Fraction(0)


def _scaled(part: Form) -> tuple[Fraction, Form]:
    if isinstance(part, Fraction):
        return part, ONE
    if _is(part, "*") and isinstance(part[1], Fraction):
        return part[1], part[2] if len(part) == 3 else ("*", *part[2:])
    return ONE, part


def multiply(parts: Sequence[Form]) -> Form:
    """The product, with equal factors gathered; its number first."""
    factor, powers = ONE, dict[Form, list[Form]]()
    for part in [inner for one in parts for inner in (one[1:] if _is(one, "*") else (one,))]:
        if isinstance(part, Fraction):
            factor *= part
        else:
            base, exponent = (part[1], part[2]) if _is(part, "^") else (part, ONE)
            powers.setdefault(base, []).append(exponent)
    if factor == 0:
        return Fraction(0)
    raised = [power(base, add(exponents)) for base, exponents in powers.items()]
    rest = sorted((one for one in raised if one != ONE), key=repr)
    found = ([factor] if factor != 1 or not rest else []) + rest
    return ("*", *found) if len(found) > 1 else found[0]


def power(base: Form, exponent: Form) -> Form:
    """A power; of a product factor by factor, of a number as a number if it is one."""
    if exponent == ONE or base == ONE:
        return base
    if exponent == 0:
        return ONE
    # A larger power is no number that anybody types; its digits would only take time.
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) < 64 and base:
        return base ** int(exponent)
    if _is(base, "^"):
        return power(base[1], multiply([base[2], exponent]))
    if _is(base, "*"):
        return multiply([power(one, exponent) for one in base[1:]])
    return ("^", base, exponent)


def call(name: str, arguments: Sequence[Form]) -> Form:
    """A function by name: roots are powers, and what commutes is sorted; of products of arrays the order and transposes are left out."""
    if name == "transpose":
        return arguments[0]
    if name == "inner":
        return multiply(arguments)
    if name in {"sqrt", "root"}:
        return power(arguments[0], HALF if len(arguments) == 1 else power(arguments[1], MINUS))
    if name in _NORMS:
        name = "norm"
    commutes = name in {"max", "min"}
    return ("f", name, *(sorted(arguments, key=repr) if commutes else arguments))


def opposite(one: Form) -> Form:
    """-x"""
    return multiply([MINUS, one])


def _is(one: Form, head: str) -> bool:
    return isinstance(one, tuple) and one[0] == head


def operations(one: Form) -> int:
    """How many operations a form has."""
    if not isinstance(one, tuple):
        return 0
    own = len(one) - 2 if one[0] in {"+", "*", "^"} else 1 if one[0] in {"f", "call"} else 0
    return own + sum(operations(part) for part in one[1:])


def parts(one: Form) -> Iterator[Form]:
    """The form and every form in it."""
    yield one
    if isinstance(one, tuple):
        for part in one[1:]:
            yield from parts(part)


def printed(node: Any, named: Mapping[str, Form], applied: Any = None) -> Form:
    """A node of a formula's tree, its symbols as `named`; `applied(name, order, arguments)` is what a declared function gives."""

    def form(one: Any) -> Form:
        return printed(one, named, applied)

    match node:
        case tree.Number():
            return ("name", node.text) if node.text in {"pi", "inf"} else number(float(node.text))
        case tree.Symbol():
            return named.get(node.name, ("name", node.name))
        case tree.Index():
            return ("index", named.get(node.name, ("name", node.name)), *(form(one) for one in node.indices))
        case tree.Negative():
            return opposite(form(node.of))
        case tree.Operation():
            return _operated(node.symbol, form(node.left), form(node.right))
        case tree.Elementary():
            return call(node.name, [form(one) for one in node.arguments])
        case tree.Apply():
            arguments = [form(one) for one in node.arguments]
            found = applied(node.name, node.order, arguments) if applied else None
            return ("f", f"{node.name} {node.order}", *arguments) if found is None else found
        case Node() | Chain():
            kept = [one.name for one in fields(node) if one.name not in {"span", "text", "symbols"}]
            return (type(node).__name__, *(form(getattr(node, name)) for name in kept))
        case tuple():
            return ("tuple", *(form(one) for one in node))
    return ("name", str(node))


def _operated(symbol: str, left: Form, right: Form) -> Form:
    match symbol:
        case "+":
            return add([left, right])
        case "-":
            return add([left, opposite(right)])
        case "*":
            return multiply([left, right])
        case "/":
            return multiply([left, power(right, MINUS)])
    return power(left, right)
