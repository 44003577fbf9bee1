r"""The signs that Jinja has elsewhere are refused on the page, with those of a template."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from hwgen.guards.delimiters import foreign
from hwgen.guards.guards import Guard
from hwgen.model.errors import ContentError
from hwgen.page.page import Names, Page

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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"it takes ${{ steps_needed }}$", r"{{ steps_needed }} prints these words; expected \VAR{constants.steps_needed} for the value"),
        (r"{{ constants['steps_needed'] }}", r"expected \VAR{constants['steps_needed']} for the value"),
        (r"{{constants.steps_needed|round}}", r"expected \VAR{constants.steps_needed|round} for the value"),
        (r"{{ constants.x }}", r"expected \VAR{constants.x} for the value"),
        (r"$x^{{n}}$ and {{constants of the motion}}", ""),
    ],
)
def test_a_value_of_the_content_is_known_in_whatever_way_it_is_asked_for(page: Callable[[str], Page], text: str, said: str) -> None:
    names = Names(values={"constants": ["steps_needed", "n"], "figures": []}, claims={})
    found = [error.message for error in foreign(dataclasses.replace(page(text), names=names))]
    assert [said in one for one in found] == [True] * bool(said)
