r"""A relation that holds to rounding and no further is not supported; one that holds is, whatever its symbols' rounding leaves."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.look import look_at
from hwgen.model import Binding, Claim, Evidence, Formula, Place, Verdict, closed, expectation, function, value, variable, variance
from hwgen.reading import read, vocabulary


def law() -> tuple[np.ndarray, np.ndarray]:
    return np.array([0.2, 0.3, 0.1, 0.4]), np.array([0.3, 1.0, 2.0, 3.0])


BOUND: dict[str, Binding] = {
    "t": variable("t"),
    "s": value(lambda t: t * t + 0.3),
    "x": value(lambda t: np.array([t, 1 - t])),
    "u": value(lambda t: np.array([math.cos(t), math.sin(t)])),
    "g": function(lambda z: z * z),
    "A": value(lambda t: np.array([[t, 1.0], [1.0, 2.0]])),
    r"\mathbb{E}": expectation(law, "D"),
    r"\operatorname{Var}": variance(law, "D"),
}


def judged(text: str) -> Evidence:
    claim = Claim(
        name="trial", exercise="toy", sentence="", domain={"t": closed(0.8, 3)}, bind=lambda: BOUND, sharp=(), identity="none", points=12
    )
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=1))
    return agreement(read(formula, vocabulary(BOUND)), look_at(claim, None))


@pytest.mark.parametrize(
    "text",
    [
        r"t = t(1+10^{-20})",
        r"t = \frac{t}{1+10^{-20}}",
        r"s = s(1+10^{-20})",
        r"s = s\cos(10^{-9})",
        r"s = (t^2+0.3)\cos(10^{-9})",
        r"g(t) = t^2e^{10^{-17}}",
        r"g(t) = g(t+10^{-20}t)",
        r"\cos(10^{-10}) = 1",
        r"\tanh(40) = 1",
        r"\frac{1}{1+e^{-1000t}} = 1",
        r"t = 1.00000000000000000001t",
        r"t\cdot94906267\cdot94906265 = t\cdot94906266^2",
        r"t^{1+10^{-20}} = t",
        r"e^{\pi\sqrt{163}} = 640320^3+744",
        r"\cosh(20)t = t\frac{e^{20}+e^{-21}}{2}",
        r"(10^{20}+1)t = 10^{20}t",
        r"(10^{20}+1)s = s\cdot(2+10^{20})",
        r"s\tanh(40) = \tanh(50)\,s",
        r"\frac{262537412640768744}{e^{\pi\sqrt{163}}}t = t",
        r"\|x\|(1+10^{-20}) = \|x\|",
        r"x^\top Ax(1+10^{-20}) = x^\top Ax",
        r"\frac{1-\cos(10^{-9}t)}{10^{-18}t^2} = 0",
        r"\frac{1-\cos(10^{-9})}{10^{-18}} = 0",
        r"\frac{(1+10^{-17}t)-1}{10^{-17}} = 0",
        r"10^{17}\log(1+10^{-17}t) = 0",
        r"10^{30}(\frac\pi2-\arctan(10^{20})) = 0",
        r"10^{50}(1-\operatorname{erf}(10)) = 0",
        r"10^{-200}\cdot10^{-200}\cdot10^{200}\cdot10^{200} = 0",
        r"10^{17}\det\begin{pmatrix}1&1\\1&1+10^{-17}t\end{pmatrix} = 0",
        r"1-\cos(10^{-9}t) = 10^{-16}",
        r"\log(1+10^{-17}t) = 10^{-18}t",
        r"\cosh(10^{-9})-1 = 10^{-17}",
        r"\frac1t-\frac1{t+10^{-17}} = 10^{-16}",
        r"\frac{e^{705}}{e^{710}} = 0",
        r"\frac{e^{700}}{1+e^{710}} = 0",
        r"1+\frac{10^{308}}{e^{710}} = 1",
        r"\lceil\frac{e^{700}}{1+e^{710}}\rceil = 0",
        r"\operatorname{sign}(\frac{1}{e^{1000}}) = 0",
        r"0^{\frac{1}{e^{1000}}} = 1",
        r"\frac{1}{\log(e^{-1000})} = 0",
        r"\sqrt[10^{17}\log(1+10^{-17}t)+1]{4} = 4",
        r"\sum_{k\in\{1,2\}}(10^{20}+k) = 2\cdot10^{20}",
        r"\sum_{z\in\{-1,1\}^2}(10^{20}+z_1z_2+1) = 4\cdot10^{20}",
        r"\sum_{k=1}^{\infty}\frac{10^{20}+k}{2^k} = 10^{20}",
        r"\|\begin{pmatrix}10^{20}\\t\end{pmatrix}\| = 10^{20}",
        r"\|\begin{pmatrix}10^{20}&0\\1&0\end{pmatrix}\|_{\mathrm{op}} = 10^{20}",
        r"\lambda_{\max}(\begin{pmatrix}10^{20}&1\\1&0\end{pmatrix}) = 10^{20}",
        r"\det\begin{pmatrix}10^{20}&1\\1&1\end{pmatrix} = 10^{20}",
        r"\mathbb{E}[(10^7+D)^2]-10^{14} = 2\cdot10^7\mathbb{E}[D]",
        r"\operatorname{Var}(10^8+D)+10^{20} = 10^{20}",
    ],
)
def test_what_differs_by_less_than_floats_see_is_not_supported(text: str) -> None:
    """Numbers alone are decided for good: there it is refuted."""
    assert judged(text).verdict in {Verdict.UNDECIDED, Verdict.REFUTED}


@pytest.mark.parametrize(
    "text",
    [
        r"s = t^2+0.3",
        r"g(t) = t^2",
        r"(t+1)^2 = t^2+2t+1",
        r"\sin^2t+\cos^2t = 1",
        r"\|u\| = 1",
        r"\|u\|^2 = u_1^2+u_2^2",
        r"\|x\|^2 = t^2+(1-t)^2",
        r"x^\top Ax = t^3+2t(1-t)+2(1-t)^2",
        r"0.1t+0.2t = 0.3t",
        r"\frac{t}{3}\cdot3 = t",
        r"\log(t^2) = 2\log t",
        r"\sum_ix_i = 1",
        r"\frac13t+\frac23t = t",
        r"\sqrt2\sqrt2\,t = 2t",
        r"\arctan(1)t = \frac{\pi}{4}t",
        r"\sum_{k=1}^{9} kt = 45t",
        r"\det A = 2t-1",
        r"10^{170}\|10^{-170}x\| = \|x\|",
        r"t-t = 0",
        r"s-t^2-0.3 = 0",
        r"\mathbb{E}[(D-t)^2] = \operatorname{Var}(D)+(\mathbb{E}[D]-t)^2",
        r"\mathbb{E}[g(D)] = 0.2g(0.3)+0.3g(1)+0.1g(2)+0.4g(3)",
        r"\mathbb{E}[tD\mid D>1] = 2.8t",
        r"\sum_{k=0}^{\infty}\frac{t^k}{k!} = e^t",
        r"\sum_{k\in\{1,2\}}g(kt) = 5t^2",
        r"\|A\|_{\mathrm{op}} = \lambda_{\max}(A)",
        r"\det(A^{-1}) = \frac{1}{2t-1}",
        r"e^{30}t = t\exp(30)",
        r"e^{300}t = t\exp(300)",
        r"e^{30}g(t) = g(t)\exp(30)",
        r"\cosh(200)s = s\cosh(200)",
        r"\cosh(20)t = t\frac{e^{20}+e^{-20}}{2}",
        r"(10^{20}+1)t = t\cdot(1+10^{20})",
        r"\sqrt{10^{40}+1}\,t = t\sqrt{1+10^{40}}",
        r"t\tanh(40) = \tanh(40)\,t",
    ],
)
def test_what_holds_is_supported(text: str) -> None:
    assert judged(text).verdict is Verdict.SUPPORTED
