r"""Wrong versions of what notation alone says: each is made, can be read, and is another formula."""

from __future__ import annotations

import numpy as np
import pytest

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.judging.slips import mutants
from hwgen.model import Formula, Place, value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

BINDINGS = {
    "t": value(lambda: 1.3),
    "n": value(lambda: 4.0),
    "x": value(lambda: np.array([1.0, -2.0])),
    "a": value(lambda: np.array([0.5, -1.5, 2.0, 7.0])),
    "A": value(lambda: np.array([[2.0, 0.5], [0.25, 1.0]])),
    "B": value(lambda: np.array([[1.0, -1.0], [0.0, 3.0]])),
    "S": value(lambda: np.array([[2.0, 0.5], [0.5, 1.0]])),
}


def chain(text: str) -> Chain:
    return read(Formula(macro="checked", name="k", text=text, place=Place(file="t", line=1)), vocabulary(BINDINGS))


@pytest.mark.parametrize(
    ("text", "kind", "wrong"),
    [
        (r"n = \lfloor t\rfloor", "another integer part", r"n = \lceil t\rceil"),
        (r"n = \lceil t\rceil", "another integer part", r"n = (t)"),
        (r"n = \det A", "another invariant", r"n = \operatorname{tr}A"),
        (r"n = \operatorname{tr}(A)", "another invariant", r"n = \det(A)"),
        (r"n = \operatorname{rank}(A)", "another invariant", r"n = \operatorname{tr}(A)"),
        (
            r"n = \begin{cases}1&\text{if }t>0\\0&\text{otherwise}\end{cases}",
            "cases exchanged",
            r"n = \begin{cases}0&\text{if }t>0\\1&\text{otherwise}\end{cases}",
        ),
        (r"n = \|A^\top B x\|", "factors exchanged", r"n = \|B A^\top x\|"),
        (r"n = \|A^{-1}B x\|", "factors exchanged", r"n = \|B A^{-1} x\|"),
        (r"n = \sum_{1<j\le 4} a_j", "another range", r"n = \sum_{1\le j\le 4} a_j"),
        (r"n = \sup_{u\in[0,1]} u", "another function", r"n = \inf_{u\in[0,1]} u"),
        (r"n = \inf_{u\ge 1} u^2", "another number", r"n = \inf_{u\ge 2} u^2"),
        (r"n = \max_j a_j", "another function", r"n = \min_j a_j"),
        (r"n = \lambda_{\min}(S)", "another function", r"n = \lambda_{\max}(S)"),
        (r"n = \|x\|_2", "another norm", r"n = \|x\|_\infty"),
        (r"n = \lVert x\rVert_1", "another norm", r"n = \lVert x\rVert_\infty"),
        (r"n = x^\top Ax", "a factor or term lost", r"n = x^\top x"),
        (r"n = \max_{u\in\{1,2\}} u", "a number halved or doubled", r"n = \max_{u\in\{1,4\}} u"),
        (r"n = \mathbf 1\{t>2\}", "another relation", r"n = \mathbf 1\{t<2\}"),
    ],
)
def test_a_wrong_version_is_made_and_says_something_else(text: str, kind: str, wrong: str) -> None:
    made = [one for one in mutants(text, ["t", "n", "x", "a", "A", "B", "S"]) if one.kind == kind]
    assert not np.allclose(_value(text), _value(wrong))
    assert any(np.allclose(_value(one.text), _value(wrong)) for one in made), [one.text for one in made]


def _value(text: str) -> float:
    try:
        return float(evaluate(chain(text).sides[1], scope_at(BINDINGS, {})).value)
    except (ContentError, TypeError):  # not read, or an array
        return float("nan")
