"""Agreement over the domain: what is true is supported, what is false is refuted, and what cannot be told is no pass."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import finding_of, look_at
from hwgen.model import (
    Approx,
    Binding,
    Binds,
    Claim,
    Evidence,
    Finding,
    Formula,
    Place,
    Ratio,
    Sharpness,
    Verdict,
    binds_at,
    cases,
    closed,
    function,
    integers,
    ratios,
    value,
    variable,
)
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

X = variable("x")
DOMAIN = {"x": closed(0.5, 3)}


def _bound(bindings: Mapping[str, Binding]) -> Callable[[Any], Mapping[str, Binding]]:
    """A function as content writes them: at the top of a module."""
    return lambda problem: bindings


def _claim(bindings: Mapping[str, Binding], domain: Any, sharp: tuple[Sharpness, ...]) -> Claim:
    return Claim(name="trial", exercise="toy", sentence="", domain=domain, bind=_bound(bindings), sharp=sharp, identity="none", points=24)


def _formula(text: str) -> Formula:
    return Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))


def _look(text: str, bindings: Mapping[str, Binding], domain: Any = None, sharp: tuple[Sharpness, ...] = ()) -> Evidence:
    with np.errstate(all="ignore"):
        look = look_at(_claim(bindings, DOMAIN if domain is None else domain, sharp), None)
        return agreement(read(_formula(text), vocabulary(bindings)), look)


def _found(text: str, bindings: Mapping[str, Binding], domain: Any = None) -> Finding:
    return finding_of(_claim(bindings, DOMAIN if domain is None else domain, ()), _formula(text), None)


def square(x: float) -> float:
    return x * x


def cosh(x: float) -> float:
    return float(np.cosh(x))


def test_a_true_equality_is_supported_with_its_deviation_and_tolerance() -> None:
    found = _look(r"S = x^2", {"S": value(square), "x": X})
    assert (found.verdict, found.cases, found.covered) == (Verdict.SUPPORTED, 24, 1)
    assert found.deviation <= found.tolerance < 1e-10


def test_a_false_one_is_refuted_with_a_point_and_both_sides() -> None:
    found = _look(r"S = 2x - 1", {"S": value(square), "x": X})
    assert (found.verdict, found.relation) == (Verdict.REFUTED, 0)
    assert found.counterexample.startswith("at x = 0.5: S is 0.25, 2x - 1 is 0 (tolerance")


def test_a_slip_just_beyond_the_error_bounds_is_refuted() -> None:
    assert _look(r"S = 1.00001 x^2", {"S": value(square, error=1e-6), "x": X}).verdict is Verdict.REFUTED
    assert _look(r"S = 1.00001 x^2", {"S": value(square, error=2e-5), "x": X}).verdict is Verdict.SUPPORTED


def test_each_relation_of_a_chain_is_judged_and_the_false_one_is_named() -> None:
    bindings = {"S": value(square), "x": X}
    assert _look(r"S = x^2 = x\cdot x", bindings).verdict is Verdict.SUPPORTED
    assert _look(r"S = x^2 = 2x = x + x", bindings).relation == 1


def test_one_bad_point_among_many_refutes() -> None:
    bindings = {"S": value(lambda x: x * x if x < 3 else 10.0), "x": X}
    found = _look("S = x^2", bindings)
    assert (found.verdict, found.counterexample[:9]) == (Verdict.REFUTED, "at x = 3:")


@pytest.mark.parametrize(
    "wrong",
    [
        math.nan,
        math.inf,
        -math.inf,
        np.float64("nan"),
        np.array([1.0, math.nan]),
        Approx(value=1.0, error=math.nan),
        Approx(value=1.0, error=math.inf),
    ],
)
@pytest.mark.parametrize("relation", ["=", r"\le", "<"])
def test_an_oracle_value_that_is_no_finite_number_is_no_pass(wrong: Any, relation: str) -> None:
    sharp = () if relation == "=" else (Binds(at={"x": 1.0}),)
    found = _look(f"S {relation} T", {"S": value(lambda: wrong), "T": value(lambda: wrong)}, sharp=sharp)
    assert found.verdict is Verdict.UNDECIDED


def test_a_function_that_is_not_finite_at_one_point_is_no_pass() -> None:
    found = _look(r"f(x) = x", {"f": function(lambda x: x if x < 3 else math.nan), "x": X})
    assert found.verdict is Verdict.UNDECIDED
    assert "x = 3" in found.reason


def test_a_side_that_divides_by_zero_is_no_pass() -> None:
    assert _look(r"\frac{1}{x} = \frac{2}{2x}", {"x": X}, {"x": closed(0, 1)}).verdict < Verdict.SUPPORTED


def _raises() -> float:
    raise RuntimeError("no convergence")


def test_an_oracle_that_raises_is_no_pass_and_says_where() -> None:
    found = _found("S = 1", {"S": value(_raises)})
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)
    assert "its check raised RuntimeError: no convergence" in found.complaint
    assert "test_agreement.py" in found.complaint
    assert "_raises" in found.complaint


def test_an_empty_domain_is_no_pass() -> None:
    found = _found("n = 1n", {"n": variable("n")}, {"n": integers(5, 2)})
    assert not found.passed


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
    found = _look("1 \\le S + 1", {"S": X}, PARTS, (sharp,))
    assert found.verdict is verdict
    assert said in found.counterexample + found.reason


def test_an_inequality_may_be_said_to_bind_at_several_points() -> None:
    bindings = {"S": value(lambda x: (x - 1) * (x - 3) ** 2 * (4 - x) + 2.0)}
    more = {"x": cases(1.0, 1.5, 2.0, 2.5, 3.0, 4.0)}
    assert _look(r"2 \le S", bindings, more, (binds_at("x", 1.0, 3.0, 4.0),)).verdict is Verdict.SUPPORTED
    assert _look(r"2 \le S", bindings, more, (binds_at("x", 1.0, 2.0),)).verdict is Verdict.REFUTED


@pytest.mark.parametrize(
    ("domain", "fixed", "verdict", "reason"),
    [
        ({"x": cases(1.0, 2.0, 3.0)}, (), Verdict.SUPPORTED, ""),
        ({"x": cases(1.0, 4.0)}, (), Verdict.UNDECIDED, "S takes 2 values over the cases; expected 3 or more, or fixed=[…]"),
        ({"x": cases(1.0, 4.0)}, ("S",), Verdict.UNDECIDED, "x takes 2 values over the cases"),
        ({"x": cases(1.0, 4.0)}, ("S", "x"), Verdict.SUPPORTED, ""),
    ],
)
def test_a_symbol_that_hardly_varies_is_no_support(domain: Any, fixed: tuple[str, ...], verdict: Verdict, reason: str) -> None:
    bindings = {"S": value(square), "x": X}
    claim = replace(_claim(bindings, domain, ()), fixed=fixed)
    found = agreement(read(_formula("S = x^2"), vocabulary(bindings)), look_at(claim, None))
    assert found.verdict is verdict
    assert reason in found.reason


def test_a_claim_with_a_proof_may_be_tried_at_one_value() -> None:
    bindings = {"S": value(square), "x": X}
    claim = replace(_claim(bindings, {"x": cases(2.0)}, ()), proof="toy.proofs")
    assert agreement(read(_formula("S = x^2"), vocabulary(bindings)), look_at(claim, None)).verdict is Verdict.SUPPORTED


def test_a_domain_without_cases_is_no_pass() -> None:
    bindings = {"S": value(square), "x": X}
    look = look_at(_claim(bindings, DOMAIN, ()), None)
    nothing = type(look)(points=(), scopes=(), bound={}, sharp=(), seed=0, fixed=None)
    found = agreement(read(_formula("S = x^2"), vocabulary(bindings)), nothing)
    assert (found.verdict, found.cases, found.reason) == (Verdict.UNDECIDED, 0, "no case")


@pytest.mark.parametrize(
    ("left", "right"), [(np.ones(3), np.ones(2)), (np.ones(3), 1.0), (np.ones((2, 1)), np.ones((1, 2))), (np.ones(0), 0.0)]
)
def test_shapes_that_do_not_match_are_no_pass(left: Any, right: Any) -> None:
    found = _look("S = T", {"S": value(lambda: left), "T": value(lambda: right)})
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason.startswith("S has shape")


def test_nothing_compared_with_nothing_is_no_pass() -> None:
    assert _look("S = T", {"S": value(lambda: np.ones(0)), "T": value(lambda: np.ones(0))}).verdict < Verdict.SUPPORTED


def test_arrays_are_compared_entry_by_entry() -> None:
    left, right = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.5, 4.0]])
    found = _look("S = T", {"S": value(lambda: left), "T": value(lambda: right)})
    assert found.verdict is Verdict.REFUTED
    assert "S is 3 in entry (2, 1), T is 3.5" in found.counterexample


@pytest.mark.parametrize("relation", ["=", r"\le", r"\ge"])
def test_a_tolerance_too_wide_to_tell_anything_is_no_pass(relation: str) -> None:
    bindings = {"S": value(lambda x: Approx(value=1.1 * x, error=0.5 * x)), "x": X}
    assert _look("S = x", bindings).verdict is Verdict.UNDECIDED
    sharp = () if relation == "=" else (Ratio(largest=1.1, within=0.2),)
    assert _look(f"S {relation} x", bindings, sharp=sharp).verdict < Verdict.SUPPORTED


def test_a_wide_tolerance_that_decides_an_inequality_is_one() -> None:
    bindings = {"S": value(lambda x: Approx(value=0.1 * x, error=0.5 * x)), "x": X}
    assert _look(r"S \le x", bindings, sharp=(Ratio(largest=0.1, within=1e-9),)).verdict is Verdict.SUPPORTED


def test_an_inequality_without_declared_sharpness_is_no_pass() -> None:
    found = _look(r"S \ge 2x - 1", {"S": value(square), "x": X})
    assert found.verdict is Verdict.UNDECIDED
    assert "1 inequality is printed and 0 declare how sharp they are" in found.reason


def test_more_sharpness_than_inequalities_is_no_pass() -> None:
    assert _look("S = x^2", {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("text", [r"S \ge 2x - 1", r"2x - 1 \le S"])
def test_an_inequality_that_binds_where_it_says_is_supported(text: str) -> None:
    assert _look(text, {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("text", [r"S \le 2x - 1", r"2x - 1 \ge S"])
def test_an_inequality_the_wrong_way_round_is_refuted(text: str) -> None:
    assert _look(text, {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.REFUTED


def test_a_bound_that_does_not_bind_where_it_says_is_refuted() -> None:
    found = _look(r"S \ge 2x - 1", {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.5}),))
    assert (found.verdict, found.method) == (Verdict.REFUTED, "where the inequality is said to bind")


def test_a_weaker_bound_with_the_same_declaration_is_refuted() -> None:
    assert _look(r"S + 1 \ge 2x - 1", {"S": value(square), "x": X}, sharp=(Binds(at={"x": 1.0}),)).verdict is Verdict.REFUTED


def test_a_binding_case_that_cannot_be_evaluated_is_no_pass() -> None:
    bindings = {"S": value(lambda x: square(x) if x < 5 else math.nan), "x": X}
    found = _look(r"S \ge 2x - 1", bindings, sharp=(Binds(at={"x": 6.0}),))
    assert found.verdict is Verdict.UNDECIDED


def test_the_largest_ratio_of_the_sides_is_as_declared() -> None:
    bindings = {"C": value(cosh), "x": X}
    largest = 1 / math.cosh(0.5)
    assert _look(r"1 \le C", bindings, sharp=(Ratio(largest=largest, within=1e-6),)).verdict is Verdict.SUPPORTED
    assert _look(r"C \ge 1", bindings, sharp=(Ratio(largest=largest, within=1e-6),)).verdict is Verdict.SUPPORTED


def test_a_ratio_that_is_off_is_refuted() -> None:
    found = _look(r"1 \le 2C", {"C": value(cosh), "x": X}, sharp=(Ratio(largest=0.887, within=1e-3),))
    assert (found.verdict, found.method) == (Verdict.REFUTED, "how sharp the inequality is")
    assert "largest ratio of the sides over the domain is 0.44" in found.counterexample


def test_a_ratio_that_is_nowhere_defined_is_no_pass() -> None:
    assert _look(r"-C \le 0", {"C": value(cosh), "x": X}, sharp=(Ratio(largest=1, within=1),)).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("sharp", [Binds(at={"x": 1.0}), Ratio(largest=1.0, within=1e-6)])
def test_an_inequality_that_is_an_equality_everywhere_is_no_pass(sharp: Sharpness) -> None:
    found = _look(r"S \le x^2", {"S": value(square), "x": X}, sharp=(sharp,))
    assert found.verdict < Verdict.SUPPORTED
    assert "print =" in found.reason


def test_a_strict_inequality_at_equality_is_no_pass() -> None:
    assert (
        _look("2x - 1 < S", {"S": value(square), "x": X}, {"x": closed(1, 3)}, (Ratio(largest=1, within=1e-9),)).verdict < Verdict.SUPPORTED
    )


def test_a_strict_inequality_does_not_bind() -> None:
    found = _look("2x - 1 < S", {"S": value(square), "x": X}, {"x": closed(1.5, 3)}, (Binds(at={"x": 1.0}),))
    assert found.verdict is Verdict.REFUTED


def test_a_strict_inequality_that_holds_is_supported() -> None:
    sharp = (Ratio(largest=2 / 2.25, within=1e-9),)
    assert _look("2x - 1 < S", {"S": value(square), "x": X}, {"x": closed(1.5, 3)}, sharp).verdict is Verdict.SUPPORTED


def test_numerical_evidence_never_proves() -> None:
    assert _look("x = 1x", {"x": X}).verdict is Verdict.SUPPORTED


def test_an_undeclared_symbol_is_refused_before_anything_is_judged() -> None:
    with pytest.raises(ContentError, match=r"t\.tex\.j2:7"):
        _look("y = x", {"x": X})
