"""Intervals by their two ends, each a thin ball: what a ball with one radius cannot be when its ends differ by many powers of ten.

A number between 10^-9 and 10^9 is positive as a span, and may be zero as a ball. Nothing here knows formulas.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flint

from hwgen.arithmetic.powers import whole

Ball = Any  # flint.arb
RISING = frozenset({"exp", "log", "arcsin", "arctan", "sinh", "tanh", "arcsinh", "arccosh", "arctanh", "erf", "factorial"})
FALLING = frozenset({"arccos", "erfc"})
# Functions that rise, or fall, between these numbers only.
RISES = {"sin": (-1.5, 1.5), "tan": (-1.5, 1.5), "cos": (-3.0, 0.0), "cosh": (0.0, math.inf), "absolute": (0.0, math.inf)}
FALLS = {"cos": (0.0, 3.0), "cosh": (-math.inf, 0.0), "absolute": (-math.inf, 0.0)}
# Functions that grow without bound faster than any power; from so far out Arb does not always write their values.
GROWING = frozenset({"exp", "sinh", "cosh"})
FAR = flint.arb(2) ** 64
ZERO, ENDLESS = flint.arb(0), flint.arb("inf")


@dataclass(frozen=True, slots=True, eq=False)
class Span:
    """All numbers from low to high."""

    low: Ball
    high: Ball

    def __neg__(self) -> Span:
        return Span(-self.high, -self.low)

    def __add__(self, other: Any) -> Span:
        x = span_of(other)
        return Span(self.low + x.low, self.high + x.high)

    def __sub__(self, other: Any) -> Span:
        return self + -span_of(other)

    def __mul__(self, other: Any) -> Span:
        x = span_of(other)
        return around([_product(one, another) for one in (self.low, self.high) for another in (x.low, x.high)])

    def __truediv__(self, other: Any) -> Span:
        x = span_of(other)
        if not (x.low > 0 or x.high < 0):
            # A divisor that may be 0: the quotient has no ends.
            return Span(flint.arb("nan"), flint.arb("nan"))
        return around([_quotient(one, another) for one in (self.low, self.high) for another in (x.low, x.high)])

    def __radd__(self, other: Any) -> Span:
        found: Span = self + other
        return found

    def __rsub__(self, other: Any) -> Span:
        found: Span = -self + other
        return found

    def __rmul__(self, other: Any) -> Span:
        found: Span = self * other
        return found

    def __rtruediv__(self, other: Any) -> Span:
        return span_of(other) / self

    def most(self) -> Ball:
        """The largest modulus."""
        return abs(self.low).max(abs(self.high))


def _endless(end: Ball) -> bool:
    return bool(abs(end) == ENDLESS)


def _product(one: Ball, other: Ball) -> Ball:
    """Of two ends: no number is as large as an infinite one, so that times 0 it is still 0."""
    return ZERO if (one == 0 and _endless(other)) or (other == 0 and _endless(one)) else one * other


def _quotient(one: Ball, other: Ball) -> Ball:
    """Of two ends: what lies between infinite ones is told by their quotients with the other ends."""
    return ZERO if _endless(one) and _endless(other) else one / other


def span_of(given: Any) -> Span:
    """A span from a ball."""
    return given if isinstance(given, Span) else Span(given.lower(), given.upper())


def around(found: list[Ball]) -> Span:
    """From the least to the largest of some numbers; NaN where one of them is."""
    low, high = found[0], found[0]
    for one in found[1:]:
        low, high = low.min(one), high.max(one)
    return Span(low.lower(), high.upper())


def function(name: str, x: Span, of_ball: Callable[[Ball], Ball]) -> Span:
    """A function by its values at both ends where it is monotone, else by its enclosure on the ball."""
    if name in RISING | FALLING or any(name in some and some[name][0] <= x.low and x.high <= some[name][1] for some in (RISES, FALLS)):
        if name in GROWING:
            return _from_to(name, x, of_ball)
        return around([of_ball(x.low), of_ball(x.high)])
    return span_of(of_ball(flint.arb.union(x.low, x.high)))


def _from_to(name: str, x: Span, of_ball: Callable[[Ball], Ball]) -> Span:
    """The values of a function that grows between two ends, each without a radius, which it would blow up."""
    ends = [_far_out(name, end, of_ball) for end in (x.low.lower(), x.high.upper())]
    return around([one for end in ends for one in (end.low, end.high)])


def _far_out(name: str, x: Ball, of_ball: Callable[[Ball], Ball]) -> Span:
    """The value at an end of a function that grows: beyond what Arb writes, more than it is nearer, and with no end; of exp also near 0."""
    found = of_ball(x)
    if name == "exp" and x < -FAR and not found > 0:
        return Span(ZERO, of_ball(-FAR).upper())
    if found.is_finite() or not abs(x) > FAR:
        return span_of(found)
    near = Span(of_ball(FAR).lower(), ENDLESS)
    return -near if name == "sinh" and x < 0 else near


def power(x: Any, y: Any, raised: Callable[[Ball, Ball], Ball]) -> Span:
    """x to the y: between powers of the ends where the base is positive; by the modulus where the exponent is whole."""
    base, exponent = span_of(x), span_of(y)
    exact = not isinstance(y, Span)
    if base.low > 0 or base.low == 0:
        found = [_raised(one, another, raised) for one in (base.low, base.high) for another in (exponent.low, exponent.high)]
        return around([end for one in found for end in (one.low, one.high)])
    n = whole(y) if exact else None
    if base.high < 0 and n is not None:
        opposite = power(-base, y, raised)
        return -opposite if n % 2 else opposite
    if n is not None and n > 0:
        low, high = (raised(base.low, y), raised(base.high, y)) if n % 2 else (flint.arb(0), raised(base.most(), y))
        return Span(low.lower(), high.upper())
    if exact:
        return span_of(raised(flint.arb.union(base.low, base.high), y))
    # A negative number to whole powers of which only the range is known.
    most = power(Span(flint.arb(0), base.most()) if base.high > 0 else -base, y, raised).most()
    return Span(-most, most)


def _raised(one: Ball, another: Ball, raised: Callable[[Ball, Ball], Ball]) -> Span:
    """A power of two ends, by the exponential where Arb does not write it."""
    found = raised(one, another)
    written = found.is_finite() and (found > 0 or not one > 0)
    return span_of(found) if written else _from_to("exp", span_of(another * one.log()), lambda x: x.exp())
