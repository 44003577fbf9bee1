"""A proof holds for all values that its symbols allow: nothing is proved of what has no value for some of them."""

from __future__ import annotations

import pytest
import sympy as sp
from evidence.test_proof import P, S, X, judged

from hwgen.arithmetic.defined import Need, Sign, estimated
from hwgen.arithmetic.expressions import Expressions
from hwgen.model import Verdict


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # integrals over a pole
        (r"\int_{-p}^{p}\frac1{u^2}\,\mathrm du=-\frac2p", "wherever u runs"),
        (r"\int_{-x}^{x}\frac1{u^2}\,\mathrm du=-\frac2x", "wherever u runs"),
        (r"\int_{-p}^{p}\frac1{u^3}\,\mathrm du=0", "wherever u runs"),
        (r"\int_0^s\frac1{(u-1)^2}\,\mathrm du=\frac{s}{1-s}", "wherever u runs"),
        (r"\int_0^x\frac1{u-2}\,\mathrm du=\log(2-x)-\log2", "wherever u runs"),
        (r"\int_0^{2}\tan u\,\mathrm du=-\log(-\cos2)", "wherever u runs"),
        (r"\int_{-1}^{1}\log u\,\mathrm du=-2", "wherever u runs"),
        (r"\int_0^x|u|\,\mathrm du=\frac{x^2}2", ""),
        # extrema over a pole, and over nothing
        (r"\sup_{0\le u\le1}\frac1{u-\frac12}=2", "it is not shown that u - 1/2 is other than 0, for a quotient wherever u runs"),
        (r"\inf_{0\le u\le1}\frac1{u-\frac12}=-2", "wherever u runs"),
        (r"\sup_{u\in[-1,1]}\frac1u=1", "wherever u runs"),
        (r"\sup_{u\in[-1,1]}\frac1{u^3}=1", "wherever u runs"),
        (r"\sup_{0\le u\le3}\tan u=0", "wherever u runs"),
        (r"\inf_{0\le u\le1}\log u=0", "wherever u runs"),
        (r"\sup_{0\le u\le x}u^2=x^2", "it is not shown that x is at least 0, for an extremum over a range"),
        (r"\sup_{s\le u\le1}u=1", ""),
        (r"\sup_{0\le u<s}u=s", ""),
        # what SymPy cancels where it has no value
        (r"e^{\log x}=x", "it is not shown that x is positive, for a logarithm"),
        (r"\sqrt x\sqrt x=x", "it is not shown that x is at least 0, for a root"),
        (r"(\sqrt x)^4=x^2", "it is not shown that x is at least 0"),
        (r"x^{\frac13}x^{\frac13}x^{\frac13}=x", "for a power that is not whole"),
        (r"\sin(\arcsin x)=x", "for the arcsin of x"),
        (r"\cos(\arccos s)=s", "for the arccos of s"),
        (r"\frac xx=1", "it is not shown that x is other than 0, for a quotient"),
        (r"\frac ss=1", "it is not shown that s is other than 0"),
        (r"xx^{-1}=1", "for a negative power"),
        (r"\frac{x^2-y^2}{x-y}=x+y", "it is not shown that x - y is other than 0"),
        (r"\log s=\log s+0", "for a logarithm"),
    ],
)
def test_what_has_no_value_for_some_values_of_its_symbols_is_not_proved(text: str, said: str) -> None:
    found = judged(text)
    assert found.verdict is Verdict.UNDECIDED
    assert said in found.reason


@pytest.mark.parametrize(
    "text",
    [
        r"e^{\log p}=p",
        r"\sqrt s\sqrt s=s",
        r"\frac pp=1",
        r"\frac{x^2+1}{x^2+1}=1",
        r"\log(e^x)=x",
        r"\tan(\arctan x)=x",
        r"\int_0^s\frac1{(u+1)^2}\,\mathrm du=\frac{s}{1+s}",
        r"\int_1^{1+p}\frac1u\,\mathrm du=\log(1+p)",
        r"\int_{-1}^{1}u^2\,\mathrm du=\frac23",
        r"\int_0^1\frac1{\sqrt u}\,\mathrm du=2",
        r"\int_0^1\log u\,\mathrm du=-1",
        r"\int_0^\infty e^{-pu}\,\mathrm du=\frac1p",
        r"\sup_{1\le u\le2}\frac1u=1",
        r"\sup_{-s\le u\le s}u^2=s^2",
        r"\sup_{u\in(0,p)}u=p",
    ],
)
def test_what_has_a_value_for_all_of_them_is_proved_as_before(text: str) -> None:
    found = judged(text)
    assert (found.verdict, found.reason) == (Verdict.PROVED, "")


def test_what_a_formula_needs_is_shown_on_each_chart() -> None:
    text = r"\sin(\arccos x)\sin(\arccos x)=1-x^2"
    assert judged(text).verdict is Verdict.UNDECIDED
    assert judged(text, charts=({X: (1 - S) / (1 + S)},)).verdict is Verdict.PROVED
    assert judged(text, charts=({X: (1 - S) / (1 + S)}, {X: S})).verdict is Verdict.UNDECIDED


def test_a_need_is_met_only_where_it_is_shown() -> None:
    assert Need(P, Sign.POSITIVE, "").met({})
    assert Need(S, Sign.NONNEGATIVE, "").met({})
    assert not Need(S, Sign.POSITIVE, "").met({})
    assert not Need(X, Sign.NONNEGATIVE, "").met({})
    assert Need(-P * (1 + S), Sign.NONZERO, "").met({})
    assert not Need(X * P, Sign.NONZERO, "").met({})
    assert Need(X, Sign.NONZERO, "").met({X: -1 - S})


def test_a_range_without_an_end_holds_something_only_if_its_ends_differ() -> None:
    zero = sp.Integer(0)
    for left_out, sign in (((False, False), Sign.NONNEGATIVE), ((False, True), Sign.POSITIVE), ((True, False), Sign.POSITIVE)):
        algebra = Expressions()
        assert algebra.extremum("max", lambda u: u, zero, S, left_out) == S
        assert [(need.of, need.sign) for need in algebra.needs] == [(S, sign)]


def test_a_closed_form_is_compared_with_a_quadrature() -> None:
    """An antiderivative in terms of tan(u/2) jumps at pi: taken at the ends alone it misses what it jumps by."""
    u = sp.Symbol("u", real=True)
    body = 1 / (2 + sp.cos(u))
    assert estimated(body, u, sp.Integer(0), 2 * sp.pi, 2 * sp.pi / sp.sqrt(3))
    assert not estimated(body, u, sp.Integer(0), 2 * sp.pi, sp.Integer(0))
    assert not estimated(sp.Abs(u), u, sp.Integer(0), X, X**2 / 2 + P)
