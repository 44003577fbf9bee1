r"""A printed hypothesis is under test: what is weaker than the truth is refuted with a point, what is not needed is told."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from judging.hypothetical import LOG, ROOT, SQUARES, needs, printed, stated

from hwgen.freshness.store import Store
from hwgen.judging.claim import finding_of
from hwgen.model import Bindings, Binds, Derived, Need, Verdict, cases, closed, function, value, variable
from hwgen.model.errors import ContentError


def test_the_relation_is_tried_where_its_hypotheses_hold_and_outside_it_fails() -> None:
    found = stated(ROOT, SQUARES, r"t,s\ge0")
    assert (found.verdict, found.passed, found.complaint) == (Verdict.SUPPORTED, True, "")
    assert needs(found) == {r"t \ge0": Need.EXACT, r"s\ge0": Need.EXACT}
    assert found.evidence[0].cases > ROOT.points


@pytest.mark.parametrize(
    ("weaker", "line"), [([r"t\ge0"], 9), ([r"t\ge-1", r"s\ge0"], 3), ([r"s\ge0", r"t\ge-1"], 4), ([r"t\ge0", r"s^2\ge0"], 4), ([], 9)]
)
def test_a_hypothesis_weaker_than_the_truth_stops_the_build(weaker: list[str], line: int) -> None:
    found = stated(ROOT, SQUARES, *weaker)
    assert found.verdict <= Verdict.UNDECIDED
    assert not found.passed
    if line != 9:
        assert found.verdict is Verdict.REFUTED
        assert found.formula.place.line == line
        assert f"farther inside of {weaker[line - 3]}, which lets this in, it holds" in found.complaint


@pytest.mark.parametrize(
    "weaker",
    [
        ["t>-0.01", r"s\ge0"],
        [r"t>-\frac1{50}", r"s>-\frac1{50}"],
        ["t+10^{-3}>0", r"s\ge0"],
        ["2t>-0.02", r"s\ge0"],
        ["|t-1|<1.01", r"s\ge0"],
        [r"s\ge0", "|t-1|<1+10^{-3}"],
        [r"t\ge0", "s>-0.01t"],
        [r"-10^{-3}<t", r"s\ge0"],
    ],
)
def test_a_strict_hypothesis_that_is_a_little_weaker_than_the_truth_stops_the_build(weaker: list[str]) -> None:
    found = stated(ROOT, SQUARES, *weaker)
    assert found.verdict <= Verdict.UNDECIDED
    assert not found.passed
    assert "has no value" in found.complaint


def test_a_strict_hypothesis_that_is_true_is_exact_if_the_relation_fails_on_its_boundary() -> None:
    assert needs(stated(ROOT, SQUARES, "t>0", "s>0")) == {"t>0": Need.STRICTER, "s>0": Need.STRICTER}
    assert needs(stated(LOG, r"L = \log t", "t>0")) == {"t>0": Need.EXACT}


def test_a_wrong_formula_is_not_laid_at_a_hypothesis() -> None:
    found = stated(ROOT, r"r = 2\sqrt{t}\sqrt{s}", r"t,s\ge0")
    assert (found.verdict, found.formula.place.line, found.formula.place.column) == (Verdict.REFUTED, 9, 3)
    assert "lets this in" not in found.complaint


def _refusing(problem: Any) -> Bindings:
    """A function 1/t that refuses its argument where that is not positive."""
    return {"q": function(lambda t: 1 / math.sqrt(t) ** 2), "t": variable("t")}


def test_a_side_without_a_value_fails_also_where_the_other_refuses_its_arguments() -> None:
    quotient = replace(ROOT, bind=_refusing, domain={"t": closed(0, 3)})
    assert needs(stated(quotient, r"q(t) = \frac1t", "t>0")) == {"t>0": Need.EXACT}
    with_value = replace(quotient, domain={"t": cases(-1.0, 0.02, 2.0, 3.0)})
    assert needs(stated(with_value, r"q(t) = \frac1t", "t>0")) == {"t>0": Need.UNKNOWN}


@pytest.mark.parametrize("text", [r"\sqrt t\ge0", r"\sqrt t>0", r"t^{1/2}\ge0", r"\log t<9", r"\sqrt t=\sqrt{|t|}", r"\frac{\log t}t<9"])
def test_where_a_hypothesis_has_no_value_it_excludes_and_the_relation_is_tried(text: str) -> None:
    """None holds of negative numbers, and each is needed exactly if the relation fails of these."""
    only = {"domain": {"t": closed(-2, 3)}, "bind": lambda problem: {"t": variable("t"), "w": value(lambda t: math.hypot(t, 0))}}
    assert needs(stated(ROOT, r"w = t\cdot1", text, exact="the modulus", **only)) == {text: Need.EXACT}
    assert needs(stated(ROOT, r"w^2 = t\cdot t", text, exact="the modulus", **only)) == {text: Need.NOT_NEEDED}


def test_where_a_hypothesis_has_no_value_does_not_hide_that_it_is_stricter_than_need_be() -> None:
    """The relation fails of negative numbers, of which the logarithm has no value, and holds of those that are too small for it."""
    only = {"domain": {"t": closed(-2, 3)}, "bind": lambda problem: {"t": variable("t"), "w": value(lambda t: math.hypot(t, 0))}}
    assert needs(stated(ROOT, r"w = t\cdot1", r"\log t\ge0", exact="the modulus", **only)) == {r"\log t\ge0": Need.STRICTER}


@pytest.mark.parametrize(("text", "need"), [(r"e^{1000t}-e^{999t}\ge0", Need.UNREACHED), (r"e^{1000t}-e^{999t}>0", Need.UNSEEN)])
def test_what_only_floats_have_no_value_of_excludes_nothing(text: str, need: Need) -> None:
    """Both hold of positive numbers, of which most overflow."""
    only = {"domain": {"t": closed(0.001, 3)}, "bind": lambda problem: {"t": variable("t"), "w": value(lambda t: math.hypot(t, 0))}}
    assert needs(stated(ROOT, r"w = t\cdot1", text, exact="the modulus", **only)) == {text: need}


def test_a_point_on_the_boundary_refutes_a_sign_that_is_not_strict() -> None:
    assert needs(stated(LOG, r"L = \log t", "t>0")) == {"t>0": Need.EXACT}
    found = stated(LOG, r"L = \log t", r"t\ge0")
    assert (found.verdict, found.formula.place.line) == (Verdict.REFUTED, 3)
    assert "at t = 0: L has no value" in found.complaint


@pytest.mark.parametrize(
    ("hypotheses", "told", "need"),
    [
        (["t>0", r"t\le2"], r"t\le2", Need.NOT_NEEDED),
        ([r"t\ge1"], r"t\ge1", Need.STRICTER),
        (["t>0", "t>-1"], "t>-1", Need.IMPLIED),
        (["t>0", r"t\ge-1"], r"t\ge-1", Need.UNSEEN),
        (["t>0", r"t>-\frac12"], r"t>-\frac12", Need.IMPLIED),
        (["t>0", r"t\ge-2"], r"t\ge-2", Need.UNREACHED),
        (["t>0", r"2t\ge t"], r"2t\ge t", Need.IMPLIED),
    ],
)
def test_how_a_hypothesis_stands_is_told(hypotheses: list[str], told: str, need: Need) -> None:
    found = stated(LOG, r"L = \log t", *hypotheses)
    assert needs(found)[told] is need
    if need.told:
        line = 3 + hypotheses.index(told)
        assert (found.verdict, found.passed, found.formula.place.line) == (Verdict.SUPPORTED, False, line)
        assert f"its hypothesis {told} {need.value}" in found.complaint
        kept = stated(LOG, r"L = \log t", *hypotheses, kept={told: "it is the custom"})
        assert [one.kept for one in kept.hypotheses if one.text == told] == ["it is the custom"]
        # A reason to print it is none to believe what was not tried.
        assert (kept.passed, kept.complaint == "") == ((False, False) if need is Need.UNREACHED else (True, True))
    else:
        assert found.passed


def test_a_reason_to_keep_what_is_needed_is_told_as_well() -> None:
    found = stated(LOG, r"L = \log t", "t>0", kept={"t > 0": "it is the custom"})
    assert not found.passed
    assert "its hypothesis t>0 is kept, it is said, because of 'it is the custom', and is needed" in found.complaint


def test_a_reason_to_keep_what_is_not_printed_is_refused() -> None:
    with pytest.raises(ContentError, match=r"kept names t<2, which no \\for prints for it; expected one of t>0"):
        stated(LOG, r"L = \log t", "t>0", kept={"t<2": "it is the custom"})


def test_a_universe_with_nothing_inside_is_undecided() -> None:
    found = stated(LOG, r"L = \log t", "t>5")
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)
    assert "no point of its domain satisfies its printed hypotheses" in found.complaint


def _raises(problem: Any) -> Bindings:
    return {"L": value(lambda t: 3 * math.log(math.pow(t, 1 / 3))), "t": variable("t")}


def test_an_oracle_that_raises_outside_says_nothing_there() -> None:
    found = stated(LOG, r"L = \log t", "t>0", bind=_raises)
    assert (found.passed, needs(found)) == (True, {"t>0": Need.UNKNOWN})


def test_a_point_at_which_an_inequality_binds_is_inside(tmp_path: Path) -> None:
    def halves(problem: Any) -> Bindings:
        return {"t": variable("t"), "m": value(lambda t: min(t, 1.0))}

    claim = replace(ROOT, bind=halves, domain={"t": closed(-1, 3)}, sharp=(Binds(at={"t": 1}),))
    assert stated(claim, r"m \le 1", r"t\ge0", kept={r"t\ge0": "custom"}).passed
    with pytest.raises(ContentError, match=r"is said to bind at t = 1, where its printed hypotheses do not hold"):
        stated(claim, r"m \le 1", r"t\ge2", kept={r"t\ge2": "custom"})


def test_another_hypothesis_is_another_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = finding_of(LOG, printed(r"L = \log t", "t>0"), None, store)
    again = finding_of(LOG, printed(r"L = \log t", "t>0"), None, store)
    other = finding_of(LOG, printed(r"L = \log t", r"t>\frac12"), None, store)
    assert (first.evidence, first.hypotheses) == (again.evidence, again.hypotheses)
    assert first.passed
    assert not other.passed


def test_a_hypothesis_of_a_claim_that_needs_none_is_refused_at_its_line() -> None:
    with pytest.raises(
        ContentError, match=r"needs no hypothesis, it is said, as it holds for every number; expected no \\for\{trial\}\{t>0\}"
    ) as told:
        stated(LOG, r"L = \log t", "t>0", always="for every number")
    assert told.value.place is not None
    assert told.value.place.line == 3


def _apart(problem: Any) -> Bindings:
    return {"t": variable("t"), "q": value(lambda t: t + t**2)}


def test_a_strict_relation_fails_where_its_sides_meet() -> None:
    claim = replace(ROOT, bind=_apart, domain={"t": closed(0, 3)}, sharp=(Derived(larger=value(lambda t: t * (1 + t))),))
    found = stated(claim, "t < q", "t>0")
    assert (found.passed, needs(found)) == (True, {"t>0": Need.EXACT}), found.complaint
    assert "it is an equality, against its strict sign, at t = 0" in found.hypotheses[0].said
    weak = replace(claim, sharp=((Binds(at={"t": 0.0}), Derived(larger=value(lambda t: t * (1 + t)))),))
    assert stated(weak, r"t \le q", r"t\ge0").hypotheses[0].need is Need.UNSEEN


def _itself(problem: Any) -> Bindings:
    return {"r": value(lambda t: t), "t": variable("t")}


def test_a_wrong_bound_that_holds_where_it_binds_is_not_laid_at_a_hypothesis() -> None:
    claim = replace(ROOT, bind=_itself, domain={"t": closed(-2, 3)}, sharp=(Binds(at={"t": 0.0}),))
    found = stated(claim, r"r \ge 2t", r"0\le t", r"t\le1")
    assert (found.verdict, found.formula.place.line) == (Verdict.REFUTED, 9)
    assert "lets this in" not in found.complaint
