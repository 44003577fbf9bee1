"""Where a symbolic expression has a value: what each operation needs of its operands, and whether that is shown.

SymPy cancels x/x and e^(log x) as they are made, for numbers at which they have no value: so what is needed is noted before.
Nothing here proves a relation.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sympy

from hwgen.arithmetic.signs import nonnegative, positive

Expr = Any  # sympy.Expr
# A quadrature is compared with a closed form for so many values, and so closely.
POINTS, CLOSE = 2, 1e-6


class Unproved(Exception):
    """A step that algebra and calculus, as known here, do not decide."""


class Sign(enum.Enum):
    """What an operand must be."""

    POSITIVE = "positive"
    NONNEGATIVE = "at least 0"
    NONZERO = "other than 0"


@dataclass(frozen=True)
class Need:
    """An operand, what it must be, for all values of its symbols, and the operation that needs it."""

    of: Expr
    sign: Sign
    by: str

    def met(self, chart: Mapping[Expr, Expr]) -> bool:
        """Whether it is shown after a change of variables."""
        of = sympy.sympify(self.of).subs(chart)
        if self.sign is Sign.NONZERO:
            return _nonzero(of)
        return positive(of) if self.sign is Sign.POSITIVE else nonnegative(of)

    @property
    def said(self) -> str:
        """The need in words."""
        of = sympy.sympify(self.of)
        plain = of.xreplace({one: sympy.Symbol(one.name) for one in of.atoms(sympy.Dummy)})
        return f"it is not shown that {plain} is {self.sign.value}, for {self.by}"


def of_operation(symbol: str, x: Expr, y: Expr) -> Iterator[Need]:
    """What a quotient or a power needs; a sum and a product need nothing."""
    if symbol == "/":
        yield Need(y, Sign.NONZERO, "a quotient")
    elif symbol == "^" and not isinstance(x, sympy.MatrixBase):
        yield from _of_power(x, y)
    elif symbol == "^" and x.is_square and not sympy.sympify(y).is_nonnegative:
        yield Need(x.det(), Sign.NONZERO, "an inverse")


def _of_power(base: Expr, exponent: Expr) -> Iterator[Need]:
    if exponent.is_integer:
        if not exponent.is_nonnegative:
            yield Need(base, Sign.NONZERO, "a negative power")
    else:
        yield Need(base, Sign.NONNEGATIVE if exponent.is_positive else Sign.POSITIVE, "a power that is not whole")


def of_function(name: str, arguments: Sequence[Expr]) -> Iterator[Need]:
    """What an elementary function needs of its arguments."""
    x = arguments[0]
    if name == "log":
        yield Need(x, Sign.POSITIVE, "a logarithm")
    elif name == "root":
        yield Need(x, Sign.NONNEGATIVE, "a root")
        yield Need(arguments[1], Sign.NONZERO, "the degree of a root")
    elif name in {"arcsin", "arccos", "arctanh"}:
        sign = Sign.POSITIVE if name == "arctanh" else Sign.NONNEGATIVE
        yield from (Need(1 + side * x, sign, f"the {name} of {x}") for side in (1, -1))
    elif name == "arccosh":
        yield Need(x - 1, Sign.NONNEGATIVE, f"the {name} of {x}")
    elif name == "tan":
        yield Need(sympy.cos(x), Sign.NONZERO, f"the {name} of {x}")
    elif name == "factorial":
        yield Need(x, Sign.NONNEGATIVE, "a factorial")


_EVERYWHERE = (
    sympy.exp,
    sympy.sin,
    sympy.cos,
    sympy.sinh,
    sympy.cosh,
    sympy.tanh,
    sympy.atan,
    sympy.asinh,
    sympy.erf,
    sympy.erfc,
    sympy.Abs,
)
_NAMES = {sympy.log: "log", sympy.asin: "arcsin", sympy.acos: "arccos", sympy.atanh: "arctanh", sympy.acosh: "arccosh", sympy.tan: "tan"}


def of_expression(expression: Expr, u: Expr) -> Iterator[Need]:
    """What a whole expression needs in which a variable runs. Raises Unproved for a function of it that may have poles."""
    for part in sympy.preorder_traversal(expression):
        if not part.has(u):
            continue
        if isinstance(part, sympy.Pow):
            yield from _of_power(part.base, part.exp)
        elif type(part) in _NAMES:
            yield from of_function(_NAMES[type(part)], part.args)
        elif isinstance(part, sympy.Function) and not isinstance(part, _EVERYWHERE):
            raise Unproved(f"{part} may have a pole where {u} runs")


def between(u: Expr, low: Expr, high: Expr, closed: bool) -> tuple[dict[Expr, Expr], ...]:
    """Changes of variables that cover a range of u by parameters that have a sign: without its ends, or (`closed`) with them."""
    w = sympy.Dummy("w", **({"nonnegative": True} if closed else {"positive": True}))
    if low.is_infinite and high.is_infinite:
        return ({u: sympy.Dummy("w", real=True)},)
    if low.is_infinite or high.is_infinite:
        return ({u: high - w if low.is_infinite else low + w},)
    inner = {u: sympy.factor((low + high * w) / (1 + w))}
    return (inner, {u: high}) if closed else (inner,)


def estimated(body: Expr, u: Expr, low: Expr, high: Expr, found: Expr) -> bool:
    """Whether an integral in closed form is what a quadrature finds for some values of its symbols: an antiderivative may jump."""
    chosen = random.Random(f"{body}")
    for _ in range(POINTS):
        free = sorted((body.free_symbols - {u}) | low.free_symbols | high.free_symbols, key=str)
        values = {one: drawn(one, chosen) for one in free}
        closed = sympy.N(found.subs(values), 15)
        near = sympy.N(sympy.Integral(body.subs(values), (u, low.subs(values), high.subs(values))), 15)
        if not (closed.is_number and near.is_number and abs(closed - near) <= CLOSE * (1 + abs(closed))):
            return False
    return True


def drawn(symbol: Expr, chosen: random.Random) -> Expr:
    """A random value that the symbol's assumptions allow, below 1 in modulus for a real one."""
    if symbol.is_integer:
        return sympy.Integer(chosen.randint(2, 6))
    number = sympy.Rational(chosen.randint(10, 90), 100)
    return number if symbol.is_nonnegative else number * chosen.choice([-1, 1])


def _nonzero(expression: Expr) -> bool:
    if expression.is_nonzero or positive(expression) or positive(-expression):
        return True
    factors = sympy.factor(expression).as_ordered_factors()
    return len(factors) > 1 and all(one.is_nonzero or positive(one) or positive(-one) for one in factors)
