r"""A printed hypothesis is under test: what is weaker than the truth is refuted with a point, what is not needed is told."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from hwgen.judging.claim import finding_of
from hwgen.model import Bindings, Claim, Finding, Formula, Need, Place, Verdict, cases, closed, integers, value, variable, vectors
from hwgen.model.errors import ContentError


def _for(text: str, line: int = 3) -> Formula:
    places = tuple(Place(file="templates/t.tex.j2", line=line, column=1 + k) for k in range(len(text)))
    return Formula(macro="for", name="trial", text=text, place=places[0], places=places)


def _omega() -> Bindings:
    r"""n(n+1)/delta against (n/delta)^3, by their logarithms: for all n >= 2 and 0 < delta <= 1, not at n = 1."""
    return {
        "A": value(lambda n, delta: math.log(n) + math.log(n + 1) - math.log(delta) if delta > 0 else math.nan),
        "n": variable("n"),
        r"\delta": variable("delta"),
    }


OMEGA = Claim(
    name="trial",
    exercise="toy",
    sentence="",
    domain={"n": integers(1, 9), "delta": closed(-0.5, 3)},
    bind=_omega,
    identity="trial",
    sharp=(),
    kept={r"\delta\le 1": "a probability; 1.15 is too large"},
)
FORMULA = r"A = \log\frac{n(n+1)}{\delta}"


def _found(text: str, *hypotheses: str, **different: Any) -> Finding:
    places = tuple(Place(file="templates/t.tex.j2", line=9, column=1 + k) for k in range(len(text)))
    printed = Formula(macro="checked", name="trial", text=text, place=places[0], places=places)
    given = tuple(_for(one, line=3 + k) for k, one in enumerate(hypotheses))
    return finding_of(replace(OMEGA, **different), replace(printed, hypotheses=given), None)


def _needs(found: Finding) -> dict[str, Need]:
    return {one.text: one.need for one in found.hypotheses}


def test_a_hypothesis_that_defines_a_side_is_needed() -> None:
    found = _found(FORMULA, r"0<\delta", kept={})
    assert (found.verdict, found.complaint) == (Verdict.SUPPORTED, "")
    assert _needs(found) == {r"0<\delta": Need.EXACT}
    assert found.hypotheses[0].said == "it has no value at n = 1, delta = 0"
