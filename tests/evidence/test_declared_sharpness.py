"""An inequality is as sharp as it is declared: it binds where it says, or its sides have the ratio that it says, or it is no pass."""

from __future__ import annotations

import math

import pytest
from evidence.compared import X, cosh, looked, square

from hwgen.model import Binds, Ratio, Sharpness, Verdict, binds_at, cases, ratios, value

PARTS = {"x": cases(1.0, 2.0, 3.0, 4.0)}


@pytest.mark.parametrize(
    ("sharp", "verdict", "said"),
    [
        (ratios("x", {1.0: 0.5, 3.0: 0.25}, within=1e-9), Verdict.SUPPORTED, ""),
        (ratios("x", {1.0: 0.5, 3.0: 0.5}, within=1e-9), Verdict.REFUTED, "where x = 3 is 0.25, declared 0.5"),
        ((Ratio(largest=0.5, within=1e-9), *ratios("x", {5.0: 0.5}, within=1e-9)), Verdict.UNDECIDED, "no point at which the ratio"),
        (binds_at("x", 1.0, 3.0), Verdict.REFUTED, "at x = 1"),
    ],
)
def test_several_declarations_for_one_inequality_all_hold(sharp: tuple[Sharpness, ...], verdict: Verdict, said: str) -> None:
    found = looked("1 \\le S + 1", {"S": X}, PARTS, (sharp,))
    assert found.verdict is verdict
    assert said in found.counterexample + found.reason


def test_an_inequality_may_be_said_to_bind_at_several_points() -> None:
    bindings = {"S": value(lambda x: (x - 1) * (x - 3) ** 2 * (4 - x) + 2.0)}
    more = {"x": cases(1.0, 1.5, 2.0, 2.5, 3.0, 4.0)}
    assert looked(r"2 \le S", bindings, more, (binds_at("x", 1.0, 3.0, 4.0),)).verdict is Verdict.SUPPORTED
    assert looked(r"2 \le S", bindings, more, (binds_at("x", 1.0, 2.0),)).verdict is Verdict.REFUTED


def test_an_inequality_without_declared_sharpness_is_no_pass() -> None:
    found = looked(r"S \ge 2x - 1", {"S": value(square), "x": X})
    assert found.verdict is Verdict.UNDECIDED
    assert "1 inequality is printed and 0 declare how sharp they are, in sharp=[…]; expected Binds(at=…)" in found.reason


def test_more_sharpness_than_inequalities_is_no_pass() -> None:
    assert looked("S = x^2", {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("text", [r"S \ge 2x - 1", r"2x - 1 \le S"])
def test_an_inequality_that_binds_where_it_says_is_supported(text: str) -> None:
    assert looked(text, {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("text", [r"S \le 2x - 1", r"2x - 1 \ge S"])
def test_an_inequality_the_wrong_way_round_is_refuted(text: str) -> None:
    assert looked(text, {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.REFUTED


def test_a_bound_that_does_not_bind_where_it_says_is_refuted() -> None:
    found = looked(r"S \ge 2x - 1", {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.5}),))
    assert (found.verdict, found.method) == (Verdict.REFUTED, "where the inequality is said to bind")


def test_a_weaker_bound_with_the_same_declaration_is_refuted() -> None:
    assert looked(r"S + 1 \ge 2x - 1", {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.REFUTED


def test_a_binding_case_that_cannot_be_evaluated_is_no_pass() -> None:
    bindings = {"S": value(lambda x: square(x) if x < 5 else math.nan), "x": X}
    found = looked(r"S \ge 2x - 1", bindings, sharp=(Binds(at={"x": 6.0}),))
    assert found.verdict is Verdict.UNDECIDED


def test_the_largest_ratio_of_the_sides_is_as_declared() -> None:
    bindings = {"C": value(cosh), "x": X}
    largest = 1 / math.cosh(0.5)
    assert looked(r"1 \le C", bindings, sharp=(Ratio(largest=largest, within=1e-6),)).verdict is Verdict.SUPPORTED
    assert looked(r"C \ge 1", bindings, sharp=(Ratio(largest=largest, within=1e-6),)).verdict is Verdict.SUPPORTED


def test_a_ratio_that_is_off_is_refuted() -> None:
    found = looked(r"1 \le 2C", {"C": value(cosh), "x": X}, sharp=(Ratio(largest=0.887, within=1e-3),))
    assert (found.verdict, found.method) == (Verdict.REFUTED, "how sharp the inequality is")
    assert "largest ratio of the sides over the domain is 0.44" in found.counterexample


def test_a_ratio_that_is_nowhere_defined_is_no_pass() -> None:
    assert looked(r"-C \le 0", {"C": value(cosh), "x": X}, sharp=(Ratio(largest=1, within=1),)).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("sharp", [Binds(at={"x": 1.0}), Ratio(largest=1.0, within=1e-6)])
def test_an_inequality_that_is_an_equality_everywhere_is_no_pass(sharp: Sharpness) -> None:
    found = looked(r"S \le x^2", {"S": value(square), "x": X}, sharp=(sharp,))
    assert found.verdict < Verdict.SUPPORTED
    assert "print =" in found.reason
