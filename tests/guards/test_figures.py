"""A figure of this run is placed by its name, never by a path that is typed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable

import pytest
from conftest import Homework

from hwgen.guards.figures import by_hand, nowhere
from hwgen.page.page import Names, Page, Printed
from hwgen.program import build

Make = Callable[[str], Page]
NAMES = Names(values={"figures": ["error", "mean_error", "slope"]}, claims={})


def found(page: Page) -> list[str]:
    return [str(one) for one in by_hand(dataclasses.replace(page, names=NAMES))]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("figures/ex1_ntk_error.pdf", "error"),
        ("figures/ex1_ntk_error", "error"),
        ("./figures/ex1_ntk_mean_error.pdf", "mean_error"),
        ("ex1_ntk_slope.pdf", "slope"),
        ("figures/slpoe.pdf", "slope"),
        ("../figures/error", "error"),
    ],
)
@pytest.mark.parametrize("command", [r"\includegraphics", r"\includegraphics[width=3cm]", r"\includegraphics*"])
def test_a_path_to_what_this_run_draws_is_refused_with_its_name(page: Make, command: str, path: str, meant: str) -> None:
    (said,) = found(page(f"a\n{command}{{{path}}}"))
    assert said.startswith(f"templates/t.tex.j2:2:{len(command) + 2}: ")
    assert f"is typed by hand; expected \\VAR{{figures.{meant}}}" in said


@pytest.mark.parametrize("path", ["@@@{figures.error}@", "pictures/me.pdf", "figures/me.png", "logo", "@@@{figures.mean_error}@"])
def test_a_figure_by_its_name_and_a_picture_of_the_author_are_welcome(page: Make, path: str) -> None:
    assert found(page(f"\\includegraphics[width=3cm]{{{path}}}")) == []


def test_a_figure_or_table_that_no_version_shows_is_told_at_the_line_that_declares_it(page: Make) -> None:
    text = "$\\VAR{x}$"
    whole = dataclasses.replace(page(text), names=NAMES)
    where = {
        "error": (str(whole.root.resolve() / "exercises/one.py"), 7),
        "slope": ("/elsewhere/two.py", 9),
        "rows": ("/elsewhere/two.py", 11),
    }
    names = dataclasses.replace(NAMES, values={**NAMES.values, "tables": ["rows", "appendix"]}, where=where)
    whole = dataclasses.replace(whole, names=names)
    assert list(nowhere(Printed(whole, {}))) == [
        "exercises/one.py:7: error is shown nowhere; expected \\VAR{figures.error} in a template, or its function deleted",
        "two.py:9: slope is shown nowhere; expected \\VAR{figures.slope} in a template, or its function deleted",
        "two.py:11: rows is shown nowhere; expected \\VAR{tables.rows} in a template, or its function deleted",
    ]
    # What only the whole version shows is shown.
    shown = dataclasses.replace(page(_all("figures.error", "figures.slope", "tables.rows")), names=names)
    assert list(nowhere(Printed(dataclasses.replace(whole, whole=shown), {}))) == []


def _all(*values: str) -> str:
    return " ".join(f"@@@{{{one}}}@" for one in values)


def test_a_number_that_is_printed_nowhere_is_told_by_a_build(homework: Homework) -> None:
    homework.change(r"$\VAR{constants.slope_darts}$", "known")
    (said,) = build.pdf(build.read(homework.request())).warnings
    declared = r"(?:.*/)?__init__\.py:\d+: slope_darts is shown nowhere"
    assert re.fullmatch(declared + r"; expected \\VAR\{constants\.slope_darts\} in a template, or its function deleted", said)
