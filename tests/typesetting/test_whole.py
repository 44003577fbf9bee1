"""A PDF that is damaged anywhere that a reader needs is not taken for whole."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.typesetting import whole


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A PDF of three pages, and the log of its making."""
    folder = tmp_path_factory.mktemp("whole")
    text = r"\documentclass{article}\begin{document}One\newpage Two\newpage Three\end{document}"
    (folder / "page.tex").write_text(text)
    subprocess.run(["pdflatex", "-interaction=batchmode", "page.tex"], cwd=folder, capture_output=True, check=True)
    return (folder / "page.pdf").read_bytes(), (folder / "page.log").read_text()


def _broken(folder: Path, data: bytes, log: str) -> str:
    (folder / "page.pdf").write_bytes(data)
    return whole.broken(folder / "page.pdf", log)


def test_what_latex_made_is_whole(made: tuple[bytes, str], tmp_path: Path) -> None:
    assert _broken(tmp_path, *made) == ""


def test_another_number_of_pages_is_noticed(made: tuple[bytes, str], tmp_path: Path) -> None:
    data, log = made
    assert _broken(tmp_path, data, log.replace("(3 pages,", "(4 pages,")) == "holds 3 pages, and 4 were written"


def test_a_log_that_tells_of_no_page_is_of_no_file(made: tuple[bytes, str], tmp_path: Path) -> None:
    assert _broken(tmp_path, made[0], "") == "was never finished"


def _moved(data: bytes) -> bytes:
    """An object put elsewhere, in a file of the same size."""
    start = data.index(b" 0 obj", data.index(b"endobj"))
    return data[: start - 3] + b"   " + data[start:]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda data: data[:-1000], "bytes, and"),
        (lambda data: data + b"\n", "bytes, and"),
        (lambda data: data[:-6] + b"      ", "has no end"),
        (lambda data: data[:-1000] + bytes(1000), "has no end"),
        (lambda data: data.replace(b"/Type /XRef", b"/Type /Xxxx"), "a table of its objects that cannot be read"),
        (_moved, "does not hold object"),
    ],
)
def test_damage_is_noticed(made: tuple[bytes, str], tmp_path: Path, damage: Callable[[bytes], bytes], said: str) -> None:
    assert said in _broken(tmp_path, damage(made[0]), made[1])
