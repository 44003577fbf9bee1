"""What a folder or a PDF of somebody else says does not steer the terminal."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from typing import TextIO, cast

import pytest
from conftest import PROJECT, TESTS, Homework

from hwgen.program.terminal import Plain, behind, readable

TITLE = "\x1b]0;PWNED\x07"


def test_control_characters_are_spelt_out_and_all_else_is_as_it_was() -> None:
    text = "Émmy Noether\t\u03b1 <= \u221e\n"
    assert readable(text) == text
    assert readable(f"{TITLE}\r\x9b2J\x7f\x00") == r"\x1b]0;PWNED\x07\x0d\x9b2J\x7f\x00"


def test_a_bar_writes_to_the_stream_itself() -> None:
    raw = io.StringIO()
    print(TITLE, file=Plain(raw))
    assert raw.getvalue() == "\\x1b]0;PWNED\\x07\n"
    assert behind(cast(TextIO, Plain(raw))) is raw
    assert behind(raw) is raw


def on_a_terminal(homework: Homework) -> str:
    """What a build that is refused writes to a terminal: no escapes are taken away there."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{TESTS}"}
    done = subprocess.run(
        [sys.executable, "-m", "hwgen", "pdf"], cwd=homework.root, env=environment, stdout=theirs, stderr=theirs, check=False
    )
    os.close(theirs)
    said = os.read(ours, 4096).decode()
    os.close(ours)
    assert done.returncode == 2, said
    return said


@pytest.mark.parametrize("line", [r'file = "HW_{NOM}{\u001b]0;PWNED\u0007}.pdf"', r'"\u001b[31mk" = 1'])
def test_what_homework_toml_says_is_told_without_its_escapes(homework: Homework, line: str) -> None:
    path = homework.root / "homework.toml"
    kept = [one for one in path.read_text().splitlines() if not line.startswith("file") or not one.startswith("file")]
    path.write_text("\n".join([line, *kept]))
    said = on_a_terminal(homework)
    assert "\x1b" not in said
    assert "\\x1b" in said


def test_the_name_of_a_file_is_told_without_its_escapes(homework: Homework) -> None:
    (homework.root / "build").mkdir()
    (homework.root / "build" / TITLE).symlink_to(homework.root)
    said = on_a_terminal(homework)
    assert "\x1b" not in said
    assert f"build/{readable(TITLE)}: leads to another folder" in said
