"""Powers, roots, factorials and inverse sines of balls, real and complex: each as tight as the ends of an interval make it.

A real ball that leaves the domain by the rounding of its radius is cut there; one that leaves it further has no value (NaN).
"""

from __future__ import annotations

from typing import Any

import flint

Ball = Any  # flint.arb or flint.acb
NAN = flint.arb("nan")
# How far beyond an end a ball of radius 1 may reach by rounding.
SLACK = flint.arb(1) / 2**20

# A whole number beyond this is no exponent that is counted out.
LARGEST = flint.arb(2) ** 1024
# From here on the gamma function of x + 1 rises.
SMALLEST_RISING = flint.arb("0.5")


class Unenclosed(Exception):
    """Something that has no enclosure here."""


def whole(x: Ball) -> int | None:
    """The integer that a real ball without width is, if it is one that is written out in memory without harm."""
    exact = isinstance(x, flint.arb) and x.is_exact() and x.is_integer() and bool(abs(x) < LARGEST)
    found = x.unique_fmpz() if exact else None
    return None if found is None else int(found)


def power(x: Ball, y: Ball, analytic: bool = False) -> Ball:
    """x to the y; for complex balls under `analytic` without a value where it is not analytic."""
    n = whole(y)
    if n == 0 and not x.is_finite():
        return NAN  # what has no value has none to the power 0
    if isinstance(x, flint.acb) or isinstance(y, flint.acb):
        return flint.acb(x) ** n if n is not None else flint.acb(x).pow(flint.acb(y), analytic=analytic)
    if n is not None:
        return 1 / _positive_power(x, -n) if n < 0 else _positive_power(x, n)
    low, high = _not_below(x)
    if not low >= 0:
        return NAN
    if y > 0:
        return flint.arb.union(flint.arb(0) if low == 0 else low**y, flint.arb(0) if high == 0 else high**y)
    return flint.arb.union(low**y, high**y) if low > 0 else NAN


def _positive_power(x: Ball, n: int) -> Ball:
    """A whole power between those of the ends: monotone if odd, of the modulus if even."""
    if not x.is_finite():
        return NAN
    if x.is_exact():
        return x**n
    if n % 2:
        return flint.arb.union(x.lower() ** n, x.upper() ** n)
    return flint.arb.union(x.abs_lower() ** n, x.abs_upper() ** n)


def _not_below(x: Ball) -> tuple[Ball, Ball]:
    """The ends of a ball, the lower one moved to 0 where rounding alone puts it below."""
    low, high = x.lower(), x.upper()
    if not low >= 0 and low >= -SLACK * x.rad() and high >= 0:
        low = flint.arb(0)
    return low, high


def factorial(x: Ball) -> Ball:
    """n! between those of the ends of a real ball that holds whole numbers from 1 on, where it rises."""
    if not isinstance(x, flint.arb):
        raise Unenclosed("a factorial of what varies")
    if x.is_exact():
        return (x + 1).gamma()
    low, high = x.lower(), x.upper()
    return flint.arb.union((low + 1).gamma(), (high + 1).gamma()) if low >= SMALLEST_RISING else NAN


def root(x: Ball, degree: Ball, analytic: bool = False) -> Ball:
    """The root of that degree; one of odd degree rises through 0, but where it must be analytic."""
    number = whole(degree)
    if number is not None and number > 0 and number % 2 == 1 and isinstance(x, flint.arb) and not x.lower() > 0:
        return flint.arb.union(*(_odd_root(end, number) for end in (x.lower(), x.upper())))
    if number != 2:
        return power(x, 1 / degree, analytic)
    if isinstance(x, flint.acb):
        return x.sqrt(analytic=analytic)
    low, high = _not_below(x)
    return flint.arb.union(low.sqrt(), high.sqrt()) if low >= 0 else NAN


def _odd_root(x: Ball, degree: int) -> Ball:
    return x if x == 0 else -(-x).root(degree) if x < 0 else x.root(degree)


def inverse_sine(method: str, x: Ball) -> Ball:
    """asin or acos, monotone, between its values at both ends."""
    low, high = x.lower(), x.upper()
    slack = SLACK * x.rad()
    low = flint.arb(-1) if low < -1 and low >= -1 - slack else low
    high = flint.arb(1) if high > 1 and high <= 1 + slack else high
    return flint.arb.union(getattr(low, method)(), getattr(high, method)())


def with_cut(method: str, x: Ball, analytic: bool) -> Ball:
    """A function of a complex ball: under `analytic` it has no value where the ball may meet the function's cut."""
    if analytic and not _off_cut(method, x):
        return flint.acb(NAN)
    return getattr(x, method)()


def _off_cut(method: str, x: Ball) -> bool:
    # asin, acos and atanh are cut along the real axis beyond -1 and 1, atan and asinh along the imaginary one, acosh left of 1.
    inside = bool(x.abs_upper() < 1)
    if method in {"asin", "acos", "atanh"}:
        return inside or bool(x.imag != 0)
    if method in {"atan", "asinh"}:
        return inside or bool(x.real != 0)
    return method != "acosh" or bool(x.real > 1)
