"""A line's pages are told by a PDF that is there, as long as the template is the one that it was made from."""

from __future__ import annotations

import dataclasses
import gzip
from pathlib import Path
from typing import Any

import pytest

from hwgen.model import Place
from hwgen.page.rendered import Rendered
from hwgen.program import printed_on
from hwgen.typesetting import noted
from hwgen.typesetting.workplace import FOLDER

LINES = ["First words.", r"A number $@@@{constants.a}@$ in it.", "", "Last words."]
SYNCTEX = "Input:7:/elsewhere/templates/t.tex.j2\nInput:8:/other.tex\n{1\n[7,1:0,0\nh7,2:0\n}1\n{2\n$7,2:0\ng7,4:0\ng8,1:0\n}2\n"


VALUES = ["First words.", "A number $-0.5(1)$ in it.", "", "Last words."]


def _rendered(lines: list[str], numbers: list[int] | None = None) -> Rendered:
    return Rendered("\n".join(lines), tuple(Place(file="templates/t.tex.j2", line=one) for one in numbers or range(1, len(lines) + 1)))


def _built(root: Path, name: str, filled: Rendered) -> None:
    """What a build leaves of a page."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    (root / "build" / "last").write_text(f"build/{name}.pdf\n")
    (root / "build" / f"{name}.pdf").write_bytes(b"")
    (root / "build" / f"{name}.synctex.gz").write_bytes(gzip.compress(SYNCTEX.encode()))
    noted.keep(root, "solution", filled, root / "build" / f"{name}.pdf")


@pytest.fixture
def made(tmp_path: Path, toy_evidence: Any) -> Any:
    """A function that looks at a page of some lines, where another one was built."""
    _built(tmp_path, "a", _rendered(VALUES))

    def look(lines: list[str], own: str = "") -> Any:
        page = dataclasses.replace(toy_evidence[0].page, rendered=_rendered(lines))
        return printed_on.shown(page, tmp_path, own).sheets

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


def test_a_table_has_lines_of_its_own_and_what_ends_a_template_prints_nothing(made: Any, tmp_path: Path) -> None:
    _built(
        tmp_path,
        "a",
        _rendered(["First words.", r"A number $\begin{tabular}", r"\end{tabular}$ in it.", "", "Last words."], [1, 2, 2, 3, 4]),
    )
    (tmp_path / "build" / "a.synctex.gz").write_bytes(gzip.compress(SYNCTEX.replace("g7,4", "g7,5:0\ng7,4").encode()))
    assert made(LINES) == {"templates/t.tex.j2": {1: [1], 2: [1, 2], 4: [2]}}


def test_the_page_s_own_pdf_is_preferred_to_a_later_one_unless_it_shows_less(made: Any, tmp_path: Path, toy_evidence: Any) -> None:
    page = dataclasses.replace(toy_evidence[0].page, rendered=_rendered(LINES))
    for name, own in (("whole", VALUES), ("stale", ["Other words."]), ("short", VALUES)):
        _built(tmp_path, name, _rendered(own))
    assert [printed_on.shown(page, tmp_path, f"{name}.pdf").name for name in ("whole", "stale", "absent")] == [
        "whole.pdf",
        "short.pdf",
        "short.pdf",
    ]


def test_what_latex_noted_of_a_version_outlives_the_build_of_another(tmp_path: Path, toy_evidence: Any) -> None:
    page = dataclasses.replace(toy_evidence[0].page, rendered=_rendered(LINES))
    (tmp_path / FOLDER).mkdir(parents=True)
    for name in ("whole", "short"):
        (tmp_path / FOLDER / "solution.aux").write_text(f"of the {name} one")
        _built(tmp_path, name, _rendered(VALUES))
    assert printed_on.shown(page, tmp_path, "whole.pdf").notes["aux"].read_text() == "of the whole one"
