"""What two hypotheses promise is not refuted beyond them, at a point that only the errors of a boundary let in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from judging.hypothetical import ROOT, stated

from hwgen.model import Claim, Verdict, closed, integers, variable

NUMBERS: Claim = replace(
    ROOT,
    domain={"t": closed(0.3, 2.5), "s": closed(0.4, 3.0), "n": integers(2, 5)},
    bind=lambda problem: {name: variable(name) for name in "tsn"},
)


@pytest.mark.parametrize(
    ("text", "hypotheses"),
    [
        (r"|t-s|+n = s-t+n", [r"t\le s", r"n\ge2"]),
        (r"|t-s|+n = s-t+n", [r"t\le s", r"n\le4"]),
        (r"\max(ts,1)+n = 1+n", [r"ts\le1\le n"]),
        (r"\max(t+s,2)n = 2n", [r"t+s\le2\le n"]),
        (r"|t^2-s|+n = t^2-s+n", [r"t^2\ge s", r"n\ge2"]),
    ],
)
def test_a_true_relation_is_not_refuted_where_only_errors_let_a_point_in(text: str, hypotheses: list[str]) -> None:
    found = stated(NUMBERS, text, *hypotheses)
    assert found.verdict is Verdict.SUPPORTED, found.complaint


@pytest.mark.parametrize("weaker", [r"t\le1.01s", r"ts\le1.01\le n", r"t-s\le0.001"])
def test_a_hypothesis_that_lets_in_more_than_errors_is_refuted(weaker: str) -> None:
    right = r"\max(ts,1)+n = 1+n" if weaker.startswith("ts") else "|t-s|+n = s-t+n"
    assert stated(NUMBERS, right, weaker, r"n\ge2").verdict is Verdict.REFUTED
