"""Every statement is told with what is printed in it and in its proofs, wherever these stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.page.page import Page
from hwgen.report.graph import Label, counted, numbered
from hwgen.report.stated import Stated, stated

TEXT = r"""\newtheorem{theorem}{Theorem}
\begin{document}
\begin{answer}
  For $\for{step}{r>0}$: $\checked{area}{A = \pi r^2}$.
\end{answer}
\begin{proof}
  $\checked{first}{B = 2r}$
\end{proof}
\begin{proof}[Proof of the rest]
  $\checked{second}{B = 3r}$
\end{proof}
\begin{answer}
  \begin{equation}\label{eq:length}\checked{length}{C = 2\pi r}\end{equation}
\end{answer}
\begin{theorem}\label{thm:one}
  The tool.
\end{theorem}
\begin{proof}
  $\checked{step}{D = r}$ by \eqref{eq:length}.
\end{proof}
\begin{proof}[Proof of the answer]
  $\checked{third}{B = 4r}$ by Theorem~\ref{thm:one}.
\end{proof}
\begin{answer}
  \begin{equation}\label{eq:open}\checked{open}{E = r}\end{equation}
\end{answer}
\begin{theorem}\label{thm:two}
  It is \eqref{eq:open} that holds.
\end{theorem}
\begin{equation}\label{eq:beside}\checked{beside}{F = r}\end{equation}
\begin{proof}[Proof of Theorem~\ref{thm:two}]
  $\checked{fourth}{B = 5r}$
\end{proof}
"""


@pytest.fixture
def found(page: Callable[[str], Page]) -> list[Stated]:
    return stated(page(TEXT))


def test_what_a_proof_follows_elsewhere_is_a_statement_with_a_proof_or_without(found: list[Stated]) -> None:
    assert [(one.kind, one.proved) for one in found[:5]] == [
        ("answer", True), ("answer", True), ("theorem", True), ("answer", False), ("theorem", True)
    ]  # fmt: skip


def test_a_proof_belongs_to_what_its_title_names_or_to_what_it_follows_be_it_a_proof(found: list[Stated]) -> None:
    assert [one.proved_with for one in found[:5]] == [("first", "second"), ("third",), ("step",), (), ("fourth",)]
    assert found[1].refers == ("thm:one",)


def test_a_claim_stands_where_its_formula_is_printed_not_where_a_hypothesis_of_it_is(found: list[Stated]) -> None:
    assert [one.claims for one in found[:4]] == [("area",), ("length",), (), ("open",)]
    assert [len(one.held) for one in found[:4]] == [1, 1, 0, 1]
    assert len(found[0].proving) == 2


def test_what_is_proved_later_by_a_statement_that_speaks_of_it_is_told(found: list[Stated]) -> None:
    assert [one.taken_up for one in found[:5]] == [(), (), (), (found[4].key,), ()]


def test_an_answer_has_the_name_of_the_question_above_it(page: Callable[[str], Page]) -> None:
    first = "\\question{1(a)}{Area}\n\\begin{answer}\nIt is one.\n\\end{answer}\n"
    asked = first + "\\onlyquestion{2}{Length}%\n\\begin{answer}\nTwo.\n\\end{answer}\n"
    shown = stated(page("\\newtheorem{answer}{Answer}\n\\begin{answer}\nNone.\n\\end{answer}\n" + asked))
    assert [one.asked for one in shown] == ["", "1(a)", "2"]
    assert numbered(shown[1], {}) == "Answer 1(a)"


@pytest.mark.parametrize(
    ("last", "expected"), [("II.3", ["II.1", "II.2", "II.3"]), ("II.4", ["II.1", "", "II.4"]), ("3", ["II.1", "", "3"])]
)
def test_a_number_is_told_without_a_label_only_where_no_other_one_is_left(
    page: Callable[[str], Page], last: str, expected: list[str]
) -> None:
    parts = [f"\\begin{{theorem}}{label}\nIt is.\n\\end{{theorem}}\n" for label in (r"\label{a}", "", r"\label{b}")]
    labels = {"a": Label("II.1", "5"), "b": Label(last, "6")}
    shown = counted(stated(page("\\newtheorem{theorem}{Theorem}\n" + "".join(parts))), labels)
    assert [labels[one.label].number if one.label else one.asked for one in shown] == expected
