"""What an author's function gives is brought into the form that is kept, or refused by what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hwgen.judging import making
from hwgen.model import Estimate


class Thing:
    """What no file can hold."""


NAN, ENDLESS = Estimate(value=np.nan, error=0.0), Estimate(value=1.0, error=np.inf)
PLAIN = "holds Thing; expected numbers or text"
REFUSED: dict[str, tuple[Callable[[], Any], str]] = {
    "a study of an object": (
        lambda: making.arrays(lambda problem: {"a": Thing()}, None),
        PLAIN,
    ),
    "a study of a list of objects": (
        lambda: making.arrays(lambda problem: {"a": [Thing(), 1]}, None),
        "holds Thing; expected numbers or text",
    ),
    "a study of an array alone": (lambda: making.arrays(lambda problem: np.ones(3), None), "returned ndarray; expected arrays by name"),
    "a study of nothing": (lambda: making.arrays(lambda problem: None, None), "returned NoneType; expected arrays by name"),
    "a constant that is a float": (lambda: making.number(lambda: 1.0, ()), "returned float; expected an Estimate"),
    "a constant that is no number": (
        lambda: making.number(lambda: NAN, ()),
        "is nan ± 0.0; expected a finite number",
    ),
    "a constant without an end": (
        lambda: making.number(lambda: ENDLESS, ()),
        "is 1.0 ± inf; expected a finite number",
    ),
    "a table with rows of two lengths": (lambda: making.rows(lambda: [["n"], ["3", "4"]], ()), "rows of 1 and 2 cells; expected a header"),
    "a table without a row": (lambda: making.rows(list, ()), "rows of no cells"),
    "a table of numbers": (lambda: making.rows(lambda: [["n", "error"], ["3", 0.1]], ()), "the table holds 0.1, float; expected text"),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_cannot_be_kept_or_printed_is_refused_by_what_it_is(what: str) -> None:
    make, said = REFUSED[what]
    with pytest.raises(making.Unfit, match=said):
        make()


def test_numbers_truth_values_text_and_gaps_are_kept() -> None:
    given = {"n": [1, 2], "x": [1.23456789, np.nan], "z": [1j], "b": [True], "t": ["a"]}
    kept = making.arrays(lambda problem: given, None)
    assert kept["x"][0] == 1.23457
    assert np.isnan(kept["x"][1])
    assert [kept[name].tolist() for name in "nzbt"] == [[1, 2], [1j], [True], ["a"]]


FLOATS = making.arrays(lambda problem: {"x": [np.pi, 1234567.0, 0.25], "n": [1234567]}, None)
COARSE = making.arrays(lambda problem: {"x": [0.25, 1e7 / 3]}, None)


@pytest.mark.parametrize(
    ("study", "value", "error", "kept"),
    [
        (FLOATS, FLOATS["x"][0], 1e-10, False),
        (FLOATS, FLOATS["x"][0], 5e-6, True),
        (FLOATS, FLOATS["x"][1], 0.0, False),
        (FLOATS, FLOATS["x"][1], 5.0, True),
        (FLOATS, FLOATS["x"][2], 0.0, True),
        (FLOATS, float(np.argmax(FLOATS["x"])), 0.0, True),
        ({"n": FLOATS["n"]}, float(FLOATS["n"][0]), 0.0, True),
        ({"n": FLOATS["n"], "x": np.array([0.5, np.nan])}, FLOATS["n"][0] / 3, 1e-9, True),
        (COARSE, float(COARSE["x"].sum()), 1e-9, False),
    ],
)
def test_a_constant_has_no_digits_that_its_study_did_not_keep(study: Any, value: float, error: float, kept: bool) -> None:
    def compute(data: Any) -> Estimate:
        return Estimate(value=float(value), error=error)

    if kept:
        assert making.number(compute, [study]).value == value
    else:
        with pytest.raises(making.Unfit, match="a study's floats are kept to 6 digits; expected an error of"):
            making.number(compute, [study])
