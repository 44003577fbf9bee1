"""Formulas as printed, and the numbers they denote; and those that are refused, with what is said."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, Value, expectation, function, probability, value, variance
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

X, Y = np.array([1.0, -2.0, 0.5]), np.array([0.25, 1.5, 2.0])
A = np.array([0.5, -1.5, 2.0, 1.0])
W = np.arange(12.0).reshape(4, 3) / 7 - 0.6
G = np.array([[2.0, 0.5], [-0.3, 1.25]])
DICE = (np.full(6, 1 / 6), np.arange(1.0, 7.0))


def constant(number: Any) -> Value:
    return value(lambda: number)


BINDINGS: Mapping[str, Binding] = {
    "n": constant(5.0),
    "p": constant(4.0),
    r"\delta": constant(0.2),
    r"\rho": constant(0.3),
    "t": constant(1.7),
    "c": constant(-0.8),
    "s": constant(0.6),
    "x": constant(X),
    "x'": constant(Y),
    "a": constant(A),
    "w": constant(W),
    "G": constant(G),
    r"\hat K": constant(3.25),
    r"K_{\mathrm{NTK}}": constant(2.5),
    r"\lambda_0": constant(0.125),
    r"p^\star": constant(11.0),
    r"\sigma": function(np.tanh, lambda z: 1 - np.tanh(z) ** 2, lambda z: -2 * np.tanh(z) * (1 - np.tanh(z) ** 2)),
    r"\Lambda": function(lambda c, s: (abs(c) + math.sqrt(c * c + 4 * s * s)) / 2),
    r"\mathbb{E}": expectation(lambda: DICE, "D"),
    r"\mathbb{P}": probability(lambda: DICE, "D"),
    r"\operatorname{Var}": variance(lambda: DICE, "D"),
}


def _formula(text: str) -> Formula:
    places = tuple(Place(file="t.tex.j2", line=7, column=column + 1) for column in range(len(text)))
    return Formula(macro="checked", name="trial", text=text, place=places[0] if places else Place(file="t.tex.j2", line=7), places=places)


def _chain(text: str) -> Chain:
    return read(_formula(text), vocabulary(BINDINGS))


def _value(text: str) -> Any:
    return evaluate(_chain(f"{text} = 0").sides[0], scope_at(BINDINGS, {})).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\frac12 - \frac{1}{2\pi}\arccos\rho", 0.5 - math.acos(0.3) / (2 * math.pi)),
        (r"\tfrac12\log\frac{n(n+1)}{\delta}", 0.5 * math.log(30 / 0.2)),
        (r"-t^2 + 2t", -(1.7**2) + 3.4),
        (r"2^{-t}", 2**-1.7),
        (r"(-t)^2", 1.7**2),
        (r"e^{-2 p t^2}", math.exp(-8 * 1.7**2)),
        (r"\exp(-t)", math.exp(-1.7)),
        (r"\sqrt{t^2+1}\,n", math.sqrt(1.7**2 + 1) * 5),
        (r"\sqrt[3]{n}", 5 ** (1 / 3)),
        (r"\sqrt2", math.sqrt(2)),
        (r"n t/2", 4.25),
        (r"\frac{|c|+\sqrt{c^2+4s^2}}{2}", (0.8 + math.sqrt(0.64 + 1.44)) / 2),
        (r"\Lambda(c,s)", (0.8 + math.sqrt(0.64 + 1.44)) / 2),
        (r"\bigl|t\,c\bigr|", 1.36),
        (r"\left|\left|c\right| - t\right|", 0.9),
        (r"|c||t|", 1.36),
        (r"\|x\|_2^2", 5.25),
        (r"\|x\|\|x'\|", math.sqrt(5.25 * 6.3125)),
        (r"\langle x, x' \rangle", 0.25 - 3 + 1),
        (r"\left\langle x, 2x' \right\rangle", 2 * (0.25 - 3 + 1)),
        (r"x^\top x'", -1.75),
        (r"\|G\|_{\mathrm F}", math.sqrt(4 + 0.25 + 0.09 + 1.5625)),
        (r"\|G\|_{\mathrm{op}}", np.linalg.norm(G, 2)),
        (r"\|x x'^\top\|_{op}", math.sqrt(5.25 * 6.3125)),
        (r"\sum_{j=1}^{p} a_j", 2.0),
        (r"\sum_j a_j^2\,\sigma'(\langle w_j, x\rangle)^2", sum(A**2 * (1 - np.tanh(W @ X) ** 2) ** 2)),
        (r"\frac1p\sum_{j} a_j \|w_j\|^2", float(np.sum(A * np.sum(W**2, axis=1)) / 4)),
        (r"\sum_{i,j} G_{ij}^2", 4 + 0.25 + 0.09 + 1.5625),
        (r"\sum_{i \le j} G_{ij}", 3.75),
        (r"\sum_{i<j} G_{ij}", 0.5),
        (r"\sum_{1 \le j \le 3} a_j", 1.0),
        (r"\max_{j} |a_j|", 2.0),
        (r"1 + \max_{1\le j\le 2} a_j^2", 3.25),
        (r"\max(|c|, s)", 0.8),
        (r"\min\{n, p\}", 4.0),
        (r"a_2 G_{1,2}", -0.75),
        (r"\binom{5}{2}", 10.0),
        (r"\int_0^\infty e^{-u}\,\mathrm{d}u", 1.0),
        (r"\int_{0}^{t} \left( u^2 + 1 \right) \mathrm du", 1.7**3 / 3 + 1.7),
        (r"\sup_{|u| \le t} (u - u^2)", 0.25),
        (r"\sup_{0 \le u \le 2} u^2", 4.0),
        (r"\sup_{u \in \mathbb{R}} \frac{u}{1+u^2}", 0.5),
        (r"\mathbb{E}[D^2]", 91 / 6),
        (r"\mathbb{P}(|D - 3| \ge 2)", 0.5),
        (r"\mathbb{P}(D < 3)", 1 / 3),
        (r"\operatorname{Var}(2D)", 4 * 35 / 12),
        (r"\hat{K} - \lambda_0", 3.125),
        (r"K_{\mathrm{NTK}} p^\star", 27.5),
        (r"\sinh^2(t)", math.sinh(1.7) ** 2),
        (r"1 - \sinh^2 t", 1 - math.sinh(1.7) ** 2),
        (r"\sigma''(t)", -2 * math.tanh(1.7) * (1 - math.tanh(1.7) ** 2)),
        (r"\operatorname{arsinh} t", math.asinh(1.7)),
        (r"\left\|\begin{pmatrix} 0 & s \\ s & c \end{pmatrix}\right\|_{\mathrm{op}}", (0.8 + math.sqrt(0.64 + 1.44)) / 2),
        (r"0.25\cdot 2", 0.5),
        (r"\log(n)\,t", math.log(5) * 1.7),
        (r"\sum_{k=1}^{3} k^2", 14.0),
        (r"\prod_{k=1}^{4} k", 24.0),
    ],
)
def test_what_is_read_is_what_a_person_reads(text: str, expected: float) -> None:
    assert _value(text) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "said", "column"),
    [
        (r"t = 1/2\pi", "two ways after the slash", 8),
        (r"t = \log n/\delta", "where does the argument of", 11),
        (r"t = \log n(n+1)", "where does the argument of", 11),
        (r"t = \arccos\rho t", "where does the argument of", 17),
        (r"t = \log 2\pi", "where does the argument of", 11),
        (r"t = \log t^2", "read in two ways", 11),
        (r"t = |c|s|t|", "can be paired in two ways", 9),
        (r"t = t^12", "write ^{12}", 7),
        (r"t = e t", "'e' is not declared", 5),
        (r"t = d", "'d' is not declared", 5),
        (r"t = q", "'q' is not bound in claim trial; bound are n, p", 5),
        (r"t = \ar", r"Did you mean '\arctan'|'\\ar' is not bound", 5),
        (r"t + 1", "holds no relation", 1),
        (r"t = ", "ends too early", 3),
        (r"= t", "begins with a relation", 1),
        (r"t = (t", "expected ')' to close '('", 6),
        (r"t = \frac{t}{2", "expected '}' to close '{'", None),
        (r"t = s)", "')' has no partner", 6),
        (r"t = a/t/2", "two ways after the slash", 8),
        (r"t = t2", "the number 2 follows a factor", 6),
        (r"t = \sigma", "is not applied", None),
        (r"t = \sigma'''(t)", "declared with 2 derivatives, found 3 primes", None),
        (r"t = \sigma^2(t)", "a power of the function", None),
        (r"t = \text{so}", "is text", 5),
        (r"t = 1 + \dots", "leaves terms to be guessed", 9),
        (r"t \approx 1", "has no exact meaning|no partner", 3),
        (r"t = s'", "after 's', which is not a declared function or symbol with a prime", 6),
        (r"t = n!!", "double factorial", 7),
        (r"t = \int_0^1 u", r"expected \\mathrm", None),
        (r"t = \sup u^2", "over what", None),
        (r"t = 2 - - t", "follows an operator", 9),
    ],
)
def test_what_could_be_misread_is_refused_at_its_column(text: str, said: str, column: int | None) -> None:
    with pytest.raises(ContentError) as caught:
        _chain(text)
    assert caught.match(
        said.replace("(", r"\(").replace(")", r"\)").replace("^{12}", r"\^\{12\}") if "\\\\" not in said and "|" not in said else said
    )
    assert str(caught.value).startswith("t.tex.j2:7:")
    assert column is None or caught.value.place is None or caught.value.place.column == column


@pytest.mark.parametrize("text", ["x + t", "x + a", r"\langle x, a\rangle", "G x", r"\|t\|", "a_9", r"\sum_{j} t", r"t^x", r"\log x"])
def test_shapes_match_exactly(text: str) -> None:
    with pytest.raises(ShapeError):
        _value(text)


@pytest.mark.parametrize("text", [r"\log c", r"\arccos n", r"\sqrt c", r"\frac{1}{t-t}", r"c^{0.5}"])
def test_what_is_not_defined_is_no_number(text: str) -> None:
    assert math.isnan(_value(text))


def test_spacing_and_alignment_mean_nothing() -> None:
    plain, spaced = _chain("t = 2 n"), _chain("t &= \\; 2 \\, n \\\\")
    assert [evaluate(side, scope_at(BINDINGS, {})).value for side in plain.sides] == [
        evaluate(side, scope_at(BINDINGS, {})).value for side in spaced.sides
    ]


def test_a_chain_keeps_its_relations_in_order() -> None:
    assert [relation.symbol for relation in _chain(r"t \leq n = p \geq s < t").relations] == [r"\le", "=", r"\ge", "<"]


def test_the_symbols_used_are_known() -> None:
    assert _chain(r"\sigma(t) = \sum_{j} a_j").symbols == {r"\sigma", "t", "a"}


def test_a_function_sees_the_error_of_its_argument() -> None:
    bindings = {"t": value(lambda: 1.0, error=1e-3), r"\phi": function(lambda u: 50 * u)}
    found = evaluate(read(_formula(r"\phi(t) = 0"), vocabulary(bindings)).sides[0], scope_at(bindings, {}))
    assert 0.049 < found.error < 0.051
