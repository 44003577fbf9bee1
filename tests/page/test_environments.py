r"""Environments, their titles and labels, and references, among the tokens of a page: what is in a comment is in none of them."""

from __future__ import annotations

from collections.abc import Callable

from hwgen.page.environments import environments, floats, following, heading, labels, references, referred
from hwgen.page.page import Page

TEXT = r"""\begin{document}
\begin{theorem} % \label{thm:no}
  [Of $r$, after \ref{thm:two}] \label {thm:one}
  \begin {equation*}r = 1\label{eq:r}\end{equation*}
\end{theorem}
% \begin{figure}\label{fig:no}\end{figure}
\begin{figure}[b]\caption{One.}\label{fig:one}\end{figure}

\begin{table*}\label{tab:one}\end{table*}
\begin{proof}By \cref{thm:two, eq:r} and \eqref {eq:s}; \verb|\ref{no}|.\end{proof}
\end{document}
"""


def test_environments_are_in_the_order_in_which_they_begin(page: Callable[[str], Page]) -> None:
    found = environments(page(TEXT).text)
    assert [one.kind for one in found] == ["theorem", "equation*", "figure", "table*", "proof"]
    assert page(TEXT).text.text[found[1].low : found[1].high] == r"r = 1\label{eq:r}"


def test_a_title_and_a_label_follow_the_beginning_over_blanks_and_comments(page: Callable[[str], Page]) -> None:
    seen = page(TEXT).text
    theorem, equation, figure, *_ = environments(seen)
    assert heading(seen, theorem) == (r"Of $r$, after \ref{thm:two}", "thm:one")
    assert heading(seen, equation) == ("", "")
    assert heading(seen, figure) == ("b", "")


def test_a_proof_follows_over_floats_and_empty_lines(page: Callable[[str], Page]) -> None:
    seen = page(TEXT).text
    parts = environments(seen)
    assert following(seen, parts[0], parts) is parts[-1]
    between = page(TEXT.replace(r"\begin{proof}", r"Now: \begin{proof}")).text
    assert following(between, environments(between)[0], environments(between)) is None


def test_only_what_latex_sees_is_a_float_a_label_or_a_reference(page: Callable[[str], Page]) -> None:
    seen = page(TEXT).text
    assert [one.kind for one in floats(seen)] == ["figure", "table*"]
    assert [one.name for one in labels(seen.tokens)] == ["thm:one", "eq:r", "fig:one", "tab:one"]
    assert [one.name for one in references(seen.tokens)] == ["thm:two", "thm:two", "eq:r", "eq:s"]
    assert [seen.text[one.at] for one in references(seen.tokens)] == ["\\"] * 4


def test_a_piece_of_latex_refers_to_its_labels() -> None:
    assert referred(r"By \ref{a} and \Cref{ b , c} % \ref{d}") == ["a", "b", "c"]
    assert referred("by nothing") == []
