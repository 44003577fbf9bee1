"""What underflow takes is an error, not nothing; what has no value has none to the power 0; a variance inherits what its argument lost."""

from __future__ import annotations

import numpy as np
import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Bindings, Claim, Evidence, Formula, Place, Verdict, closed, expectation, value, variable, variance
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

LAW = (np.array([0.5, 0.25, 0.25]), np.array([1.0, 2.0, 3.0]))
BINDINGS: Bindings = {
    "t": variable("t"),
    "s": value(lambda t: t**2 + 0.3),
    "x": value(lambda t: np.array([t, 1 - t])),
    "A": value(lambda t: np.array([[t, 1.0], [0.0, 2.0]])),
    "B": value(lambda t: np.array([[2.0, t / 4], [t / 4, 9.0]])),
    r"\mathbb{E}": expectation(lambda: LAW, "D"),
    r"\operatorname{Var}": variance(lambda: LAW, "D"),
}


def judged(text: str, arrays: bool) -> Evidence:
    claim = Claim(
        name="trial", exercise="toy", sentence="", domain={"t": closed(0.8, 3)}, bind=lambda: BINDINGS, sharp=(), identity="none", points=8
    )
    chain = read(Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=1)), vocabulary(BINDINGS))
    return agreement(chain, look_at(claim, None), arrays)


LOST = [
    r"\det\begin{pmatrix}10^{-200}t&0\\0&10^{-200}\end{pmatrix} = 0",
    r"\det(10^{-202}A) = 0",
    r"\operatorname{sign}(\det(10^{-200}A)) = 0",
    r"\lceil\langle10^{-200}x,10^{-200}x\rangle\rceil = 0",
    r"0^{\det(10^{-200}A)} = 1",
    r"10^{200}\sqrt{\det(10^{-200}A)} = 0",
    r"\operatorname{tr}((10^{-200}A)\otimes(10^{-200}A)) = 0",
    r"\operatorname{tr}((10^{-200}A)\odot(10^{-200}A)) = 0",
    r"\int_0^1(10^{-200}su)^2\,\mathrm du = 0",
    r"\sup_{u\in[0,1]}(10^{-200}su)^2 = 0",
    r"(10^{-200}A)^2 = 0A",
    r"\mathbb{E}[(10^{-200}D)^2] = 0",
    r"\operatorname{Var}(10^{-200}D) = 0",
    r"\|10^{-200}A\|_{\mathrm{op}}^2 = 0",
    r"\|10^{-200}x\|_B = 0",
    r"\operatorname{Var}(D+10^{17}-10^{17}) = 0",
    r"\operatorname{Var}(10^{17}\log(1+10^{-17}D)) = 0",
]


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize("text", LOST)
def test_what_underflow_or_rounding_took_is_no_support(text: str, arrays: bool) -> None:
    assert judged(text, arrays).verdict is not Verdict.SUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        r"10^{200}\cdot\det(10^{-200}A)\cdot10^{200} = \det A",
        r"10^{200}\cdot(10^{-200}A)^2\cdot10^{200} = A^2",
        r"\operatorname{sign}(\det(10^{-200}A)) = 1",
    ],
)
def test_what_is_true_is_not_refuted_for_it(text: str) -> None:
    assert judged(text, True).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "0t = 0",
        "t - t = 0",
        "x - x = 0x",
        r"\sin(0)t = 0",
        r"t\log1 = 0",
        r"\det(0A) = 0",
        r"\sqrt0t = 0",
        r"0^2t = 0",
        r"\sup_{u\in[0,1]}(-tu^2) = 0",
        r"\|x-x\| = 0",
        r"\langle0x,x\rangle = 0",
        r"\operatorname{Var}(t) = 0",
        r"10^{170}\|10^{-170}x\|_B = \|x\|_B",
        r"\det(10^{-100}A)\cdot10^{200} = 2t",
    ],
)
def test_an_exact_zero_stays_one(text: str, arrays: bool) -> None:
    assert judged(text, arrays).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("arrays", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        r"t\cdot(\frac10)^0 = t",
        r"t\cdot(\log(-t))^0 = t",
        r"1^{\frac10}t = t",
        r"1^{t!}t = t",
        r"t\sum_{k=0}^{0}(\log(-t))^k = t",
        r"t\mathbb{E}[(\log(-D))^0] = t",
        r"t\begin{pmatrix}\frac10&0\\0&1\end{pmatrix}^{0} = tA^0",
        r"t\operatorname{rank}\begin{pmatrix}\frac10&0\\0&1\end{pmatrix} = 2t",
        r"t\operatorname{rank}(10^{200s}A) = 2t",
        r"\lambda_{\max}(\begin{pmatrix}\frac10&0\\0&1\end{pmatrix}) = t",
    ],
)
def test_what_has_no_value_has_none_to_any_power(text: str, arrays: bool) -> None:
    assert judged(text, arrays).verdict is Verdict.UNDECIDED


def test_a_norm_needs_a_symmetric_and_positive_matrix() -> None:
    with pytest.raises(ContentError, match="symmetric and positive"):
        judged(r"\|x\|_A = t", True)


def test_a_norm_whose_index_is_a_number_is_none_with_a_matrix() -> None:
    with pytest.raises(ContentError, match=r"a norm whose index is a number, .* \\\|x\\\|_2"):
        judged(r"\|x\|_t = t", True)
