r"""What rounding hides below a sum, a product, an extremum, an integral or a limit is not supported; what is seen there is."""

from __future__ import annotations

import pytest

from hwgen.evidence.agreement import agreement
from hwgen.judging.look import look_at
from hwgen.model import Binding, Claim, Evidence, Formula, Place, Verdict, closed, integers, variable
from hwgen.reading import read, vocabulary

BOUND: dict[str, Binding] = {"t": variable("t"), "n": variable("n")}


def judged(text: str) -> Evidence:
    domain = {"t": closed(0.8, 3), "n": integers(2, 6)}
    claim = Claim(name="trial", exercise="toy", sentence="", domain=domain, bind=lambda: BOUND, sharp=(), identity="none", points=12)
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=1))
    return agreement(read(formula, vocabulary(BOUND)), look_at(claim, None))


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{k=1}^{n} (k+10^{-20}) = \frac{n(n+1)}{2}",
        r"\sum_{k=1}^{n} (kt+10^{-20}) = t\frac{n(n+1)}{2}",
        r"\prod_{k=1}^{n} (k+10^{-20}) = n!",
        r"\max_{k\in[n]} (k+10^{-20}t) = n",
        r"\sup_{u\in[0,1]} (u+10^{-18}) = \frac tt",
        r"\sup_{u\in[0,1]} (u+10^{-20}t) = \frac tt",
        r"\sup_{u\in[0,1]} (1+10^{-20}u) = \frac tt",
        r"\sup_{u\in[0,1]} (u+\frac{10^{-20}tu^2}{2}) = \frac tt",
        r"\int_0^1 (tu-10^{-30}tu^2)\,\mathrm{d}u = \frac t2",
        r"\sup_{u\ge0} (1-e^{-u}+10^{-20}) = \frac tt",
        r"\inf_{u\in\mathbb{R}} (u^2+10^{-20}) = 0\cdot t",
        r"\inf_{u\in[0,1]} (u+t+10^{-20}) = t",
        r"\int_0^1 (u+10^{-20}t)\,\mathrm{d}u = \frac{t}{2t}",
        r"\int_0^1 u(u-10^{-20}t)\,\mathrm{d}u = \frac{t}{3t}",
        r"\int_0^1\int_0^1 (uv+10^{-20})\,\mathrm{d}u\,\mathrm{d}v = \frac{t}{4t}",
        r"\lim_{u\to0} (\cos u+10^{-20}t) = \frac tt",
    ],
)
def test_what_rounding_hides_below_an_operator_is_not_supported(text: str) -> None:
    assert judged(text).verdict in {Verdict.UNDECIDED, Verdict.REFUTED}


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{k=1}^{n} (k+1) = \frac{n(n+3)}{2}",
        r"\prod_{k=1}^{n} (k+t) = t^{-1}\prod_{k=0}^{n} (k+t)",
        r"\sup_{u\in[0,1]} (u+t) = 1+t",
        r"\sup_{u\in[0,1]} \max(u+t, 9) = 9\frac tt",
        r"\sup_{u\in[0,1]} (u+10^{-20}\cdot4^{30u}) = 1+10^{-20}\cdot4^{30}\frac tt",
        r"\int_0^1 10^{-20}tu\,\mathrm{d}u = \frac{10^{-20}t}{2}",
        r"\int_0^1 10^{-20}(tu+t)\,\mathrm{d}u = \frac{3\cdot10^{-20}t}{2}",
        r"\inf_{u\in\mathbb{R}} (u^2+10^{-6}) = 10^{-6}\frac tt",
        r"\int_0^1 (u+10^{-6}t)\,\mathrm{d}u = \frac12+10^{-6}t",
        r"\int_0^1 (e^{-10u}+t)\,\mathrm{d}u = \frac{1-e^{-10}}{10}+t",
        r"\int_{-1}^1 u(u^2+t)\,\mathrm{d}u = t-t",
        r"\int_{0}^{\infty} e^{-u}(u+t)\,\mathrm{d}u = 1+t",
        r"\lim_{u\to0} (\cos u+t) = 1+t",
    ],
)
def test_what_is_seen_below_an_operator_is_supported(text: str) -> None:
    found = judged(text)
    assert found.verdict is Verdict.SUPPORTED, found.reason or found.counterexample
