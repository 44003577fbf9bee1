"""Atoms of a law that are computed are known to their rounding: a difference of them that rounding made is not taken for one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError, Undecided
from hwgen.evidence.agreement import agreement
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.judging.claim import look_at
from hwgen.model import Bindings, Claim, Formula, Place, Verdict, closed, expectation, probability, value, variable
from hwgen.reading import read, vocabulary


def law(t: float) -> Any:
    return np.array([0.2, 0.3, 0.1, 0.4]), np.array([t, t * t / t, 2 * t, (t + 0.3) * 3 - 0.9])


def beside(t: float) -> Any:
    return np.array([0.2, 0.8]), np.array([t * (1 + 4e-16), 2 * t])


def judged(text: str, of: Any, arrays: bool) -> Verdict:
    bound: Bindings = {"t": variable("t"), r"\mathbb{P}": probability(of, "D"), r"\mathbb{E}": expectation(of, "D")}
    claim = Claim(
        name="k", exercise="toy", sentence="", domain={"t": closed(0.8, 3)}, bind=lambda: bound, sharp=(), identity="none", points=8
    )
    chain = read(Formula(macro="checked", name="k", text=text, place=Place(file="t.tex.j2", line=1)), vocabulary(bound))
    try:
        return agreement(chain, look_at(claim, None), arrays).verdict
    except Undecided:
        return Verdict.UNDECIDED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        r"t\mathbb{P}(D-t\le0) = 0.5t",
        r"t\mathbb{P}(D-t<0) = 0\cdot t",
        r"t\mathbb{P}(D-t=0) = 0.5t",
        r"t\mathbb{P}(2(D-t)\le0) = 0.5t",
        r"t\mathbb{P}((D-t)(D-2t)=0) = 0.6t",
        r"t\mathbb{E}[\mathbf1\{D-t>0\}] = 0.5t",
        r"t\mathbb{E}[\operatorname{sign}(D-t)] = 0.5t",
    ],
)
def test_what_is_true_of_atoms_is_not_refuted_by_their_rounding(text: str, arrays: bool) -> None:
    assert judged(text, law, arrays) is not Verdict.REFUTED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        r"t\mathbb{P}(D-t>0) = t",
        r"t\mathbb{P}(D-t\le0) = 0\cdot t",
        r"t\mathbb{E}[\mathbf1\{D-t>0\}] = t",
        r"t\mathbb{E}[\operatorname{sign}(D-t)] = t",
    ],
)
def test_what_their_rounding_makes_true_is_not_supported(text: str, arrays: bool) -> None:
    assert judged(text, beside, arrays) is not Verdict.SUPPORTED


def test_the_same_said_without_a_difference_is_decided() -> None:
    assert judged(r"t\mathbb{P}(D\le t) = 0.5t", law, True) is Verdict.SUPPORTED
    assert judged(r"t\mathbb{P}(D\le t) = 0.2t", law, True) is Verdict.REFUTED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        r"t\sup_{u\in[0,9]}\mathbb{P}(D=u) = 0\cdot t",
        r"t\sup_{u\in[0,9]}\mathbb{P}(|D-u|\le10^{-9}) = 0\cdot t",
        r"t\sup_{u\in[0,9]}\mathbb{P}(u<D\le u+10^{-7}) = 0\cdot t",
        r"t\inf_{u\in[0,9]}(1-\mathbb{P}(D\le u)+\mathbb{P}(D<u)) = t",
    ],
)
def test_an_event_in_a_window_that_no_sample_shows_is_refused(text: str, arrays: bool) -> None:
    with pytest.raises(ShapeError, match="no sample shows"):
        judged(text, beside, arrays)


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    ("event", "said"),
    [(r"(D-u)^2\le10^{-18}", "which may jump elsewhere than at single atoms of its law"), (r"D>t\mid D>u", "given what has probability 0")],
)
def test_an_integral_of_what_jumps_unseen_is_refused(event: str, said: str, arrays: bool) -> None:
    with pytest.raises(ShapeError, match=said):
        judged(rf"t\int_0^9\mathbb{{P}}({event})\,\mathrm du = t", beside, arrays)


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(("event", "value"), [("D>u", "1.8t^2"), (r"D\le tu", "9t-1.8t")])
def test_an_integral_of_what_jumps_at_atoms_is_that_of_its_pieces(event: str, value: str, arrays: bool) -> None:
    assert judged(rf"t\int_0^9\mathbb{{P}}({event})\,\mathrm du = {value}", beside, arrays) is Verdict.SUPPORTED
    assert judged(rf"t\int_0^9\mathbb{{P}}({event})\,\mathrm du = {value}+0.1", beside, arrays) is Verdict.REFUTED


@pytest.mark.parametrize("text", [r"t\sup_{u\in[0,1.5t)}\mathbb{P}(D\le u) = 0.2t", r"t\sup_{u\in[0,9]}\mathbb{P}(D-u>0) = t"])
def test_an_event_with_one_threshold_has_its_supremum(text: str) -> None:
    assert judged(text, beside, True) is Verdict.SUPPORTED


@pytest.mark.parametrize(("least", "found"), [(0.0, math.nan), (0.5, 0.2661265390620576)])
def test_what_has_no_value_at_any_atom_has_none_and_is_not_said_to_vary(least: float, found: float) -> None:
    drawn = np.random.default_rng(1).standard_normal(200)
    bound: Bindings = {r"\mathbb{E}": expectation(lambda: (np.full(200, 1 / 200), drawn), "a"), r"\mu": value(lambda: least)}
    text = r"\mathbb{E}[\max(0,\frac{a^2}{2\mu}-|a|)] = 0"
    chain = read(Formula(macro="checked", name="k", text=text, place=Place(file="t.tex.j2", line=1)), vocabulary(bound))
    with np.errstate(all="ignore"):
        assert evaluate(chain.sides[0], scope_at(bound, {})).value == pytest.approx(found, nan_ok=True)
