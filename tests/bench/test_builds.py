"""The bench on a toy project: a make that writes down what it was asked, and a latexmk that counts its runs."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT

from hwgen.bench import builds, edits
from hwgen.bench.builds import Copies, copies
from hwgen.model.errors import ContentError, InputError

TEMPLATE = "Look at the page.\n\\checked{half}{h = \\frac12}\n"
MAKEFILE = """
pdf:
\t@test -z "$(NOM)$(PRENOM)"
\t@mkdir -p build/tex figures
\t@cat templates/a.tex.j2 > build/tex/solution.tex
\t@touch figures/a.pdf
\t@cat templates/a.tex.j2 >> seen
"""
LATEXMK = 'cat build/tex/solution.tex >> seen; test "$SOURCE_DATE_EPOCH" && test -e figures/a.pdf\n'
HWGEN = """mkdir -p build; echo '{"seconds": {"half: checked h": 1.5}}' > build/ledger.json; echo "$*" >> calls\n"""


def script(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + text)
    path.chmod(0o755)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "project"
    script(root / ".venv/bin/python", HWGEN)
    script(tmp_path / "bin/latexmk", LATEXMK)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("NOM", "Lovelace")
    monkeypatch.setenv("MAKEFLAGS", " -- PRENOM=Ada")
    for name, text in {
        "Makefile": MAKEFILE,
        "templates/a.tex.j2": TEMPLATE,
        "templates/preamble.tex": "%",
        ".gitignore": ".venv\nold.pdf\n",
    }.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)
    (root / "old.pdf").touch()
    (root / ".venv/.ready").write_text(subprocess.run(["sh", "-c", builds.READY], cwd=root, capture_output=True, text=True).stdout)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return root


@pytest.fixture
def both(project: Path, tmp_path: Path) -> Copies:
    return copies(project, tmp_path / "copies")


def test_the_copy_is_what_git_would_keep_and_borrows_the_environment(both: Copies, project: Path) -> None:
    assert (both.ours / "Makefile").stat().st_mtime == (project / "Makefile").stat().st_mtime
    assert not (both.ours / "old.pdf").exists()
    assert (both.ours / ".venv/.ready").exists()


def test_a_project_that_is_not_set_up_is_an_error(project: Path, tmp_path: Path) -> None:
    (project / ".venv/.ready").unlink()
    with pytest.raises(InputError, match=r"^.venv is not set up, or for other pins than these; run the bench with make bench$"):
        copies(project, tmp_path / "copies")


def test_a_set_up_that_is_due_is_an_error_and_not_made_for_the_copy(project: Path, tmp_path: Path) -> None:
    (project / "constraints.txt").write_text("numpy==2\n")
    with pytest.raises(InputError, match="other pins"):
        copies(project, tmp_path / "copies")


def test_make_sets_nothing_up_for_a_copy_nor_for_an_older_one(project: Path, tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "setup.sh"):
        shutil.copy(PROJECT / name, project)
    ready = subprocess.run(["sh", "-c", builds.READY], cwd=project, capture_output=True, text=True, check=True)
    (project / ".venv/.ready").write_text(ready.stdout)
    subprocess.run(["sh", "-c", "git add . && git -c user.name=a -c user.email=a commit -qm a"], cwd=project, check=True)
    for copy in (copies(project, tmp_path / "copies"), builds.older(project, "HEAD", tmp_path / "before")):
        done = subprocess.run(["make", "-n", ".venv/.ready"], cwd=copy.ours, capture_output=True, text=True, check=True)
        assert "setup.sh" not in done.stdout


def test_a_folder_without_git_is_an_error(project: Path, tmp_path: Path) -> None:
    (project / ".git").rename(tmp_path / "git")
    with pytest.raises(InputError, match="expected a git repository"):
        copies(project, tmp_path / "copies")


def test_each_build_is_followed_by_latexmk_on_the_same_latex(both: Copies) -> None:
    both.cold()
    both.edited(edits.word, 0)
    both.edited(edits.formula, 3)
    expected = TEMPLATE + TEMPLATE.replace("the", "this") + TEMPLATE.replace(r"\frac12", r"\frac{5}{10}")
    assert (both.ours / "seen").read_text() == (both.bare / "seen").read_text() == expected


def test_an_edit_is_taken_back_also_after_a_failure(both: Copies) -> None:
    both.cold()
    (both.ours / "Makefile").write_text("pdf:\n\tfalse\n")
    with pytest.raises(InputError, match="make pdf ended with exit code 2"):
        both.edited(edits.word, 0)
    assert (both.ours / "templates/a.tex.j2").read_text() == TEMPLATE


def test_templates_without_anything_to_edit_are_an_error(both: Copies) -> None:
    both.cold()
    (both.ours / "templates/a.tex.j2").write_text("Nothing.\n")
    with pytest.raises(ContentError, match="to edit"):
        both.edited(edits.word, 0)


def test_a_cold_build_starts_from_nothing_on_both_sides(both: Copies) -> None:
    both.cold()
    for path in (both.ours / "build/store", both.ours / "figures/stale.pdf", both.bare / "build/tex/solution.aux"):
        path.touch()
    both.cold()
    assert not any(
        path.exists() for path in (both.ours / "build/store", both.ours / "figures/stale.pdf", both.bare / "build/tex/solution.aux")
    )


def test_nothing_that_did_not_change_is_written_again_for_latexmk(both: Copies) -> None:
    both.cold()
    before = (both.bare / "build/tex/solution.tex").stat().st_mtime_ns
    both.again()
    assert (both.bare / "build/tex/solution.tex").stat().st_mtime_ns == before


def test_the_seconds_on_one_core_come_from_the_ledger_of_a_cold_build(both: Copies) -> None:
    both.cold()
    assert both.on_one_core() == {"half: checked h": 1.5}
    assert (both.ours / "calls").read_text() == "-m hwgen pdf --jobs 1\n"
    assert json.loads((both.ours / "build/ledger.json").read_text())
    assert not (both.ours / "build/tex").exists()


def test_what_python_is_told_here_does_not_reach_what_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "PYTHONOPTIMIZE", "EFFORT"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("NOMAD", "1")
    found = builds.surroundings()
    assert (found["NOMAD"], [name for name in found if name.startswith("PYTHON") or name == "EFFORT"]) == ("1", [])


def test_rounds_are_numbered(both: Copies) -> None:
    both.cold()
    turns: list[int] = []

    def measure(turn: int) -> builds.Pair:
        turns.append(turn)
        return both.again()

    assert len(builds.repeat(3, measure)) == 3
    assert turns == [0, 1, 2]
