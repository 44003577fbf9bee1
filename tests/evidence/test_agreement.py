"""Agreement over the domain: what is true is supported, what is false is refuted, and what cannot be told is no pass."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from evidence.compared import DOMAIN, X, claimed, looked, printed, square

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import finding_of, look_at
from hwgen.model import Approx, Binding, Binds, Finding, Ratio, Verdict, cases, closed, function, integers, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary


def _found(text: str, bindings: Mapping[str, Binding], domain: Any = None) -> Finding:
    return finding_of(claimed(bindings, DOMAIN if domain is None else domain, ()), printed(text), None)


def test_a_true_equality_is_supported_with_its_deviation_and_tolerance() -> None:
    found = looked(r"S = x^2", {"S": value(square), "x": X})
    assert (found.verdict, found.cases, found.covered) == (Verdict.SUPPORTED, 25, 1)  # 24 of the sample, and x = 1
    assert found.deviation <= found.tolerance < 1e-10


def test_a_false_one_is_refuted_with_a_point_and_both_sides() -> None:
    found = looked(r"S = 2x - 1", {"S": value(square), "x": X})
    assert (found.verdict, found.relation) == (Verdict.REFUTED, 0)
    assert found.counterexample.startswith("at x = 0.5: S is 0.25, 2x - 1 is 0 (tolerance")


def test_a_slip_just_beyond_the_error_bounds_is_refuted() -> None:
    assert looked(r"S = 1.00001 x^2", {"S": value(square, error=1e-6), "x": X}).verdict is Verdict.REFUTED
    assert looked(r"S = 1.00001 x^2", {"S": value(square, error=2e-5), "x": X}).verdict is Verdict.SUPPORTED


def test_each_relation_of_a_chain_is_judged_and_the_false_one_is_named() -> None:
    bindings = {"S": value(square), "x": X}
    assert looked(r"S = x^2 = x\cdot x", bindings).verdict is Verdict.SUPPORTED
    assert looked(r"S = x^2 = 2x = x + x", bindings).relation == 1


def test_one_bad_point_among_many_refutes() -> None:
    bindings = {"S": value(lambda x: x * x if x < 3 else 10.0), "x": X}
    found = looked("S = x^2", bindings)
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
    found = looked(f"S {relation} T", {"S": value(lambda: wrong), "T": value(lambda: wrong)}, sharp=sharp)
    assert found.verdict is Verdict.UNDECIDED


def test_a_function_that_is_not_finite_at_one_point_is_no_pass() -> None:
    found = looked(r"f(x) = x", {"f": function(lambda x: x if x < 3 else math.nan), "x": X})
    assert found.verdict is Verdict.UNDECIDED
    assert "x = 3" in found.reason


def test_a_side_that_divides_by_zero_is_no_pass() -> None:
    assert looked(r"\frac{1}{x} = \frac{2}{2x}", {"x": X}, {"x": closed(0, 1)}).verdict < Verdict.SUPPORTED


def _raises() -> float:
    raise RuntimeError("no convergence")


def _raising(problem: Any) -> Mapping[str, Binding]:
    return {"S": value(_raises)}


def test_an_oracle_that_raises_is_no_pass_and_says_where() -> None:
    found = finding_of(replace(claimed({}, DOMAIN, ()), bind=_raising), printed("S = 1"), None)
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)
    assert "its check raised RuntimeError: no convergence" in found.complaint
    assert "test_agreement.py" in found.complaint
    assert "_raises" in found.complaint


def test_an_empty_domain_is_no_pass() -> None:
    found = _found("n = 1n", {"n": variable("n")}, {"n": integers(5, 2)})
    assert not found.passed


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
    claim = replace(claimed(bindings, domain, ()), fixed=fixed)
    found = agreement(read(printed("S = x^2"), vocabulary(bindings)), look_at(claim, None))
    assert found.verdict is verdict
    assert reason in found.reason


def test_a_claim_with_a_proof_may_be_tried_at_one_value() -> None:
    bindings = {"S": value(square), "x": X}
    claim = replace(claimed(bindings, {"x": cases(2.0)}, ()), proof="toy.proofs")
    assert agreement(read(printed("S = x^2"), vocabulary(bindings)), look_at(claim, None)).verdict is Verdict.SUPPORTED


def test_a_domain_without_cases_is_no_pass() -> None:
    bindings = {"S": value(square), "x": X}
    look = look_at(claimed(bindings, DOMAIN, ()), None)
    nothing = type(look)(points=(), scopes=(), bound={}, sharp=(), seed=0, fixed=None)
    found = agreement(read(printed("S = x^2"), vocabulary(bindings)), nothing)
    assert (found.verdict, found.cases, found.reason) == (Verdict.UNDECIDED, 0, "no case")


@pytest.mark.parametrize(
    ("left", "right"), [(np.ones(3), np.ones(2)), (np.ones(3), 1.0), (np.ones((2, 1)), np.ones((1, 2))), (np.ones(0), 0.0)]
)
def test_shapes_that_do_not_match_are_no_pass(left: Any, right: Any) -> None:
    found = looked("S = T", {"S": value(lambda: left), "T": value(lambda: right)})
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason.startswith("S has shape")


def test_nothing_compared_with_nothing_is_no_pass() -> None:
    assert looked("S = T", {"S": value(lambda: np.ones(0)), "T": value(lambda: np.ones(0))}).verdict < Verdict.SUPPORTED


def test_arrays_are_compared_entry_by_entry() -> None:
    left, right = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.5, 4.0]])
    found = looked("S = T", {"S": value(lambda: left), "T": value(lambda: right)})
    assert found.verdict is Verdict.REFUTED
    assert "S is 3 in entry (2, 1), T is 3.5" in found.counterexample


@pytest.mark.parametrize("relation", ["=", r"\le", r"\ge"])
def test_a_tolerance_too_wide_to_tell_anything_is_no_pass(relation: str) -> None:
    bindings = {"S": value(lambda x: Approx(value=1.1 * x, error=0.5 * x)), "x": X}
    assert looked("S = x", bindings).verdict is Verdict.UNDECIDED
    sharp = () if relation == "=" else (Ratio(largest=1.1, within=0.2),)
    assert looked(f"S {relation} x", bindings, sharp=sharp).verdict < Verdict.SUPPORTED


def test_a_wide_tolerance_that_decides_an_inequality_is_one() -> None:
    bindings = {"S": value(lambda x: Approx(value=0.1 * x, error=0.5 * x)), "x": X}
    assert looked(r"S \le x", bindings, sharp=(Ratio(largest=0.1, within=1e-9),)).verdict is Verdict.SUPPORTED


def test_a_strict_inequality_at_equality_is_no_pass() -> None:
    assert (
        looked("2x - 1 < S", {"S": value(square), "x": X}, {"x": closed(1, 3)}, (Ratio(largest=1, within=1e-9),)).verdict
        < Verdict.SUPPORTED
    )


def test_a_strict_sign_that_no_sample_decides_is_said_to_be_why() -> None:
    found = looked("2x - 1 < S", {"S": value(square), "x": X}, {"x": cases(1.0, 2.0, 3.0)}, (Ratio(largest=1, within=1e-9),))
    assert found.verdict is Verdict.UNDECIDED
    assert ", to which they are equal, and the sign is strict)" in found.reason


def test_a_strict_inequality_does_not_bind() -> None:
    found = looked("2x - 1 < S", {"S": value(square), "x": X}, {"x": closed(1.5, 3)}, (Binds(at={"x": 1.0}),))
    assert found.verdict is Verdict.REFUTED


def test_a_strict_inequality_that_holds_is_supported() -> None:
    sharp = (Ratio(largest=2 / 2.25, within=1e-9),)
    assert looked("2x - 1 < S", {"S": value(square), "x": X}, {"x": closed(1.5, 3)}, sharp).verdict is Verdict.SUPPORTED


def test_numerical_evidence_never_proves() -> None:
    assert looked("x = 1x", {"x": X}).verdict is Verdict.SUPPORTED


def test_an_undeclared_symbol_is_refused_before_anything_is_judged() -> None:
    with pytest.raises(ContentError, match=r"t\.tex\.j2:7"):
        looked("y = x", {"x": X})
