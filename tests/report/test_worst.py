"""The case that comes nearest to failing is found among all that were tried, with its place and its sides."""

from __future__ import annotations

from typing import Any

import pytest

from hwgen.report.worst import Spare, Worst, idle, least, worst

LOOK = {"kind": "NUMERIC", "verdict": "SUPPORTED", "deviation": 1.0, "tolerance": 4.0}


def _tried(*compared: dict[str, Any]) -> dict[str, Any]:
    points = {"t": [0.5, 1.0], "case": ["this", "that"]}
    return {"points": points, "binding": 0, "compared": [{"relation": place, **one} for place, one in enumerate(compared)]}


def _compared(deviation: list[Any], tolerance: list[Any]) -> dict[str, Any]:
    return {"left": [1.0, 2.0], "right": [1.5, 2.25], "deviation": deviation, "tolerance": tolerance}


def test_the_largest_part_of_a_tolerance_counts_not_the_largest_distance() -> None:
    tried = _tried(_compared([0.5, 0.2], [10.0, 1.0]), _compared([0.1, -3.0], [1.0, 1.0]))
    found = worst({"evidence": [LOOK], "tried": tried})
    assert found == Worst(relation=1, deviation=0.2, tolerance=1.0, at="t = 1, case = that", sides=("2", "2.25"))
    assert found.share == 0.2


def test_an_inequality_that_holds_everywhere_takes_nothing() -> None:
    found = worst({"evidence": [LOOK], "tried": _tried(_compared([-0.5, -0.2], [1.0, 1.0]))})
    assert found is not None
    assert (found.share, found.deviation, found.at) == (0, -0.2, "t = 1, case = that")


@pytest.mark.parametrize("tried", [None, _tried()])
def test_without_cases_the_look_itself_is_told(tried: Any) -> None:
    found = worst({"evidence": [LOOK], "tried": tried})
    assert found is not None
    assert (found.share, found.at) == (0.25, "")


def test_what_is_refuted_or_has_no_number_has_no_worst_case() -> None:
    assert worst({"evidence": [{**LOOK, "verdict": "REFUTED"}], "tried": None}) is None
    assert worst({"evidence": [], "tried": _tried(_compared(["nan", "inf"], [1.0, 1.0]))}) is None
    assert worst({"evidence": [], "tried": _tried(_compared([1.0, 1.0], [0.0, "inf"]))}) is None


def _sides(left: list[float], right: list[float], deviation: list[float], tolerance: list[float]) -> dict[str, Any]:
    return _tried({"left": left, "right": right, "deviation": deviation, "tolerance": tolerance})


def test_a_case_that_could_not_fail_is_no_worst_one() -> None:
    """At the first point the tolerance is larger than both sides: nothing false would show there."""
    tried = _sides([2e-87, 1.0], [8e-71, 1.001], [9e-25, 0.001], [1e-24, 0.02])
    found = worst({"evidence": [LOOK], "tried": tried})
    assert found is not None
    assert (found.sides, found.share) == (("1", "1.001"), 0.05)
    assert idle({"tried": tried}) == (1, 2)


def test_where_all_cases_are_such_the_worst_of_them_is_told() -> None:
    found = worst({"evidence": [LOOK], "tried": _sides([0.0, 0.0], [0.0, 0.0], [0.5, 0.2], [1.0, 1.0])})
    assert found is not None
    assert found.share == 0.5


def test_an_inequality_has_the_least_to_spare_beside_its_sides_and_where_it_is_no_equality() -> None:
    tried = _sides([100.0, 5.0], [101.0, 5.0], [-1.0, 0.0], [1e-9, 1e-9])
    finding = {"evidence": [LOOK], "tried": tried, "reading": {"relations": [r"\le"]}}
    assert least(finding) == Spare(part=1 / 101, spare=1.0, relation=1, at="t = 0.5, case = this", sides=("100", "101"))
    assert least({**finding, "reading": {"relations": ["="]}}) is None
    assert least({**finding, "tried": None}) is None


def test_a_point_says_that_what_it_holds_of_a_vector_is_its_norm() -> None:
    compared = {"relation": 0, "left": [1.0], "right": [1.5], "deviation": [0.5], "tolerance": [1e-3]}
    finding = {"evidence": [], "reading": {"relations": ["="]}, "tried": {"points": {"x": [2.0], "t": [3.0]}, "compared": [compared]}}
    found = worst(finding, {"x": "‖x‖", "t": "τ"})
    assert found is not None
    assert found.at == "‖x‖ = 2, τ = 3"
