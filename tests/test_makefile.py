"""The targets of the Makefile: what they hand on to the program, on a pretended machine that is set up."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT
from pretended import Machine, Make

from hwgen.program import begin


@pytest.fixture
def built(machine: Make) -> Machine:
    """A machine that is set up, whose hwgen prints its arguments, one a line."""
    equipped = machine("ensurepip", latex=True)
    equipped.run("sh", "setup.sh")
    hwgen = equipped.root / "project/.venv/bin/python"
    hwgen.write_text('#!/bin/sh\n[ "$1 $2" = "-m hwgen" ] || exit 9\nshift 2\nfor word; do echo "<$word>"; done\n')
    hwgen.chmod(0o755)
    return equipped


@pytest.mark.parametrize("name", ["Lovelace", "de la Vallée Poussin", "d'Alembert", 'a "b" `c`', "Gauß & Söhne; #1", "-x", "*", ""])
def test_names_reach_the_program_as_typed(built: Machine, name: str) -> None:
    said = built.run("make", "pdf", f"NOM={name}", f"PRENOM={name}")
    assert said.stdout.splitlines() == ["<pdf>", f"<--nom={name}>", f"<--prenom={name}>"]


def test_no_name_means_no_option(built: Machine) -> None:
    assert built.run("make").stdout.splitlines() == ["<pdf>"]
    assert built.run("make", "pdf", "NOM=Lovelace").stdout.splitlines() == ["<pdf>", "<--nom=Lovelace>"]


@pytest.mark.parametrize("target", ["check", "figures", "mutate"])
def test_a_target_can_be_limited_to_some_names(built: Machine, target: str) -> None:
    assert built.run("make", target, "ONLY=kappa width").stdout.splitlines() == [f"<{target}>", "<kappa>", "<width>"]


@pytest.mark.parametrize("makefile", [PROJECT / "Makefile", begin.START / "Makefile"], ids=["here", "of a new homework"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "only=kappa"], "only=…: expected capital letters, as in make check ONLY=NAME"),
        (["pdf", "nom=Lovelace"], "nom=…: expected capital letters"),
        (["kappa"], "kappa: no target; expected one of pdf "),
        (["why", "kappa"], "why: no target; expected one of pdf "),
    ],
)
def test_words_that_nobody_would_read_are_told(tmp_path: Path, makefile: Path, words: list[str], said: str) -> None:
    shutil.copy(makefile, tmp_path)
    done = subprocess.run(["make", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, said in done.stderr) == (2, True), done.stdout + done.stderr
    assert " there " not in done.stderr


def test_an_exit_code_of_the_program_stops_make(built: Machine) -> None:
    (built.root / "project/.venv/bin/python").write_text("#!/bin/sh\nexit 1\n")
    assert built.run("make", "pdf").returncode == 2


def test_clean_removes_what_is_generated_and_nothing_else(built: Machine) -> None:
    project = built.root / "project"
    for path in ("build/tex/a.tex", "figures/a.pdf", "figures/.gitkeep", "templates/a.tex.j2"):
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).touch()
    assert built.run("make", "clean").returncode == 0
    left = {str(path.relative_to(project)) for path in project.rglob("*") if path.is_file()}
    assert not any(path.startswith("build/") or path == "figures/a.pdf" for path in left)
    assert {"figures/.gitkeep", "templates/a.tex.j2", "setup.sh", ".venv/.ready"} <= left


def test_help_names_every_target(built: Machine) -> None:
    said = built.run("make", "help").stdout
    targets = (PROJECT / "Makefile").read_text().split("TARGETS = ")[1].splitlines()[0].split()
    assert {line.split()[1] for line in said.splitlines()} == set(targets)


@pytest.mark.parametrize("name", ["D$ollar", "O'Hara", 'a "b" c', "x; y", "$(z)", "Ngô"])
def test_a_name_reaches_the_program_as_it_was_typed(tmp_path: Path, name: str) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / ".venv").mkdir()
    for file in ("pyproject.toml", "constraints.txt", "setup.sh", ".venv/.ready"):
        (tmp_path / file).write_text(str(tmp_path) if file.endswith("ready") else "")
    command = ["make", "-s", "pdf", f"NOM={name}", "PRENOM=Ada", "HWGEN=printf '%s\\n'"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["pdf", f"--nom={name}", "--prenom=Ada"], done.stderr
