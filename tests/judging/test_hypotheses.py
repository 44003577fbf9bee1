r"""A printed hypothesis is under test: what is weaker than the truth is refuted with a point, what is not needed is told."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hwgen.judging.claim import finding_of
from hwgen.judging.conditions import conditions
from hwgen.judging.mutation import tally
from hwgen.judging.store import Store
from hwgen.judging.universe import universe
from hwgen.model import (
    Bindings,
    Binds,
    Claim,
    Finding,
    Formula,
    Need,
    Place,
    Tally,
    Verdict,
    cases,
    closed,
    integers,
    value,
    variable,
    vectors,
)
from hwgen.model.errors import ContentError
from hwgen.reading import vocabulary

SQUARES = r"r = \sqrt{t}\sqrt{s}"


def _root(problem: Any) -> Bindings:
    """The root of ts is that of t by that of s where both are at least 0; where both are negative only the former has a value."""
    return {"r": value(lambda t, s: abs(complex(t * s) ** 0.5) if t * s >= 0 else math.nan), "t": variable("t"), "s": variable("s")}


ROOT = Claim(
    name="trial", exercise="toy", sentence="", domain={"t": closed(-2, 3), "s": closed(-2, 3)}, bind=_root, identity="trial", points=24
)


def _printed(text: str, *hypotheses: str) -> Formula:
    def at(line: int, said: str) -> dict[str, Any]:
        places = tuple(Place(file="templates/t.tex.j2", line=line, column=1 + k) for k in range(len(said)))
        return {"name": "trial", "text": said, "place": places[0], "places": places}

    given = tuple(Formula(macro="for", **at(3 + k, one)) for k, one in enumerate(hypotheses))
    return Formula(macro="checked", **at(9, text), hypotheses=given)


def _found(claim: Claim, text: str, *hypotheses: str, **different: Any) -> Finding:
    return finding_of(replace(claim, **different), _printed(text, *hypotheses), None)


def _tally(claim: Claim, text: str, *hypotheses: str, **different: Any) -> Tally:
    return tally(replace(claim, **different), _printed(text, *hypotheses), None)


def _needs(found: Finding) -> dict[str, Need]:
    return {one.text: one.need for one in found.hypotheses}


def test_the_relation_is_tried_where_its_hypotheses_hold_and_outside_it_fails() -> None:
    found = _found(ROOT, SQUARES, r"t,s\ge0")
    assert (found.verdict, found.passed, found.complaint) == (Verdict.SUPPORTED, True, "")
    assert _needs(found) == {r"t \ge0": Need.EXACT, r"s\ge0": Need.EXACT}
    assert found.evidence[0].cases > ROOT.points


@pytest.mark.parametrize(
    ("weaker", "line"), [([r"t\ge0"], 9), ([r"t\ge-1", r"s\ge0"], 3), ([r"s\ge0", r"t\ge-1"], 4), ([r"t\ge0", r"s^2\ge0"], 4), ([], 9)]
)
def test_a_hypothesis_weaker_than_the_truth_stops_the_build(weaker: list[str], line: int) -> None:
    found = _found(ROOT, SQUARES, *weaker)
    assert found.verdict <= Verdict.UNDECIDED
    assert not found.passed
    if line != 9:
        assert found.verdict is Verdict.REFUTED
        assert found.formula.place.line == line
        assert f"farther inside of {weaker[line - 3]}, which lets this in, it holds" in found.complaint


def test_a_wrong_formula_is_not_laid_at_a_hypothesis() -> None:
    found = _found(ROOT, r"r = 2\sqrt{t}\sqrt{s}", r"t,s\ge0")
    assert (found.verdict, found.formula.place.line, found.formula.place.column) == (Verdict.REFUTED, 9, 3)
    assert "lets this in" not in found.complaint


def _log(problem: Any) -> Bindings:
    return {"L": value(lambda t: 3 * math.log(t ** (1 / 3)) if t > 0 else math.nan), "t": variable("t")}


LOG = replace(ROOT, bind=_log, domain={"t": closed(-1, 3)})


def test_a_point_on_the_boundary_refutes_a_sign_that_is_not_strict() -> None:
    assert _needs(_found(LOG, r"L = \log t", "t>0")) == {"t>0": Need.EXACT}
    found = _found(LOG, r"L = \log t", r"t\ge0")
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
    found = _found(LOG, r"L = \log t", *hypotheses)
    assert _needs(found)[told] is need
    if need.told:
        line = 3 + hypotheses.index(told)
        assert (found.verdict, found.passed, found.formula.place.line) == (Verdict.SUPPORTED, False, line)
        assert f"its hypothesis {told} {need.value}" in found.complaint
        kept = _found(LOG, r"L = \log t", *hypotheses, kept={told: "it is the custom"})
        assert (kept.passed, kept.complaint) == (True, "")
        assert [one.kept for one in kept.hypotheses if one.text == told] == ["it is the custom"]
    else:
        assert found.passed


def test_a_reason_to_keep_what_is_needed_is_told_as_well() -> None:
    found = _found(LOG, r"L = \log t", "t>0", kept={"t > 0": "it is the custom"})
    assert not found.passed
    assert "its hypothesis t>0 is kept, it is said, because of 'it is the custom', and is needed" in found.complaint


def test_a_reason_to_keep_what_is_not_printed_is_refused() -> None:
    with pytest.raises(ContentError, match=r"kept names t<2, which no \\for prints for it; expected one of t>0"):
        _found(LOG, r"L = \log t", "t>0", kept={"t<2": "it is the custom"})


def test_a_universe_with_nothing_inside_is_undecided() -> None:
    found = _found(LOG, r"L = \log t", "t>5")
    assert (found.verdict, found.passed) == (Verdict.UNDECIDED, False)
    assert "no point of its universe satisfies its printed hypotheses" in found.complaint


def _raises(problem: Any) -> Bindings:
    return {"L": value(lambda t: 3 * math.log(math.pow(t, 1 / 3))), "t": variable("t")}


def test_an_oracle_that_raises_outside_says_nothing_there() -> None:
    found = _found(LOG, r"L = \log t", "t>0", bind=_raises)
    assert (found.passed, _needs(found)) == (True, {"t>0": Need.UNKNOWN})


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
    found = _found(claim, "f = t", given)
    assert (found.verdict, _needs(found)) == (Verdict.SUPPORTED, {given: need})
    assert found.passed is not need.told
    if need.told:
        assert f"its hypothesis {given} {need.value}" in found.complaint
        assert _found(claim, "f = t", given, kept={given: "it is the custom"}).passed


def test_every_number_that_an_inequality_excludes_is_tried() -> None:
    """From any point on the line the search goes on behind the first."""
    words: Bindings = _except_at(1, 2)(None)
    given = conditions([_printed("f = t", r"(t-1)(t-2)\ne0").hypotheses[0]], vocabulary(words))
    found = [one.point["t"] for one in universe(BETWEEN.domain, 1, 1, given, words).outside]
    assert sorted(found) == [1, 2]


def test_a_boundary_that_is_a_jump_is_not_moved_to_a_number_beyond_the_universe() -> None:
    """At 0 both sides are 0, but the condition ceases to hold where h jumps, and there are no points outside of the domain."""
    words: Bindings = {"t": variable("t"), "h": value(lambda t: t * (1.1 if t > 0.3 else 0.9))}
    given = conditions([_printed("h = t", r"h\le t").hypotheses[0]], vocabulary(words))
    found = universe({"t": closed(0.1, 1)}, 6, 1, given, words)
    places = [one.point["t"] for one in (*found.inside, *found.outside)]
    assert min(places) >= 0.1
    assert min(abs(place - 0.3) for place in places) < 1e-6


def test_another_excluded_number_is_found_out() -> None:
    found = _tally(replace(BETWEEN, bind=_except_at(1)), "f = t", r"t\ne1")
    assert (found.survivors, found.unseen) == ((), 0)
    assert found.refuted > 2


def _lengths(problem: Any) -> Bindings:
    """The cosine of an angle, from the lengths of the sides of a triangle."""

    def cosine(x: Any, y: Any) -> float:
        a, b = np.linalg.norm(x), np.linalg.norm(y)
        return float((a**2 + b**2 - np.linalg.norm(x - y) ** 2) / (2 * a * b)) if a * b else math.nan

    return {"c": value(cosine), "x": variable("x"), "x'": variable("y")}


PLANE = {"x": vectors(2, norm=closed(0, 2)), "y": vectors(2, norm=closed(0, 2))}


def test_zero_vectors_are_in_a_universe_of_vectors() -> None:
    claim = replace(ROOT, bind=_lengths, domain=PLANE)
    formula = r"c = \frac{\langle x,x'\rangle}{\|x\|\,\|x'\|}"
    for given in (r"\|x\|,\|x'\|\ne0", r"x,x'\ne0", r"\|x\|>0,\ \|x'\|>0"):
        found = _found(claim, formula, given)
        assert (found.passed, set(_needs(found).values())) == (True, {Need.EXACT}), found.complaint
        counted = _tally(claim, formula, given)
        assert counted.survivors == ()
    assert _found(claim, formula, r"x\ne0").verdict < Verdict.SUPPORTED


def _ball(problem: Any) -> Bindings:
    return {"x": variable("x"), "M": value(lambda x: max(1.0, float(x @ x)))}


def test_the_boundary_of_a_ball_is_found() -> None:
    claim = replace(ROOT, bind=_ball, domain={"x": vectors(2, norm=closed(0, 2))}, fixed=("M", "x"), exact="a maximum")
    assert _needs(_found(claim, "M = 1", r"\|x\|\le1"))[r"\|x\|\le1"] is Need.EXACT
    weaker = _found(claim, "M = 1", r"\|x\|\le\frac65")
    assert (weaker.verdict, weaker.formula.place.line) == (Verdict.REFUTED, 3)


def _whole(problem: Any) -> Bindings:
    """1 + 3 + … up to n odd numbers; of no number, and of fewer, none."""
    return {"S": value(lambda n: float(sum(range(1, 2 * n, 2))) if n >= 1 else math.nan), "n": variable("n")}


def test_whole_numbers_are_bounded_at_the_number_itself() -> None:
    claim = replace(ROOT, bind=_whole, domain={"n": integers(-1, 7)}, exact="whole numbers")
    assert _needs(_found(claim, "S = n^2", r"n\ge1")) == {r"n\ge1": Need.EXACT}
    assert _needs(_found(claim, "S = n^2", r"n\ge2")) == {r"n\ge2": Need.STRICTER}
    assert _found(claim, "S = n^2", r"n\ge0").formula.place.line == 3
    found = _tally(claim, "S = n^2", r"n\ge1")
    assert (found.survivors, found.kept, found.unseen) == ((), 0, 0)


def _listed(problem: Any) -> Bindings:
    return {"k": variable("k"), "S": value(lambda k: abs(k) if k else 7.0)}


def test_of_listed_cases_the_excluded_ones_are_looked_at() -> None:
    claim = replace(ROOT, bind=_listed, domain={"k": cases(-3, -2, -1, 0, 1, 2, 3)}, exact="whole numbers")
    assert _needs(_found(claim, "S = |k|", r"k\ne0")) == {r"k\ne0": Need.EXACT}
    assert _needs(_found(claim, "S = |k|", "k>0")) == {"k>0": Need.EXACT}
    assert _needs(_found(claim, "S = |k|", "k>1", domain={"k": cases(*range(-3, 6))})) == {"k>1": Need.STRICTER}


def test_no_wrong_version_of_a_hypothesis_survives() -> None:
    found = _tally(ROOT, SQUARES, r"t,s\ge0")
    alone = _tally(ROOT, SQUARES, "t+s=t+s+0")
    assert found.survivors == ()
    assert found.refuted > 20
    assert alone.refuted < found.refuted


def test_a_wrong_version_of_what_is_kept_is_counted_apart() -> None:
    found = _tally(LOG, r"L = \log t", "t>0", r"t\le2", kept={r"t\le2": "it is the custom"})
    assert (found.survivors, found.kept > 3) == ((), True)


def test_a_wrong_version_that_lets_in_what_holds_survives() -> None:
    """Between the two halves of its truth nobody is told which one is meant."""
    found = _tally(LOG, r"L = \log t", r"1\le t")
    assert any("which this lets in" in one for one in found.survivors)


def test_a_point_at_which_an_inequality_binds_is_inside(tmp_path: Path) -> None:
    def halves(problem: Any) -> Bindings:
        return {"t": variable("t"), "m": value(lambda t: min(t, 1.0))}

    claim = replace(ROOT, bind=halves, domain={"t": closed(-1, 3)}, sharp=(Binds(at={"t": 1}),))
    assert _found(claim, r"m \le 1", r"t\ge0", kept={r"t\ge0": "custom"}).passed
    with pytest.raises(ContentError, match=r"is said to bind at \{'t': 1\}, where its printed hypotheses do not hold"):
        _found(claim, r"m \le 1", r"t\ge2", kept={r"t\ge2": "custom"})


def test_another_hypothesis_is_another_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    first = finding_of(LOG, _printed(r"L = \log t", "t>0"), None, store)
    again = finding_of(LOG, _printed(r"L = \log t", "t>0"), None, store)
    other = finding_of(LOG, _printed(r"L = \log t", r"t>\frac12"), None, store)
    assert (first.evidence, first.hypotheses) == (again.evidence, again.hypotheses)
    assert first.passed
    assert not other.passed


def test_a_hypothesis_of_a_claim_that_needs_none_is_refused_at_its_line() -> None:
    with pytest.raises(
        ContentError, match=r"needs no hypothesis, it is said, as it holds for every number; expected no \\for\{trial\}\{t>0\}"
    ) as told:
        _found(LOG, r"L = \log t", "t>0", always="for every number")
    assert told.value.place is not None
    assert told.value.place.line == 3


LONGEST = r"\max_{1\le i\le n}\|x_i\|\le1"
# Rows of at most unit length, by number; those of the last two are too long.
ROWS = {1: [[1.0, 0.0]], 2: [[0.6, 0.8], [0.0, 0.5]], 3: [[0.8, 0.0], [0.0, 0.3], [0.1, 0.1]], 4: [[1.1, 0.0]], 5: [[0.0, 1.1], [0.1, 0.0]]}


def _gram(problem: Any) -> Bindings:
    """The largest entry of the Gram matrix of some rows."""
    rows = value(lambda case: np.array(ROWS[case]))
    largest = value(lambda case, p: p * float(np.max(np.array(ROWS[case]) @ np.array(ROWS[case]).T)))
    return {"x": rows, "n": value(lambda case: len(ROWS[case])), "g": largest, "p": variable("p")}


GRAM = Claim(
    name="trial",
    exercise="toy",
    sentence="",
    domain={"case": cases(*ROWS), "p": integers(1, 3)},
    bind=_gram,
    identity="trial",
    points=15,
    sharp=(Binds(at={"case": 1}),),
)


def test_the_largest_of_several_norms_is_a_hypothesis_whose_wrong_versions_are_found_out() -> None:
    found = _found(GRAM, r"g \le p", LONGEST)
    assert (found.passed, _needs(found)) == (True, {LONGEST: Need.EXACT})
    tallied = tally(GRAM, _printed(r"g \le p", LONGEST), None)
    assert (tallied.survivors, tallied.enough) == ((), True)


def test_the_wrong_versions_of_a_hypothesis_are_kept_one_by_one() -> None:
    found = _tally(ROOT, SQUARES, r"t,s\ge0")
    fates = Counter(one.fate for one in (*found.wrong, *found.hypotheses))
    assert fates["survived"] == len(found.survivors)
    assert {fate: fates[fate] for fate in ("refuted", "stopped", "same", "kept", "unseen", "unreadable")} == {
        fate: getattr(found, fate) for fate in ("refuted", "stopped", "same", "kept", "unseen", "unreadable")
    }
    assert {one.of for one in found.hypotheses} == {r"t,s\ge0"}
    refuted = [one for one in found.hypotheses if one.fate == "refuted" and one.at]
    assert refuted
    assert all(one.at.startswith("at ") and one.at.endswith(", which it lets in") for one in refuted)
