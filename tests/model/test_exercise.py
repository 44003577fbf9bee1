"""What an exercise declares by values: notation, settings and power laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from hwgen.model import Constant, Estimate, variable
from hwgen.model.catalog import Catalog, Exercise
from hwgen.model.errors import ContentError


@dataclass(frozen=True)
class Problem:
    scale: float = 1.0


def _exercise() -> Exercise:
    return Exercise("toy", title="Toy", problem=Problem())


def runs(problem: Problem) -> dict[str, list[float]]:
    """Runs."""
    return {"width": [1.0], "error": [1.0]}


def test_a_symbol_has_one_meaning_throughout_an_exercise() -> None:
    exercise = _exercise()
    exercise.notation(__name__, {"x": variable("x")})
    with pytest.raises(ContentError, match=r"test_exercise\.py:\d+: x is in two notation tables of toy"):
        exercise.notation(__name__, {"x": variable("y")})


def test_a_letter_with_two_meanings_is_refused_and_both_places_are_named() -> None:
    exercise = _exercise()
    exercise.notation(__name__, {"t": "a deviation", "p": ("the width", variable("p"))})
    exercise.notation(__name__, {"p": "the width"})
    with pytest.raises(
        ContentError,
        match=r"test_exercise\.py:\d+: t means 'a deviation' at .*test_exercise\.py:\d+, and 'time' here; expected one meaning",
    ):
        exercise.notation(__name__, {"t": "time"})


@pytest.mark.parametrize("entry", ["", 3, ("words", "words"), (variable("t"), "words"), ("", None), ("words", variable("t"), 1.0)])
def test_an_entry_of_a_notation_table_that_says_nothing_is_refused_at_its_line(entry: Any) -> None:
    with pytest.raises(ContentError, match=r"test_exercise\.py:\d+: t stands beside .*; expected words, a binding, or \(words, binding\)"):
        _exercise().notation(__name__, {"t": entry})


def test_a_symbol_takes_its_words_and_its_binding_from_one_entry_or_from_two() -> None:
    exercise = _exercise()
    exercise.notation(__name__, {"t": ("time", variable("t")), "p": "the width"})
    exercise.notation(__name__, {"p": variable("p")})
    assert {symbol: noted.binding for symbol, noted in exercise.symbols.items()} == {"t": variable("t"), "p": variable("p")}
    assert {symbol: meaning.words for symbol, meaning in exercise.meant.items()} == {"t": "time", "p": "the width"}


def test_settings_are_constants_without_an_error() -> None:
    exercise = _exercise()
    exercise.settings(networks=(12, "Networks at each width."), rate=(0.5, "The step size."))
    constants = Catalog("toy", (exercise,)).of(Constant)
    assert {name: (one.compute(None), one.sentence) for name, one in constants.items()} == {
        "networks": (Estimate(value=12, error=0), "Networks at each width."),
        "rate": (Estimate(value=0.5, error=0), "The step size."),
    }


def test_one_function_makes_several_numbers_and_each_has_its_sentence() -> None:
    exercise = _exercise()
    study = exercise.study(runs)

    @exercise.numbers(of=[study], least="The least value.", most="The largest value.")
    def ends(arrays: Mapping[str, Any]) -> dict[str, Estimate]:
        return {"least": Estimate(value=min(arrays["error"]), error=0), "most": Estimate(value=max(arrays["error"]), error=0)}

    constants = Catalog("toy", (exercise,)).of(Constant)
    assert {name: (one.sentence, one.of, one.compute({"error": [3.0, 7.0]}).value) for name, one in constants.items()} == {
        "least": ("The least value.", ("runs",), 3.0),
        "most": ("The largest value.", ("runs",), 7.0),
    }


def test_a_number_that_its_function_does_not_make_is_told_with_what_it_makes() -> None:
    exercise = _exercise()

    @exercise.numbers(least="The least value.", most="The largest value.")
    def ends(problem: Any) -> dict[str, Estimate]:
        return {"least": Estimate(value=1.0, error=0)}

    with pytest.raises(ContentError, match=r"test_exercise\.py:\d+: ends returns least; expected most too"):
        Catalog("toy", (exercise,)).of(Constant)["most"].compute(None)


def test_a_power_law_is_a_slope_and_its_drift() -> None:
    exercise = _exercise()
    study = exercise.study(runs)
    exercise.power_law("{}_error", "the error against the width", of=[study], x="width", y="error")
    exercise.power_law("{}_level", "the level", of=[study], x="width", y="level", row=1, drift=False)
    constants = Catalog("toy", (exercise,)).of(Constant)
    assert {name: one.sentence for name, one in constants.items()} == {
        "slope_error": "Fitted slope of the error against the width.",
        "drift_error": "Drift of the fitted slope of the error against the width.",
        "slope_level": "Fitted slope of the level.",
    }
    assert {one.of for one in constants.values()} == {("runs",)}


def test_a_number_declared_twice_is_told_where_it_is_declared_again() -> None:
    exercise = _exercise()
    exercise.settings(networks=(12, "Networks."))
    with pytest.raises(ContentError, match=r"test_exercise\.py:\d+: networks is declared twice in toy"):
        exercise.settings(networks=(13, "Networks again."))


def test_a_claim_with_a_hypothesis_is_not_one_that_needs_none() -> None:
    exercise = _exercise()
    words = (
        r"test_exercise\.py:\d+: twice: it has the hypothesis t>0, and needs none, it is said, as it holds for every number; expected one"
    )
    with pytest.raises(ContentError, match=words):

        @exercise.claim(domain={}, identity="algebra", always="for every number", kept={"t>0": "the custom"})
        def twice() -> None:
            """Twice."""


@pytest.mark.parametrize(
    ("prints", "lost"), [("\rho, \\kappa", r"'\\rho'"), ("p, \nu", r"'\\nu'"), ("\theta", r"'\\theta'"), ("\beta", r"'\\x08eta'")]
)
def test_symbols_in_a_string_that_is_not_raw_are_told_as_that(prints: str, lost: str) -> None:
    with pytest.raises(
        ContentError, match=rf"test_exercise\.py:\d+: twice: its symbols have lost a backslash at {lost}; expected an r before"
    ):

        @_exercise().claim(prints, domain={}, identity="algebra")
        def twice() -> None:
            """Twice."""


def test_symbols_over_several_lines_have_lost_nothing() -> None:
    @_exercise().claim("p,\n    q", domain={}, identity="algebra")
    def twice() -> None:
        """Twice."""

    assert twice.prints == ("p", "q")


def test_an_error_below_0_is_none() -> None:
    with pytest.raises(ValueError, match=r"^error is -1; expected 0 or more$"):
        Estimate(value=1.0, error=-1)
