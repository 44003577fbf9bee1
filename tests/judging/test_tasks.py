"""The key of a result holds what is declared of it, wherever that is written."""

from __future__ import annotations

import dataclasses
from typing import cast

import pytest

from hwgen.judging.tasks import printed, tasks_for
from hwgen.model import Figure, Formula, Macro, Place
from hwgen.model.catalog import Catalog


def _drawn(figure: object) -> None:
    """Nothing."""


class _Declared:
    """A catalog of one figure."""

    package = "judging"

    def __init__(self, noun: Figure) -> None:
        self.noun = noun

    def find(self, _: str) -> Figure:
        return self.noun

    def problem(self, _: object) -> None:
        return None


def _key(noun: Figure) -> str:
    return tasks_for(cast(Catalog, _Declared(noun)), (), ["tall"], wrong=False)["tall"].key


@pytest.mark.parametrize(("changes", "stale"), [({"height": 3.0}, True), ({"sentence": "Another."}, False)])
def test_what_is_declared_by_a_call_is_in_the_key_and_its_words_are_not(changes: dict[str, object], stale: bool) -> None:
    noun = Figure(name="tall", exercise="one", sentence="One.", draw=_drawn)
    assert (_key(dataclasses.replace(noun, **changes)) != _key(noun)) is stale


def test_a_formula_is_what_the_authors_commands_make_of_it() -> None:
    place = Place(file="one.tex", line=1)
    one = Formula(macro="checked", name="one", text=r"x = \half", place=place)
    where = Formula(macro="for", name="one", text=r"x > \half", place=place)
    half, third = (Macro(name=r"\half", count=0, body=rf"\frac1{number}") for number in (2, 3))
    with_commands = (
        dataclasses.replace(one, macros=macros, hypotheses=(dataclasses.replace(where, macros=others),))
        for macros in ((), (half,), (third,))
        for others in ((), (half,), (third,))
    )
    assert len({printed(formula) for formula in with_commands}) == 5  # whichever of the two uses a command, which has one body on a page
