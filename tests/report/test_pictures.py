"""Pictures put each number where it belongs; the variable is the one that matters; scales are what the numbers need."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

from hwgen.report.pictures import HEIGHT, WIDTH, Axis, correlation, matters_most, pictures


def _tried(left: list[Any], right: list[Any], points: dict[str, list[Any]], binding: int = 0) -> dict[str, Any]:
    deviation = [abs(float(a) - float(b)) for a, b in zip(left, right, strict=True)]
    compared = {"relation": 0, "left": left, "right": right, "deviation": deviation, "tolerance": [1e-9] * len(left)}
    return {"points": points, "binding": binding, "compared": [compared]}


READING = {"relations": ["="]}


def _dots(path: str) -> list[tuple[float, float]]:
    steps = [(float(x), float(y)) for x, y in re.findall(r"m(-?\d+) ?(-?\d+)z", path)]
    return [tuple(place) for place in np.cumsum(steps, axis=0)]


def test_dots_stand_where_the_numbers_are() -> None:
    (one,) = pictures(READING, _tried([0, 5, 10], [0, 5, 9], {"t": [1.0, 2.0, 3.0]}))
    assert _dots(one.left) == [(0, HEIGHT), (WIDTH / 2, HEIGHT / 2), (WIDTH, 0)]
    assert _dots(one.right)[-1] == (WIDTH, HEIGHT / 10)
    assert one.variable == "t"
    assert "at most 1 apart where 1e-09 is allowed" in one.words


def test_numbers_of_many_sizes_are_on_a_logarithmic_scale() -> None:
    (one,) = pictures(READING, _tried([1, 1e3, 1e6], [1, 1e3, 1e6], {"t": [1.0, 2.0, 3.0]}))
    assert one.up.log
    assert _dots(one.left)[1][1] == HEIGHT / 2
    assert not Axis(low=-1, high=1, log=False, length=10).log


def test_points_where_the_inequality_binds_are_marked() -> None:
    (one,) = pictures({"relations": [r"\le"]}, _tried([0, 1, 2, 3], [1, 2, 3, 3], {"t": [0, 1, 2, 3]}, binding=1))
    assert _dots(one.binding) == [(WIDTH, 0)]
    assert "1 points where the inequality is said to be an equality" in one.words


@pytest.mark.parametrize("left", [["nan"] * 4, [1, "nan", "inf", 2]])
def test_without_values_there_is_no_picture(left: list[Any]) -> None:
    assert pictures(READING, _tried(left, [1, 2, 3, 4], {"t": [1, 2, 3, 4]})) == []


def test_the_variable_shown_is_the_one_that_moves_the_side() -> None:
    points = {"noise": [3.0, 1.0, 4.0, 1.5], "t": [1.0, 2.0, 3.0, 4.0], "name": ["a", "b", "c", "d"]}
    assert matters_most(points, [1.0, 4.0, 9.0, 16.0], range(4))[0] == "t"
    only = {"t": [1.0, 2.0, 3.0], "fixed": [1.0, 1.0, 1.0]}
    assert matters_most(only, [1.0, 0.0, 1.0], range(3)) == ("t", [1.0, 2.0, 3.0])  # it varies alone, so the side is a curve over it


@pytest.mark.parametrize("points", [{"name": ["a", "b", "c", "d"]}, {"seed": [1.0, 2.0, 3.0, 4.0], "u": [4.0, 1.0, 1.0, 4.0]}])
def test_where_no_variable_says_much_a_side_is_shown_against_the_other(points: dict[str, list[Any]]) -> None:
    """Dots against a seed lie anywhere; against a side, equal ones lie on the diagonal, and what differs beside it."""
    left, right = [0.0, 10.0, 5.0, 1.0], [0.0, 10.0, 5.0, 7.0]
    assert matters_most(points, left, range(4)) is None
    (one,) = pictures(READING, _tried(left, right, points))
    assert one.variable == "the left side"
    assert all(y == HEIGHT - round(x * HEIGHT / WIDTH) for x, y in _dots(one.left))
    assert (WIDTH / 10, HEIGHT - 0.7 * HEIGHT) in _dots(one.right)
    (one,) = pictures({"relations": [r"\le"]}, _tried(left, right, points))
    assert one.variable == "the smaller side"
    (one,) = pictures(READING, _tried([2.0] * 4, right, points))
    assert one.variable == "the right side"


def test_the_rank_correlation_is_that_of_scipy() -> None:
    rng = np.random.default_rng(7)
    for _ in range(5):
        one, other = rng.integers(0, 6, 20).tolist(), rng.random(20).tolist()
        assert correlation(one, other) == pytest.approx(float(spearmanr(one, other).statistic), abs=1e-12)
    assert correlation([1.0, 1.0], [1.0, 2.0]) == 0
    assert math.isclose(Axis(low=2, high=2, log=False, length=10).at(2), 5)


def test_zeros_lie_on_the_lower_end_of_a_scale_of_magnitudes() -> None:
    (one,) = pictures(READING, _tried([0.0, 1e-6, 1.0], [0.0, 1e-6, 1.0], {"t": [1.0, 2.0, 3.0]}))
    assert one.up.log
    assert one.up.ends == ("≤ 1e-06", "1")
    assert [y for _, y in _dots(one.left)] == [HEIGHT, HEIGHT, 0]


def test_a_vector_is_named_by_its_norm_and_a_relation_by_its_number() -> None:
    (one,) = pictures(READING, _tried([0.0, 1.0, 2.0], [0.0, 1.0, 2.0], {"x": [1.0, 2.0, 3.0]}), {"x": "‖x‖"})
    assert (one.variable, one.number) == ("‖x‖", 1)
    assert "against ‖x‖ from 1 to 3" in one.words
