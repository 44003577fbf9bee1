"""The author's commands: expanded as TeX does, errors at the author's column, and refused by name where they cannot be followed."""

from __future__ import annotations

import numpy as np
import pytest

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Formula, Place, value
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary
from hwgen.reading.macros import definitions, used

PREAMBLE = r"""
\newcommand{\norm}[1]{\left\lVert #1\right\rVert}
\newcommand\half{\tfrac12}
\renewcommand{\epsilon}{\varepsilon}
\newcommand*{\inner}[2]{\langle #1, #2\rangle}
\NewDocumentCommand{\sq}{m}{#1^2}
\DeclareMathOperator{\tr}{tr}
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
\newcommand{\normsq}[1]{\norm{#1}^2}
\newcommand{\loss}[1][2]{#1 t}
\newcommand{\mode}[1]{\ifmmode #1\fi}
\newcommand{\loop}{\loop}
\NewDocumentCommand{\odd}{O{1} m}{#2}
"""
MACROS = tuple(definitions(PREAMBLE))
BINDINGS = {
    "t": value(lambda: 1.5),
    r"\varepsilon": value(lambda: 0.1),
    "x": value(lambda: np.array([3.0, 4.0])),
    "A": value(lambda: np.array([[1.0, 2.0], [3.0, 5.0]])),
}


def formula(text: str) -> Formula:
    places = tuple(Place(file="t.tex.j2", line=4, column=column + 1) for column in range(len(text)))
    return Formula(macro="checked", name="k", text=text, place=places[0], places=places, macros=used(text, MACROS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\norm{x}", 5.0),
        (r"\norm{2x}^2", 100.0),
        (r"\normsq{x}", 25.0),
        (r"\half t", 0.75),
        (r"\epsilon t", 0.15),
        (r"\inner{x}{2x}", 50.0),
        (r"\inner xx", 25.0),
        (r"\abs{-t}", 1.5),
        (r"\tr(A)", 6.0),
        (r"\sq t", 2.25),
        (r"2\sq{(t+1)}", 12.5),
    ],
)
def test_a_macro_is_read_as_it_prints(text: str, expected: float) -> None:
    found = evaluate(read(formula(f"{text} = 0"), vocabulary(BINDINGS)).sides[0], scope_at(BINDINGS, {}))
    assert found.value == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"t = \norm{z}", 11, "'z' is not bound"),
        (r"t = \sq{t+1}^2", 13, "two powers|read in two ways|two ways"),
        (r"t = \loss t", 5, r"the macro \loss takes an optional argument"),
        (r"t = \mode{t}", 5, r"the macro \mode holds \ifmmode"),
        (r"t = \odd{t}", 5, r"the macro \odd takes arguments that are not plain"),
        (r"t = \loop", 1, "expand without end"),
        (r"t = \norm", 5, r"\norm is used without its argument"),
        (r"t = 2\half", 5, "a mixed number"),
        (r"t = t\norm{x", 6, "is not closed"),
    ],
)
def test_what_is_wrong_is_said_at_the_authors_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(formula(text), vocabulary(BINDINGS))
    assert any(one in caught.value.message for one in said.split("|")), caught.value.message
    assert caught.value.place is not None
    assert caught.value.place.column == column, caught.value


def test_the_sides_are_shown_as_the_author_typed_them() -> None:
    assert read(formula(r"\norm{x} = \half t"), vocabulary(BINDINGS)).side_text(0) == r"\norm{x}"
