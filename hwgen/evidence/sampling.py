"""Points of a declared domain: its edges first, then an evenly spread sequence that depends on the claim's name alone."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.model import Choices, Interval, Point, Range, Vectors

# Of the numbers between the ends of a range those at which a formula most likely has no value, or jumps.
SIMPLE = (0.0, 1.0, -1.0)


def seed_of(name: str) -> int:
    """The seed of a name, in [0, 2^32): order, selection and number of workers change nothing."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")


def sample(domain: Mapping[str, Range], count: int, seed: int) -> tuple[Point, ...]:
    """`count` points (more if the cases alone are more): both ends of each interval, then an additive recurrence shifted by `seed`.

    Every combination of the listed cases occurs, and every value of an integer interval that has no more than `count` of them;
    a domain without variables is one point without coordinates, one with an empty range has no point at all.
    """
    if any(_is_empty(spread) for spread in domain.values()):
        return ()
    rng = np.random.default_rng(seed)
    listed = {name: spread.values for name, spread in domain.items() if isinstance(spread, Choices)}
    whole = {name: values for name, spread in domain.items() if (values := _values(spread, count))}
    continuous = {name: spread for name, spread in domain.items() if name not in listed | whole}
    combinations = _combinations(listed)
    total = max(count, len(combinations), 2 * len(continuous) + 2)
    finite = _covered(combinations, _combinations(whole), total, rng) if whole else combinations
    if not continuous:
        return tuple(finite)
    units = itertools.chain(_edges(len(continuous)), _spread(len(continuous), rng))
    return tuple({**finite[number % len(finite)], **_point(continuous, next(units), rng)} for number in range(total))


def simple(spread: Interval) -> list[float]:
    """The simple numbers between the ends of an interval, which no sample is sure to meet."""
    return [int(one) if spread.integer else one for one in SIMPLE if spread.low < one < spread.high]


def at_simple(domain: Mapping[str, Range], points: Sequence[Point]) -> Iterator[Point]:
    """For each simple number of each interval one of the points, moved there; those that have it already are not moved."""
    for number, name in enumerate(name for name, spread in domain.items() if isinstance(spread, Interval)):
        spread = domain[name]
        for one in simple(spread) if isinstance(spread, Interval) and points else []:
            # Not a corner, where the other variables have their ends.
            if all(point[name] != one for point in points):
                yield {**points[(2 * len(domain) + 2 + number) % len(points)], name: one}


def _combinations(values: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(values, chosen, strict=True)) for chosen in itertools.product(*values.values())]


def _values(spread: Range, count: int) -> Sequence[int]:
    """All values of a short integer interval; a logarithmic one is left to the recurrence, which prefers small numbers."""
    if not isinstance(spread, Interval) or not spread.integer or spread.log or spread.high - spread.low >= count:
        return ()
    return range(int(spread.low), int(spread.high) + 1)


def _covered(
    combinations: Sequence[dict[str, Any]], cells: Sequence[dict[str, Any]], total: int, rng: np.random.Generator
) -> list[dict[str, Any]]:
    """All pairs of a combination and a cell, or `total` of them with the combinations in turn, each time the cell used least so far."""
    # Shuffled, so that of cells that are used alike it is not always the smallest numbers that come first.
    order = [cells[int(index)] for index in rng.permutation(len(cells))]
    if len(combinations) * len(cells) <= total:
        return [{**combination, **cell} for cell in order for combination in combinations]
    used: Counter[Any] = Counter()
    found = []
    for number in range(total):
        place = number % len(combinations)
        cell = min(order, key=lambda one: [sum(used[key] for key in keys) for keys in _uses(place, one)])
        used.update(key for keys in _uses(place, cell) for key in keys)
        found.append({**combinations[place], **cell})
    return found


def _uses(place: int, cell: Mapping[str, Any]) -> list[list[Any]]:
    """What should be used evenly, the most important first: the points, the values, the cells, the values of a combination."""
    whole = tuple(cell.items())
    return [[(place, whole)], [(item,) for item in whole], [whole], [(place, item) for item in whole]]


def _is_empty(spread: Range) -> bool:
    if isinstance(spread, Choices):
        return not spread.values
    if isinstance(spread, Vectors):
        return _is_empty(spread.norm)
    return not spread.low <= spread.high


def _edges(dimension: int) -> Iterator[NDArray[np.float64]]:
    """The two opposite corners, then each coordinate at its ends with the others inside."""
    yield np.zeros(dimension)
    yield np.ones(dimension)
    for index in range(dimension):
        for end in (0.0, 1.0):
            # Inside, but not in the middle, where what is symmetric agrees by accident.
            unit = np.full(dimension, 0.375)
            unit[index] = end
            yield unit


def _spread(dimension: int, rng: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Roberts' additive recurrence in [0, 1)^dimension, from a random start."""
    # Towards the root of x^(d + 1) = x + 1, the golden ratio for d = 1: no fractions of small denominators are near to its powers.
    root = 2.0
    for _ in range(64):
        root = (1 + root) ** (1 / (dimension + 1))
    step = root ** -np.arange(1.0, dimension + 1)
    unit = rng.random(dimension)
    while True:
        unit = (unit + step) % 1.0
        yield unit


def _point(domain: Mapping[str, Range], unit: NDArray[np.float64], rng: np.random.Generator) -> dict[str, Any]:
    return {name: _coordinate(spread, float(u), rng) for (name, spread), u in zip(domain.items(), unit, strict=True)}


def _coordinate(spread: Range, unit: float, rng: np.random.Generator) -> Any:
    if isinstance(spread, Vectors):
        direction = rng.standard_normal(spread.dimension)
        return _coordinate(spread.norm, unit, rng) * direction / np.linalg.norm(direction)
    assert isinstance(spread, Interval)
    if unit in (0.0, 1.0):
        end = spread.high if unit else spread.low
        return int(end) if spread.integer else float(end)
    # A whole number stands for all up to the next one: so the last one is drawn as often as the others.
    width = spread.high - spread.low + spread.integer
    number = spread.low * ((spread.high + spread.integer) / spread.low) ** unit if spread.log else spread.low + width * unit
    return min(int(number), int(spread.high)) if spread.integer else float(number)
