"""What a shell completes: names of claims, figures, exercises and labels as the text has them; of what is half written nothing is said."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT

from hwgen.model import catalog
from hwgen.program import begin
from hwgen.program.completing import CLAIMS, EVERYTHING, EXERCISES, FIGURES, VERSIONS, names
from hwgen.program.homework import homework

BASH = """eval "$($HWGEN completion bash)"
COMP_WORDS=(TYPED) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _hwgen_completion "$HWGEN"; echo "${COMPREPLY[@]}"
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new homework, as the current folder."""
    begin.init(tmp_path / "hw")
    monkeypatch.chdir(tmp_path / "hw")
    return tmp_path / "hw"


@pytest.mark.parametrize(
    ("kind", "begun", "found"),
    [
        (CLAIMS, "", ["decrease", "iterates", "one_step_too_many"]),
        (CLAIMS, "x", []),
        (FIGURES, "", ["distance"]),
        (EXERCISES, "", ["ex1_descent"]),
        (VERSIONS, "", ["full"]),
        (EVERYTHING, "de", ["decrease", "descent"]),
        (EVERYTHING, "fig:", ["fig:distance"]),
    ],
)
def test_names_are_those_of_the_text(root: Path, monkeypatch: pytest.MonkeyPatch, kind: str, begun: str, found: list[str]) -> None:
    monkeypatch.chdir(root / "templates")
    assert names(kind, begun) == found


def test_every_name_that_this_homework_declares_completes() -> None:
    declared = catalog.load(homework(PROJECT).content).nouns
    assert len(declared) > 200
    assert set(declared) - set(names(EVERYTHING, "")) == set()


def test_what_is_half_written_and_no_homework_complete_to_nothing_and_say_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (root / "exercises/ex1_descent/claims.py").write_text("def (")
    assert (names(CLAIMS, ""), names(FIGURES, "")) == ([], ["distance"])
    (root / "homework.toml").write_text("oops")
    assert names(EVERYTHING, "") == []
    monkeypatch.chdir(root.parent)
    assert names(CLAIMS, "") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hwgen check it", "iterates"),
        ("hwgen check iterates it", ""),
        ("hwgen new claim ex", "ex1_descent"),
        # As bash hands over what has a colon, and takes what comes after it.
        ("hwgen why fig : di", "distance"),
        ("hwgen why fig :", "distance"),
        ("hwgen pdf --version = f", "full"),
        ("hwgen sub", "submit"),
    ],
)
@pytest.mark.usefixtures("root")
def test_bash_completes_names(words: str, said: str) -> None:
    script = BASH.replace("TYPED", words)
    environment = {**os.environ, "HWGEN": begin.installed()}
    done = subprocess.run(["bash", "--norc", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (said, "")
