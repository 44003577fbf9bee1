r"""A display that no guard would see is refused where it is opened; what is written out on the page is welcome."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.hidden_displays import hidden_displays
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]
BODY = r"\begin{document}a\end{document}"


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"a \equation x = y \endequation", 3, r"\equation opens or closes a formula that no guard sees"),
        (r"a \align x = y \endalign", 3, r"\align opens or closes a formula"),
        (rf"\newcommand{{\q}}[1]{{\[#1\]}}{BODY}", 20, r"\[ in a definition displays what no guard sees"),
        (rf"\newcommand{{\q}}{{$$x$$}}{BODY}", 17, r"$$ in a definition displays"),
        (rf"\newenvironment{{q}}{{\begin{{align*}}}}{{\end{{align*}}}}{BODY}", 20, r"\begin{align*} in a definition displays"),
        (r"\begin{document}\input{templates/a.tex}\end{document}", 17, r"\input: a file of plain LaTeX in the document is not looked into"),
        (r"\begin{dmath} x_1 = 2 \end{dmath}", 1, r"\begin{dmath} holds a formula that no guard sees; expected equation, align"),
        (r"\begin{IEEEeqnarray}{rCl} x &=& 2 \end{IEEEeqnarray}", 1, r"\begin{IEEEeqnarray} holds a formula"),
    ],
)
def test_what_no_guard_would_see_is_refused(refused: Refused, text: str, column: int, said: str) -> None:
    error = refused(hidden_displays, text)[0]
    assert error.message.startswith(said)
    assert "expected" in error.message
    assert error.place is not None
    assert error.place.column == column


def test_a_display_in_a_file_beside_the_page_is_refused_at_its_line(refused: Refused, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "preamble.tex").write_text(
        "\\newcommand{\\R}{\\mathbb R}\n\\newcommand{\\q}[1]{\\begin{equation}#1\\end{equation}}\n"
    )
    (error,) = refused(hidden_displays, BODY)
    assert str(error.place) == "templates/preamble.tex:2:20"


@pytest.mark.parametrize(
    "text",
    [
        rf"\newcommand{{\q}}{{$x$ and \(y\)}}\input{{templates/preamble.tex}}{BODY}",
        r"\begin{document}\begin{equation} x_1 = \frac12 \end{equation} \[ y \]\end{document}",
        r"\begin{theorem}\label{a_b} $x_1$ and \includegraphics{a_b} \end{theorem}",
        r"\begin{tabular}{ll} a & b \end{tabular} \begin{math} x^2 \end{math}",
    ],
)
def test_what_is_written_out_is_welcome(refused: Refused, text: str) -> None:
    assert refused(hidden_displays, text) == []


def test_an_ampersand_in_the_words_of_a_theorem_is_told_as_what_it_is(refused: Refused) -> None:
    (error,) = refused(
        hidden_displays, "\\newtheorem{lemma}{Lemma}\n\\begin{document}\n\\begin{lemma}\nOne & two\n\\end{lemma}\n\\end{document}"
    )
    assert str(error).startswith("templates/t.tex.j2:4:5: & parts the columns of a table or an aligned display, and there is none here")
