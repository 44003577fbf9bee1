r"""Shapes that do not fit have no value: a sum over an axis that is not there, a \binom that prints as a column beside an array."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, value
from hwgen.reading import read, vocabulary

BINDINGS: Mapping[str, Binding] = {
    "t": value(lambda: 1.7),
    "n": value(lambda: 3),
    "a": value(lambda: np.array([0.5, -1.5, 2.0])),
    "q": value(lambda: np.array([[0.25, 0.5], [0.75, 0.125]])),
}


def evaluated(text: str) -> float:
    formula = Formula(macro="checked", name="kappa", text=f"{text} = 0", place=Place(file="t.tex.j2", line=9))
    return float(evaluate(read(formula, vocabulary(BINDINGS)).sides[0], scope_at(BINDINGS, {})).value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # a sum over an axis that is not there is no sum over nothing
        (r"\sum_{i,j} a_{ij}", "a has shape .*, and an index in place 2; expected at most 1"),
        (r"\sum_{i,j} a_{i,j}", "an index in place 2"),
        (r"\sum_i\sum_j a_{ij}", "an index in place 2"),
        (r"\prod_{i,j} a_{ij}", "an index in place 2"),
        (r"\max_{i,j} a_{ij}", "an index in place 2"),
        (r"\sum_{i\ne j} a_{ij}", "an index in place 2"),
        (r"\sum_{i<j} a_{ij}", "an index in place 2"),
        (r"\sum_i t_i", "an index in place 1; expected at most 0"),
        (r"\sum_{i,j,k} q_{ijk}", "an index in place 3; expected at most 2"),
        # what prints as a column of two numbers
        (r"q\binom21", "prints as a column of two numbers"),
        (r"q\binom{n}{2}q", "prints as a column of two numbers"),
        (r"tq\binom{n}{2}", "prints as a column of two numbers"),
        (r"\binom{n}{2} q", "prints as a column of two numbers"),
        (r"t\binom{n}{2} q", "prints as a column of two numbers"),
        (r"a^\top\tbinom21", "prints as a column of two numbers"),
    ],
)
def test_a_shape_that_does_not_fit_has_no_value(text: str, said: str) -> None:
    with pytest.raises(ShapeError, match=said):
        evaluated(text)


@pytest.mark.parametrize(
    ("text", "expected"), [(r"\sum_{i,j} q_{ij}", 1.625), (r"\binom{n}{2}t", 5.1), (r"t\binom{n}{2}", 5.1), (r"\binom{n}{2}a_1", 1.5)]
)
def test_what_fits_has_its_value(text: str, expected: float) -> None:
    assert evaluated(text) == pytest.approx(expected)
