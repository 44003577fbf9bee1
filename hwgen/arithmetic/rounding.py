"""How far rounding reaches, and the few questions that every floating-point operation asks of its operands."""

from __future__ import annotations

import functools
import math
from fractions import Fraction
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.model import Approx

EPS = float(np.finfo(float).eps)
# libm and numpy stay within this many units in the last place for the elementary functions.
ULPS = 4.0
# What a product, a quotient, a power or a function may lose to underflow.
TINY = 1e-300
# Results below this may have lost something to underflow.
LEAST = 1e-290
LARGEST = float(np.finfo(float).max)


def scalar(x: Approx, what: str) -> float:
    """The number that a value is. Raises ShapeError for an array."""
    if isinstance(x.value, np.ndarray):
        raise ShapeError(f"{what} of an array of shape {x.value.shape}; expected a number")
    return float(x.value)


def number(x: Approx, what: str) -> Approx:
    """The number that a value is, with its error. Raises ShapeError for an array."""
    return Approx(value=scalar(x, what), error=x.error)


@functools.cache
def written(text: str) -> float:
    """How far a decimal number may be from the float that stands for it; 0 for one that the float is."""
    number = float(text)
    return 0.0 if math.isfinite(number) and Fraction(text) == Fraction(number) else EPS * abs(number)


def size(value: Any) -> float:
    """The largest modulus of an entry."""
    return abs(value) if isinstance(value, float) else float(np.maximum.reduce(np.abs(value), axis=None, initial=0.0))


def is_finite(value: Any) -> bool:
    """Whether every entry is; by the shorter way for a number, of which there are millions."""
    return math.isfinite(value) if isinstance(value, float) else bool(np.isfinite(value).all())


def lost(value: Any, exact: bool = False) -> float:
    """What a result may have lost to underflow; nothing where it is an `exact` zero, or all that it holds is far larger."""
    if isinstance(value, float):
        return TINY if not abs(value) >= LEAST and not (exact and value == 0) else 0.0
    return 0.0 if exact and not np.any(value) else TINY


def around(error: float) -> tuple[float, ...]:
    """The ends of an uncertain argument, from its middle."""
    return (-error, error) if error > 0 else ()


def reached(x: float, error: float) -> tuple[float, ...]:
    """An uncertain number and the ends of where it may be, each rounded outwards: a power may be far from the middle's within one place."""
    if not error > 0:
        return (x,)
    low, high = x - error, x + error
    return (x, math.nextafter(low, -math.inf) if x - low < error else low, math.nextafter(high, math.inf) if high - x < error else high)


UNDEFINED = Approx(value=float("nan"), error=float("nan"))
