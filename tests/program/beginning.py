"""A new homework that a beginner changes: its files, and what a command says of a change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import warm
from conftest import PROJECT, once

from hwgen.program import begin

CLAIMS, NUMBERS, PROBLEM, PROOFS, INIT = (
    f"exercises/ex1_descent/{name}.py" for name in ("claims", "numbers", "problem", "proofs", "__init__")
)
PAGE, DOCUMENT = "templates/ex1_descent.tex.j2", "templates/document.tex.j2"
PROGRAM = "from hwgen.__main__ import main; main()"
Change = tuple[str, str, str]


@pytest.fixture(scope="session")
def new(shared: Path) -> Path:
    """A new homework, all that is computed for it known: what is said of it is the subject."""

    def made(folder: Path) -> None:
        begin.init(folder)
        done = subprocess.run([sys.executable, "-m", "hwgen", "check"], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return once(shared, "new-homework", made)


@pytest.fixture
def beginner(tmp_path: Path, new: Path) -> Callable[..., tuple[int, str]]:
    """Change files of a new homework, and run a command there: its exit code and all that it says."""

    def tried(changes: list[Change], command: str) -> tuple[int, str]:
        root = tmp_path / "hw6"
        shutil.copytree(new, root)
        for file, old, now in changes:
            text = (root / file).read_text()
            assert old in text, f"{file}: {old}"
            (root / file).write_text(text.replace(old, now, 1))
        done = warm.run(PROGRAM, *command.split(), folder=root, environment={**os.environ, "PYTHONPATH": str(PROJECT)})
        return done.returncode, done.stdout + done.stderr

    return tried
