"""What LaTeX does not see is not read, and what is left keeps its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.page.rendered import Rendered
from hwgen.page.text import visible

Make = Callable[[str], Rendered]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a % gone", "a "),
        (r"50\% stays", r"50\% stays"),
        (r"a \\% gone", r"a \\"),
        (r"a \\\% stays", r"a \\\% stays"),
        ("% all gone\nb", "\nb"),
        ("a\n\\end{document}\ngone", "a\n"),
        ("a % \\end{document}\nb", "a \nb"),
    ],
)
def test_comments_and_what_follows_the_end_are_not_seen(rendered: Make, text: str, seen: str) -> None:
    assert visible(rendered(text)).text == seen


@pytest.mark.parametrize("text", [r"a\verb|\checked|b", r"a\verb*!\checked!b", "a\\begin{verbatim}\n\\checked{x}\n\\end{verbatim}b"])
def test_verbatim_text_is_blank_and_takes_its_room(rendered: Make, text: str) -> None:
    seen = visible(rendered(text)).text
    assert r"\checked" not in seen
    assert len(seen) == len(text)
    assert (seen[0], seen[-1], seen.count("\n")) == ("a", "b", text.count("\n"))


def test_every_character_keeps_its_line_and_column(rendered: Make) -> None:
    seen = visible(rendered("ab % x\n% only a comment\n\\verb|{|cX\nY"))
    for character, line, column in (("a", 1, 1), ("c", 3, 9), ("X", 3, 10), ("Y", 4, 1)):
        place = seen.place(seen.text.index(character))
        assert (place.line, place.column) == (line, column)
