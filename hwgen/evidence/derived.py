"""The sides of inequalities as their derivations give them, at the points of a look. Nothing here compares them with what is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hwgen.evidence.evaluation import scope_at
from hwgen.model import Approx, Declared, Derived, Point
from hwgen.model.sharpness import declarations

# What was derived at one point, by the side that it is: "smaller", "larger".
Sides = Mapping[str, Approx]


def derived(sharp: Sequence[Declared], points: Sequence[Point]) -> dict[tuple[int, int], tuple[Sides, ...]]:
    """For each `Derived` its sides at every point; it goes by the numbers of its inequality and of its place there."""
    return {
        (number, place): tuple(_at(one, point) for point in points)
        for number, declared in enumerate(sharp)
        for place, one in enumerate(declarations(declared))
        if isinstance(one, Derived)
    }


def _at(one: Derived, point: Point) -> Sides:
    scope = scope_at(one.sides, point)
    return {name: scope.value(name) for name in one.sides}
