"""The table of notation: every letter of the claims with its meaning, or a complaint at the claim that prints one without."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from hwgen.model import Bindings, catalog, closed, value
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError
from hwgen.model.exercise import Exercise
from hwgen.page.notation import notation, unmeant


@dataclass(frozen=True)
class Problem:
    scale: float = 1.0


def content() -> tuple[Exercise, Catalog]:
    exercise = Exercise("toy", title="Toy", problem=Problem())

    @exercise.claim(r"t, z_j, H_{jk}, \nabla f", domain={"t": closed(0, 1)}, identity="a toy")
    def toy() -> Bindings:
        """A toy."""
        return {symbol: value(lambda t: t) for symbol in ("z_j", "H_{jk}", r"\nabla f")}

    return exercise, Catalog("toy", (exercise,))


def test_each_letter_stands_in_the_table_with_its_meaning() -> None:
    exercise, catalog = content()
    exercise.notation(__name__, {"t": "a time", "z": "preactivations", "H": "Hessian"})
    text = notation(catalog)
    assert "$t$&a time&$H$&Hessian" in text
    assert "$z$&preactivations" in text
    assert r"\emph{Exercise 1}" in text


def test_a_letter_without_a_meaning_is_told_at_its_claim_and_an_index_or_an_operator_is_none() -> None:
    exercise, catalog = content()
    exercise.notation(__name__, {"z": "preactivations", "H": "Hessian"})
    assert [str(error).split(": ", 1)[1] for error in unmeant(exercise)] == [
        "toy prints t, which has no meaning in words; expected them beside it in exercise.notation(__name__, {…}) of toy"
    ]
    with pytest.raises(ContentError, match=r"test_notation\.py:\d+: toy prints t"):
        notation(catalog)


def test_an_exercise_that_says_nothing_has_no_table() -> None:
    assert notation(content()[1]) == ""


def test_every_letter_of_this_homework_has_a_meaning() -> None:
    exercises = catalog.load("hwgen.homework.exercises").exercises
    assert all(exercise.meant for exercise in exercises)
    assert [str(error) for exercise in exercises for error in unmeant(exercise)] == []
