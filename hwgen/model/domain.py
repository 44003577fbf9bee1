"""The declared domain of a claim: what its variables range over. Nothing here samples it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Interval:
    """A closed interval of reals or integers; `log` samples it evenly in the logarithm (0 < low)."""

    low: float
    high: float
    integer: bool = False
    log: bool = False


@dataclass(frozen=True, kw_only=True)
class Vectors:
    """Vectors of the given dimension in random directions, their Euclidean norms spread over `norm`; a point holds a (dimension,) array."""

    dimension: int
    norm: Interval


@dataclass(frozen=True, kw_only=True)
class Choices:
    """Finitely many cases, all of them taken in turn (for example seeds of random networks)."""

    values: tuple[Any, ...]


Range = Interval | Vectors | Choices
Point = Mapping[str, Any]


def closed(low: float, high: float) -> Interval:
    """The interval [low, high], end points included in every sample."""
    return Interval(low=low, high=high)


def log_closed(low: float, high: float) -> Interval:
    """The interval [low, high] with 0 < low, sampled evenly in the logarithm."""
    return Interval(low=low, high=high, log=True)


def integers(low: int, high: int, *, log: bool = False) -> Interval:
    """The integers low, …, high, end points included in every sample."""
    return Interval(low=low, high=high, integer=True, log=log)


def vectors(dimension: int, *, norm: Interval) -> Vectors:
    """Vectors with their norms in the given interval."""
    return Vectors(dimension=dimension, norm=norm)


def cases(*values: Any) -> Choices:
    """Exactly these values."""
    return Choices(values=values)
