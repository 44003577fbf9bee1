r"""The signs that Jinja has elsewhere are refused on the page, with those of a template."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hwgen.guards.delimiters import foreign
from hwgen.guards.guards import Guard
from hwgen.model.errors import ContentError

Refused = Callable[[Guard, str], list[ContentError]]


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"Of {{ homework.title }} and", 4, r"{{ homework.title }} prints these words; expected \VAR{homework.title} for the value"),
        (r"{{student}}", 1, r"{{student}} prints these words; expected \VAR{student} for the value"),
        (r"a {% if student.nom %}b", 3, r"expected \BLOCK{if student.nom} for the statement"),
        (r"{%- endif -%}", 1, r"expected \BLOCK{endif} for the statement"),
        (r"a {# a remark #} b", 3, r"{# a remark #} prints these words; expected \#{ … } for a comment"),
    ],
)
def test_a_sign_of_another_jinja_is_refused(refused: Refused, text: str, column: int, said: str) -> None:
    (error,) = refused(foreign, text)
    assert said in error.message
    assert str(error.place) == f"templates/t.tex.j2:1:{column}"


@pytest.mark.parametrize(
    "text",
    [
        r"\title{{A disc}} and {{x.y}} % {{ homework.title }}",
        r"$x^{{ n }}$",
        "\\newcommand{\\x}{% a comment\n}",
        r"{% if this were so",
        r"\verb|{{ homework.title }}|",
        r"\newcommand{\x}[1]{#1}",
    ],
)
def test_groups_and_comments_of_latex_are_not(refused: Refused, text: str) -> None:
    assert refused(foreign, text) == []
