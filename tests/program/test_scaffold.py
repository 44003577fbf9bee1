"""The stubs of new content: read at once, stopping every build until they are done, and never over something that is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hwgen.model.errors import InputError
from hwgen.program import begin, scaffold
from hwgen.program.new import KINDS

FIRST_PARTY = 'lint.isort.known-first-party = ["hwgen", "exercises"]'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A homework as hwgen init writes it."""
    begin.init(tmp_path / "hw6")
    return tmp_path / "hw6"


def hwgen(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "hwgen", *arguments]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


def test_every_stub_is_read_at_once_and_stops_the_builds_at_its_lines(project: Path) -> None:
    for kind in KINDS:
        if kind != "proof":
            scaffold.noun(project, kind, "ex1_descent", f"new_{kind}")
    scaffold.noun(project, "proof", "ex1_descent", "new_claim")
    assert "new_table" in hwgen(project, "list").stdout
    for command in (["check"], ["pdf"], ["pdf", "--draft"]):
        done = hwgen(project, *command)
        assert done.returncode == 2, done.stdout + done.stderr
        for kind in KINDS:
            file = "proofs" if kind == "proof" else f"new_{kind}"
            assert f"exercises/ex1_descent/{file}.py:" in done.stderr, done.stderr
        assert "templates/ex1_descent.tex.j2:" in done.stderr
        assert ": a TODO; expected it to be done" in done.stderr
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length=140", "--config", FIRST_PARTY, "."]
    lint = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert lint.returncode == 0, lint.stdout


def test_a_claim_is_judged_once_its_todos_are_done(project: Path) -> None:
    for path in scaffold.noun(project, "claim", "ex1_descent", "doubled"):
        path.write_text(path.read_text().replace("TODO", "done"))
    done = hwgen(project, "check", "doubled")
    assert (done.returncode, "doubled SUPPORTED" in done.stdout) == (0, True), done.stderr


def test_an_exercise_is_found_and_stands_before_the_references(project: Path) -> None:
    scaffold.exercise(project, "ex2_rates")
    text = (project / "templates" / "document.tex.j2").read_text()
    assert text.index("ex2_rates.tex.j2") < text.index(r"\begin{thebibliography}")
    done = hwgen(project, "check")
    assert (done.returncode, "exercises/ex2_rates/problem.py:1:4: a TODO" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(
    ("exercise", "name", "said"),
    [
        ("ex1_descend", "doubled", "no exercise of that name; expected one of ex1_descent. Did you mean 'ex1_descent'?"),
        ("ex1_descent", "Doubled", "expected a name of lower-case letters"),
        ("ex1_descent", "decrease", "has something of that name already"),
        ("ex1_descent", "problem", "there already"),
        ("ex1_descent", "lambda", "a word of Python's own"),
        ("ex1_descent", "sum", "a word of Python's own"),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_written(project: Path, exercise: str, name: str, said: str) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    with pytest.raises(InputError, match=said.replace("?", r"\?")):
        scaffold.noun(project, "claim", exercise, name)
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_proof_needs_its_claim(project: Path) -> None:
    with pytest.raises(InputError, match="no claim of that name in ex1_descent; expected one to prove"):
        scaffold.noun(project, "proof", "ex1_descent", "nowhere")
    with pytest.raises(InputError, match="proves it already"):
        scaffold.noun(project, "proof", "ex1_descent", "decrease")
