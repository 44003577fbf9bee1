"""The LaTeX process: fed through a pipe, stopped in the middle, and the format of a preamble that is made anew when it changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from hwgen.typesetting import process

HEAD = "\\documentclass{article}\n\\newcommand{\\word}{house}\n"
BODY = "\\begin{document}\n\\word\n\\end{document}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / process.FOLDER).mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    return tmp_path


def _log(root: Path) -> str:
    return (root / process.FOLDER / "page.log").read_text(errors="replace")


def test_a_waiting_process_makes_the_page_of_its_text(root: Path) -> None:
    waiting = process.from_pipe(root, "page")
    assert waiting.process.poll() is None
    process.feed(waiting, HEAD + BODY)
    assert waiting.wait()
    assert (root / process.FOLDER / "page.pdf").read_bytes().startswith(b"%PDF")


def test_an_error_ends_it_badly_with_the_line_in_the_log(root: Path) -> None:
    one = process.from_pipe(root, "page")
    process.feed(one, HEAD + BODY.replace(r"\word", r"\wrod"))
    assert not one.wait()
    assert f"{process.FOLDER}/page.tex:4: Undefined control sequence" in _log(root)


def test_a_process_can_be_stopped_before_its_text(root: Path) -> None:
    one = process.from_pipe(root, "page")
    one.stop()
    assert one.process.returncode != 0
    one.stop()


def test_the_preamble_is_precompiled_once_and_anew_when_it_changes(root: Path) -> None:
    first = process.precompiled(root, HEAD + BODY, set())
    made = root / process.FOLDER / f"{first}.fmt"
    stamp = made.stat().st_mtime_ns
    assert process.precompiled(root, HEAD + BODY.replace("word", "LaTeX"), set()) == first
    assert made.stat().st_mtime_ns == stamp
    other = process.precompiled(root, HEAD.replace("house", "door") + BODY, set())
    assert other != first
    assert [path.name for path in (root / process.FOLDER).glob("*.fmt")] == [f"{other}.fmt"]
    one = process.from_pipe(root, "page", other)
    process.feed(one, HEAD.replace("house", "door") + BODY)
    assert one.wait()


def test_a_preamble_that_does_not_compile_gives_no_format(root: Path) -> None:
    assert process.precompiled(root, "\\documentclass{nowhere}\n" + BODY, set()) == ""
