"""Values take the place of their placeholders, and the line map stays exact."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.model import Homework, Student
from hwgen.page.filling import fill, filled
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered

Make = Callable[[str], Rendered]


def test_each_placeholder_gets_its_own_value(rendered: Make) -> None:
    done = fill(
        rendered("a @@@{constants.x}@ b @@@{constants.y}@ @@@{constants.x}@"), {"constants.x": "1", "constants.y": r"2\times 10^{3}"}
    )
    assert done.text == r"a 1 b 2\times 10^{3} 1"


def test_the_same_name_in_two_namespaces_is_two_values(rendered: Make) -> None:
    assert fill(rendered("@@@{figures.x}@ @@@{tables.x}@"), {"figures.x": "f", "tables.x": "t"}).text == "f t"


def test_a_value_of_several_lines_belongs_to_the_line_of_its_placeholder(rendered: Make) -> None:
    done = fill(rendered("first\n@@@{tables.x}@ end\nlast"), {"tables.x": "one\ntwo\nthree"})
    assert done.text.split("\n") == ["first", "one", "two", "three end", "last"]
    assert [place.line for place in done.lines] == [1, 2, 2, 2, 3]


@pytest.mark.parametrize("value", ["", "1", "a value that is longer than its name", "two\nlines"])
def test_the_column_after_a_value_is_that_of_the_template_whatever_its_length(rendered: Make, value: str) -> None:
    text = "( @@@{constants.x}@ < @@@{constants.y}@ >"
    done = fill(rendered(text), {"constants.x": value, "constants.y": value})
    for sign in "(<>":
        ((line, column),) = [(number, one.index(sign) + 1) for number, one in enumerate(done.text.split("\n"), 1) if sign in one]
        assert done.place(line, column).column == text.index(sign) + 1


def test_every_character_of_a_value_stands_where_the_template_names_it(rendered: Make) -> None:
    done = fill(rendered("ab @@@{tables.x}@ end"), {"tables.x": "one long line\n\nthree"})
    assert {done.place(line, column).column for line, column in ((1, 4), (1, 16), (3, 1), (3, 5))} == {4}
    assert done.place(3, 6).column == 18


def test_a_backslash_in_a_value_is_no_group_of_a_pattern(rendered: Make) -> None:
    assert fill(rendered("@@@{constants.x}@"), {"constants.x": r"\1 \g<0>"}).text == r"\1 \g<0>"


def test_a_value_is_not_read_again_for_placeholders(rendered: Make) -> None:
    assert fill(rendered("@@@{constants.x}@"), {"constants.x": "@@@{constants.x}@"}).text == "@@@{constants.x}@"


def test_a_value_that_nobody_computed_is_a_bug(rendered: Make) -> None:
    with pytest.raises(KeyError, match=r"constants\.x"):
        fill(rendered("@@@{constants.x}@"), {})


def test_a_page_without_a_name_says_so_and_no_line_moves(rendered: Make) -> None:
    nothing: dict[str, str] = {}
    task = Homework(file="HW_{NOM}_{PRENOM}.pdf", content="exercises", title="The disc")
    page = Page(root=Path(), homework=task, who=Student(), names=nothing, rendered=rendered("one\ntwo"))
    assert filled(page, nothing).text == r"\def\hwgennobody{}" + "one\ntwo"
    assert filled(dataclasses.replace(page, who=Student(nom="Lovelace", prenom="Ada")), nothing).text == "one\ntwo"
