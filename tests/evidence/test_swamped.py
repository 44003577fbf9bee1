r"""A relation that does not see one of its own terms says nothing of it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Bindings, Claim, Evidence, Formula, Place, Verdict, closed, value, variable
from hwgen.reading import read, vocabulary


def _bound() -> Bindings:
    return {
        "v": value(lambda t: math.exp(2 * math.log(t))),
        "q": value(lambda t: 1e-17 * t),
        "w": value(lambda t: np.array([t, math.exp(2 * math.log(t))])),
        "e_1": value(lambda: np.array([1.0, 0.0])),
        "e_2": value(lambda: np.array([0.0, 1.0])),
        "t": variable("t"),
    }


def _found(text: str, arrays: bool) -> Evidence:
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))
    chain = read(formula, vocabulary(_bound()))
    claim = Claim(
        name="trial", exercise="toy", sentence="", domain={"t": closed(0.8, 3)}, bind=_bound, sharp=(), identity="none", points=24
    )
    return agreement(chain, look_at(claim, None), arrays)


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    ("text", "term"),
    [
        (r"v + 10^{15}t = (10^{15}+2)t", "v"),
        (r"v + 10^{16} = t^2 + 10^{16} + 1", "v"),
        (r"10^{16}v = 10^{16}t^2+10", "10"),
        (r"v = t^2+0.4\cdot10^{-3}+(t+10^{13})-10^{13}-t", r"0.4\cdot10^{-3}"),
        (r"q = (1+2\cdot10^{-17}t)-1", r"2\cdot10^{-17}t"),
        (r"v = t^2+10^{13}(1-\cos(10^{-8}t))", r"10^{13}(1-\cos(10^{-8}t))"),
        (r"w = 10^{-18}e_1 + te_1 + ve_2", r"10^{-18}e_1"),
    ],
)
def test_a_term_that_drowns_is_named_and_nothing_is_supported(text: str, term: str, arrays: bool) -> None:
    found = _found(text, arrays)
    assert found.verdict is Verdict.UNDECIDED
    assert found.reason.startswith(f"{term} is at every point less than what rounding")


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        r"v + t - t = t^2",
        r"v - t^2 + 10^{-3} = 10^{-3}",
        r"w = te_1 + ve_2",
        r"v + 10^6t = t^2 + 10^6t",
        "v = t^2 + 0",
        r"v + \int_{-1}^1 u^3\,\mathrm du = t^2",
    ],
)
def test_terms_that_can_be_seen_are_welcome(text: str, arrays: bool) -> None:
    assert _found(text, arrays).verdict is Verdict.SUPPORTED
