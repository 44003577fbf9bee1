"""No exception but a message, and no hang: wrong shapes and counts, ranges of any size, deep nesting, long formulas."""

from __future__ import annotations

import time

import numpy as np
import pytest

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Formula, Place, function, value
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

LIMIT = 2.0
BINDINGS = {
    "t": value(lambda: 1.5),
    "n": value(lambda: 4.0),
    "x": value(lambda: np.array([1.0, -2.0])),
    "A": value(lambda: np.array([[2.0, 0.5], [0.5, 1.0]])),
    "N": value(lambda: np.array([[0.0, 1.0], [0.0, 0.0]])),
    "f": function(lambda u: u + 1),
    "g": function(lambda u, v: u * v),
}


def outcome(text: str) -> tuple[str, float]:
    """The message, or nothing where there is a value; and the seconds it took."""
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    started = time.process_time()
    try:
        chain = read(Formula(macro="checked", name="k", text=text, place=places[0], places=places), vocabulary(BINDINGS))
        for side in chain.sides:
            evaluate(side, scope_at(BINDINGS, {}))
    except ContentError as error:
        return error.message, time.process_time() - started
    return "", time.process_time() - started


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"t = f(t,n)", "f is applied to 2 arguments"),
        (r"t = g(t)", "g is applied to 1 argument"),
        (r"t = x_3", "is outside"),
        (r"t = x_{1,1}", "is outside"),
        (r"t = A x A", "inner dimensions"),
        (r"t = x + t", "a sum of shapes"),
        (r"t = x^2", "square matrix"),
        (r"t = A^{0.5}", "expected a whole number up to 100"),
        (r"t = A^{10^9}", "expected a whole number up to 100"),
        (r"t = \det x", "square matrix"),
        (r"t = \lambda_{\min}(N)", "not symmetric"),
        (r"t = \|A\|_1", "expected a vector"),
        (r"t = \|x\|_{x}", "does not fit|expected a vector and its matrix|inner dimensions"),
        (r"t = \sum_{k=1}^{10^6} k", "more than 20000 terms"),
        (r"t = \sum_{k=1}^{10^{18}} k", "more than 20000 terms"),
        (r"t = \sum_{i,j=1}^{1000} ij", "more than 20000 terms"),
        (r"t = \sum_{|k|\le 10^9} k", "more than 20000 terms"),
        (r"t = \max_{k\in\{1,\dots,10^9\}} k", "more than 20000 terms"),
        (r"t = \sum_{u\in\{-1,1\}^{40}} u_1", "is not taken one by one"),
        (r"t = \sum_{k=1}^{\infty} \frac1k", "whose tail is not bounded"),
        (r"t = \sum_{k=1}^{t} k", "whole number"),
        (r"t = \prod_{k=1}^{\infty} k", "an infinite product"),
        (r"t = \int_0^A f(u)\,\mathrm du", "an end of a range of an array"),
        (r"t = \sup_{0\le u\le x} f(u)", "an end of a range of an array"),
        (r"t = \sup_{\|u\|_\infty\le 1A} \langle u,x\rangle", "radius of an array"),
        (r"t = \max_{\|u\|=x} \langle u,x\rangle", "radius of an array"),
        (r"t = \int_0^1 xf(u)\,\mathrm du", "an integrand of an array"),
        (r"t = \sup_{u\in[0,1]} xf(u)", "an extremum of an array"),
        (r"t = \int_0^1\int_0^1\int_0^1 f(u)vw\,\mathrm du\,\mathrm dv\,\mathrm dw", "steps to evaluate"),
        (r"t = \sum_{i=1}^{200}\sum_{j=1}^{200}\sum_{k=1}^{200} ijk", "steps to evaluate"),
        (r"t = \sup_{\|u\|\le 10} t", "dimension of u is not said"),
        ("t = " + "(" * 400 + "t" + ")" * 400, "nested too deeply"),
        ("t = " + r"\sqrt{" * 400 + "t" + "}" * 400, "nested too deeply"),
        ("t = " + r"\frac{1}{" * 400 + "t" + "}" * 400, "nested too deeply"),
        ("t = " + "t^{" * 400 + "t" + "}" * 400, "nested too deeply"),
        ("t = " + r"\left|" * 400 + "t" + r"\right|" * 400, "nested too deeply"),
        ("t = " + r"f(" * 400 + "t" + ")" * 400, "nested too deeply"),
    ],
)
def test_what_cannot_be_evaluated_gets_a_message_in_time(text: str, said: str) -> None:
    message, seconds = outcome(text)
    assert any(one in message for one in said.split("|")), message
    assert seconds < LIMIT


@pytest.mark.parametrize(
    "text",
    [
        "t = " + "+".join(["t"] * 600),
        "t = " + "-".join(["t"] * 600),
        "t = " + r"\cdot ".join(["t"] * 600),
        "t = " + "t" * 600,
        "t = " + "(" * 40 + "t" + ")" * 40,
        r"t = \binom{10^6}{5}",
        r"t = \binom{10^6}{500000}",
        r"t = 1000000!",
        r"t = \sum_{k=1}^{1000} k",
        r"t = e^{10^9}",
        r"t = 10^{400}",
        r"t = 0^{-1}",
        r"t = N^{-1}",
        r"t = \sum_{k=5}^{3} k",
        # what does not vary below an operator is computed once
        r"t = \sup_{z\in[0,1]} (\int_0^{2\pi} \sin^2 u\,\mathrm du + z)",
        r"t = \max_{z\in[0,1]} (z - \sup_{u\in[0,1]} (u-u^2))",
        r"t = \int_0^1 (v + \sup_{u\in[0,1]} f(u))\,\mathrm dv",
        r"t = \sup_{\|u\|\le1} \|Au\|",
    ],
)
def test_what_is_large_has_a_verdict_in_time(text: str) -> None:
    message, seconds = outcome(text)
    assert not message
    assert seconds < LIMIT
