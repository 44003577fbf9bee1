r"""A comment begins at a % that LaTeX takes for one, and nothing in it is for the templates."""

from __future__ import annotations

import re

import pytest
from conftest import Homework

from hwgen.page import comments, text
from hwgen.page.rendered import Rendered
from hwgen.program import build


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("a % b", "a "),
        (r"5\% of it % b", r"5\% of it "),
        (r"a \\% b", "a \\\\"),
        (r"\url{http://a.b/x%20y} c % d", r"\url{http://a.b/x%20y} c "),
        (r"\href{http://a.b/x%20y}{it} % d", r"\href{http://a.b/x%20y}{it} "),
        (r"\href[page=2]{http://a.b/x%20y}{it}", r"\href[page=2]{http://a.b/x%20y}{it}"),
        (r"\verb|100%| of % it", r"\verb|100%| of "),
        (r"\urlstyle{a} % b", r"\urlstyle{a} "),
        ("none", "none"),
    ],
)
def test_a_comment_begins_where_latex_begins_it(line: str, seen: str) -> None:
    assert line[: comments.begins(line)] == seen
    as_it_is = r"\\verb\|100%\||\\(url|href)(\[page=2\])?\{[^}]*%[^}]*\}"
    assert text.visible(Rendered(line, ())).text == re.sub(as_it_is, lambda match: " " * len(match[0]), seen)


def test_nothing_in_a_comment_is_for_the_templates() -> None:
    assert comments.inert(r"\VAR{'100%'} \VAR{x}") == r"\VAR{'100%'} \VAR{x}"
    line = r"a \VAR{x} 5\% \VAR{y} % \VAR{gone} \BLOCK{if z} \#{ c }"
    assert comments.inert(line) == r"a \VAR{x} 5\% \VAR{y} % /VAR{gone} /BLOCK{if z} /#{ c }"


def test_a_value_that_is_commented_out_stops_no_build(homework: Homework) -> None:
    homework.change("The disc is", "% \\VAR{gone}, \\VAR{constants.gone} and \\BLOCK{if\nThe disc is")
    assert "gone" not in build.read(homework.request()).page.text.text
