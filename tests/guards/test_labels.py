r"""A label that is given twice is told at its second place; TeX tells no line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Homework

from hwgen.guards.labels import doubled
from hwgen.page.page import Page, Printed
from hwgen.program import build

Make = Callable[[str], Page]


def test_the_second_place_is_told_with_the_first(page: Make) -> None:
    found = list(doubled(Printed(page("\\label{a} \\label{b}\n\\label { a }\nx \\label{a}"), {})))
    said = "label a is given twice, first at templates/t.tex.j2:1:1; expected a name of its own"
    assert found == [f"templates/t.tex.j2:2:1: {said}", f"templates/t.tex.j2:3:3: {said}"]


@pytest.mark.parametrize(
    "text", [r"\label{a} \label{b} \ref{a} \ref{a}", "\\label{a} % \\label{a}", r"\newcommand{\x}[1]{\label{#1}\label{#1}}"]
)
def test_labels_of_their_own_are_silent(page: Make, text: str) -> None:
    assert list(doubled(Printed(page(text), {}))) == []


def test_a_build_tells_it_among_its_warnings(homework: Homework) -> None:
    line = homework.change("The fitted slope", "\\label{twice}\nThe \\label{twice}fitted slope") + 1
    warnings = build.pdf(build.read(homework.request())).warnings
    assert [one.partition(", first")[0] for one in warnings] == [f"templates/circle.tex.j2:{line}:5: label twice is given twice"]
