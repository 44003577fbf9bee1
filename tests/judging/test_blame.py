"""What a failure is laid at: a hypothesis that lets it in, one that is missing on the page, or one that leaves too much out."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hwgen.judging.claim import finding_of
from hwgen.model import Bindings, Binds, Claim, Finding, Formula, Place, Ratio, Verdict, cases, closed, integers, value, variable
from hwgen.model.domain import Range


def _bind(problem: Any) -> Bindings:
    """The root of d by n has no value where n is not positive."""
    return {
        "r": value(lambda n, d: math.exp(0.5 * (math.log(d) - math.log(n))) if n > 0 else math.nan),
        "n": variable("n"),
        "d": variable("d"),
    }


ROOT = Claim(
    name="trial",
    exercise="toy",
    sentence="",
    domain={"n": integers(-1, 9), "d": closed(0.1, 1.5)},
    bind=_bind,
    identity="trial",
    points=24,
)


def _found(claim: Claim, text: str, *hypotheses: str) -> Finding:
    def printed(macro: str, line: int, said: str) -> dict[str, Any]:
        places = tuple(Place(file="t.tex.j2", line=line, column=1 + k) for k in range(len(said)))
        return {"macro": macro, "name": "trial", "text": said, "place": places[0], "places": places}

    given = tuple(Formula(**printed("for", 3 + k, one)) for k, one in enumerate(hypotheses))
    return finding_of(claim, Formula(**printed("checked", 9, text), hypotheses=given), None)


def test_a_missing_hypothesis_is_not_laid_at_another_one() -> None:
    found = _found(ROOT, r"r^2 = \frac{d}{n}", r"0<d\le1")
    assert (found.passed, found.formula.place.line) == (False, 9)
    assert "r^2 has no value" in found.complaint
    assert r"where n is larger it holds, and no \for{trial}{…} on the page bounds it there" in found.complaint


def test_without_any_hypothesis_the_variable_that_parts_is_named() -> None:
    found = _found(ROOT, r"r^2 = \frac{d}{n}")
    assert r"where n is larger it holds, and no \for{trial}{…}" in found.complaint


def _of(domain: dict[str, Range], **bound: Any) -> Claim:
    bindings = {"y": value(bound["y"]), **{name: variable(name) for name in domain}}
    return replace(ROOT, domain=domain, bind=lambda problem: bindings, points=24)


def test_what_holds_in_the_middle_of_a_range_is_said_to_hold_between_two_values() -> None:
    found = _found(_of({"t": closed(-1.5, 1.5)}, y=lambda t: abs(t - 1) + abs(t + 1)), "y = 2 + 0t")
    said = re.search(r"where t is between (\S+) and (\S+) it holds, and no \\for{trial}{…} on the page bounds it there", found.complaint)
    assert said, found.complaint
    assert -1.5 < float(said[1]) <= -1
    assert 1 <= float(said[2]) < 1.5


def test_a_listed_number_at_which_it_fails_is_told_as_of_a_range() -> None:
    found = _found(_of({"n": cases(1, 2, 3, 5, 8)}, y=lambda n: n if n > 1 else 7), "y = n")
    assert r"where n is larger it holds, and no \for{trial}{…}" in found.complaint


def test_what_holds_at_most_points_and_no_variable_tells_apart_leads_to_a_hypothesis() -> None:
    claim = _of({"t": closed(-1, 1), "s": closed(-1, 1)}, y=lambda t, s: max(t * s, -0.3))
    found = _found(claim, "y = ts")
    assert (found.verdict, r"if it is claimed there only, the page says so by \for{trial}{…}" in found.complaint) == (Verdict.REFUTED, True)
    assert r"\for" not in _found(claim, "y = 2ts + s").complaint


def test_a_wrong_formula_is_laid_at_no_variable() -> None:
    found = _found(ROOT, r"r^2 = \frac{2d}{n}", r"n\ge1")
    assert found.verdict is Verdict.REFUTED
    assert r"\for" not in found.complaint


def test_a_wrong_formula_that_holds_at_one_end_is_laid_at_no_variable() -> None:
    found = _found(ROOT, r"r^2 = \frac{d}{1}", r"n\ge1")
    assert found.verdict is Verdict.REFUTED
    assert r"\for" not in found.complaint


def test_a_largest_ratio_that_a_hypothesis_leaves_out_is_laid_at_it() -> None:
    sharp = (Ratio(largest=1 / 3, within=1e-9, because="d/n is nearest to 3d at n = 1"),)
    claim = replace(ROOT, domain={"n": integers(-1, 9), "d": closed(0.1, 1)}, sharp=sharp)
    assert _found(claim, r"r^2 \le 3d", r"n\ge1").passed
    found = _found(claim, r"r^2 \le 3d", r"n\ge3")
    assert (found.verdict, found.formula.place.line) == (Verdict.REFUTED, 3)
    assert "declared 0.333333333" in found.complaint
    assert r"which its hypothesis n\ge3 leaves out" in found.complaint


@pytest.mark.parametrize("seed", range(8))
def test_an_innocent_hypothesis_that_parts_the_points_by_accident_is_not_blamed(seed: int) -> None:
    """One case of twelve fails, whatever s is: by accident some others lie farther inside of what bounds s."""

    def bind(problem: Any) -> Bindings:
        return {"f": value(lambda t, s: t + (t == 5)), "t": variable("t"), "s": variable("s")}

    domain: dict[str, Range] = {"t": cases(*range(12)), "s": closed(-2, 3)}
    claim = replace(ROOT, name=f"trial{seed}", bind=bind, domain=domain, exact="a number itself")
    found = _found(claim, "f = t+0s", r"s\le2")
    assert (found.verdict, found.formula.place.line) == (Verdict.REFUTED, 9)
    assert "holds" not in found.complaint


def test_a_hypothesis_on_listed_cases_that_lets_failures_in_is_blamed() -> None:
    def bind(problem: Any) -> Bindings:
        return {"f": value(lambda t, s: t + (s > 1.5)), "t": variable("t"), "s": variable("s")}

    domain: dict[str, Range] = {"s": cases(-1.0, 0.0, 1.0, 1.5, 2.0, 2.1), "t": closed(-2, 3)}
    found = _found(replace(ROOT, bind=bind, domain=domain, exact="a number itself"), "f = t+0s", r"s\le2")
    assert (found.verdict, found.formula.place.line) == (Verdict.REFUTED, 3)
    assert r"farther inside of s\le2, which lets this in, it holds" in found.complaint


TALL = {"flat": (0.1, 0.1), "one": (1.0, 1.0), "tall": (0.5, 2.0), "taller": (2.0, 0.3), "all": (1.7, 1.6)}


def _tail(problem: Any) -> Bindings:
    """A number that is beyond its bound for small d only, and only where an entry of v is larger than 1."""

    def found(case: str, d: float) -> float:
        return math.exp(-d) * max(TALL[case]) if d < 0.37 else 0.0

    return {"w": value(found), "v": value(lambda case: np.array(TALL[case])), "d": variable("d"), "n": value(lambda: 2)}


@pytest.mark.parametrize(("printed", "blamed"), [(r"\min_{1\le j\le n}v_j\le1", r"\min_{1\le j\le n}v_j\le1")])
def test_of_two_hypotheses_the_one_that_a_slip_mends_is_blamed(printed: str, blamed: str) -> None:
    """Far inside of d > 0 every bound holds as well: that one is innocent."""
    claim = replace(ROOT, bind=_tail, domain={"case": cases(*TALL), "d": closed(-0.5, 1.5)}, sharp=(), points=40, fixed=("n",))
    found = _found(claim, r"w \le e^{-d}", "d>0", printed)
    assert found.verdict is Verdict.REFUTED
    assert f"farther inside of {blamed}, which lets this in" in found.complaint


def test_a_bound_that_is_missed_where_it_is_said_to_bind_is_laid_at_no_hypothesis() -> None:
    """The tight case alone fails, and it alone is at the boundary of a, which has nothing to do with it."""
    sizes = {"tight": 1.0, "slack": 0.5, "loose": 0.6, "beyond": 1.5}

    def bind(problem: Any) -> Bindings:
        moved = value(lambda case, R: math.hypot(0.6 * sizes[case] * R, 0.8 * sizes[case] * R))
        return {"a": value(lambda case: sizes[case]), "u": moved, "R": variable("R")}

    claim = replace(ROOT, domain={"case": cases(*sizes), "R": closed(0.4, 2)}, bind=bind, sharp=(Binds(at={"case": "tight"}),))
    assert _found(claim, r"u^2 \le R^2", r"|a|\le1").passed
    wrong = _found(claim, r"u^2 \le R^3", r"|a|\le1")
    assert (wrong.verdict, wrong.formula.place.line, r"|a|" in wrong.complaint) == (Verdict.REFUTED, 9, False)
    weaker = _found(claim, r"u^2 \le R^2", r"|a|\le2")
    assert (weaker.verdict, weaker.formula.place.line) == (Verdict.REFUTED, 3)
