"""The largest value of a function of several real variables on a box, enclosed: parts are left out only where they cannot hold it.

A body takes one ball, or Slope, for each variable, and returns what its values there lie in. Nothing here knows formulas.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import flint

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rounding import EPS
from hwgen.arithmetic.slopes import Slope

Ball = Any  # flint.arb
Body = Callable[[Sequence[Any]], Any]
Box = tuple[tuple[float, float], ...]
MOST_PARTS = 4000
# Boxes that can exceed the best value by no more than this, relatively, are left out; what is known less well is no value.
FINE, COARSEST = 1e-12, 1e-7


def largest(body: Body, sides: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The largest value on the box and a bound on its error; NaN for an empty box. Raises ShapeError where it is not enclosed."""
    if not all(low <= high for low, high in sides):
        return math.nan, math.nan
    numbers, whole = itertools.count(), tuple(sides)
    best = _value(body, whole)
    waiting = [(-math.inf, next(numbers), whole)]
    beyond = -math.inf
    for _ in range(MOST_PARTS):
        if not waiting or -waiting[0][0] <= best + FINE * abs(best):
            break
        _, _, box = heapq.heappop(waiting)
        for part in _halves(box):
            kept, most = _bounded(body, part)
            best = max(best, _value(body, kept))
            if most > best:
                heapq.heappush(waiting, (-most, next(numbers), kept))
    beyond = max([best, *(-most for most, *_ in waiting)])
    error = beyond - best
    if not math.isfinite(best) or not error <= COARSEST * max(abs(best), FINE):
        raise ShapeError("an extremum over several variables that is not enclosed; write its value, or a smaller range")
    return best, error + 4 * EPS * abs(best)


def _value(body: Body, box: Box) -> float:
    """What the body is at least in the middle of a box."""
    found = body([flint.arb(low + (high - low) / 2) for low, high in box])
    if not found.is_finite():
        raise ShapeError("an extremum over several variables of what has no value somewhere; write its value, or a smaller range")
    return float(found.lower())


def _halves(box: Box) -> list[Box]:
    """A box cut in the middle of its longest side; one that is a point stays."""
    lengths = [high - low for low, high in box]
    place = lengths.index(max(lengths))
    low, high = box[place]
    middle = low + (high - low) / 2
    if not low < middle < high:
        return [box]
    return [(*box[:place], half, *box[place + 1 :]) for half in ((low, middle), (middle, high))]


def _bounded(body: Body, box: Box) -> tuple[Box, float]:
    """A box that holds the largest values of the given one, and a bound of the body there: from its values and from its slopes."""
    kept, slopes = [*box], [_slope(body, box, place) for place in range(len(box))]
    for place, slope in enumerate(slopes):
        if slope.is_finite() and (slope >= 0 or slope <= 0):
            end = box[place][1] if slope >= 0 else box[place][0]
            kept[place] = (end, end)
    parts = [_part(side) for side in kept]
    most = _above(body(parts))
    if all(slope.is_finite() for slope in slopes):
        middles = [flint.arb(low + (high - low) / 2) for low, high in kept]
        moved = sum((slope * (part - one) for slope, part, one in zip(slopes, parts, middles, strict=True)), flint.arb(0))
        most = min(most, _above(body(middles) + moved))
    return tuple(kept), most


def _part(side: tuple[float, float]) -> Ball:
    return flint.arb.union(*map(flint.arb, side))


def _above(found: Ball) -> float:
    high = float(found.upper())
    return math.inf if math.isnan(high) else high


def _slope(body: Body, box: Box, place: int) -> Ball:
    """How the body changes along one variable on a box; NaN where that is not known."""
    parts = [_part(side) for side in box]
    try:
        found = body([*parts[:place], Slope(parts[place], flint.arb(1)), *parts[place + 1 :]])
    except (Unenclosed, TypeError):
        return flint.arb("nan")
    return found.slope if isinstance(found, Slope) else flint.arb(0)
