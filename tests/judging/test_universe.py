"""The universe of a claim is parted by its hypotheses: at what they exclude, between the points of a sample, at boundaries and cases."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from judging.hypothetical import ROOT, SQUARES, needs, printed, stated, tallied

from hwgen.judging import look
from hwgen.judging.claim import finding_of
from hwgen.judging.conditions import conditions
from hwgen.judging.mutation import tally
from hwgen.judging.universe import universe
from hwgen.model import (
    Bindings,
    Claim,
    Need,
    Verdict,
    cases,
    closed,
    integers,
    value,
    variable,
    vectors,
)
from hwgen.reading import vocabulary


def _except_at(*gone: float) -> Any:
    """The identity, which has no value at these numbers."""
    return lambda problem: {"t": variable("t"), "f": value(lambda t: math.nan if t in gone else t)}


BETWEEN = replace(ROOT, domain={"t": closed(0.1, 3)}, fixed=("f",), exact="a number itself")


@pytest.mark.parametrize(
    ("gone", "given", "need"),
    [
        ((1,), r"t\ne1", Need.EXACT),
        ((1.37,), r"t\ne2", Need.NOT_NEEDED),
        ((1,), r"1\ne t", Need.EXACT),
        ((1.37,), r"t\ne1.37", Need.EXACT),
        ((1, 2), r"(t-1)(t-2)\ne0", Need.EXACT),
        ((), r"t\ne\frac{7}{3}", Need.NOT_NEEDED),
        ((), r"t^2\ne2", Need.NOT_NEEDED),
        ((), r"t\ne3", Need.NOT_NEEDED),
        ((2,), r"(t-2)^2\ne0", Need.EXACT),
        ((1.37,), r"|t-1.37|>0", Need.EXACT),
        ((), r"|t-2|\ne0", Need.NOT_NEEDED),
        ((), r"0<(t-2)^2", Need.NOT_NEEDED),
        ((), r"\frac{1}{t-2}\ne0", Need.NOT_NEEDED),
        ((2,), r"\frac{1}{t-2}\ne0", Need.EXACT),
        ((), r"(t-2)^2+1>0", Need.UNSEEN),
        ((), r"t\ne4", Need.UNSEEN),
    ],
)
def test_what_a_hypothesis_excludes_between_the_points_of_the_sample_is_tried(gone: tuple[float, ...], given: str, need: Need) -> None:
    claim = replace(BETWEEN, bind=_except_at(*gone))
    found = stated(claim, "f = t", given)
    assert (found.verdict, needs(found)) == (Verdict.SUPPORTED, {given: need})
    assert found.passed is not need.told
    if need.told:
        assert f"its hypothesis {given} {need.value}" in found.complaint
        assert stated(claim, "f = t", given, kept={given: "it is the custom"}).passed


def test_every_number_that_an_inequality_excludes_is_tried() -> None:
    """From any point on the line the search goes on behind the first."""
    words: Bindings = _except_at(1, 2)(None)
    given = conditions([printed("f = t", r"(t-1)(t-2)\ne0").hypotheses[0]], vocabulary(words))
    found = [one.point["t"] for one in universe(BETWEEN.domain, 1, 1, given, words).outside]
    assert sorted(found) == [1, 2]


def test_a_boundary_that_is_a_jump_is_not_moved_to_a_number_beyond_the_universe() -> None:
    """At 0 both sides are 0, but the condition ceases to hold where h jumps, and there are no points outside of the domain."""
    words: Bindings = {"t": variable("t"), "h": value(lambda t: t * (1.1 if t > 0.3 else 0.9))}
    given = conditions([printed("h = t", r"h\le t").hypotheses[0]], vocabulary(words))
    found = universe({"t": closed(0.1, 1)}, 6, 1, given, words)
    places = [one.point["t"] for one in (*found.inside, *found.outside)]
    assert min(places) >= 0.1
    assert min(abs(place - 0.3) for place in places) < 1e-6


def test_another_excluded_number_is_found_out() -> None:
    found = tallied(replace(BETWEEN, bind=_except_at(1)), "f = t", r"t\ne1")
    assert (found.survivors, found.unseen) == ((), 0)
    assert found.refuted > 2


def _lengths(problem: Any) -> Bindings:
    """The cosine of an angle, from the directions of its sides, which no length is too small for."""

    def cosine(x: Any, y: Any) -> float:
        return math.cos(math.atan2(x[1], x[0]) - math.atan2(y[1], y[0])) if x.any() and y.any() else math.nan

    return {"c": value(cosine), "x": variable("x"), "x'": variable("y")}


PLANE = {"x": vectors(2, norm=closed(0, 2)), "y": vectors(2, norm=closed(0, 2))}


def test_zero_vectors_are_in_a_universe_of_vectors() -> None:
    claim = replace(ROOT, bind=_lengths, domain=PLANE)
    formula = r"c = \frac{\langle x,x'\rangle}{\|x\|\,\|x'\|}"
    for given in (r"\|x\|,\|x'\|\ne0", r"x,x'\ne0", r"\|x\|>0,\ \|x'\|>0"):
        found = stated(claim, formula, given)
        assert (found.passed, set(needs(found).values())) == (True, {Need.EXACT}), found.complaint
        counted = tallied(claim, formula, given)
        assert counted.survivors == ()
    assert stated(claim, formula, r"x\ne0").verdict < Verdict.SUPPORTED


def _ball(problem: Any) -> Bindings:
    return {"x": variable("x"), "M": value(lambda x: max(1.0, float(x @ x)))}


def test_the_boundary_of_a_ball_is_found() -> None:
    claim = replace(ROOT, bind=_ball, domain={"x": vectors(2, norm=closed(0, 2))}, fixed=("M", "x"), exact="a maximum")
    assert needs(stated(claim, "M = 1", r"\|x\|\le1"))[r"\|x\|\le1"] is Need.EXACT
    weaker = stated(claim, "M = 1", r"\|x\|\le\frac65")
    assert (weaker.verdict, weaker.formula.place.line) == (Verdict.REFUTED, 3)


def _whole(problem: Any) -> Bindings:
    """1 + 3 + … up to n odd numbers; of no number, and of fewer, none."""
    return {"S": value(lambda n: float(sum(range(1, 2 * n, 2))) if n >= 1 else math.nan), "n": variable("n")}


def test_whole_numbers_are_bounded_at_the_number_itself() -> None:
    claim = replace(ROOT, bind=_whole, domain={"n": integers(-1, 7)}, exact="whole numbers")
    assert needs(stated(claim, "S = n^2", r"n\ge1")) == {r"n\ge1": Need.EXACT}
    assert needs(stated(claim, "S = n^2", r"n\ge2")) == {r"n\ge2": Need.STRICTER}
    assert stated(claim, "S = n^2", r"n\ge0").formula.place.line == 3
    found = tallied(claim, "S = n^2", r"n\ge1")
    assert (found.survivors, found.kept, found.unseen) == ((), 0, 0)


def _listed(problem: Any) -> Bindings:
    return {"k": variable("k"), "S": value(lambda k: abs(k) if k else 7.0)}


def test_of_listed_cases_the_excluded_ones_are_looked_at() -> None:
    claim = replace(ROOT, bind=_listed, domain={"k": cases(-3, -2, -1, 0, 1, 2, 3)}, exact="whole numbers")
    assert needs(stated(claim, "S = |k|", r"k\ne0")) == {r"k\ne0": Need.EXACT}
    assert needs(stated(claim, "S = |k|", "k>0")) == {"k>0": Need.EXACT}
    assert needs(stated(claim, "S = |k|", "k>1", domain={"k": cases(*range(-3, 6))})) == {"k>1": Need.STRICTER}


def _shifted(holds: Callable[[float], bool]) -> Claim:
    """A number that is t where the relation shall hold, and 1 more elsewhere."""
    words: Bindings = {"f": value(lambda t: t if holds(t) else t + 1), "t": variable("t")}
    return replace(ROOT, domain={"t": closed(-2, 3)}, exact="a number itself", bind=lambda problem: words)


def _not_negative(t: float) -> bool:
    return t >= 0


def _away_from_one(t: float) -> bool:
    return abs(t - 1) > 0.002


def _apart(t: float) -> bool:
    return abs(t) >= 1


def _to_the_right(t: float) -> bool:
    return t >= 1


def _odd(t: float) -> bool:
    return t == int(t) and t != 1


@pytest.mark.parametrize(
    ("holds", "weaker"),
    [
        (_not_negative, r"\lfloor t+0.05\rfloor\ge0"),
        (_not_negative, r"\lfloor10t+0.4\rfloor\ge0"),
        (_not_negative, r"\lceil t+0.04\rceil\ge1"),
        (_not_negative, r"\lfloor t+0.04\rfloor\ge-\frac12"),
        (_not_negative, r"2^{\lfloor t+0.04\rfloor}\ge1"),
        (_not_negative, "|t+0.02|=t+0.02"),
        (_not_negative, r"\sqrt{(t+0.02)^2}=t+0.02"),
        (_not_negative, r"\mathbf1\{t\ge-0.02\}=1"),
        (_not_negative, r"\mathbf1\{t>-0.04\}\ge\frac12"),
        (_not_negative, r"\sqrt{t+0.03}\ge0"),
        (_away_from_one, "|t-1|>0.001"),
        (_away_from_one, r"|t-1|\ge0.001"),
        (_away_from_one, r"t\ne1"),
        (_apart, r"t^2\ge0.97"),
        (_apart, r"(t+1)(t-0.99)\ge0"),
        (_to_the_right, r"(t+1)^2(t-1)\ge0"),
        (_to_the_right, r"((t+1)^2-10^{-8})(t-1)\ge0"),
        (_odd, r"\lfloor t\rfloor=t"),
        (_odd, r"t(t-1)=0"),
    ],
)
def test_a_hypothesis_that_lets_in_a_little_more_is_refuted_however_it_is_said(holds: Callable[[float], bool], weaker: str) -> None:
    """Integer parts, sides that are equal on a half-line, slits, several pieces and single points: what counts is where it holds."""
    found = stated(_shifted(holds), "f = t", weaker)
    assert found.verdict is Verdict.REFUTED, found.complaint


@pytest.mark.parametrize(
    ("holds", "exact"),
    [
        (_not_negative, r"\lfloor t\rfloor\ge0"),
        (_not_negative, "|t|=t"),
        (_not_negative, r"\mathbf1\{t\ge0\}=1"),
        (_away_from_one, "|t-1|>0.002"),
        (_apart, r"t^2\ge1"),
        (_odd, r"\lfloor t\rfloor=t,\ t\ne1"),
    ],
)
def test_what_holds_exactly_there_is_needed_as_it_is_said(holds: Callable[[float], bool], exact: str) -> None:
    found = stated(_shifted(holds), "f = t", exact)
    assert found.verdict is Verdict.SUPPORTED, found.complaint
    assert needs(found)[exact.split(r",\ ")[-1]] is Need.EXACT


def _measured(problem: Any) -> Bindings:
    """d where the first coordinate is not negative and n is not below 2d."""
    return {
        "w": value(lambda x, n, d: d if x[0] >= 0 and n >= 2 * d else d + 1),
        "x": variable("x"),
        "n": variable("n"),
        "d": variable("d"),
    }


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ((r"x_1\ge0", r"n\ge2d"), Verdict.SUPPORTED),
        ((r"\lfloor x_1+0.03\rfloor\ge0", r"n\ge2d"), Verdict.REFUTED),
        ((r"x_1\ge-0.02", r"n\ge2d"), Verdict.REFUTED),
        ((r"x_1\ge0", r"\lfloor n-2d+0.05\rfloor\ge0"), Verdict.REFUTED),
        ((r"x_1\ge0", r"n\ge2d-0.05"), Verdict.REFUTED),
    ],
)
def test_directions_and_joint_conditions_are_parted_on_the_way_between_two_points(given: tuple[str, ...], verdict: Verdict) -> None:
    domain = {"x": vectors(2, norm=closed(0, 2)), "n": integers(1, 9), "d": closed(0.1, 5)}
    found = stated(replace(ROOT, domain=domain, bind=_measured, exact="a number itself"), "w = d", *given, fixed=("x", "n"))
    assert found.verdict is verdict, found.complaint


def test_the_sphere_is_met_though_no_sample_lies_on_it() -> None:
    claim = replace(ROOT, bind=_ball, domain={"x": vectors(2, norm=closed(0, 2))}, fixed=("M", "x"), exact="a maximum")
    found = stated(claim, "M = 1", r"\|x\|=1")
    assert (found.verdict, needs(found)) == (Verdict.SUPPORTED, {r"\|x\|=1": Need.STRICTER})


def test_a_bound_far_beyond_two_hundred_whole_numbers_is_found() -> None:
    claim = replace(ROOT, bind=_far, domain={"n": integers(1, 10000)}, exact="whole numbers")
    assert needs(stated(claim, "S = n^2", r"n\ge1000")) == {r"n\ge1000": Need.EXACT}
    assert stated(claim, "S = n^2", r"\lfloor\frac{n}{999}\rfloor\ge1").verdict is Verdict.REFUTED


def _far(problem: Any) -> Bindings:
    return {"S": value(lambda n: float(n * n) if n >= 1000 else 0.0), "n": variable("n")}


def test_a_formula_and_its_wrong_versions_have_one_universe(monkeypatch: pytest.MonkeyPatch) -> None:
    parted: list[Any] = []

    def counted(*given: Any) -> Any:
        parted.append(given)
        return universe(*given)

    monkeypatch.setattr(look, "universe", counted)
    formula, other = printed(SQUARES, r"t\ge0,\ s\ge0"), printed(SQUARES, r"t\ge0,\ s\ge1")
    claim, alone = replace(ROOT), tally(replace(ROOT), formula, None)
    assert len(parted) == 1
    finding_of(claim, formula, None)
    after = tally(claim, formula, None)
    assert len(parted) == 2
    assert after == alone
    # Other hypotheses, another claim, another problem: their points are others.
    finding_of(claim, other, None)
    finding_of(replace(ROOT), formula, None)
    finding_of(claim, formula, object())
    assert len(parted) == 5
