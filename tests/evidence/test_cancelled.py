r"""What operators and functions lose to rounding is in their errors: nothing true is refuted for it, nothing false supported."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Bindings, Claim, Formula, Place, Verdict, closed, function, probability, value, variable
from hwgen.reading import read, vocabulary

HALF = np.random.default_rng(101).standard_normal((7, 7))
FORM = HALF @ HALF.T
CORNERS = np.array(list(itertools.product((-1.0, 1.0), repeat=7)))


def _bound() -> Bindings:
    return {
        "M": value(lambda t: t * FORM),
        "V": value(lambda t: t * float(np.max(np.einsum("ki,ij,kj->k", CORNERS, FORM, CORNERS)))),
        "t": variable("t"),
        "n": value(lambda t: int(10 * t)),
        "x": value(lambda t: np.array([t, 1 - t])),
        "f": function(math.sin),
        "g": function(lambda u: u**3),
        "F": function(lambda u: float(math.floor(u))),
        "K": function(lambda u: float(u > 0)),
        r"\mathbb{P}": probability(lambda: (np.array([0.2, 0.3, 0.1, 0.4]), np.array([0.3, 1.0, 2.0, 3.0])), "D"),
    }


def _verdict(text: str, arrays: bool = True) -> Verdict:
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))
    chain = read(formula, vocabulary(_bound()))
    claim = Claim(name="trial", exercise="toy", sentence="", domain={"t": closed(0.8, 3)}, bind=_bound, sharp=(), identity="none", points=8)
    return agreement(chain, look_at(claim, None), arrays).verdict


SUPPORTED = [
    r"\sum_{k=0}^{\infty}\frac{(-2t)^k}{k!}=e^{-2t}",
    r"\sum_{k=0}^{\infty}(-1)^k\frac{\pi^{2k+1}}{(2k+1)!}=0",
    r"\int_{-t}^{t}f(u)\,\mathrm du=0",
    r"\int_0^t(f(u)^2+\cos^2(u)-1)\,\mathrm du=0",
    r"\int_0^{2\pi}f(u)\,\mathrm du=0",
    r"\sup_{u\in[0,t]}|f(2u)-2f(u)\cos(u)|=0",
    r"\inf_{u\in[0,1]}(g(u)-uuu)=0",
    r"\max_{\|u\|\le1}\langle u,x\rangle=\|x\|",
    r"\max_{\|u\|_\infty\le1}u^\top Mu=V",
    r"\sup_{u\in[0,1)}\mathbb{P}(D\le u)=0.2",
    r"\inf_{u\in(1,3)}\mathbb{P}(D<u)=0.5",
    r"\sup_{u\in[0,1)}F(u)=0",
    r"\inf_{u>0}K(u)=1",
    r"\sup_{u\in[0,1)}(F(u)+u)=1",
    r"\sup_{u\in(0,t)}\frac{f(u)}{u}=1",
    r"\int_0^1f(2000\pi u)\,\mathrm du=0",
    r"\max_{k\in\{1,2,3\}}f(k\pi)=0",
    r"f(t+t)=f(2t)",
    r"F(n+t+\frac13)=n+\lfloor t+\frac13\rfloor",
    r"F(nn+1)=n^2+1",
    r"\cos(10^6\pi)=1",
    r"\arcsin(\frac{3t}{t+t+t})=\frac\pi2",
]
NOT_REFUTED = [
    r"\sum_{k=1}^{\infty}\frac{10^{17}\log(1+10^{-17})+1}{2^k}=2",
    r"\sup_{u\in[0,1]}(g(u)+10^{17}\log(1+10^{-17}))=2",
    r"\int_0^1(g(u)+10^{17}\log(1+10^{-17}t))\,\mathrm du=\frac14+t",
    r"tf(\pi)=0",
    r"f(3\pi)+t=t",
    r"\sum_{k=1}^{3}f(k\pi)=0",
    r"tF(\log_{10}1000)=3t",
    r"tF(\frac{0.3}{0.1})=3t",
    r"tF(4.35\cdot100)=435t",
    r"\cos(5503538089186700\pi)=1",
    r"\tan(5503538089187000\pi)=0",
    r"t(1+3\cdot10^{-20})^{10^{20}}>10t",
    r"t(\sin^2t+\cos^2t)^{10^{18}}=t",
    r"t(0.1\cdot3-0.3+10^{-20})^{-1}>10^{19}",
    r"t\cdot|0.1\cdot3-0.3|^{0.01}=0",
    r"t\tan(\frac{\pi}{2}-10^{-17})>5\cdot10^{16}",
]
NOT_SUPPORTED = [
    r"\sum_{k=1}^{\infty}\frac{10^{17}\log(1+10^{-17})+1}{2^k}=1",
    r"\sup_{u\in[0,1]}(f(u)+10^{17}\log(1+10^{-17}t))=\sin(1)",
    r"\int_0^1(g(u)+10^{17}\log(1+10^{-17}t))\,\mathrm du=\frac14",
    r"\max_{\|u\|\le1}(\langle u,x\rangle+10^{17}\log(1+10^{-17}t))=\|x\|",
    r"\sup_{u\in[0,1)}\mathbb{P}(D\le u)=0.5",
    r"\sup_{u\in[0,1)}F(u)=1",
    r"\inf_{u>0}K(u)=0",
    r"tF(\log_{10}1000)=2t",
    r"tF(\frac{0.3}{0.1})=2t",
    r"tF(4.35\cdot100)=434t",
    r"\arcsin(1+5\cdot10^{-16})=\frac\pi2",
    r"\frac{1}{\log(-10^{-16})}=0",
    r"|0.1\cdot3-0.3|^{0.001}=0.964",
]


@pytest.mark.parametrize("text", SUPPORTED)
def test_a_true_formula_is_supported(text: str) -> None:
    assert _verdict(text) is Verdict.SUPPORTED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize("text", NOT_REFUTED)
def test_a_true_formula_that_rounding_hides_is_not_refuted(text: str, arrays: bool) -> None:
    assert _verdict(text, arrays) is not Verdict.REFUTED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize("text", NOT_SUPPORTED)
def test_a_false_formula_is_not_supported(text: str, arrays: bool) -> None:
    assert _verdict(text, arrays) is not Verdict.SUPPORTED
