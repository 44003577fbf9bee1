r"""No hypothesis passes whose boundary no point reaches: between listed cases, past the ends of a range, on one of two sides."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from judging.hypothetical import ROOT, needs, stated, tallied

from hwgen.model import Bindings, Claim, Need, Verdict, cases, closed, integers, log_closed, value, variable
from hwgen.model.domain import Range


def _on_a_part(problem: Any) -> Bindings:
    """f, which is t for numbers from 0 to 1.2."""
    return {"t": variable("t"), "f": value(lambda t: t if 0 <= t <= 1.2 else math.nan)}


def _listed(*values: float) -> Claim:
    return replace(ROOT, bind=_on_a_part, exact="a number itself", domain={"t": cases(*values)})


TENTHS = (-0.01, 0.0, 0.05, 0.3, 0.6, 1.0, 1.2, 1.25, 3.0)


@pytest.mark.parametrize(
    ("values", "given", "need"),
    [
        (TENTHS, r"t\le1.2", Need.EXACT),
        # Each shuts out the same cases as the true one does.
        (TENTHS, r"t\le1.21", Need.UNREACHED),
        (TENTHS, r"t\le1.24", Need.UNREACHED),
        (TENTHS, "t<1.25", Need.EXACT),
        (TENTHS, r"t\ge0", Need.EXACT),
        (TENTHS, r"t\ge-0.005", Need.UNREACHED),
        # A case on the boundary, or right inside of a strict one.
        ((0.0, 0.5, 1.2, 3.0), r"t\le1.2", Need.APART),
        ((0.0, 0.5, 1.2, 1.3), r"t\le1.2", Need.APART),
        ((0.0, 0.5, 1.2, 1.22), r"t\le1.2", Need.EXACT),
        ((0.0, 0.5, 1.0, 3.0), "t<1.2", Need.UNREACHED),
        ((-1.0, 0.3, 0.5, 1.0), "t>-0.5", Need.UNREACHED),
        # Of both ends of what is promised, not of one alone.
        ((0.0, 0.3, 0.5, 1.2, 1.22), r"|t-\frac12|\le0.7", Need.UNREACHED),
        ((-0.2, 0.0, 0.3, 0.5, 1.2, 1.22), r"|t-0.6|\le0.6", Need.EXACT),
    ],
)
def test_between_listed_cases_a_hypothesis_is_told_to_promise_more_than_is_tried(values: tuple[float, ...], given: str, need: Need) -> None:
    others = [] if r"\le" in given or "<" in given else [r"t\le1.2"]
    others += [] if "|" in given or others else [r"t\ge0"]
    found = stated(_listed(*values), "f = t", given, *others)
    assert needs(found)[given] is need, found.complaint
    if need is Need.UNREACHED:
        assert not found.passed


def _itself(problem: Any) -> Bindings:
    """The modulus of t by another road, which no hypothesis bounds."""
    return {"t": variable("t"), "w": value(lambda t: math.hypot(t, 0))}


@pytest.mark.parametrize(
    ("domain", "given", "need"),
    [
        (closed(0.5, 3), "t>0", Need.UNREACHED),
        (closed(0.5, 3), r"t\ge\frac12", Need.UNSEEN),
        (closed(0.01, 3), "t>0", Need.UNSEEN),
        (log_closed(0.001, 3), "t>0", Need.UNSEEN),
        (log_closed(0.5, 3), "t>0", Need.UNREACHED),
        (integers(1, 9), "t>0", Need.UNSEEN),
        (integers(2, 9), "t>0", Need.UNREACHED),
        (closed(0, 3), r"-\frac14\le t", Need.UNREACHED),
        (closed(0, 3), "t>-0.25", Need.UNREACHED),
        (closed(0, 3), r"t\ge0", Need.UNSEEN),
        (closed(0, 3), r"t^2\le100", Need.UNREACHED),
        (closed(-10, 10), r"t^2\le100", Need.UNSEEN),
        (closed(0, 3), r"t\ne4", Need.UNSEEN),
        (cases(1, 2, 3), "t>0", Need.UNSEEN),
        (cases(1.0, 2.0, 3.0), "t>0", Need.UNREACHED),
    ],
)
def test_what_ends_past_a_range_promises_more_than_is_tried(domain: Range, given: str, need: Need) -> None:
    found = stated(replace(ROOT, bind=_itself, domain={"t": domain}, exact="the modulus"), "w = |t|", given, fixed=("t", "w"))
    assert (found.verdict, needs(found)) == (Verdict.SUPPORTED, {given: need}), found.complaint
    assert ("promises more than is tried" in found.complaint) is (need is Need.UNREACHED)


def test_both_ends_of_a_promise_are_looked_for_though_one_of_them_is_needed() -> None:
    """On [-1, 3] it is told what happens at 2, and nothing from -2 to -1 is tried."""
    part = replace(ROOT, bind=lambda problem: {"t": variable("t"), "w": value(lambda t: t if -1.5 <= t <= 2 else t + 1)}, exact="a number")
    narrow, wide = (stated(replace(part, domain={"t": closed(low, 3)}), "w = t", r"|t|\le2") for low in (-1, -3))
    assert (narrow.passed, needs(narrow)) == (False, {r"|t|\le2": Need.UNREACHED})
    assert wide.verdict is Verdict.REFUTED


@pytest.mark.parametrize("kept", [{}, {r"|t|\le3": "the custom"}])
@pytest.mark.parametrize("domain", [closed(-5, 1), closed(-1, 5), closed(-1, 1)])
def test_a_reason_to_keep_a_hypothesis_hides_no_side_that_is_not_tried(domain: Range, kept: dict[str, str]) -> None:
    """It is not needed, as far as anything was tried, and false where it was not: past 1, and beyond 2 of a universe that has it."""
    part = replace(ROOT, bind=lambda problem: {"t": variable("t"), "w": value(lambda t: t if abs(t) < 2 else t + 1)}, exact="a number")
    narrow = replace(part, bind=lambda problem: {"t": variable("t"), "w": value(lambda t: t)}, domain={"t": domain})
    found = stated(narrow, "w = t", r"|t|\le3", kept=kept)
    assert (found.passed, needs(found)) == (False, {r"|t|\le3": Need.UNREACHED})
    assert "promises more than is tried: the domain of the claim does not reach it; expected a wider domain" in found.complaint
    assert stated(replace(part, domain={"t": closed(-5, 5)}), "w = t", r"|t|\le3", kept=kept).verdict is Verdict.REFUTED


SIZES = {0: 0.0, 1: 0.3, 2: 0.6, 3: 1.0, 4: 0.01}


def _matrices(problem: Any) -> Bindings:
    """A multiple of the identity, and its inverse's trace, which the zero matrix has not."""
    return {
        "G": value(lambda case: SIZES[case] * np.eye(2)),
        "v": value(lambda case: 2 / SIZES[case] if SIZES[case] else math.nan),
        "g": value(lambda case: 1 / SIZES[case] if SIZES[case] else math.nan),
    }


@pytest.mark.parametrize(("listed", "need"), [((0, 1, 2, 3), Need.UNREACHED), ((0, 1, 2, 3, 4), Need.EXACT)])
@pytest.mark.parametrize("given", [r"G\ne0", r"\|G\|_{\mathrm F}>0", r"\lambda_{\min}(G)>0"])
def test_of_what_is_computed_from_a_case_the_nearest_case_counts(listed: tuple[int, ...], need: Need, given: str) -> None:
    found = stated(replace(ROOT, bind=_matrices, domain={"case": cases(*listed)}, exact="twice a number"), "v = 2g", given)
    assert (found.verdict, needs(found)) == (Verdict.SUPPORTED, {given: need}), found.complaint


def test_a_wrong_version_that_ends_between_two_cases_is_not_taken_for_the_same() -> None:
    found = tallied(_listed(-0.01, 0.0, 0.05, 0.3, 0.6, 1.0, 1.2, 3.0), "f = t", r"t\ge0", r"t\le\frac65")
    fates = {one.new: (one.fate, one.at) for one in found.hypotheses}
    assert found.survivors == ()
    between = {new.strip() for new, (fate, at) in fates.items() if at == "a hypothesis that promises more than is tried"}
    # 7/5, 6/4, 12/5 and 5/2 of that, each between 1.2 and 3.
    assert between == {"7", "4", "{12}", r"{\frac{5}{2}}"}
