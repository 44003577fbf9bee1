"""Numbers are told as they are printed, and the arrays behind figures can be saved as tables and read back."""

from __future__ import annotations

import csv
import io
import urllib.parse
from typing import Any

import numpy as np
import pytest

from hwgen.report.numbers import drawings, numbers, shape, studies, table


def test_a_number_has_its_digits_its_error_and_its_place(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    (slope,) = (one for one in numbers(evidence, document.page) if one.name == "slope_darts")
    assert slope.known.startswith("standard error 0.0")
    assert slope.printed.startswith("-0.4")
    assert slope.places == ["templates/circle.tex.j2:15:22"]


def test_a_figure_has_its_studies_and_settings(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    (drawn,) = drawings(evidence, document.page)
    assert drawn.noun["of"] == ["darts"]
    assert drawn.settings == {"exponent": "2.0"}
    assert drawn.path == "figures/circle_darts_error.pdf"


def test_an_array_comes_back_from_its_table(toy_evidence: Any) -> None:
    (darts,) = studies(toy_evidence[1])
    errors = next(one for one in darts.arrays if one.name == "errors")
    assert errors.link.startswith("data:text/csv;charset=utf-8,")
    rows = list(csv.reader(io.StringIO(urllib.parse.unquote(errors.link.partition(",")[2]))))
    found = np.array([[float(cell) for cell in row[1:]] for row in rows[1:]])
    assert np.array_equal(found, np.array(toy_evidence[1]["studies"]["darts"]["errors"]))
    assert (errors.shape, errors.file) == ((30, 6), "darts.errors.csv")
    assert set(darts.viewed) == {"slope_darts", "darts_error", "darts_table"}


@pytest.mark.parametrize("dimensions", [(), (4,), (2, 3), (2, 3, 4)])
def test_every_entry_of_an_array_is_in_its_table_once(dimensions: tuple[int, ...]) -> None:
    array = np.arange(np.prod(dimensions, dtype=int)).reshape(dimensions).astype(float)
    rows = list(table(array.tolist()))
    head = max(len(dimensions) - 1, 0)
    cells = [cell for row in (rows[1:] if head else rows) for cell in row[head:]]
    assert [float(cell) for cell in cells] == array.ravel().tolist()
    assert shape(array.tolist()) == dimensions
