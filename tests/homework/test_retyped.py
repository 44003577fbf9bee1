"""A claim of the homework whose oracle is the printed formula typed again is found out, also where no changed problem is declared."""

from __future__ import annotations

import math
from dataclasses import replace

from hwgen.homework import exercises
from hwgen.judging.chains import chain_of
from hwgen.judging.independence import own_oracle
from hwgen.model import Bindings, Claim, Formula, Place, catalog, value

CONTENT = catalog.load(exercises.__name__)
PRINTED = r"\delta_n = \exp\left(-\frac12\left(\log(n(n+1))-\frac12\right)^2\right)"


def _typed(n: int) -> float:
    exponent = math.log(n * (n + 1)) - 0.5
    return math.exp(-(exponent**2) / 2)


def _bound() -> Bindings:
    return {r"\delta_n": value(_typed)}


def _said(claim: Claim) -> str:
    formula = Formula(macro="checked", name=claim.name, text=PRINTED, place=Place(file="templates/t.tex.j2", line=1))
    problem = CONTENT.problem(claim)
    return own_oracle(chain_of(claim, formula, problem), claim.bindings(problem))


def test_an_identity_is_not_exempt() -> None:
    claim = CONTENT.of(Claim)["beats_union"]
    assert claim.identity
    assert _said(claim) == ""
    assert r"\delta_n is bound to tests/homework/test_retyped.py:" in _said(replace(claim, bind=_bound))
