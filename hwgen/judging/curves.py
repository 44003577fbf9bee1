"""Curves through a universe: the points that differ from one in a single variable, and those between two points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.model import Choices, Interval, Point, Range, Vectors


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Points by a number from `low` to `high`, of which `here` is the start."""

    here: float
    low: float
    high: float
    put: Callable[[float], Point]
    integer: bool = False
    log: bool = False

    @property
    def width(self) -> float:
        """How long the range of the number is."""
        return self.high - self.low

    def point(self, number: float) -> Point:
        """The point of that number."""
        return self.put(number)

    def grid(self, end: float, count: int) -> list[float]:
        """Evenly spread numbers from the start to an end."""
        return [*map(float, np.linspace(self.here, end, count + 1))]

    def whole(self, end: float, most: int) -> list[float]:
        """The whole numbers from the start to an end; of a long way the first of them, then ever fewer."""
        step = 1 if end > self.here else -1
        way = abs(int(end) - int(self.here))
        # One by one near the start, then an eighth farther each time: a way of millions takes a few hundred steps.
        steps = [*range(min(way, most) + 1)]
        while steps[-1] < way:
            steps.append(min(way, steps[-1] + max(steps[-1] // 8, 1)))
        return [int(self.here) + step * one for one in steps]

    def middle(self, one: float, other: float) -> float:
        """The number halfway, whole if the curve's are."""
        return int(one + other) // 2 if self.integer else (one + other) / 2


def along(start: Point, name: str, spread: Interval | Vectors) -> Curve:
    """The points that differ from one in a variable alone: its value, or the length of a vector."""
    if isinstance(spread, Interval):
        kind: Callable[[float], Any] = int if spread.integer else float
        return _curve(start[name], spread, lambda number: {**start, name: kind(number)})
    vector = start[name]
    length = float(np.linalg.norm(vector))
    # The zero vector has no direction of its own, and any will do.
    direction = vector / length if length else np.eye(len(vector))[0]
    return _curve(length, spread.norm, lambda number: {**start, name: number * direction})


def _curve(here: float, spread: Interval, put: Callable[[float], Point]) -> Curve:
    return Curve(here=here, low=spread.low, high=spread.high, put=put, integer=spread.integer, log=spread.log)


def between(start: Point, end: Point, domain: Mapping[str, Range]) -> Curve:
    """The points from one to another, the listed cases as in the first."""
    moved = {name: spread for name, spread in domain.items() if not isinstance(spread, Choices)}

    def put(part: float) -> Point:
        return {**start, **{name: _mixed(start[name], end[name], part, spread) for name, spread in moved.items()}}

    return Curve(here=0.0, low=0.0, high=1.0, put=put)


def _mixed(one: Any, other: Any, part: float, spread: Interval | Vectors) -> Any:
    """A coordinate on the way: of vectors the length is on the way, too, so that none leaves its range."""
    mixed = (1 - part) * one + part * other
    if isinstance(spread, Interval):
        return round(mixed) if spread.integer else float(mixed)
    lengths = [float(np.linalg.norm(vector)) for vector in (one, other, mixed)]
    length = (1 - part) * lengths[0] + part * lengths[1]
    return mixed * (length / lengths[2]) if lengths[2] else mixed
