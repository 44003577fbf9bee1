"""The stubs of new content: written whole, in their places, failing until they are done, and never over something that is there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT

from hwgen.model.errors import InputError
from hwgen.program import scaffold

COPIED = ("hwgen", "templates", "tests", "pyproject.toml")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project."""
    for name in COPIED:
        source, to = PROJECT / name, tmp_path / name
        if source.is_dir():
            shutil.copytree(source, to, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, to)
    return tmp_path


def command(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project)}
    return subprocess.run([sys.executable, "-m", *arguments], cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_a_new_claim_is_read_at_once_and_refuted_until_it_is_done(project: Path) -> None:
    scaffold.claim(project, "ex1_ntk", "doubled")
    done = command(project, "hwgen", "check", "doubled")
    assert (done.returncode, "doubled REFUTED" in done.stderr) == (1, True), done.stderr
    assert r"\checked{doubled}{y = 2x}" in (project / "templates/ex1_ntk.tex.j2").read_text()
    tested = command(project, "pytest", "-q", "-p", "no:cacheprovider", "tests/homework/exercises/test_ex1_ntk_doubled.py")
    assert tested.returncode == 1, tested.stdout
    stub = project / "hwgen/homework/exercises/ex1_ntk/doubled.py"
    stub.write_text(stub.read_text().replace("x**2", "x + x"))
    assert command(project, "hwgen", "check", "doubled").returncode == 0


def test_a_new_figure_and_a_new_exercise_fail_their_tests(project: Path) -> None:
    scaffold.figure(project, "ex1_ntk", "spread")
    written = scaffold.exercise(project, "ex4_rates")
    assert {path.name for path in written} >= {"problem.py", "ex4_rates.tex.j2", "test_ex4_rates.py", "document.tex.j2"}
    names = ["tests/homework/exercises/test_ex1_ntk_spread.py", "tests/homework/exercises/test_ex4_rates.py"]
    tested = command(project, "pytest", "-q", "-p", "no:cacheprovider", *names)
    assert tested.stdout.count("FAILED") == 2, tested.stdout
    assert "error" not in tested.stdout.lower().replace("assertionerror", "")
    lint = subprocess.run([sys.executable, "-m", "ruff", "check", "."], cwd=project, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout


@pytest.mark.parametrize(
    ("exercise", "name", "said"),
    [
        ("ex1_ntl", "doubled", "no exercise of that name; expected one of ex1_ntk, .* Did you mean 'ex1_ntk'?"),
        ("ex1_ntk", "Doubled", "expected a name of lower-case letters"),
        ("ex1_ntk", "kappa", "has something of that name already"),
        ("ex1_ntk", "problem", "there already"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_written(project: Path, exercise: str, name: str, said: str) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(InputError, match=said):
        scaffold.claim(project, exercise, name)
    assert sorted(project.rglob("*")) == before
