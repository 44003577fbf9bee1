r"""Every \checked that LaTeX sees is read back at its place; what it does not see is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.guards import Guard, guarded, unreadable
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page.page import Page

Make = Callable[[str], Page]
Refused = Callable[[Guard, str], list[ContentError]]


def _read(page: Page) -> list[tuple[str, str, str]]:
    return [(formula.macro, formula.name, formula.text) for formula in page.formulas]


def test_the_three_macros_are_read_in_the_order_of_the_page(page: Make) -> None:
    text = r"$\checked{a}{x = \frac{1}{2}}$ and $\refuted { b } {y<1}$" + "\n" + r"\verified{c}A sentence."
    assert _read(page(text)) == [("checked", "a", r"x = \frac{1}{2}"), ("refuted", "b", "y<1"), ("verified", "c", "")]


def test_every_character_of_a_formula_knows_its_place(page: Make) -> None:
    (formula,) = page("$\n  \\checked{b}{x % note\n  &= y}$").formulas
    assert str(formula.place) == "templates/t.tex.j2:2:3"
    assert len(formula.places) == len(formula.text)
    for character, place in (("x", "2:15"), ("=", "3:4"), ("y", "3:6")):
        assert str(formula.places[formula.text.index(character)]) == f"templates/t.tex.j2:{place}"


@pytest.mark.parametrize(
    "hidden",
    [
        "% \\checked{a}{x=1}",
        "\\verb|\\checked{a}{x=1}|",
        "\\begin{verbatim}\n\\checked{a}{x=1}\n\\end{verbatim}",
        "\\end{document}\n\\checked{a}{x=1}",
        "\\checkedout{a}{x=1}",
    ],
)
def test_what_is_not_seen_is_not_read(page: Make, hidden: str) -> None:
    assert _read(page("before\n" + hidden)) == []


def test_braces_that_are_printed_do_not_close_a_formula(page: Make) -> None:
    assert _read(page(r"$\checked{a}{\max\{x,y\} = 1}$")) == [("checked", "a", r"\max\{x,y\} = 1")]


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a\n\\checked{b}{x = {y}", "2:12", r"\checked: its brace is never closed"),
        ("a \\checked{b} x", "1:3", r"\checked: expected '{' after it"),
        ("a\n\\checked{b}\nx", "2:1", r"\checked: expected '{' after it"),
        ("\\checked", "1:1", r"\checked: expected '{' after it"),
        ("\\checked{b}{x = @@@{constants.y}@}", "1:1", r"\checked{b}: a value inside the formula"),
        ("\\checked{b}{x = \\checked{c}{y = 1}}", "1:1", r"\checked{b}: holds another one"),
        ("\\refuted{b}{x = \\verified{c}}", "1:1", r"\refuted{b}: holds another one"),
    ],
)
def test_what_cannot_be_read_back_is_said_at_its_place(refused: Refused, text: str, place: str, said: str) -> None:
    assert str(refused(unreadable, text)[0]).startswith(f"templates/t.tex.j2:{place}: {said}")


def test_all_that_is_wrong_is_told_in_one_go(page: Make) -> None:
    with pytest.raises(ContentErrors) as caught:
        guarded(page("\\def\\le{x}\n$\\checked{b}{@@@{constants.y}@}$\n$\\checked{c}{@@@{constants.y}@}$"))
    assert [error.place.line for error in caught.value.errors if error.place] == [1, 2, 3]


def test_hypotheses_go_with_the_claims_that_they_name(page: Make) -> None:
    given = r"For $\for{a,b}{n\ge2}$ and $\for{b}{0<t}$, again $\for{ a }{n \ge 2}$, "
    text = given + r"$\checked{a}{x = 1}$, $\checked{b}{y = 1}$, $\checked{c}{z = 1}$."
    found = {formula.name: [one.text for one in formula.hypotheses] for formula in page(text).formulas}
    assert found == {"a": [r"n\ge2"], "b": [r"n\ge2", "0<t"], "c": []}
    (n, *_), _, _ = (formula.hypotheses for formula in page(text).formulas)
    assert str(n.places[0]) == "templates/t.tex.j2:1:16"


def test_a_hypothesis_is_recorded_and_is_no_formula_under_test(page: Make) -> None:
    made = page(r"For $\for{a}{n\ge2}$, $\checked{a}{x = 1}$.")
    assert [one.macro for one in made.recorded] == ["for", "checked"]
    assert [one.macro for one in made.formulas] == ["checked"]
