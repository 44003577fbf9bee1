r"""The structure of the text: statements, their claims, their proofs, what these refer to, and what nobody tests."""

from __future__ import annotations

from collections.abc import Callable

from hwgen.page.page import Page
from hwgen.page.references import labelled, statements, theorems
from hwgen.report.untested import untested

TEXT = r"""\newtheorem{theorem}{Theorem}
\begin{document}
\begin{theorem}[Of $r$]\label{thm:one}
  \begin{equation}\label{eq:area}\checked{area}{A = \pi r^2}\end{equation}
\end{theorem}
\begin{proof}
  By \eqref{eq:step} and Theorem~\ref{thm:two}.
  \begin{equation}\label{eq:step}\checked{step}{B = 2r}\quad C > 1\end{equation}
\end{proof}
\begin{answer}
  Yes, by \eqref{eq:area}.
\end{answer}
\begin{proof}
  Theorem~\ref{thm:one}.
\end{proof}
\begin{theorem}\label{thm:two}
  No proof follows.
\end{theorem}
"""


def test_each_statement_has_its_claims_and_its_proof_what_it_refers_to(page: Callable[[str], Page]) -> None:
    one, answer, two = statements(page(TEXT))
    assert (one.title, one.labels) == ("Theorem 1 (Of $r$)", {"thm:one", "eq:area"})
    assert (one.name, one.words, one.label) == ("Theorem", "Of $r$", "thm:one")
    assert (answer.label, two.label, two.words) == ("", "thm:two", "")
    assert (one.claims, one.proved_with, one.refers, one.proved) == (("area",), ("step",), ("eq:step", "thm:two"), True)
    assert (answer.title, answer.claims, answer.refers) == ("Answer 2", (), ("thm:one",))
    assert (two.title, two.proved) == ("Theorem 3", False)


def test_a_hypothesis_of_several_claims_names_each_of_them(page: Callable[[str], Page]) -> None:
    (one,) = statements(page(TEXT.replace("Yes, by", r"For $\for{area, step}{r>0}$ yes, by")))[1:2]
    assert one.claims == ("area", "step")


def test_a_figure_is_no_statement_and_does_not_part_one_from_its_proof(page: Callable[[str], Page]) -> None:
    drawn = "\\begin{figure}[b]\n  \\label{fig:one}\n\\end{figure}\n"
    found = statements(page(TEXT.replace("\\begin{proof}", drawn + "\\begin{proof}")))
    assert [one.title for one in found] == [one.title for one in statements(page(TEXT))]
    assert found[0].proved_with == ("step",)


def test_a_theorem_is_what_the_preamble_calls_one(page: Callable[[str], Page]) -> None:
    one = page(r"\newtheorem{satz}[lemma]{Satz}")
    assert theorems(one) == {"satz": "Satz"}


def test_a_label_leads_to_the_claims_of_its_display(page: Callable[[str], Page]) -> None:
    assert labelled(page(TEXT)) == {"eq:area": ("area",), "eq:step": ("step",)}


def test_what_a_display_asserts_beside_its_claims_is_shown(page: Callable[[str], Page]) -> None:
    (left,) = untested(page(TEXT))
    assert (left.left, left.display.label) == (1, "eq:step")
    assert left.text == r"\;\text{⟨step⟩}\;\quad C > 1"


def test_what_arranges_a_display_is_no_part_of_what_it_asserts(page: Callable[[str], Page]) -> None:
    rows = r"\label {eq:a} \begin {split} A &= B \\ &= C \tag{\textbf{1}} \end{split}"
    (left,) = untested(page(rf"\begin{{equation}}{rows}\end{{equation}}"))
    assert " ".join(left.text.split()) == r"A &= B \\ &= C"
