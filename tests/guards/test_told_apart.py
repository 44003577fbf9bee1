"""Two constants of one sentence that could be exchanged are refused until words beside them tell them apart; exchanged ones are told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from hwgen.guards.told_apart import exchangeable
from hwgen.model.errors import ContentError
from hwgen.model.exercise import Exercise
from hwgen.page.page import Names, Page

Said = Callable[..., list[str]]
RANK, WIDTH, NORM = "@@@{constants.rank}@", "@@@{constants.width}@", "@@@{constants.norm}@"
WORDS = {"rank": ("of rank {}",), "width": ("of width {}", r"p \le {}")}
SYMBOLS = {"norm": "r"}


@pytest.fixture
def said(page: Callable[[str], Page]) -> Said:
    """What is refused on a page where these words are declared."""

    def refused(text: str, words: Mapping[str, Sequence[str]] = WORDS) -> list[str]:
        names = Names(values={}, claims={}, symbols=SYMBOLS, words=words)
        return [str(error) for error in exchangeable(replace(page(text), names=names))]

    return refused


@pytest.mark.parametrize(
    "text",
    [
        f"Networks of rank ${RANK}$ and of width ${WIDTH}$.",
        f"Networks of rank~{RANK} and of\nwidth\\,${WIDTH}$.",
        rf"Of rank three, for $p\le{WIDTH}$ and $r={NORM}$.",
        f"Networks of rank ${RANK}$ and of rank ${RANK}$.",
        f"The norm is {NORM}. The other one is @@@{{constants.other}}@.",
        f"It is of rank {RANK} and of norm {NORM}.",
    ],
)
def test_constants_beside_their_own_words_are_welcome(said: Said, text: str) -> None:
    assert said(text) == []


def test_two_that_are_exchanged_are_told_each_with_the_one_that_belongs_there(said: Said) -> None:
    assert said(f"Networks of rank ${WIDTH}$ and\nof width ${RANK}$.") == [
        r"templates/t.tex.j2:1:19: \VAR{constants.width}: it stands in 'Networks of rank {} and of width'; "
        r"expected 'of width {}' or 'p \le {}', as exercise.named says; \VAR{constants.rank}, at templates/t.tex.j2:2:11, belongs here",
        r"templates/t.tex.j2:2:11: \VAR{constants.rank}: it stands in 'and of width {} .'; "
        r"expected 'of rank {}', as exercise.named says; \VAR{constants.width}, at templates/t.tex.j2:1:19, belongs here",
    ]


@pytest.mark.parametrize("stop", [",", ";", " and", r" (Figure~\ref{f}), $0.5$,", r"\begin{equation} x \end{equation}"])
def test_two_of_one_sentence_that_nothing_tells_apart_are_refused_with_both_lines(said: Said, stop: str) -> None:
    (found,) = said(f"In all {RANK} of them{stop}\nor in {WIDTH} others.", {})
    assert "nothing tells it from \\VAR{constants.rank}, at templates/t.tex.j2:1:8" in found
    assert found.startswith(r"templates/t.tex.j2:2:7: \VAR{constants.width}")
    assert 'exercise.named(width=r"…{}…")' in found


@pytest.mark.parametrize("short", ["cf. ", "e.g. ", "(i.e. ", "as in Fig. ", "vs.\n", "with others, etc. and also ", "by them et al. or "])
def test_a_sentence_goes_on_after_what_is_cut_short(said: Said, short: str) -> None:
    (found,) = said(f"In all {RANK} of them {short}{WIDTH} others.", {})
    assert "nothing tells it from" in found


@pytest.mark.parametrize("stop", [" etc. ", " of al. ", " is no. N. "])
def test_a_sentence_ends_where_the_next_begins_with_a_capital(said: Said, stop: str) -> None:
    assert said(f"In all {RANK} of them{stop}Or in {WIDTH} others.", {}) == []


@pytest.mark.parametrize("stop", [". ", ".\n\n", "\n\n", ".} ", "?\n"])
def test_constants_of_two_sentences_are_not_compared(said: Said, stop: str) -> None:
    assert said(f"In all {RANK} of them{stop}Or in {WIDTH} others.", {}) == []


def test_the_same_words_for_two_tell_nothing(said: Said) -> None:
    (found,) = said(f"At {RANK} networks or {WIDTH} networks.", {"rank": ("{} networks",), "width": ("{} networks",)})
    assert "exchanged they would read as well" in found


def test_a_symbol_tells_apart_without_words(said: Said) -> None:
    assert said(f"For $r={NORM}$ in {WIDTH} networks.", {}) == []
    assert len(said(f"For norm {NORM} in {WIDTH} networks.", {})) == 1


def test_a_constant_beside_other_words_is_told_in_a_sentence_of_its_own_too(said: Said) -> None:
    (found,) = said(f"It has the width {RANK}.")
    assert "it stands in 'has the width {} .'; expected 'of rank {}', as exercise.named says, or these words there" in found


@pytest.mark.parametrize("near", ["off rank", "of rankings", "of rank 1"])
def test_parts_of_words_are_no_words(said: Said, near: str) -> None:
    assert len(said(f"It is {near} {RANK}.")) == 1


@pytest.mark.parametrize("words", ["{}", "of rank", "{} by {}"])
def test_words_without_the_place_of_the_value_are_refused(words: str) -> None:
    exercise = Exercise("ex", title="", problem=None)
    exercise.settings(rank=(3, "The rank."))
    with pytest.raises(ContentError, match=r"expected words, and one \{\} in its place"):
        exercise.named(rank=words)


def test_words_for_what_is_no_constant_are_refused() -> None:
    with pytest.raises(ContentError, match="rank is no constant of ex yet"):
        Exercise("ex", title="", problem=None).named(rank="of rank {}")
