r"""Indices above and below, families of functions, numbers of two digits, and names that a formula defines itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, function, value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

X = np.arange(1.0, 25.0).reshape(12, 2)
W = np.array([0.5, -2.0])
BINDINGS: Mapping[str, Binding] = {
    "t": value(lambda: 1.5),
    "s": value(lambda: 0.25),
    "x": value(lambda: X),
    "y": value(lambda: X[:, 0] ** 2),
    "w": value(lambda: W),
    "f": function(lambda i, u: u**i, lambda i, u: i * u ** (i - 1)),
    r"\ell": function(lambda i, j, u: i + 10 * j + u),
}


def chain(text: str) -> Chain:
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    return read(Formula(macro="checked", name="kappa", text=text, place=places[0], places=places), vocabulary(BINDINGS))


def number(text: str) -> float:
    return float(evaluate(chain(f"0 = {text}").sides[1], scope_at(BINDINGS, {})).value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\sum_{i=1}^{12} w^\top x^{(i)}", float(sum(X @ W))),
        (r"\sum_{i=1}^{12} \langle w, x^{(i)}\rangle^2", float(sum((X @ W) ** 2))),
        (r"\sum_{i=1}^{12} x^{(i)}_2", float(sum(X[:, 1]))),
        (r"\sum_{i=1}^{12} x_2^{(i)}", float(sum(X[:, 1]))),
        (r"\sum_{i=1}^{11} x^{(i+1)}_1 y_i", float(sum(X[1:, 0] * X[:-1, 0] ** 2))),
        (r"\sum_{i=1}^{12} (x^{(i)}_2)^2", float(sum(X[:, 1] ** 2))),
        (r"\sum_{i=1}^{12} x_i^\top w", float(sum(X @ W))),
        (r"\sum_{i=1}^{12} w^\top x_ix_i^\top w", float(sum((X @ W) ** 2))),
        (r"x_{12}^\top w + y_{10}", None),
        (r"y_{12}", 23.0**2),
        (r"f_2(t)", 2.25),
        (r"f_2'(t)", 3.0),
        (r"\sum_{i=1}^{3} f_i(t)", 1.5 + 2.25 + 3.375),
        (r"\sum_{i,j=1}^{2} \ell_{ij}(t)", 4 * 1.5 + 6 + 60),
        (r"\ell_{1,2}(t)", 22.5),
    ],
)
def test_an_index_is_read_where_it_stands(text: str, expected: float | None) -> None:
    if expected is None:
        with pytest.raises(ShapeError, match="can be read as one number or several"):
            number(text)
    else:
        assert number(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\sum_{i=1}^{2} x^{(i)}^\top w", "two powers"),
        (r"\sum_{i=1}^{2} x_1^{(i)}^2", "two powers"),
        (r"t^{(2)}", "a label or a derivative"),
        (r"x^{(t)}", "a label or a derivative"),
        (r"\sum_{i=1}^{2} x^{(i}", "to close|expected|two ways"),
        (r"\sum_{i=1}^{2} x^{(i)}(t)", "looks like a function applied"),
        (r"f_2^2(t)", "a power of the function"),
        (r"f_{2}", "is not applied"),
    ],
)
def test_an_index_that_may_be_something_else_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        number(text)
    assert any(one in caught.value.message for one in said.split("|")), caught.value.message


@pytest.mark.parametrize("sign", [":=", r"\coloneqq", r"\triangleq"])
@pytest.mark.parametrize("name", ["R", r"\rho", r"\hat\rho", "R_1", r"R_{\star}", r"\bar{x}"])
def test_a_new_name_stands_for_what_defines_it(name: str, sign: str) -> None:
    found = chain(rf"{name} {sign} t + s \le {name}^2 < 2 {name}")
    assert [one.symbol for one in found.relations] == [r"\le", "<"]
    values = [float(evaluate(side, scope_at(BINDINGS, {})).value) for side in found.sides]
    assert values == pytest.approx([1.75, 1.75**2, 3.5])
    assert found.symbols == {"t", "s"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"\rho := t + s", "claims nothing"),
        (r"\rho = t + s", "is not bound"),
        (r"t = s := w", "defines what stands first"),
        (r"\rho := \rho + s = t", "is not bound"),
        (r"\rho := t + s = \rho(t)", "looks like a function applied"),
        (r"\rho(t) := t + s = 2", "is not bound"),
        (r"\rho + s := t = 2", "is not bound"),
        (r"\rho := t + s = t + s", "related to itself"),
        (r"\rho := t = \sum_{\rho=1}^{2} \rho", "is bound here"),
    ],
)
def test_a_definition_that_says_nothing_or_too_much_is_refused(text: str, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        chain(text)
    assert said in caught.value.message


@pytest.mark.parametrize(
    "text", ["t = s.", "t = s,", "t = s;", r"t = s\,.", r"t = s \;,", r"t = s\quad.", r"t = (s).", "t = s .", r"t = {s}."]
)
def test_the_sentences_own_punctuation_ends_a_formula(text: str) -> None:
    assert len(chain(text).sides) == 2


@pytest.mark.parametrize("text", ["t = s..", "t = s.,", "t = s. t", "t, = s", r"t = (s,)"])
def test_punctuation_inside_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        chain(text)
