"""Two sentences under test whose marks could be exchanged are refused until words tell them apart; exchanged ones are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from hwgen.guards.marks import interchangeable
from hwgen.page.page import Names, Page, Printable

Said = Callable[..., list[str]]
WORDS = {"law": ("nearly normal",), "gap": (r"$\sqrt p\,D_R$",)}
LAW, GAP = r"The output is nearly normal\verified{law}.", "For wide\nnetworks $\\sqrt p\\, D_R$ has a limit\\verified{gap}."


@pytest.fixture
def said(page: Callable[[str], Page]) -> Said:
    """What is refused on a page whose statements are declared with these words."""

    def refused(text: str, words: Mapping[str, Sequence[str]] = WORDS) -> list[str]:
        claims = {name: Printable(exercise="toy", macro="verified", words=words.get(name, ())) for name in ("law", "gap", "rest")}
        return [str(error) for error in interchangeable(replace(page(text), names=Names(values={}, claims=claims)))]

    return refused


@pytest.mark.parametrize(
    "text",
    [
        f"{LAW} {GAP}",
        f"{GAP}\n\n{LAW}",
        r"\verified{law}The output is nearly normal. " + GAP,
        "\\verified{law}\n\n\nThe output is nearly normal. " + GAP,
        LAW + r" It is so twice, nearly normal\verified{law}.",
        rf"{LAW} {GAP} And nothing else\verified{{rest}}.",
    ],
)
def test_marks_in_their_own_sentences_are_welcome(said: Said, text: str) -> None:
    assert said(text) == []


def test_one_alone_needs_no_words(said: Said) -> None:
    assert said(LAW, {}) == []


def test_two_that_are_exchanged_are_told_each_with_the_one_that_belongs_there(said: Said) -> None:
    exchanged = f"{LAW} {GAP}".replace("{law}", "{x}").replace("{gap}", "{law}").replace("{x}", "{gap}")
    first, second = said(exchanged)
    assert first.startswith(r"templates/t.tex.j2:1:28: \verified{gap}: its sentence, 'The output is nearly normal', does not say")
    assert r"'$\sqrt p\,D_R$', which its statement is declared with; \verified{law}, at templates/t.tex.j2:2:" in first
    assert first.endswith("belongs here")
    assert second.startswith(r"templates/t.tex.j2:2:")
    assert "does not say 'nearly normal'" in second


@pytest.mark.parametrize("words", [{}, {"law": ("has",), "gap": ("a",)}, {"gap": ("e",)}])
def test_two_that_nothing_tells_apart_are_refused_with_both_lines(said: Said, words: Mapping[str, Sequence[str]]) -> None:
    found = said(r"The output has a normal limit\verified{law}. The gap has a limit, too\verified{gap}.", words)
    assert any(
        "nothing tells it from \\verified{law}, at templates/t.tex.j2:1:30: exchanged they would read as well" in one for one in found
    )
    assert "expected @exercise.statement(words=[" in found[-1]


def test_two_marks_of_one_sentence_are_told_apart_by_nothing(said: Said) -> None:
    (found,) = said(r"The output is nearly normal\verified{law} and so is $\sqrt p\,D_R$\verified{gap}.")
    assert "exchanged they would read as well" in found


def test_the_names_of_marks_are_no_words_of_their_sentences(said: Said) -> None:
    (found,) = said(r"It is so\verified{law}.", {"law": ("law",)})
    assert "does not say 'law'" in found


def test_a_name_that_nothing_has_is_told_elsewhere_and_a_statement_is_exchanged_for_itself(said: Said, page: Callable[[str], Page]) -> None:
    assert said(rf"{LAW} So is the rest\verified{{nothing}}.") == []
    law = Printable(exercise="toy", macro="verified", words=WORDS["law"])
    twice = page(f"{LAW} {LAW}".replace("{law}", "{again}", 1))
    assert not list(interchangeable(replace(twice, names=Names(values={}, claims={"law": law, "again": law}))))
    assert list(interchangeable(replace(twice, names=Names(values={}, claims={"law": law, "again": replace(law)}))))
