"""The LaTeX process: fed through a pipe, stopped in the middle, and told nothing that it should not hear."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from hwgen.typesetting import installation, process
from hwgen.typesetting.workplace import Workplace, taken

HEAD = "\\documentclass{article}\n\\newcommand{\\word}{house}\n"
BODY = "\\begin{document}\n\\word\n\\end{document}\n"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    (tmp_path / "templates").mkdir()
    with contextlib.closing(taken(tmp_path)) as found:
        yield found


def test_a_waiting_process_makes_the_page_of_its_text(place: Workplace) -> None:
    waiting = process.from_pipe(place, "page")
    assert waiting.process.poll() is None
    process.feed(waiting, HEAD + BODY)
    assert waiting.wait()
    assert place.file("page.pdf").read_bytes().startswith(b"%PDF")


def test_an_error_ends_it_badly_with_the_line_in_the_log(place: Workplace) -> None:
    one = process.from_pipe(place, "page")
    process.feed(one, HEAD + BODY.replace(r"\word", r"\wrod"))
    assert not one.wait()
    assert f"{place.path}/page.tex:4: Undefined control sequence" in place.file("page.log").read_text(errors="replace")


def test_a_process_can_be_stopped_before_its_text(place: Workplace) -> None:
    one = process.from_pipe(place, "page")
    one.stop()
    assert one.process.returncode != 0
    one.stop()


def test_what_the_environment_says_beside_the_packages_reaches_no_latex(place: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("error_line", "TEXFONTMAPS", "TFMFONTS", "openout_any", "LATEXMKRC"):
        monkeypatch.setenv(name, "a")
    monkeypatch.setenv("TEXMFHOME", "/own")
    told = installation.environment()
    assert {"error_line", "TEXFONTMAPS", "TFMFONTS", "LATEXMKRC"}.isdisjoint(told)
    assert (told["openout_any"], told["TEXMFHOME"]) == ("p", "/own")
