"""The wrong versions of a printed hypothesis: each lets in what fails, or shuts out what holds, and is found out by a point."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from judging.hypothetical import LOG, ROOT, SQUARES, needs, printed, stated, tallied

from hwgen.judging.mutation import tally
from hwgen.model import Bindings, Binds, Claim, Need, cases, closed, integers, value, variable


def test_no_wrong_version_of_a_hypothesis_survives() -> None:
    found = tallied(ROOT, SQUARES, r"t,s\ge0")
    alone = tallied(ROOT, SQUARES)
    assert found.survivors == ()
    assert found.refuted > 20
    assert alone.refuted < found.refuted


def test_a_wrong_version_that_leaves_no_point_is_refuted_by_one_where_all_holds() -> None:
    empty = tallied(LOG, r"L = \log t", "t>0", domain={"t": closed(0.5, 3)}, kept={"t>0": "the custom"})
    (without,) = (one for one in empty.hypotheses if one.new.strip() == "<")
    assert without.fate == "refuted"
    assert without.at.endswith("where it holds, and which this leaves out, as all others")


def test_a_wrong_version_that_leaves_no_point_is_not_refuted_by_a_relation_that_fails() -> None:
    found = tallied(LOG, r"L = 1 + \log t", "t>0", domain={"t": closed(0.5, 3)}, kept={"t>0": "the custom"})
    (without,) = (one for one in found.hypotheses if one.new.strip() == "<")
    assert (without.fate, without.at) == ("stopped", "a hypothesis that leaves no point inside")


def test_a_wrong_version_of_what_is_kept_is_counted_apart() -> None:
    found = tallied(LOG, r"L = \log t", "t>0", r"t\le2", kept={r"t\le2": "it is the custom"})
    assert (found.survivors, found.kept > 3) == ((), True)


def test_a_wrong_version_that_lets_in_what_holds_survives() -> None:
    """Between the two halves of its truth nobody is told which one is meant."""
    found = tallied(LOG, r"L = \log t", r"1\le t")
    assert any("which this lets in" in one for one in found.survivors)


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
    found = stated(GRAM, r"g \le p", LONGEST)
    assert (found.passed, needs(found)) == (True, {LONGEST: Need.EXACT})
    tallied = tally(GRAM, printed(r"g \le p", LONGEST), None)
    assert (tallied.survivors, tallied.enough) == ((), True)


def test_the_wrong_versions_of_a_hypothesis_are_kept_one_by_one() -> None:
    found = tallied(ROOT, SQUARES, r"t,s\ge0")
    fates = Counter(one.fate for one in (*found.wrong, *found.hypotheses))
    assert fates["survived"] == len(found.survivors)
    assert {fate: fates[fate] for fate in ("refuted", "stopped", "same", "kept", "unseen", "unreadable")} == {
        fate: getattr(found, fate) for fate in ("refuted", "stopped", "same", "kept", "unseen", "unreadable")
    }
    assert {one.of for one in found.hypotheses} == {r"t,s\ge0"}
    refuted = [one.at for one in found.hypotheses if one.fate == "refuted"]
    assert all(at.startswith("at ") for at in refuted)
    assert {at.rpartition(", ")[2] for at in refuted} == {"which it lets in", "which it shuts out"}


LENGTHS = {0: (0.5, 0.25), 1: (1.0, 0.75), 2: (1.0, 1.0), 3: (1.05, 1.05), 4: (1.0, 1.05), 5: (1.05, 1.0), 6: (1.05, 0.25)}


def _largest(problem: Any) -> Bindings:
    """The sum of the entries that are cut at 1, which is their sum if the largest of them is at most 1."""
    return {
        "v": value(lambda case: np.array(LENGTHS[case])),
        "p": value(lambda case: 2),
        "s": value(lambda case: sum(min(one, 1.0) for one in LENGTHS[case])),
    }


@pytest.mark.parametrize("listed", [(0, 1, 2, 3), (2, 0, 1, 3), (0, 1, 2, 3, 4, 5, 6)])
def test_a_wrong_version_that_no_listed_case_tells_apart_survives(listed: tuple[int, ...]) -> None:
    """Of cases whose entries are all too large, or none, the least entry says what the largest does: a page that prints it is false.

    Each case is looked at with other sizes, not the first one alone: of that one all entries may be alike.
    """
    claim = replace(ROOT, bind=_largest, exact="a sum of two", domain={"case": cases(*listed)}, fixed=("p", "s"))
    found = tallied(claim, r"s = \sum_{j=1}^{p}v_j", r"\max_{1\le j\le p}|v_j|\le1")
    texts = [one.partition(": ")[2] for one in found.survivors]
    told = [one.partition("; ")[0] for one in texts if "no point tells it from what is printed" in one]
    assert [r"\min_{1\le j\le p}|v_j|\le1".replace(" ", "") in one.replace(" ", "") for one in told].count(True) == (4 not in listed)
    assert bool(told) is (4 not in listed)
