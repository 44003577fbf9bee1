"""Integrals over a real interval, enclosed: an adaptive rule on the interior, and towards an end parts that halve or double.

A body takes a complex ball or a span and returns what its values there lie in. Nothing here knows formulas.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import flint

from hwgen.analysis import strips
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.spans import Span, span_of

Ball = Any  # flint.arb
Body = Callable[[Any], Any]
MOST_EVALUATIONS = 2500
# A rule that meets a singular end halves towards it in vain: it is given so many first, and all only where the ends do not help.
FEW_EVALUATIONS = 300
# What is known to less than this part of the integral of its modulus is no value.
COARSEST = 1e-7
FINE = flint.arb(2) ** -44
# Towards an end so many parts are integrated; beyond them so many are bounded by length times height, and then, by exponents that
# grow by this part, down to this one.
PARTS, BEYOND, GROWING, LAST = 128, 1000, 1.03, 2**14
NOT_ENCLOSED = "an integral that is not enclosed: it varies too fast, or falls too slowly at an end; write its value, or a smaller range"


def area(body: Body, low: Ball, high: Ball) -> Ball:
    """The integral from low to high (infinite ones included) as a ball. Raises ShapeError where it is not enclosed."""
    if not (low.is_finite() and high.is_finite()):
        return _towards_ends(body, low, high)
    # What the ends' own errors move is added, however near to each other they are.
    moved = sum(_bound(body, one.lower(), one.upper()) for one in (low, high) if not one.is_exact())
    if 0 < moved < math.inf:
        low, high = low.mid(), high.mid()
        return (_between(body, low, high) if low != high else flint.arb(0)) + flint.arb(0, moved)
    return _between(body, low, high)


def _between(body: Body, low: Ball, high: Ball) -> Ball:
    size = _size(body, low, high)
    found = _inside(body, low, high, size, FEW_EVALUATIONS)
    if _known(found, size):
        return found
    try:
        return _towards_ends(body, low, high)
    except ShapeError:
        found = _inside(body, low, high, size, MOST_EVALUATIONS)
        if not _known(found, size):
            raise
        return found


def _inside(body: Body, low: Ball, high: Ball, size: float, limit: int) -> Ball:
    """The adaptive rule, once more and finer where the value is far smaller than the body."""
    found = _ruled(body, low, high, size, limit)
    if found.is_finite() and 0 < abs(float(found.mid())) < 1e-4 * size:
        finer = _ruled(body, low, high, abs(float(found.mid())), limit)
        return finer if finer.rad() < found.rad() else found
    return found


def _ruled(body: Body, low: Ball, high: Ball, size: float, limit: int) -> Ball:
    smallest = flint.arb(size if size > 0 else 1.0) * flint.arb(2) ** -56
    return BALLS.quadrature(body, low, high, rel_tol=FINE, abs_tol=smallest, eval_limit=limit)


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
    right, left = _half(body, middle, high), _half(body, middle, low)
    found, size = right - left, abs(float(right.mid())) + abs(float(left.mid()))
    if not _known(found, max(size, 1e-290)):
        raise ShapeError(NOT_ENCLOSED)
    return found


def _half(body: Body, start: Ball, end: Ball) -> Ball:
    """The integral from start to an end where the body may be unbounded, or which is infinitely far."""
    if end.is_finite():
        size = _size(body, start, end)
        found = _inside(body, start, end, size, FEW_EVALUATIONS)
        if _known(found, size):
            return found
    total, tried = flint.arb(0), -1.0
    cuts = list(_cuts(start, end, range(PARTS + 1)))
    for index, (near, far) in enumerate(itertools.pairwise(cuts)):
        piece = _ruled(body, near, far, max(abs(float(total.mid())), _size(body, near, far)), MOST_EVALUATIONS)
        if not piece.is_finite():
            raise ShapeError(NOT_ENCLOSED)
        total += piece
        small = 1e-13 * abs(float(total.mid())) + float(total.rad())
        if index % 4 == 3 and small > tried and _small(body, far, cuts[min(index + 5, PARTS)], end, small):
            rest = _rest(body, start, end, index + 1, small)
            tried = small  # what was too much far from here is so again, farther on
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
    if end == 0 or not end.is_finite():
        return _bounded(body, start, end, first, enough)
    with flint.ctx.workprec(LAST + 100):  # places that near to such an end differ from it only so
        return _bounded(body, start, end, first, enough)


def _growing() -> Iterator[int]:
    exponent = float(BEYOND)
    while exponent <= LAST:
        yield int(exponent)
        exponent *= GROWING


def _bounded(body: Body, start: Ball, end: Ball, first: int, enough: float) -> float:
    """By spans alone, or, where these are too wide, as seen from the end."""
    found = _added(body, start, end, first, enough, None)
    return found if found <= enough else _added(body, start, end, first, enough, end)


def _added(body: Body, start: Ball, end: Ball, first: int, enough: float, seen_from: Ball | None) -> float:
    bound = 0.0
    for near, far in itertools.pairwise(_cuts(start, end, [*range(first, BEYOND, 4), *_growing()])):
        bound += _bound(body, near, far, seen_from)
        if not bound <= enough:
            return math.inf
    return bound


def _small(body: Body, near: Ball, far: Ball, end: Ball, small: float) -> bool:
    return _bound(body, near, far) <= small or _bound(body, near, far, end) <= small


def _bound(body: Body, near: Ball, far: Ball, end: Ball | None = None) -> float:
    """The length of a part times the height of the body there, as seen from an end if one is given; infinite where that is not known."""
    low, high = (near, far) if near < far else (far, near)
    place = Span(low, high) if end is None else strips.place_between(low, high, end if end.is_finite() else None)
    height = span_of(body(place)).most()
    return float((height * abs(far - near)).upper()) if height.is_finite() else math.inf
