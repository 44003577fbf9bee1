"""Integrals over a real interval, enclosed: an adaptive rule on the interior, and towards an end parts that halve or double.

A body takes a complex ball or a span and returns what its values there lie in. Nothing here knows formulas.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import flint

from hwgen.evidence.algebra import ShapeError
from hwgen.evidence.balls import BALLS
from hwgen.evidence.spans import Span, span_of

Ball = Any  # flint.arb
Body = Callable[[Any], Any]
MOST_EVALUATIONS = 2500
# What is known to less than this part of the integral of its modulus is no value.
COARSEST = 1e-7
FINE = flint.arb(2) ** -44
# Towards an end so many parts are integrated; beyond them so many are bounded by length times height, and then, by exponents that
# grow by this part, down to this one.
PARTS, BEYOND, GROWING, LAST = 128, 1000, 1.03, 2**14
NOT_ENCLOSED = "an integral that is not enclosed: it varies too fast, or falls too slowly at an end; write its value, or a smaller range"


def area(body: Body, low: Ball, high: Ball) -> Ball:
    """The integral from low to high (infinite ones included) as a ball. Raises ShapeError where it is not enclosed."""
    if low.is_finite() and high.is_finite():
        size = _size(body, low, high)
        found = _inside(body, low, high, size)
        if _known(found, size):
            return found
    return _towards_ends(body, low, high)


def _inside(body: Body, low: Ball, high: Ball, size: float) -> Ball:
    """The adaptive rule, once more and finer where the value is far smaller than the body."""
    found = _ruled(body, low, high, size)
    if found.is_finite() and 0 < abs(float(found.mid())) < 1e-4 * size:
        finer = _ruled(body, low, high, abs(float(found.mid())))
        return finer if finer.rad() < found.rad() else found
    return found


def _ruled(body: Body, low: Ball, high: Ball, size: float) -> Ball:
    smallest = flint.arb(size if size > 0 else 1.0) * flint.arb(2) ** -56
    return BALLS.quadrature(body, low, high, rel_tol=FINE, abs_tol=smallest, eval_limit=MOST_EVALUATIONS)


def _size(body: Body, low: Ball, high: Ball) -> float:
    """About how large the integral of the modulus is."""
    step = (high - low) / 8
    heights = [abs(float(body((low + step * (2 * k + 1) / 2).mid()).mid())) for k in range(8)]
    return max((one for one in heights if math.isfinite(one)), default=0.0) * abs(float((high - low).mid()))


def _known(found: Ball, size: float) -> bool:
    return bool(found.is_finite()) and float(found.rad()) <= COARSEST * max(abs(float(found.mid())), 1e-4 * size)


def _towards_ends(body: Body, low: Ball, high: Ball) -> Ball:
    """Both halves, each from the middle towards its end."""
    if low.is_finite() and high.is_finite():
        middle = ((low + high) / 2).mid()
    elif low.is_finite() or high.is_finite():
        middle = (low + 1).mid() if low.is_finite() else (high - 1).mid()
    else:
        middle = flint.arb(0)
    found = _half(body, middle, high) - _half(body, middle, low)
    if not found.is_finite() or float(found.rad()) > COARSEST * max(abs(float(found.mid())), 1e-300):
        raise ShapeError(NOT_ENCLOSED)
    return found


def _half(body: Body, start: Ball, end: Ball) -> Ball:
    """The integral from start to an end where the body may be unbounded, or which is infinitely far."""
    if end.is_finite():
        size = _size(body, start, end)
        found = _inside(body, start, end, size)
        if _known(found, size):
            return found
    total, tried = flint.arb(0), -1.0
    cuts = list(_cuts(start, end, range(PARTS + 1)))
    for index in range(PARTS):
        piece = _ruled(body, cuts[index], cuts[index + 1], max(abs(float(total.mid())), _size(body, cuts[index], cuts[index + 1])))
        if not piece.is_finite():
            raise ShapeError(NOT_ENCLOSED)
        total += piece
        if index % 8 == 7 and abs(float(piece.mid())) <= 1e-12 * abs(float(total.mid())) + float(total.rad()):
            small = 1e-13 * abs(float(total.mid())) + float(total.rad())
            # What was too much for a bound as large is so again, farther on.
            rest = _rest(body, start, end, index + 1, small) if small > tried else math.inf
            tried = max(tried, small)
            if rest <= small:
                return total + flint.arb(0, rest)
    return total + flint.arb(0, _rest(body, start, end, PARTS, COARSEST * abs(float(total.mid()))))


def _cuts(start: Ball, end: Ball, exponents: Iterable[int]) -> Iterator[Ball]:
    """Places on the way to the end: halfway so many times, or so many times twice as far."""
    for k in exponents:
        if end.is_finite():
            yield end + (start - end) * flint.arb(2) ** -k
        else:
            far = flint.arb(2) ** k - 1
            yield start + far if end > 0 else start - far


def _rest(body: Body, start: Ball, end: Ball, first: int, enough: float) -> float:
    """A bound on what lies beyond the first parts: length times height, part by part; infinite where it is more than enough."""
    with flint.ctx.workprec(LAST + 100):  # places that near to an end differ from it only so
        return _bounded(body, start, end, first, enough)


def _growing() -> Iterator[int]:
    exponent = float(BEYOND)
    while exponent <= LAST:
        yield int(exponent)
        exponent *= GROWING


def _bounded(body: Body, start: Ball, end: Ball, first: int, enough: float) -> float:
    bound = 0.0
    for near, far in itertools.pairwise(_cuts(start, end, [*range(first, BEYOND, 4), *_growing()])):
        ends = (near, far) if near < far else (far, near)
        height = span_of(body(Span(*ends))).most()
        bound += float((height * abs(far - near)).upper()) if height.is_finite() else math.inf
        if not bound <= enough:
            return math.inf
    return bound
