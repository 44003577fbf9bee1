"""`hwgen init`: what it writes builds at once with the wheel alone, in a folder with no copy of the engine, and nothing is written over."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import PROJECT
from program.installed import hwgen, python

from hwgen.model.errors import InputError
from hwgen.page import files
from hwgen.program import begin, looking


def test_the_wheel_holds_the_engine_with_its_latex_and_no_content(wheel: Path) -> None:
    assert (wheel / "hwgen/typesetting/hwgen.sty").exists()
    assert (wheel / "hwgen/program/start/templates/document.tex.j2").exists()
    assert not (wheel / "hwgen/homework").exists()


def test_it_builds_at_once_and_follows_the_code_of_its_own_folder(wheel: Path, tmp_path: Path) -> None:
    assert hwgen(wheel, tmp_path, "init", "hw6").returncode == 0
    root = tmp_path / "hw6"
    done = hwgen(wheel, root, "pdf", "--jobs=1")
    assert done.returncode == 0, done.stderr
    assert "2 of 2 displayed relations under test" in done.stdout
    assert (root / "build/HW_NOM_PRENOM.pdf").read_bytes().startswith(b"%PDF")
    assert "nothing said" not in hwgen(wheel, root, "list", "--hypotheses").stdout
    tested = python(wheel, root, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "-o", "pythonpath=.", "tests")
    assert tested.returncode == 0, tested.stdout + tested.stderr
    problem = root / "exercises/ex1_descent/problem.py"
    problem.write_text(problem.read_text().replace("momentum: float = 0.0", "momentum: float = 0.1"))
    stale = hwgen(wheel, root, "pdf", "--jobs=1")
    assert (stale.returncode, "iterates REFUTED" in stale.stderr) == (1, True), stale.stdout + stale.stderr


def test_what_the_content_takes_from_outside_its_package_is_refused(wheel: Path, tmp_path: Path) -> None:
    root = tmp_path / "hw6"
    begin.init(root)
    (root / "beside.py").write_text("x = 1\n")
    problem = root / "exercises/ex1_descent/problem.py"
    problem.write_text(problem.read_text() + "\nimport beside as beside\n")
    done = hwgen(wheel, root, "check")
    assert (done.returncode, done.stderr.startswith("beside.py:1: imported by the content, and outside of")) == (2, True), done.stderr


@pytest.mark.parametrize("inside", ["exercises/ex2", "exercises", "templates/new", "figures/deep/er", "build/x"])
def test_no_homework_begins_inside_of_another_ones_parts(tmp_path: Path, inside: str) -> None:
    begin.init(tmp_path / "hw6")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=rf"hw6/{inside}: in .*/?{inside.split('/')[0]}/, which belongs to the homework around it"):
        begin.init(tmp_path / "hw6" / inside)
    assert sorted(tmp_path.rglob("*")) == before
    assert begin.init(tmp_path / "hw6" / "beside")


def _machine(folder: Path, name: str = "hwgen") -> Path:
    """A program of that name in an environment of a folder, which says what it was asked for, and the Python beside it."""
    folder.mkdir(parents=True)
    path = folder / name
    path.write_text('#!/bin/sh\necho "$@"\n')
    (folder / "python").write_text('#!/bin/sh\necho "python $@"\n')
    for one in folder.iterdir():
        one.chmod(0o755)
    return path


def test_what_a_new_homework_is_said_to_need_builds_it_on_the_path_and_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = _machine(tmp_path / "an environment" / "bin")
    monkeypatch.setattr("sys.executable", str(own.with_name("python")))
    system = os.environ["PATH"]
    for name in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):  # of the make that runs the tests
        monkeypatch.delenv(name, raising=False)
    for path, command in ((f"{own.parent}:{system}", "make pdf"), ("/usr/bin:/bin", f"make pdf HWGEN='{own}'")):
        monkeypatch.setenv("PATH", path)
        said = CliRunner().invoke(looking.init, [str(tmp_path / "hw 6")]).output
        now = re.fullmatch(r".*; now: (cd '.*'), set your names in student\.toml, run (.*)\n", said)
        assert now is not None, said
        go, build = now.groups()
        assert build == command
        done = subprocess.run(f"{go} && {build}", shell=True, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (0, "pdf\n"), done.stderr
        shutil.rmtree(tmp_path / "hw 6")


def test_the_tests_of_a_new_homework_run_with_the_python_beside_hwgen(tmp_path: Path) -> None:
    own = _machine(tmp_path / "an environment" / "bin")
    begin.init(tmp_path / "hw6")
    other = _machine(tmp_path / "other" / "bin").with_name("python")
    for options, ran in (([], "python -c import hwgen, pytest\npython -m pytest -q tests\n"), ([f"PYTHON={other}"], "python -m pytest")):
        environment = {key: value for key, value in os.environ.items() if key != "PYTHON"}
        command = ["make", "test", f"HWGEN={own}", *options]
        done = subprocess.run(command, cwd=tmp_path / "hw6", env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, ran in done.stdout) == (0, True), done.stdout + done.stderr
    missing = subprocess.run(["make", "test", "HWGEN=/nowhere/hwgen"], cwd=tmp_path / "hw6", capture_output=True, text=True, check=False)
    assert (missing.returncode, "activate the environment that it is installed in" in missing.stderr) == (2, True)


@pytest.mark.parametrize("makefile", [PROJECT / "Makefile", begin.START / "Makefile"], ids=["ours", "a new one"])
def test_a_name_behind_a_target_is_told_before_anything_is_judged(tmp_path: Path, makefile: Path) -> None:
    for goals, said in (("check decrease", 'expected make check ONLY="decrease"'), ("mutate a b", 'expected make mutate ONLY="a b"')):
        command = ["make", "-n", "-f", str(makefile), *goals.split()]
        done = subprocess.run(command, cwd=tmp_path, env=_of_no_make(), capture_output=True, text=True, check=False)
        assert (done.returncode, said in done.stderr, done.stdout) == (2, True, ""), done.stderr
    # Two targets are two targets.
    both = ["make", "-n", "-f", str(makefile), "check", "list"]
    done = subprocess.run(both, cwd=makefile.parent, env=_of_no_make(), capture_output=True, text=True, check=False)
    assert "no target" not in done.stderr


def _of_no_make() -> dict[str, str]:
    """The environment without what the make that runs the tests says to those that it starts."""
    return {key: value for key, value in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    begin.init(tmp_path / "hw6")
    shutil.rmtree(tmp_path / "hw6" / "exercises")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match=r"there already; expected a folder without it, since nothing is written over"):
        begin.init(tmp_path / "hw6")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_that_is_full_leaves_nothing_and_it_can_begin_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    if there:
        (tmp_path / "hw6").mkdir()
        (tmp_path / "hw6/notes.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    whole, written = files._fill, []

    def full(aside: str, data: str) -> None:
        written.append(aside)
        if len(written) == 5:
            raise OSError(28, "No space left on device")
        whole(aside, data)

    with monkeypatch.context() as disk:
        disk.setattr(files, "_fill", full)
        with pytest.raises(OSError, match="No space left"):
            begin.init(tmp_path / "hw6")
    assert sorted(tmp_path.rglob("*")) == before
    made = begin.init(tmp_path / "hw6")
    assert all(path.is_file() for path in made)
    assert [path.name for path in tmp_path.iterdir()] == ["hw6"]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "hw6").mkdir()
    (tmp_path / "hw6/Makefile").symlink_to(tmp_path / "victim")
    with pytest.raises(InputError, match="Makefile: there already"):
        begin.init(tmp_path / "hw6")
    assert not (tmp_path / "victim").exists()
