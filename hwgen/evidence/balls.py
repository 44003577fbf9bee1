"""The operations of a formula over Arb balls: the form of the algebra that encloses.

Every operation encloses all values that its operands' balls allow. What has no enclosure is refused (Unenclosed), never
approximated; nothing here gives a verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import flint

from hwgen.evidence.algebra import ShapeError
from hwgen.model import Approx

Ball = Any  # flint.arb
_METHODS = {
    "exp": "exp",
    "log": "log",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "arcsin": "asin",
    "arccos": "acos",
    "arctan": "atan",
    "sinh": "sinh",
    "cosh": "cosh",
    "tanh": "tanh",
    "arcsinh": "asinh",
    "arccosh": "acosh",
    "arctanh": "atanh",
    "erf": "erf",
    "erfc": "erfc",
    "absolute": "__abs__",
}


class Unenclosed(Exception):
    """Something that has no enclosure here."""


class Balls:
    """The operations of a formula over real balls; those of an integrand over complex ones."""

    def number(self, text: str) -> Ball:
        if text == "inf":
            raise Unenclosed("an infinite limit")
        return flint.arb.pi() if text == "pi" else flint.arb(text)

    def of(self, given: Any) -> Ball:
        return flint.arb(given.value, given.error) if isinstance(given, Approx) else given

    def negative(self, x: Ball) -> Ball:
        return -x

    def operate(self, symbol: str, x: Ball, y: Ball) -> Ball:
        if symbol == "^":
            whole = self._exact(y)
            return x**whole if whole is not None else x**y
        return {"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y}[symbol]()

    def _exact(self, x: Ball) -> int | None:
        """The integer that a ball without width is, if it is one."""
        found = x.unique_fmpz() if isinstance(x, flint.arb) and x.is_exact() and x.is_integer() else None
        return None if found is None else int(found)

    def elementary(self, name: str, arguments: Sequence[Ball]) -> Ball:
        if name in {"arccos", "arcsin"} and isinstance(arguments[0], flint.arb):
            return _inverse(_METHODS[name], arguments[0])
        if name in _METHODS:
            return getattr(arguments[0], _METHODS[name])()
        if name in {"max", "min"}:
            found = arguments[0]
            for other in arguments[1:]:
                found = getattr(found, name)(other)
            return found
        if name == "root":
            degree = self._exact(arguments[1])
            return arguments[0].sqrt() if degree == 2 else arguments[0] ** (1 / arguments[1])
        raise Unenclosed(f"{name} is not enclosed")

    def matrix(self, rows: Sequence[Sequence[Ball]]) -> Ball:
        raise Unenclosed("matrices are not enclosed")

    def shape(self, x: Ball) -> tuple[int, ...]:
        del x
        return ()

    def entry(self, x: Ball, places: Sequence[int]) -> Ball:
        raise ShapeError(f"no entry {list(places)} in a number")

    def vector(self, entries: Sequence[Ball]) -> Ball:
        del entries
        raise Unenclosed("vectors are not enclosed")

    def compare(self, symbol: str, x: Ball, y: Ball) -> bool:
        difference = x - y
        found = {"<": (x < y, x >= y), r"\le": (x <= y, x > y), ">": (x > y, x <= y), r"\ge": (x >= y, x < y)}.get(symbol)
        if found is None:
            found = (bool(difference == 0), not difference.contains(0))
        if not any(found):
            raise Unenclosed("a case that holds on a part of the box only")
        return bool(found[0])

    def series(self, term: Callable[[int], Ball], first: int) -> Ball:
        raise Unenclosed("an infinite sum is not enclosed")

    def over_ball(self, kind: str, body: Callable[[Ball], Ball], dimension: int, radius: Ball, norm: str, sphere: bool) -> Ball:
        raise Unenclosed(f"a {kind} over a ball is not enclosed")

    def whole(self, x: Ball) -> int:
        found = self._exact(x)
        if found is None:
            raise Unenclosed(f"{x} is no definite whole number")
        return found

    def integral(self, body: Callable[[Ball], Ball], low: Ball, high: Ball) -> Ball:
        found = flint.acb.integral(lambda u, _: body(u), flint.acb(low), flint.acb(high))
        return found.real

    def extremum(self, kind: str, body: Callable[[Ball], Ball], low: Ball, high: Ball) -> Ball:
        """Enclosed by subdivision of [low, high]: every part counts for the bound, every middle for what is attained."""
        parts = 256
        step = (high - low) / parts
        pieces = [flint.arb.union(low + step * index, low + step * (index + 1)) for index in range(parts)]
        over, attained = [body(piece) for piece in pieces], [body(piece.mid()) for piece in pieces]
        if kind == "max":
            return flint.arb.union(_most(over, "max").upper(), _most(attained, "max").lower())
        return flint.arb.union(_most(over, "min").lower(), _most(attained, "min").upper())


BALLS = Balls()


def _inverse(method: str, x: Ball) -> Ball:
    """asin or acos, monotone, between its values at both ends; a ball that leaves [-1, 1] by the rounding of its radius is cut."""
    low, high = x.lower(), x.upper()
    slack = x.rad() / 2**20
    if low < -1 and low >= -1 - slack:
        low = flint.arb(-1)
    if high > 1 and high <= 1 + slack:
        high = flint.arb(1)
    return flint.arb.union(getattr(low, method)(), getattr(high, method)())


def _most(balls: Sequence[Ball], kind: str) -> Ball:
    found = balls[0]
    for ball in balls[1:]:
        found = getattr(found, kind)(ball)
    return found
