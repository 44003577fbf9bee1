r"""What is printed around a declared function does between its samples what it does at them, or has no value."""

from __future__ import annotations

import math

import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Approx, Formula, Place, function, value
from hwgen.reading import read, vocabulary

BINDINGS = {"f": function(math.sin), "g": function(lambda u: u**3), "t": value(lambda: 1.5)}
WORDS = vocabulary(BINDINGS)


def found(text: str) -> Approx:
    chain = read(Formula(macro="checked", name="straight", text=f"0 = {text}", place=Place(file="t.tex.j2", line=1)), WORDS)
    value: Approx = evaluate(chain.sides[1], scope_at(BINDINGS, {}))
    return value


@pytest.mark.parametrize(
    "text",
    [
        r"\sup_{u\in[0,2]}(1+e^{-10^{12}\cdot(f(u)-0.5)^2})",
        r"\inf_{u\in[0,2]}(g(u)-e^{-10^{12}\cdot|f(u)-0.5|})",
        r"\int_0^2(1+10^5e^{-10^{12}\cdot f(u-0.123456)^2})\,\mathrm du",
        r"\int_0^2(1+\frac{10^{-20}}{(f(u)-0.5)^2})\,\mathrm du",
        r"\sup_{u\in[0,2]}(1+\frac{10^{-20}}{f(u)-0.5})",
        r"\sup_{u\in[0,2]}(1-10^{-20}\log|f(u)-0.5|)",
        r"\sup_{u\in[0,2]}(1+(1-(f(u)-0.5)^2)^{10^{12}})",
        r"\sup_{u\in[0,2]}\sum_{k=1}^{3}e^{-10^{12}\cdot(f(u)-\frac{k}{5})^2}",
        r"\sup_{u\in[0,2]}\sum_{k=1}^{3}f(k)e^{-10^{12}\cdot(u-\frac{k}{7})^2}",
        r"\sup_{u\in[0,2]}f(u+5e^{-10^{12}\cdot(g(u)-t)^2})",
    ],
)
def test_a_peak_in_the_value_of_a_declared_function_is_refused(text: str) -> None:
    with pytest.raises(ShapeError, match="faster than samples"):
        found(text)


@pytest.mark.parametrize(
    "text",
    [
        r"\sup_{u\in(1,2]}f(u)\cdot(1+\frac{10^{-30}}{u-1})",
        r"\sup_{u\in[0,t)}\frac{f(u)\cdot(t-u)+10^{-30}}{t-u}",
        r"\inf_{u\in(1,2]}\frac{f(u)}{1+10^{-300}\cdot\frac{1}{u-1}-10^{-20}\log(u-1)}",
        r"\inf_{u\in(1,2]}f(u+\frac{10^{-30}}{u-1})",
        r"\inf_{u\in(1,2]}f(u)\cdot(1+\frac{1}{\sqrt{u-1}}-\frac{10^{-30}}{u-1})",
        r"\int_1^2\frac{f(u)\cdot(u-1)+10^{-30}}{u-1}\,\mathrm du",
        r"\int_1^2f(u)\cdot(\frac{1}{\sqrt{u-1}}+\frac{10^{-30}}{u-1})\,\mathrm du",
        r"\sup_{u\in(1,2]}f(u)\cdot(1-10^{-20}\log(u-1))",
    ],
)
def test_what_grows_unseen_beside_an_end_is_refused(text: str) -> None:
    with pytest.raises(ShapeError, match="faster than samples"):
        found(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (r"\sup_{u\in[0,2]}e^{f(u)}", math.e),
        (r"\int_0^{1}\sqrt{1-f(u)^2}\,\mathrm du", math.sin(1)),
        (r"\sup_{u\in[0.1,1]}\frac{f(2u)}{2f(u)\cos(u)}", 1.0),
        (r"\sup_{u\in(0,1]}\frac{g(u)-u^3+f(u)}{u}", 1.0),
        (r"\sup_{u\in(1,2]}\frac{g(u)-1}{u-1}", 7.0),
        (r"\int_0^1\frac{g(u)}{\sqrt{u}}\,\mathrm du", 2 / 7),
        (r"\int_0^1\frac{1}{1+f(u)^2}\,\mathrm du", 0.8093528),
    ],
)
def test_what_is_smooth_around_a_declared_function_has_its_value(text: str, known: float) -> None:
    assert found(text).value == pytest.approx(known, abs=2e-6)
