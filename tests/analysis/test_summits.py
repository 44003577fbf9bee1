"""Largest values: a constant with an error keeps no search from its end, and what has no bound is told with its place."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import flint
import pytest

from hwgen.analysis.summits import largest
from hwgen.arithmetic.algebra import ShapeError

Body = Callable[[Any], Any]
NEAR = flint.arb(1.7, 1e-14)
ONE = flint.arb(1)


@pytest.mark.parametrize(
    ("body", "low", "high", "expected"),
    [
        (lambda u: NEAR * u - u * u, 0.0, 4.0, 1.7**2 / 4),
        (lambda u: NEAR * u - u * u, -math.inf, math.inf, 1.7**2 / 4),
        (lambda u: -u - NEAR / u, 0.0, math.inf, -2 * math.sqrt(1.7)),
    ],
)
def test_a_constant_with_an_error_leaves_a_value_with_one(body: Body, low: float, high: float, expected: float) -> None:
    seen = 0

    def counted(u: Any) -> Any:
        nonlocal seen
        seen += 1
        return body(u)

    value, error = largest(counted, low, high)
    assert abs(value - expected) <= error < 1e-9
    assert seen < 6000


@pytest.mark.parametrize(
    ("body", "low", "high", "end"),
    [
        (lambda u: ONE / u, 0.0, math.inf, "0"),
        (lambda u: ONE / (u - 2 * ONE), 2.0, 5.0, "2"),
        (lambda u: ONE / (3 * ONE - u), 2.0, 3.0, "3"),
        (lambda u: u * u, 0.0, math.inf, "inf"),
        (lambda u: -u, -math.inf, 0.0, "-inf"),
        (lambda u: ONE / (u * u), -math.inf, 0.0, "0"),
    ],
)
def test_what_has_no_bound_is_told_with_its_place(body: Body, low: float, high: float, end: str) -> None:
    with pytest.raises(ShapeError, match=rf"seems to go on without end towards {end};"):
        largest(body, low, high)


def test_what_is_too_fast_is_not_said_to_have_no_bound() -> None:
    with pytest.raises(ShapeError, match="varies too fast"):
        largest(lambda u: (u * 10**7).sin() if hasattr(u, "sin") else flint.arb(0, 1), 0.0, 1.0)
