r"""What \further adds is on the page of the whole version, and in another one nothing of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from hwgen.guards.denials import denied
from hwgen.guards.guards import Guard
from hwgen.guards.operations import altered
from hwgen.guards.surroundings import joined
from hwgen.model import Student
from hwgen.page.page import Page

C = r"\checked{b}{x = y}"


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        (rf"We have not \further{{less than}} ${C}$.", denied),
        (rf"We have twice \further{{said that}} ${C}$.", altered),
        (rf"We have \further{{it but}} $2\cdot$\further{{ then}} ${C}$.", joined),
    ],
)
def test_what_stands_together_without_it_is_looked_at(page: Callable[[str], Page], text: str, guard: Guard) -> None:
    whole = page(text)
    versions = dataclasses.replace(whole.homework, versions=("full", "concise"))
    concise = dataclasses.replace(whole, homework=versions, who=Student(version="concise"))
    assert [*guard(concise)]
    assert not [*guard(dataclasses.replace(concise, who=Student(version="full")))]


def test_a_formula_in_it_is_on_the_whole_page_alone(page: Callable[[str], Page]) -> None:
    whole = page(rf"One \further{{and ${C}$}} more $\checked{{c}}{{y = x}}$.")
    versions = dataclasses.replace(whole.homework, versions=("full", "concise"))
    full, concise = (dataclasses.replace(whole, homework=versions, who=Student(version=one)) for one in ("full", "concise"))
    assert [one.name for one in full.formulas] == ["b", "c"]
    assert [one.name for one in concise.formulas] == ["c"]
    assert concise.marked[0].start == full.marked[1].start
