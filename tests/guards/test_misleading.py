r"""What prints something else than it seems to is told, with what to write."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.misleading import number_signs, todays
from hwgen.page.page import Page, Printed

Make = Callable[[str], Page]


def signs(page: Page, line: str) -> list[str]:
    (page.root / "templates").mkdir(exist_ok=True)
    (page.root / "templates/t.tex.j2").write_text("one\n" + line)
    return list(number_signs(Printed(page, {})))


@pytest.mark.parametrize(("line", "column"), [(r"the \#{} of it", 5), (r"item \#{5}", 6), (r"item\#{ 5 }", 5), (r"\#{ 5 }th", 1)])
def test_a_number_sign_that_is_a_comment_is_told(page: Make, line: str, column: int) -> None:
    (said,) = signs(page(""), line)
    assert said.startswith(f"templates/t.tex.j2:2:{column}: ")
    assert "prints nothing; write \\#\\,5 for a number sign" in said


@pytest.mark.parametrize("line", [r"\#{ a comment }", r"text \#{ a comment }", r"\#5 and \# 5", r"% \#{}"])
def test_a_comment_is_not_told(page: Make, line: str) -> None:
    assert signs(page(""), line) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"on \today.", r"t.tex.j2:1:4: \today prints 1 January 2025"),
        (r"\maketitle", r"t.tex.j2:1:1: \maketitle without a \date prints 1 January 2025"),
        (r"\date{Monday}\maketitle", ""),
        (r"\date{}\maketitle", ""),
        (r"\todayish", ""),
        (r"% \today", ""),
    ],
)
def test_a_date_that_is_the_builds_is_told(page: Make, text: str, said: str) -> None:
    found = list(todays(Printed(page(text), {})))
    assert [said in one for one in found] == [True] * bool(said)


def test_a_date_in_the_preamble_counts(page: Make) -> None:
    one = page(r"\maketitle")
    (one.root / "templates").mkdir()
    (one.root / "templates/preamble.tex").write_text(r"\date{17 February 2025}")
    assert list(todays(Printed(one, {}))) == []
