"""Numbers are told as they are printed, and the arrays behind figures can be saved as tables and read back."""

from __future__ import annotations

import base64
import copy
import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hwgen.model import Estimate
from hwgen.model import Place as PagePlace
from hwgen.model.errors import ContentError
from hwgen.page.rendered import Rendered
from hwgen.report.drawings import drawings, settings
from hwgen.report.graph import Label
from hwgen.report.numbers import Place, numbers
from hwgen.report.report import Facts, report
from hwgen.report.studies import axes, flat, packed, shape, studies


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
        ({"value": 42.5111, "error": 1e-3, "rounds": "up"}, "within ± 0.001, as its author says: 4 digits, rounded up past it", "42.52"),
        ({"value": 1538316.1, "error": 1.5e3}, "within ± 1.5e+03, as its author says: 3 digits", "1.54×10^6"),
        ({"value": 0.0685504, "error": 1e-6}, "within ± 1e-06, as its author says: 4 digits", "0.06855"),
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
    assert settings(evidence, drawn.noun["exercise"]) == {"exponent": "2.0"}
    assert drawn.path == "figures/circle_darts_error.pdf"


def test_an_array_comes_back_from_what_the_page_holds(toy_evidence: Any) -> None:
    (darts,) = studies(toy_evidence[1])
    errors = next(one for one in darts.arrays if one.name == "errors")
    assert errors.packed["name"] == "errors"
    assert [(axis, len(along)) for axis, along in errors.packed["axes"]] == [("row", 30), ("throws", 6)]
    assert (errors.shape, errors.file) == ((30, 6), "darts.errors.csv")
    assert _entries(errors.packed) == flat(toy_evidence[1]["studies"]["darts"]["errors"])
    assert set(darts.viewed) == {"slope_darts", "darts_error", "darts_table"}


def _entries(packed: dict[str, Any]) -> list[Any]:
    """As the page's script finds them."""
    if "entries" in packed:
        return list(packed["entries"])
    return [float(f"{one:.{packed['digits']}g}") for one in np.frombuffer(base64.b64decode(packed["singles"]), "<f4")]


@pytest.mark.parametrize(
    "entries", [[0.5], [0.0, -0.1], [0.123456, 9.87654e-30], [0.1234567], [1e-60], [1e300], [1.5, "inf"], [1.5, 2], [], [None]]
)
def test_every_entry_comes_back_as_it_was(entries: list[Any]) -> None:
    found = _entries(json.loads(json.dumps(packed(entries))))
    assert found == entries


def test_numbers_of_six_digits_take_the_space_of_single_ones() -> None:
    rng = np.random.default_rng(20)
    rounded = [float(f"{one:.6g}") for one in rng.standard_normal(1000) * 10.0 ** rng.integers(-20, 20, 1000)]
    assert len(packed(rounded)["singles"]) < 5.4 * len(rounded)
    assert _entries(packed(rounded)) == rounded


def test_an_axis_has_the_name_of_the_list_that_lies_along_it_and_equal_ones_in_their_order() -> None:
    arrays = {
        "model": ["trained", "frozen"],
        "shown": np.zeros((2, 3, 2)).tolist(),
        "step": [0.0, 4.0, 8.0],
        "input": ["first", "second"],
        "limits": [0.5, 0.25],
        "odd": ["nan", 1.5],
    }
    assert [along for along, _ in axes("shown", arrays)] == ["model", "step", "input"]
    assert axes("shown", arrays)[0][1] == ["trained", "frozen"]
    assert axes("limits", arrays) == [("value", range(1, 3))]
    assert axes("model", arrays) == [("name", range(1, 3))]
    assert axes("step", arrays) == [("number", range(1, 4))]


def with_axes(evidence: Any, said: str) -> Any:
    told = copy.deepcopy(evidence)
    told["origins"]["functions"][told["nouns"]["darts"]["by"]["function"]]["said"] = said
    return told


def test_a_study_says_what_its_axes_are_and_which_symbols_they_have(toy_evidence: Any) -> None:
    told = with_axes(toy_evidence[1], "Error.\n\nAxes: row is\nrepetition; throws is n.\n\nAnd more; row is not that.")
    (darts,) = studies(told)
    errors, throws = (next(one for one in darts.arrays if one.name == name) for name in ("errors", "throws"))
    assert [axis for axis, _ in errors.packed["axes"]] == ["repetition", "throws n"]
    assert (errors.size, throws.size) == ("30 repetitions × 6 throws n", "6 numbers")


@pytest.mark.parametrize(("said", "what"), [("rows is repetition", "rows"), ("row", "row"), ("row is ", "row")])
def test_an_axis_that_no_array_has_is_an_error_at_the_study(toy_evidence: Any, said: str, what: str) -> None:
    with pytest.raises(ContentError, match=rf":\d+: darts: its docstring says what '{what}' is, and no axis .* of number, row, throws"):
        studies(with_axes(toy_evidence[1], f"Error.\n\nAxes: {said}."))


def test_words_elsewhere_in_a_docstring_name_no_axes(toy_evidence: Any) -> None:
    (darts,) = studies(with_axes(toy_evidence[1], "Error. Axes: row is repetition."))
    assert darts.arrays[1].size == "30 rows × 6 throws"


@pytest.mark.parametrize("dimensions", [(), (4,), (2, 3), (2, 3, 4)])
def test_an_array_has_its_shape_and_its_entries_in_order(dimensions: tuple[int, ...]) -> None:
    array = np.arange(np.prod(dimensions, dtype=int)).reshape(dimensions).astype(float)
    assert shape(array.tolist()) == dimensions
    assert flat(array.tolist()) == array.ravel().tolist()


def test_a_number_in_a_caption_is_on_the_page_of_its_figure(toy_evidence: Any) -> None:
    """LaTeX moves a figure: no line of it has a page of its own."""
    document, evidence = toy_evidence
    source = (
        "A $@@@{constants.slope_darts}@$.\n\\begin{figure}\n\\caption{Of $@@@{constants.slope_darts}@$.}\n\\label{fig:darts}\n\\end{figure}"
    )
    places = tuple(PagePlace(file="templates/t.tex.j2", line=number) for number in range(1, 6))
    page = dataclasses.replace(document.page, rendered=Rendered(source, places))
    (slope,) = (one for one in numbers(evidence, page) if one.name == "slope_darts")
    assert [one.label for one in slope.places] == ["", "fig:darts"]
    html = report(evidence, page, Facts(root=Path("/project"), labels={"fig:darts": Label("3", "7")}))
    row = html.split('id="number-slope_darts"')[1].split('data-label="printed at">')[1].split("</td>")[0]
    assert re.findall(r"</code>( \(page \d+\))?", row) == ["", " (page 7)"]
    html = report(
        evidence, page, Facts(root=Path("/project"), sheets={"templates/t.tex.j2": {1: [2], 3: [4]}}, labels={"fig:darts": Label("3", "7")})
    )
    assert re.findall(r"\(page (\d+)\)", html.split('data-label="printed at">')[1].split("</td>")[0]) == ["2", "4"]


@pytest.mark.parametrize(
    ("after", "unit"),
    [(r"$ per cent", " per cent"), (r"\,\%$", " per cent"), (r"$~\%", " per cent"), ("$ percentiles", ""), ("$", ""), (r"/2\,\%$", "")],
)
def test_a_part_of_a_whole_is_counted_as_the_text_counts_it(toy_evidence: Any, after: str, unit: str) -> None:
    (slope,) = (one for one in numbers(toy_evidence[1], toy_evidence[0].page) if one.name == "slope_darts")
    told = dataclasses.replace(slope, places=[Place(at="t:1", sentence=f"Above by $@@@{{constants.slope_darts}}@{after} of it.")])
    assert told.unit == unit
    assert f"standard error {told.estimate.error:.2g}{unit}: " in told.known
    assert dataclasses.replace(told, places=[*told.places, Place(at="t:2", sentence="$@@@{constants.slope_darts}@$")]).unit == ""
