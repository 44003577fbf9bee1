"""Relations between numbers alone are decided for good, however large; roots of odd degree are those of every number."""

from __future__ import annotations

import contextlib
import math

import numpy as np
import pytest

from hwgen.arithmetic import scalars
from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.agreement import agreement
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.judging.claim import look_at
from hwgen.model import Approx, Binding, Claim, Evidence, Formula, Place, Verdict, closed, variable
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary
from hwgen.verify.functions import FUNCTIONS

BOUND: dict[str, Binding] = {"t": variable("t")}


def bound(problem: object) -> dict[str, Binding]:
    return dict(BOUND)


def judged(text: str, arrays: bool) -> Evidence:
    claim = Claim(name="trial", exercise="toy", sentence="", domain={"t": closed(-2, 3)}, bind=bound, sharp=(), identity="none", points=12)
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))
    with np.errstate(all="ignore"):
        return agreement(read(formula, vocabulary(BOUND)), look_at(claim, None), arrays)


TRUE = (
    r"2^{61}-2 = 2305843009213693950",
    r"2^{61}-1 = 2305843009213693951",
    r"\frac{100!}{98!} = 9900",
    r"\frac{200!}{198!} = 39800",
    r"\frac{1999!}{1998!} = 1999",
    r"25! = 15511210043330985984000000",
    r"\prod_{k=1}^{25} k = 25!",
    r"\sum_{k=0}^{60} 2^k = 2^{61} - 1",
    r"2^{100} = 1267650600228229401496703205376",
    r"\binom{1000}{500} = \frac{1000!}{500!\cdot500!}",
    r"\lfloor\pi\cdot10^{20}\rfloor = 314159265358979323846",
    r"\lceil\pi\cdot10^{20}\rceil = 314159265358979323847",
    r"\lfloor e^{\pi\sqrt{163}}\rfloor = 262537412640768743",
    r"10^{400} = 10\cdot10^{399}",
    r"\sqrt2\cdot\sqrt2 = 2",
    r"\sqrt[3]{-8} = -2",
)
FALSE = (
    r"2^{61}-2 = 2305843009213693951",
    r"2^{61}-2 = 2305843009213693952",
    r"\frac{100!}{98!} = 9901",
    r"\frac{200!}{198!} = 39801",
    r"25! = 15511210043330985984000001",
    r"\sum_{k=0}^{60} 2^k = 2^{61}",
    r"\binom{1000}{500} = \frac{1000!}{500!\cdot501!}",
    r"\lfloor\pi\cdot10^{20}\rfloor = 314159265358979323847",
    r"e^{\pi\sqrt{163}} = 262537412640768744",
    r"\lfloor10^{20}+1\rfloor = 10^{20}",
    r"\sqrt2 = 1.41421356237309504880168872",
    r"10^{400} > 10\cdot10^{399}",
    r"1+10^{-20} = 1",
    r"\sqrt[3]{-8} = 2",
)


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_of_numbers_alone_is_supported(text: str, arrays: bool) -> None:
    assert judged(text, arrays).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_of_numbers_alone_is_refuted(text: str, arrays: bool) -> None:
    found = judged(text, arrays)
    assert found.verdict is Verdict.REFUTED
    assert found.counterexample


@pytest.mark.parametrize("text", [r"\sum_{k=0}^\infty 2^{-k} = 2", r"\sup_{u\in[0,1]} u = 1", r"\int_0^1 u\,\mathrm{d}u = \frac12"])
def test_what_is_searched_or_without_end_is_judged_as_before(text: str) -> None:
    found = judged(text, arrays=True)
    assert (found.verdict, found.tolerance > 0) == (Verdict.SUPPORTED, True)


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"\sqrt[3]{t^3} = t", Verdict.SUPPORTED),
        (r"\sqrt[5]{-t} = -\sqrt[5]{t}", Verdict.SUPPORTED),
        (r"\sqrt[3]{t^3} = |t|", Verdict.REFUTED),
        (r"\sqrt[3]{t}\sqrt[3]{t}\sqrt[3]{t} = t", Verdict.SUPPORTED),
        (r"\sqrt[4]{t^4} = t", Verdict.REFUTED),
        (r"\sqrt[4]{t}^4 = t", Verdict.UNDECIDED),
        (r"(t^3)^{1/3} = t", Verdict.UNDECIDED),
        (r"\sqrt{t}^2 = t", Verdict.UNDECIDED),
    ],
)
def test_a_root_of_odd_degree_is_that_of_every_number(text: str, verdict: Verdict, arrays: bool) -> None:
    assert judged(text, arrays).verdict is verdict


@pytest.mark.parametrize(
    "text", [r"\int_{-8}^{-1} \sqrt[3]{u}\,\mathrm{d}u", r"\sup_{u\in[-8,8]} \sqrt[3]{u}", r"\lim_{u\to-8} \sqrt[3]{u}"]
)
def test_below_an_operator_it_has_its_value_or_is_refused(text: str) -> None:
    formula = Formula(macro="checked", name="trial", text=f"{text} = 0", place=Place(file="t.tex.j2", line=7))
    expected = {"i": -45 / 4, "s": 2.0, "l": -2.0}[text[1]]
    found = math.nan
    with contextlib.suppress(ContentError, ShapeError):
        found = float(evaluate(read(formula, vocabulary({})).sides[0], scope_at({}, {})).value)
    assert math.isnan(found) or found == pytest.approx(expected)


def test_a_root_near_zero_is_known_no_better_than_its_argument() -> None:
    found = scalars.root(Approx(value=-1e-20, error=1e-9), Approx(value=3.0, error=0.0))
    assert found.value - found.error <= -0.000999
    assert found.value + found.error >= 0.000999


def test_the_second_opinion_takes_the_same_root() -> None:
    assert FUNCTIONS["root"](-8.0, 3.0) == pytest.approx(-2.0)
    assert FUNCTIONS["root"](8.0, 3.0) == pytest.approx(2.0)
