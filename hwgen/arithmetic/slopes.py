"""A function's value and its derivative together, over balls: what a search for an extremum needs in order to leave parts out.

Both enclose what they stand for on a whole interval. Nothing here searches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import flint

Ball = Any  # flint.arb


@dataclass(frozen=True, slots=True, eq=False)
class Slope:
    """The values of a function of u on an interval, and those of its derivative there."""

    value: Ball
    slope: Ball

    def __neg__(self) -> Slope:
        return Slope(-self.value, -self.slope)

    def __add__(self, other: Any) -> Slope:
        x = _of(other)
        return Slope(self.value + x.value, self.slope + x.slope)

    def __sub__(self, other: Any) -> Slope:
        x = _of(other)
        return Slope(self.value - x.value, self.slope - x.slope)

    def __mul__(self, other: Any) -> Slope:
        x = _of(other)
        return Slope(self.value * x.value, self.slope * x.value + self.value * x.slope)

    def __truediv__(self, other: Any) -> Slope:
        x = _of(other)
        quotient = self.value / x.value
        return Slope(quotient, (self.slope - quotient * x.slope) / x.value)

    def __radd__(self, other: Any) -> Slope:
        return _of(other) + self

    def __rsub__(self, other: Any) -> Slope:
        return _of(other) - self

    def __rmul__(self, other: Any) -> Slope:
        return _of(other) * self

    def __rtruediv__(self, other: Any) -> Slope:
        return _of(other) / self


def _of(given: Any) -> Slope:
    return given if isinstance(given, Slope) else Slope(given, flint.arb(0))


def _either(x: Ball, low: Ball, high: Ball) -> Ball:
    """What holds on both sides of a kink at x = 0: low below it, high above it, and all between where the ball holds zero."""
    if x > 0:
        return high
    return low if x < 0 else flint.arb.union(low, high)


def _root_of(x: Ball) -> Ball:
    return x.sqrt()


# The derivative of each function, from its argument and its value.
DERIVATIVES: Mapping[str, Callable[[Ball, Ball], Ball]] = {
    "exp": lambda x, y: y,
    "log": lambda x, y: 1 / x,
    "sin": lambda x, y: x.cos(),
    "cos": lambda x, y: -x.sin(),
    "tan": lambda x, y: 1 + y * y,
    "arcsin": lambda x, y: 1 / _root_of(1 - x * x),
    "arccos": lambda x, y: -1 / _root_of(1 - x * x),
    "arctan": lambda x, y: 1 / (1 + x * x),
    "sinh": lambda x, y: x.cosh(),
    "cosh": lambda x, y: x.sinh(),
    "tanh": lambda x, y: 1 / (x.cosh() * x.cosh()),
    "arcsinh": lambda x, y: 1 / _root_of(1 + x * x),
    "arccosh": lambda x, y: 1 / _root_of(x * x - 1),
    "arctanh": lambda x, y: 1 / (1 - x * x),
    "erf": lambda x, y: 2 * (-x * x).exp() / flint.arb.pi().sqrt(),
    "erfc": lambda x, y: -2 * (-x * x).exp() / flint.arb.pi().sqrt(),
    "absolute": lambda x, y: _either(x, flint.arb(-1), flint.arb(1)),
}


def function(name: str, x: Slope, value: Callable[[Ball], Ball]) -> Slope:
    """A function by name, its values by `value`."""
    y = value(x.value)
    return Slope(y, DERIVATIVES[name](x.value, y) * x.slope)


def extreme(name: str, x: Any, y: Any) -> Slope:
    """The larger ("max") or smaller of two."""
    first, other = _of(x), _of(y)
    apart = first.value - other.value if name == "max" else other.value - first.value
    return Slope(getattr(first.value, name)(other.value), _either(apart, other.slope, first.slope))


def power(x: Any, y: Any, raised: Callable[[Ball, Ball], Ball]) -> Slope:
    """x to the y, by `raised` for balls; an exponent without slope needs no logarithm of the base."""
    base, exponent = _of(x), _of(y)
    value = raised(base.value, exponent.value)
    slope = exponent.value * raised(base.value, exponent.value - 1) * base.slope
    if exponent.slope == 0:
        return Slope(value, slope)
    return Slope(value, slope + value * base.value.log() * exponent.slope)
