"""Curves say whether a cost grows faster than its work; the repeated document is the document, as often as it is asked for."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from conftest import Homework
from rich.console import Console

from hwgen.bench import curves, drawn, repeated
from hwgen.bench.curves import Curve
from hwgen.guards import guards
from hwgen.model.errors import InputError
from hwgen.program import build

GROWING = Curve(
    name="Page loop, by formulas", x="formulas", work=[1, 2, 4], seconds=[1, 2, 4], peaks=[5e7, 6e7, 7e7], target="linear", met=True
)


@pytest.mark.parametrize(
    ("seconds", "met"),
    [([1.0, 2.0, 4.0], True), ([1.0, 1.1, 1.3], True), ([1.0, 2.0, 8.0], False), ([1.0, 2.4, 5.7], True), ([1.0, 2.6, 5.0], False)],
)
def test_growth_no_faster_than_the_work_is_linear_up_to_noise(seconds: list[float], met: bool) -> None:
    assert curves.linear([1, 2, 4], seconds) is met


def test_memory_that_grows_by_more_than_a_few_pages_is_not_flat() -> None:
    assert curves.flat([100.0, 104.0, 101.0])
    assert not curves.flat([100.0, 125.0])


def test_a_curve_is_a_table_and_a_figure(tmp_path: Path) -> None:
    console = Console(file=io.StringIO(), width=120)
    console.print(drawn.curve(GROWING))
    assert isinstance(console.file, io.StringIO)
    assert all(word in console.file.getvalue() for word in ("linear met", "50 MB", "2.000"))
    (path,) = drawn.write([GROWING], tmp_path / "bench")
    assert path.name == "page_loop_by_formulas.pdf"
    assert len(pypdf.PdfReader(path).pages) == 1


def test_the_document_repeated_has_every_formula_so_often_and_no_mistake(homework: Homework) -> None:
    page = build.read(homework.request()).page
    once, thrice = repeated.repeated(page, 1), guards.guarded(repeated.repeated(page, 3))
    assert (once.rendered, once.names) == (page.rendered, page.names)
    assert [one.name for one in thrice.formulas[: len(page.formulas)]] == [one.name for one in page.formulas]
    assert len(thrice.formulas) == 3 * len(page.formulas)
    assert len({one.name for one in thrice.formulas}) == 3 * len({one.name for one in page.formulas})
    assert thrice.coverage == (3 * page.coverage[0], 3 * page.coverage[1])
    last = thrice.formulas[-1]
    assert (last.text, last.place) == (page.formulas[-1].text, page.formulas[-1].place)


def test_the_floor_of_the_streaming_kernel_does_the_same_products() -> None:
    command = [sys.executable, "-m", "hwgen.homework.stream", "1000", "1", "16"]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert found["floor"][0] > 0
    assert found["estimate"][0] > 0
    assert found["peak"] > 1e6


def test_what_cannot_be_measured_is_said_with_its_reason() -> None:
    with pytest.raises(InputError, match=r"(?s)hwgen\.homework\.stream nothing ended with exit code 1; expected 0.*invalid literal"):
        curves._told([sys.executable, "-m", "hwgen.homework.stream", "nothing"], Path(), dict(os.environ))
