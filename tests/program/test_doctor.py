"""The doctor names what is missing, with the command that mends it, and needs no library to do so."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Homework

from hwgen.program import doctor, libraries

Broken = Callable[[Path, pytest.MonkeyPatch], object]


def setting(name: str, value: str) -> Broken:
    return lambda root, patch: patch.setenv(name, value)


def without(tool: str) -> Broken:
    return lambda root, patch: patch.setattr(shutil, "which", lambda name, find=shutil.which: None if name == tool else find(name))


def package(root: Path, patch: pytest.MonkeyPatch) -> None:
    preamble = root / "templates/preamble.tex"
    preamble.write_text(preamble.read_text() + "\\usepackage{notthere}\n")


def pin(line: str) -> Broken:
    return lambda root, patch: (root / "constraints.txt").write_text(line)


def uninstalled(name: str) -> Broken:
    """A library that is pinned and asked for, and gone."""

    def broken(root: Path, patch: pytest.MonkeyPatch) -> None:
        pin(f"{name}==1.0\n")(root, patch)
        patch.setattr(libraries, "installed", lambda one, version=libraries.installed: "" if one == name else version(one))

    return broken


def moved(root: Path, patch: pytest.MonkeyPatch) -> None:
    (root / ".venv").mkdir()
    (root / ".venv/.ready").write_text("/elsewhere\n123 456\n")


def full(root: Path, patch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(root)
    patch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=10_000_000))


def locked(root: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(os, "access", lambda path, mode: Path(path).resolve() != root.resolve())


# What is broken, what the line says, what mends it, and whether no build goes well.
BROKEN: dict[str, tuple[Broken, str, str, bool]] = {
    "an old Python": (lambda root, patch: patch.setattr(sys, "version_info", (3, 10, 1)), "3.10.1", "PYTHON=", True),
    "no LaTeX": (without("pdflatex"), "pdflatex not on the path", "setup.sh", True),
    "a package of LaTeX": (package, "notthere.sty (templates/preamble.tex:", "notthere", True),
    "a library": (uninstalled("sympy"), "sympy not installed, pinned to 1.0", "pip install sympy==1.0", True),
    "a library of the tests": (uninstalled("pytest"), "pytest not installed, pinned to 1.0", "pip install pytest==1.0", False),
    "another version": (pin("click==0.1\n"), "pinned to 0.1", "pip install click==0.1", False),
    "a folder that was moved": (moved, "copied or moved: .venv was set up in /elsewhere", "setup.sh", False),
    "a full disk": (full, "0.0 GB free", "make room", False),
    "a folder that cannot be written": (locked, "cannot be written", "chmod", True),
    "PIP_USER": (setting("PIP_USER", "1"), "PIP_USER is set to '1'", "unset PIP_USER", False),
    "PYTHONPATH": (setting("PYTHONPATH", "/x"), "PYTHONPATH is set to '/x'", "unset PYTHONPATH", False),
    "TEXINPUTS": (setting("TEXINPUTS", "/x:"), "TEXINPUTS is set to '/x:'", "unset TEXINPUTS", False),
}


@pytest.mark.parametrize("what", list(BROKEN))
def test_what_is_missing_is_named_with_what_mends_it(homework: Homework, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    for name in doctor.MEDDLING:
        monkeypatch.delenv(name, raising=False)
    sound = {str(look) for look in doctor.looks(homework.root)}
    assert not any(one.startswith("MISSING") for one in sound)
    broken, found, mend, grave = BROKEN[what]
    broken(homework.root, monkeypatch)
    new = [look for look in doctor.looks(homework.root) if str(look) not in sound]
    (one, *_) = [look for look in new if found in look.found]
    assert (mend in one.mend, one.grave) == (True, grave), one
    assert str(one).startswith("MISSING" if grave else "note")
    monkeypatch.chdir(homework.root)
    assert doctor.told() == (2 if grave else 0)


def test_many_libraries_that_are_wrong_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(name for name in libraries.asked_for() - {"click"} if libraries.installed(name))[:8]
    (tmp_path / "constraints.txt").write_text("".join(f"{name}==0.1\n" for name in ["click", *names]))
    (said,) = [look for look in doctor.looks(tmp_path) if look.what == "libraries"]
    assert (said.found.startswith("9 of 9 are missing"), said.mend, said.grave) == (True, "sh setup.sh", False)
    monkeypatch.setattr(libraries, "installed", lambda name: "" if name == "click" else "1.0")
    (said,) = [look for look in doctor.looks(tmp_path) if look.what == "libraries"]
    assert said.grave


def test_a_set_up_of_this_folder_with_the_libraries_it_has_is_sound(tmp_path: Path) -> None:
    there = {name: libraries.installed(name) for name in libraries.asked_for()}
    unused = "Of-Another-System==1.0\n"  # pinned, and asked for by nothing that is installed
    (tmp_path / "constraints.txt").write_text("".join(f"{name}=={version}\n" for name, version in there.items() if version) + unused)
    shutil.copy(PROJECT / "setup.sh", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    recipe = (PROJECT / "setup.sh").read_text().splitlines()
    (tmp_path / ".venv").mkdir()
    (ready,) = [line for line in recipe if line.endswith(">.venv/.ready")]
    subprocess.run(["sh", "-c", ready], cwd=tmp_path, check=True)
    said = {look.what: look for look in doctor.looks(tmp_path)}
    assert (said["libraries"].mend, "library" in said, "folder" in said) == ("", False, False)


def test_it_works_where_no_library_is_installed(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-S", "-m", "hwgen"]
    done = subprocess.run([*command, "doctor"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"Python", "LaTeX", "disk"} <= {line.split()[1] for line in done.stdout.splitlines()}
    (tmp_path / "build").mkdir()
    for name in ("list", "pdf"):
        other = subprocess.run([*command, name], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert other.returncode == 2
        assert re.fullmatch(r"hwgen: the library \w+ is not installed; run sh setup.sh, or pip install hwgen again\n", other.stderr)


def test_a_folder_that_is_no_homework_is_said_to_be_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(doctor, "looks", lambda root: iter(()))
    assert doctor.told() == 0
    assert capsys.readouterr().out == "note    homework   none in this folder or above it: cd to one, or write one: hwgen init FOLDER\n"
    (tmp_path / "homework.toml").touch()
    (tmp_path / "templates").mkdir()
    doctor.told()
    assert "homework" not in capsys.readouterr().out
