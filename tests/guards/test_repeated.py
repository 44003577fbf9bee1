"""A point or a word that stands twice is told; dots, abbreviations and names are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.repeated import twice
from hwgen.page.page import Page, Printed

Make = Callable[[str], Page]


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("It ends here..", 14, "'.' right after '.'; expected one of them"),
        ("It ends,, here.", 9, "',' right after ','"),
        ("It is $x = 1.$.", 15, "'.' right after '.'"),
        (r"It is \emph{so.}.", 17, "'.' right after '.'"),
        ("It is,. here", 7, "'.' right after ','"),
        ("It is the the end.", 11, "'the' stands twice; expected it once"),
        ("The the end", 5, "'the' stands twice"),
        ("ends in the\nthe next", 1, "'the' stands twice"),
    ],
)
def test_what_stands_twice_is_told_at_its_place(page: Make, text: str, column: int, said: str) -> None:
    (found,) = twice(Printed(page(text), {}))
    assert found.startswith(f"templates/t.tex.j2:{1 + text.count(chr(10))}:{column}: {said}")


@pytest.mark.parametrize(
    "text",
    [
        "One, two, ... and more... of it.",
        "Of Smith et al., and others, etc.; so it is.",
        r"$x = 1$. $y = 2.$ Then",
        r"\url{a..b} \label{a,,b} \ref{the the}",
        r"(0,0) .. controls (1,1) .. (2,0)",
        "$a a$ of $f f$, and that that had had",
        "the well-known known one, as in the. The end",
        "\\[ x = 1. \\]\nNext one.",
        "\\begin{document}of it\\end{document}",
    ],
)
def test_what_does_not_is_not(page: Make, text: str) -> None:
    assert list(twice(Printed(page(text), {}))) == []


def test_nothing_is_told_of_what_stands_before_the_document(page: Make) -> None:
    assert list(twice(Printed(page("a a.. \\begin{document}b\\end{document}"), {}))) == []
