"""A line's pages are told by the last PDF, as long as the template is the one that it was made from."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path
from typing import Any

import pytest

from hwgen.model import Place
from hwgen.page.template import Rendered
from hwgen.program import printed_on
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.workplace import FOLDER

LINES = ["First words.", r"A number $@@@{constants.a}@$ in it.", "", "Last words."]
SYNCTEX = "Input:7:/elsewhere/templates/t.tex.j2\nInput:8:/other.tex\n{1\n[7,1:0,0\nh7,2:0\n}1\n{2\n$7,2:0\ng7,4:0\ng8,1:0\n}2\n"


@pytest.fixture
def made(tmp_path: Path, toy_evidence: Any) -> Any:
    """What a build leaves of these lines; a function that looks at a page of other ones."""
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / f"{JOBNAME}.tex").write_text("\n".join(["before", LINES[0], "A number $-0.5(1)$ in it.", "", LINES[3], "after"]))
    (tmp_path / "build" / "last").write_text("build/a.pdf\n")
    (tmp_path / "build" / "a.synctex.gz").write_bytes(gzip.compress(SYNCTEX.encode()))

    def look(lines: list[str]) -> Any:
        places = tuple(Place(file="templates/t.tex.j2", line=number) for number in range(1, len(lines) + 1))
        page = dataclasses.replace(toy_evidence[0].page, rendered=Rendered("\n".join(lines), places))
        return printed_on.printed_on(page, tmp_path)

    return look


def test_each_line_has_the_pages_of_what_it_prints(made: Any) -> None:
    assert made(LINES) == {"templates/t.tex.j2": {1: [1], 2: [1, 2], 4: [2]}}


@pytest.mark.parametrize("lines", [LINES[1:], LINES[:2] + LINES[3:], [*LINES[:3], "Other words."], ["More.", *LINES]])
def test_of_a_template_that_was_changed_since_nothing_is_told(made: Any, lines: list[str]) -> None:
    assert made(lines) == {}


def test_without_a_pdf_or_with_a_damaged_record_nothing_is_told(made: Any, tmp_path: Path) -> None:
    (tmp_path / "build" / "a.synctex.gz").write_bytes(b"damaged")
    assert made(LINES) == {}
    (tmp_path / "build" / "last").unlink()
    assert made(LINES) == {}
