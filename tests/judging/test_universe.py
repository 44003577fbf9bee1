"""The universe of a claim is parted by its hypotheses: at what they exclude, between the points of a sample, at boundaries and cases."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from judging.hypothetical import ROOT, needs, printed, stated, tallied

from hwgen.judging.conditions import conditions
from hwgen.judging.universe import universe
from hwgen.model import (
    Bindings,
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
        ((1,), r"t\ne2", Need.NOT_NEEDED),
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
        ((), r"\frac{1}{t-2}\ne0", Need.UNSEEN),
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
