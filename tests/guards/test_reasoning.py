"""A circle of proofs is refused, a step ahead without a word and a theorem without a proof are told, at their lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard
from hwgen.guards.reasoning import circular, drawn, unfounded
from hwgen.model.errors import ContentError
from hwgen.page.page import Page, Printed

Make = Callable[[str], Page]
HEAD = "\\newtheorem{theorem}{Theorem}\\newtheorem{remark}{Remark}\n"


def theorem(name: str, proof: str = "Clear.", text: str = "True.") -> str:
    return f"\\begin{{theorem}}\\label{{{name}}}\n{text}\n\\end{{theorem}}\n\\begin{{proof}}\n{proof}\n\\end{{proof}}\n"


def test_a_circle_of_proofs_is_refused_at_its_first_reference(refused: Callable[[Guard, str], list[ContentError]]) -> None:
    text = HEAD + theorem("a", r"By \ref{b}, below.") + theorem("b", r"By \eqref{x}.") + theorem("c", r"By \ref{a}: \label{x} $y=z$.")
    (error,) = refused(circular, text)
    assert "an argument in a circle" in error.message
    assert error.message.count("which rests on") == 3
    assert error.place
    assert error.place.line in {6, 12, 18}


def test_a_chain_of_proofs_is_no_circle(refused: Callable[[Guard, str], list[ContentError]]) -> None:
    assert refused(circular, HEAD + theorem("a") + theorem("b", r"By \ref{a}. This is \ref{b}.") + theorem("c", r"By \cref{a,b}.")) == []


@pytest.mark.parametrize(
    ("proof", "told"),
    [
        (r"By \ref{b}.", True),
        (r"By \ref{b} below.", False),
        (r"As Section~3 shows, \ref{b}.", False),
        (r"By \ref{elsewhere}.", False),
        (r"By \ref{b}, as all partial sums converge.", True),
    ],
)
def test_a_step_ahead_without_a_word_is_told(page: Make, proof: str, told: bool) -> None:
    found = list(unfounded(Printed(page(HEAD + theorem("a", proof) + theorem("b")), {})))
    said = "templates/t.tex.j2:6:4: the proof of Theorem 1 rests on Theorem 2, which is stated later"
    assert [one.startswith(said) for one in found] == [True] * told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\\begin{theorem}\nTrue.\n\\end{theorem}\nText.", True),
        ("\\begin{theorem}\nTrue~\\cite{a}.\n\\end{theorem}", True),
        ("\\begin{theorem}[Weyl, \\cite{a}]\nTrue.\n\\end{theorem}", False),
        ("\\begin{theorem}[{\\citep[Theorem 2]{a}}]\\label{b}\nTrue.\n\\end{theorem}", False),
        ("\\begin{theorem}\nTrue~\\parencite{a}.\n\\end{theorem}", True),
        ("\\begin{remark}\nTrue.\n\\end{remark}", False),
        ("\\begin{theorem}\\label{a}\nTrue.\n\\end{theorem}\nText.\\begin{proof}[Proof of \\ref{a}]\nClear.\n\\end{proof}", False),
    ],
)
def test_a_theorem_that_nothing_proves_is_told(page: Make, text: str, told: bool) -> None:
    found = list(unfounded(Printed(page(HEAD + text), {})))
    assert ["Theorem 1 has no proof; expected one after it" in one for one in found] == [True] * told


def test_what_rests_on_what_is_shown(page: Make) -> None:
    shown = drawn(page(HEAD + theorem("a") + theorem("b", r"By \ref{a}.")))
    assert [line.partition(": ")[2] for line in shown] == ["Theorem 1 rests on nothing that is numbered", "Theorem 2 rests on Theorem 1"]


@pytest.mark.parametrize(
    ("proof", "refused_"),
    [
        (r"By \ref{a}.", True),
        (r"This follows from Theorem~\Cref{a}.", True),
        (r"Apply \autoref{a} to $x$.", True),
        (r"In view of Theorem~\ref{a} it is clear.", True),
        ("Thanks\nto \\cref{a} it is clear.", True),
        (r"As in \hyperref[a]{the theorem} above.", True),
        (r"In the light of \zcref{a}, it is clear.", True),
        (r"Theorem~\ref{a} implies it.", True),
        (r"Theorem~\ref{a}, gives it.", True),
        (r"A calculation gives \ref{a}.", False),
        (r"It is to be shown that \ref{a} holds.", False),
        (r"This is \hyperref[a]{the theorem}.", False),
        (r"We show \ref{a}.", False),
        (r"By induction. This is \ref{a}.", False),
        (r"Use \eqref{x}.", False),
    ],
)
def test_a_proof_that_rests_on_what_it_proves_is_refused(
    refused: Callable[[Guard, str], list[ContentError]], proof: str, refused_: bool
) -> None:
    found = refused(circular, HEAD + theorem("a", proof, r"True: \begin{equation}\label{x} y=z \end{equation}"))
    assert [one.message for one in found] == ["the proof of Theorem 1 rests on Theorem 1; expected an argument without it"] * refused_
    assert [one.place.line for one in found if one.place] == [6 + proof.count("\n")] * refused_


@pytest.mark.parametrize(
    ("reference", "on"),
    [
        (r"\hyperref[th:a]{the first}", ["Theorem 1"]),
        (r"\hyperref [th:a]{the first}", ["Theorem 1"]),
        (r"\hyperref{url}{category}{name}{text}", []),
        (r"\crefrange{th:a}{th:c}", ["Theorem 1", "Theorem 2", "Theorem 3"]),
        (r"\Crefrange{th:b}{th:c}", ["Theorem 2", "Theorem 3"]),
        (r"\crefrange{th:a}{elsewhere}", ["Theorem 1"]),
        (r"\zcref[S]{th:a,th:c}", ["Theorem 1", "Theorem 3"]),
        (r"\zcref*{th:b}", ["Theorem 2"]),
        (r"\cite[Theorem 1]{th:a}", []),
    ],
)
def test_every_way_of_referring_is_followed(page: Make, reference: str, on: list[str]) -> None:
    text = HEAD + theorem("th:a") + theorem("th:b") + r"\section{S}\label{sec:s}" + theorem("th:c") + theorem("th:d", f"By {reference}.")
    assert drawn(page(text))[3].partition(" rests on ")[2] == (", ".join(on) or "nothing that is numbered")


def derivation(name: str, text: str) -> str:
    return f"\n\\subsection*{{A derivation}}\n\n{text}\n\\begin{{equation}}\\label{{{name}}}\ny=z\n\\end{{equation}}\n"


def test_a_circle_through_a_derivation_of_its_own_is_refused(refused: Callable[[Guard, str], list[ContentError]]) -> None:
    circle = HEAD + derivation("x", r"By Theorem~\ref{a},") + theorem("a", r"By \eqref{x}.")
    (error,) = refused(circular, circle)
    assert "the formula x" in error.message
    assert "an argument in a circle" in error.message
    chain = HEAD + derivation("x", "By calculus,") + "\nTheorem~\\ref{a} will use it.\n\n" + theorem("a", r"By \eqref{x}.")
    assert refused(circular, chain) == []
    two = HEAD + derivation("x", r"By \eqref{y},") + derivation("y", r"By \eqref{x},")
    (error,) = refused(circular, two)
    assert error.message.count("the formula") == 3


def test_a_derivation_that_rests_on_something_is_shown(page: Make) -> None:
    text = HEAD + theorem("a") + derivation("x", r"By Theorem~\ref{a},") + derivation("y", "By calculus,") + theorem("b", r"By \eqref{x}.")
    shown = [line.partition(": ")[2] for line in drawn(page(text))]
    assert shown == ["Theorem 1 rests on nothing that is numbered", "Theorem 2 rests on the formula x", "the formula x rests on Theorem 1"]


def bare(name: str, text: str = "True.") -> str:
    return f"\\begin{{theorem}}\\label{{{name}}}\n{text}\n\\end{{theorem}}\nText.\n"


def proof(of: str, text: str) -> str:
    return f"\\begin{{proof}}[{of}]\n{text}\n\\end{{proof}}\nText.\n"


@pytest.mark.parametrize(
    "text",
    [
        bare("a") + bare("b") + proof(r"Proof of Theorem~\ref{a}", r"By \ref{b}.") + proof(r"Proof of \cref{b}", r"By \ref{a}."),
        bare("a") + theorem("b", r"By \ref{a}.") + proof(r"Proof of \ref{a}", r"By \ref{b}."),
        bare("a", r"$$y=z\label{x}$$") + theorem("b", r"By \eqref{x}.") + proof(r"Proof of \ref{a}", r"By \ref{b}."),
        theorem("a") + "\\begin{proof}[Second proof]\nBy \\ref{b}, below.\n\\end{proof}\n" + theorem("b", r"By \ref{a}."),
        "\\begin{answer}\n\\label{a}\n\\end{answer}\n" + theorem("b", r"By \ref{a}.") + proof("Proof of the answer", r"By \ref{b}."),
    ],
)
def test_a_circle_through_a_proof_elsewhere_is_refused(refused: Callable[[Guard, str], list[ContentError]], text: str) -> None:
    (error,) = refused(circular, HEAD + text)
    assert "an argument in a circle" in error.message


def test_a_proof_elsewhere_that_rests_on_what_it_proves_is_refused_and_its_title_may_name_it(
    refused: Callable[[Guard, str], list[ContentError]],
) -> None:
    (error,) = refused(circular, HEAD + bare("a") + proof(r"Proof by induction of \ref{a}", r"By \ref{a}."))
    assert "the proof of Theorem 1 rests on Theorem 1" in error.message
    assert refused(circular, HEAD + bare("a") + proof(r"Proof by induction of \ref{a}", "Clear.")) == []


def test_a_proof_elsewhere_rests_on_nothing_that_is_stated_later(page: Make) -> None:
    text = HEAD + bare("a") + theorem("b") + proof(r"Proof of \ref{a}", r"By \ref{b}.") + theorem("c")
    assert list(unfounded(Printed(page(text), {}))) == []
    (said,) = unfounded(Printed(page(text.replace(r"By \ref{b}", r"By \ref{c}")), {}))
    assert "the proof of Theorem 1 rests on Theorem 3, which is stated later" in said


@pytest.mark.parametrize(
    ("leads", "told"),
    [
        (r"By \eqref{own} with $t=1$,", True),
        (r"By \eqref{other} and \eqref{own},", True),
        (r"By \eqref{other} with $t=1$,", False),
        (r"It remains to show \eqref{own}. By \eqref{other},", False),
        (r"We write \eqref{own} as", False),
        (r"This is \eqref{own}. Hence", False),
    ],
)
@pytest.mark.parametrize("proof", [True, False])
def test_a_formula_to_which_itself_leads_is_refused(
    refused: Callable[[Guard, str], list[ContentError]], leads: str, told: bool, proof: bool
) -> None:
    """Within a proof, too: one of two formulas of a proof may be exchanged for the other in its reference."""
    display = "\\begin{equation}\\label{own}\nx = 1.\n\\end{equation}\n"
    text = f"\\begin{{proof}}\nFirst.\n\n{leads}\n{display}\\end{{proof}}\n" if proof else f"First.\n\n{leads}\n{display}"
    messages = [error.message for error in refused(circular, HEAD + text)]
    assert messages == ["what leads to the formula own rests on own; expected an argument without it"] * told
