"""Numbers are told as they are printed, and the arrays behind figures can be saved as tables and read back."""

from __future__ import annotations

import csv
import dataclasses
import io
import urllib.parse
from typing import Any

import numpy as np
import pytest

from hwgen.model import Estimate
from hwgen.report.drawings import drawings
from hwgen.report.numbers import axes, numbers, shape, studies, table


def test_a_number_has_its_digits_its_error_and_its_place(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    (slope,) = (one for one in numbers(evidence, document.page) if one.name == "slope_darts")
    assert slope.known.startswith("standard error 0.0")
    assert slope.printed.startswith("-0.4")
    (there,) = slope.places
    assert there.at == "templates/circle.tex.j2:15:22"
    assert there.sentence.startswith("The fitted slope is $@@@{constants.slope_darts}@$, see Figure")


@pytest.mark.parametrize(
    ("estimate", "known", "typed"),
    [
        (
            {"value": 20.0, "error": 0.0},
            "no error of its own: made from the arrays of its studies, and rounded if at all by the function that makes it",
            "20",
        ),
        ({"value": 42.5111, "error": 1e-3, "rounds": "up"}, "enclosed to ± 0.001: 4 digits, rounded up past it", "42.52"),
        ({"value": 1538316.1, "error": 1.5e3}, "enclosed to ± 1.5e+03: 3 digits", "1.54×10^6"),
        ({"value": 0.0685504, "error": 1e-6}, "enclosed to ± 1e-06: 4 digits", "0.06855"),
        (
            {"value": -0.4996, "error": 0.0023, "statistical": True},
            "standard error 0.0023: 3 digits, its own first one in brackets",
            "-0.500(2)",
        ),
    ],
)
def test_a_number_says_what_fixes_its_digits(toy_evidence: Any, estimate: Any, known: str, typed: str) -> None:
    one = dataclasses.replace(numbers(toy_evidence[1], toy_evidence[0].page)[0], estimate=Estimate(**estimate))
    assert (one.known, one.typed) == (known, typed)


def test_figures_and_tables_have_their_studies_and_settings(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    drawn, table = drawings(evidence, document.page)
    assert (table.name, table.path, table.noun["of"]) == ("darts_table", "", ["darts"])
    assert drawn.noun["of"] == ["darts"]
    assert drawn.settings == {"exponent": "2.0"}
    assert drawn.path == "figures/circle_darts_error.pdf"


def test_an_array_comes_back_from_its_table(toy_evidence: Any) -> None:
    (darts,) = studies(toy_evidence[1])
    errors = next(one for one in darts.arrays if one.name == "errors")
    assert errors.link.startswith("data:text/csv;charset=utf-8,")
    rows = list(csv.reader(io.StringIO(urllib.parse.unquote(errors.link.partition(",")[2]))))
    assert rows[0][:2] == ["row", "errors at throws=16"]
    found = np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])
    assert np.array_equal(found, np.array(toy_evidence[1]["studies"]["darts"]["errors"]))
    assert (errors.shape, errors.file) == ((30, 6), "darts.errors.csv")
    assert set(darts.viewed) == {"slope_darts", "darts_error", "darts_table"}


@pytest.mark.parametrize("dimensions", [(), (4,), (2, 3), (2, 3, 4)])
def test_every_entry_of_an_array_is_in_its_table_once(dimensions: tuple[int, ...]) -> None:
    array = np.arange(np.prod(dimensions, dtype=int)).reshape(dimensions).astype(float)
    rows = list(table(array.tolist(), "a", axes("a", {"a": array.tolist()})))
    head = len(dimensions) - 1 if len(dimensions) > 1 else len(dimensions)
    cells = [cell for row in rows[1:] for cell in row[head:]]
    assert [float(cell) for cell in cells] == array.ravel().tolist()
    assert shape(array.tolist()) == dimensions
