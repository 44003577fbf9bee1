"""A side of an inequality that is derived on another road is that at every point, or the claim falls."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import finding_of, look_at
from hwgen.judging.mutation import tally
from hwgen.model import (
    Approx,
    Bindings,
    Binds,
    Claim,
    Derived,
    Evidence,
    Formula,
    Place,
    Ratio,
    Value,
    Verdict,
    closed,
    ratios,
    value,
    variable,
)
from hwgen.reading import read, vocabulary

BOUND = r"\sin(x) \le x"


@dataclass(frozen=True)
class Problem:
    factor: float = 1.0


def _integrated(x: float) -> float:
    """The sine by the mean of the cosine over [0, x], at Gauss' three nodes of each twentieth."""
    nodes = ((0.5 - math.sqrt(0.15), 5 / 18), (0.5, 4 / 9), (0.5 + math.sqrt(0.15), 5 / 18))
    return math.fsum(x / 20 * weight * math.cos(x / 20 * (part + node)) for part in range(20) for node, weight in nodes)


def _steepest(x: float) -> float:
    """What a slope of at most 1 reaches."""
    return math.fsum([x / 64] * 64)


def _nothing() -> Bindings:
    return {"x": variable("x")}


def _claim(*sharp: Any, bind: Callable[..., Bindings] = _nothing) -> Claim:
    return Claim(
        name="c", exercise="toy", sentence="", domain={"x": closed(0.1, 2)}, bind=bind, sharp=sharp, identity="no setting", points=24
    )


def _formula(text: str) -> Formula:
    return Formula(macro="checked", name="c", text=text, place=Place(file="t.tex.j2", line=1))


def _found(text: str, *sharp: Any) -> Evidence:
    claim = _claim(*sharp)
    return agreement(read(_formula(text), vocabulary(claim.bindings(None))), look_at(claim, None))


BOTH = Derived(smaller=value(_integrated, error=1e-9), larger=value(_steepest))


def test_both_sides_as_derived_are_supported() -> None:
    assert _found(BOUND, BOTH).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("text", "side"), [(r"\sin(x) \le 1.01x", "larger"), (r"0.99\sin(x) \le x", "smaller"), (r"2x \ge \sin(x)", "larger")]
)
def test_a_weaker_bound_is_refuted_and_the_side_is_named(text: str, side: str) -> None:
    found = _found(text, BOTH)
    assert (found.verdict, found.method) == (Verdict.REFUTED, "what is derived for a side")
    assert found.counterexample.startswith(f"the {side} side is ")
    assert "by its derivation" in found.counterexample


def test_a_derivation_that_is_nearly_the_side_is_told_apart_from_it_with_what_to_declare() -> None:
    found = _found(BOUND, Derived(smaller=value(lambda x: math.sin(x) * (1 + 1e-11)), larger=value(_steepest)))
    mine, theirs = (float(one.split()[0]) for one in found.counterexample.split("is ")[1:2] + found.counterexample.split("and ")[1:2])
    assert mine != theirs
    assert "; a derivation that is not exact says by how much, as in value(…, error=1e-9)" in found.counterexample
    other = _found(r"0.99\sin(x) \le x", BOTH).counterexample
    assert "allowed" in other
    assert "error=" not in other


def test_a_side_that_is_left_out_is_not_looked_at() -> None:
    assert _found(r"0.99\sin(x) \le x", Derived(larger=value(_steepest))).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(
    ("larger", "said"),
    [
        (value(lambda x: Approx(value=x, error=x)), "is not known well enough at x = 0.1"),
        (value(lambda: math.nan), "is not known well enough"),
        (value(lambda x: [x, x]), "is no number"),
    ],
)
def test_what_is_hardly_known_is_no_support(larger: Value, said: str) -> None:
    found = _found(BOUND, Derived(larger=larger))
    assert found.verdict is Verdict.UNDECIDED
    assert said in found.reason


def test_several_declarations_hold_together() -> None:
    assert _found(BOUND, (BOTH, Ratio(largest=math.sin(0.1) / 0.1, within=1e-9))).verdict is Verdict.SUPPORTED
    assert _found(BOUND, (BOTH, Binds(at={"x": 0.5}))).verdict is Verdict.REFUTED


def test_a_derivation_without_a_side_is_refused() -> None:
    with pytest.raises(ValueError, match=r"expected larger=value"):
        Derived()


def test_no_wrong_version_survives_two_derived_sides() -> None:
    found = tally(_claim(BOTH), _formula(BOUND), None)
    assert found.enough, (found.survivors, found.blind)


def test_a_derivation_follows_the_problem() -> None:
    def bind(problem: Problem) -> Bindings:
        return {"q": value(lambda x: problem.factor * _integrated(x)), "x": variable("x")}

    one = Derived(smaller=value(lambda problem, x: problem.factor * math.sin(x), error=1e-9))
    claim = _claim(one, bind=bind)
    assert finding_of(claim, _formula(r"q \le x"), Problem()).passed
    assert finding_of(claim, _formula(r"q \le x"), Problem(factor=0.5)).passed


def test_numbers_copied_from_a_run_are_told_from_those_with_a_reason() -> None:
    reasoned = Ratio(largest=math.sin(0.1) / 0.1, within=1e-9, because="at the left end")
    copied = ratios("x", {0.1: 0.998334166}, within=1e-8)
    found = finding_of(_claim((reasoned, *copied, BOTH)), _formula(BOUND), None)
    assert found.passed, found.complaint
    assert found.copied == ("0.998334166 ± 1e-08 where x = 0.1",)
    assert _claim((reasoned, BOTH)).copied == ()
