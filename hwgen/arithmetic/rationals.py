"""Exact arithmetic: the form of the algebra over rational numbers, as far as a formula has them. Nothing here is rounded.

What has no rational value, or none that is known, is refused (Inexact), never approximated.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

import numpy as np

from hwgen.arithmetic.rounding import EPS
from hwgen.model import Approx

# A computed float this near, relatively, to a number with few digits stands for it.
ATOM = 16 * EPS
DIGITS, LARGEST_DENOMINATOR = 12, 1000
MOST_BITS = 20_000


class Inexact(Exception):
    """A part of a formula without a rational value that is known."""


@dataclass(frozen=True)
class Logarithm:
    """The logarithm of a rational number: the quotient of two of them may be a whole number."""

    of: Fraction


@dataclass(frozen=True)
class Entries:
    """An array of floats."""

    array: Approx


class Rationals:
    """Operations on fractions. `sure`: whether every number that was read is certain, none known only as the float it was rounded to."""

    def __init__(self) -> None:
        self.sure = True

    def read(self, given: Any) -> Any:
        """A number of the page from the float that stands for it: one with few digits, or the float itself; none that has an error."""
        if not isinstance(given, Approx):
            return given
        if isinstance(given.value, np.ndarray):
            return Entries(given)
        number = float(given.value)
        if not math.isfinite(number) or not math.isfinite(given.error):
            raise Inexact
        # A float that an oracle rounded may be whole by that alone: 1 - 10^{-20} is 1 to it. What it counts it gives as an int.
        if given.error == 0:
            return self.short(number)
        raise Inexact

    def short(self, number: float) -> Fraction:
        """The number with few digits that a float stands for, or what it is itself."""
        exactly = Fraction(number)
        for short in (Fraction(f"{number:.{DIGITS}g}"), exactly.limit_denominator(LARGEST_DENOMINATOR)):
            if abs(short - exactly) <= ATOM * abs(exactly):
                return short
        self.sure = False
        return exactly

    def number(self, text: str) -> Fraction:
        if text in {"pi", "inf", "nan"}:
            raise Inexact
        return Fraction(text)

    def of(self, given: Any) -> Any:
        return given

    def negative(self, x: Any) -> Fraction:
        return -_fraction(x)

    def operate(self, symbol: str, x: Any, y: Any) -> Fraction:
        if symbol == "/" and isinstance(x, Logarithm) and isinstance(y, Logarithm):
            return _exponent(x.of, y.of)
        left, right = _fraction(x), _fraction(y)
        if symbol == "/" and right == 0:
            raise Inexact
        if symbol == "^":
            return _power(left, right)
        return {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right}[symbol]()

    def elementary(self, name: str, arguments: Sequence[Any]) -> Any:
        given = [_fraction(one) for one in arguments]
        if name == "log" and given[0] > 0:
            return Logarithm(given[0]) if given[0] != 1 else Fraction(0)
        if name in _AT_ZERO and given[0] == 0:
            return Fraction(_AT_ZERO[name])
        if name not in _FUNCTIONS:
            raise Inexact
        return _FUNCTIONS[name](*given)

    def shape(self, x: Any) -> tuple[int, ...]:
        return np.shape(x.array.value) if isinstance(x, Entries) else ()

    def entry(self, x: Any, places: Sequence[int]) -> Any:
        if not isinstance(x, Entries):
            raise Inexact
        found = x.array.value[tuple(places)]
        return self.read(Approx(value=found if np.ndim(found) else float(found), error=x.array.error))

    def compare(self, symbol: str, x: Any, y: Any) -> bool:
        left, right = _fraction(x), _fraction(y)
        # Floats that differ may be one number, rounded on two ways.
        if left != right and not self.sure:
            raise Inexact
        return {"=": left == right, r"\le": left <= right, r"\ge": left >= right, "<": left < right, ">": left > right}[symbol]

    def whole(self, x: Any) -> int:
        if _fraction(x).denominator != 1:
            raise Inexact
        return int(x)

    def beyond(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> NoReturn:
        raise Inexact

    def matrix(self, rows: Any) -> NoReturn:
        raise Inexact

    def vector(self, entries: Any) -> NoReturn:
        raise Inexact

    def series(self, term: Any, first: int, beyond: Any = None) -> NoReturn:
        raise Inexact

    def over_ball(self, kind: str, body: Any, dimension: int, radius: Any, norm: str, sphere: bool) -> NoReturn:
        raise Inexact

    def enclosed(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> NoReturn:
        raise Inexact

    def limit(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> NoReturn:
        raise Inexact

    def integral(self, body: Any, low: Any, high: Any) -> NoReturn:
        raise Inexact

    def extremum(self, kind: str, body: Any, low: Any, high: Any, left_out: tuple[bool, bool] = (False, False)) -> NoReturn:
        raise Inexact


def _fraction(x: Any) -> Fraction:
    if not isinstance(x, Fraction):
        raise Inexact
    return x


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    times, degree = exponent.numerator, exponent.denominator
    bits = max(base.numerator.bit_length(), base.denominator.bit_length())
    if (base == 0 and times < 0) or abs(times) * bits > MOST_BITS:
        raise Inexact
    raised = base**times
    return raised if degree == 1 else _root(raised, Fraction(degree))


def _root(x: Fraction, degree: Fraction) -> Fraction:
    """The root of a number that is a power of a rational one."""
    if x < 0 or degree.denominator != 1 or not 0 < degree <= MOST_BITS:
        raise Inexact
    return Fraction(_whole_root(x.numerator, int(degree)), _whole_root(x.denominator, int(degree)))


def _whole_root(number: int, degree: int) -> int:
    # In whole numbers, as a float's root of a long one may be off by many.
    low, high = 0, 1 << (number.bit_length() // degree + 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if middle**degree <= number else (low, middle - 1)
    if low**degree != number:
        raise Inexact
    return low


def _exponent(x: Fraction, base: Fraction) -> Fraction:
    """The whole k with base^k = x."""
    # Only where to look: what counts is the power, which is compared exactly.
    guess = round((math.log(x.numerator) - math.log(x.denominator)) / (math.log(base.numerator) - math.log(base.denominator)))
    if _power(base, Fraction(guess)) != x:
        raise Inexact
    return Fraction(guess)


def _counted(work: Callable[..., int], *numbers: Fraction) -> Fraction:
    if any(one.denominator != 1 or not 0 <= one <= LARGEST_DENOMINATOR for one in numbers):
        raise Inexact
    return Fraction(work(*map(int, numbers)))


_AT_ZERO = {"exp": 1, "cos": 1, "cosh": 1, "erfc": 1} | dict.fromkeys(("sin", "tan", "arcsin", "arctan", "sinh", "tanh", "erf"), 0)
_FUNCTIONS: dict[str, Callable[..., Fraction]] = {
    "absolute": abs,
    "max": lambda *x: max(x),
    "min": lambda *x: min(x),
    "floor": lambda x: Fraction(math.floor(x)),
    "ceil": lambda x: Fraction(math.ceil(x)),
    "sign": lambda x: Fraction((x > 0) - (x < 0)),
    "root": lambda x, degree: -_root(-x, degree) if x < 0 and degree % 2 == 1 else _root(x, degree),
    "factorial": functools.partial(_counted, math.factorial),
    "binom": functools.partial(_counted, math.comb),
}
