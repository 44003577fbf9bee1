"""Each run of LaTeX has a folder for itself, which ends with it, however its parent ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from hwgen.model.errors import ContentError
from hwgen.typesetting import process
from hwgen.typesetting.workplace import FOLDER, printing, taken

ENDLESS = "\\documentclass{article}\n\\begin{document}\n\\loop\\iftrue a \\par\\repeat\n\\end{document}\n"


def _folders(root: Path) -> set[str]:
    return {path.name for path in (root / FOLDER).iterdir()}


def test_two_runs_at_once_have_two_folders_and_leave_none(tmp_path: Path) -> None:
    first, second = taken(tmp_path), taken(tmp_path)
    assert first.path != second.path
    assert _folders(tmp_path) == {"run-1", "run-2"}
    first.close()
    third = taken(tmp_path)
    assert third.path == first.path
    second.close()
    third.close()
    assert _folders(tmp_path) == set()


def test_a_folder_of_a_run_that_is_a_link_is_replaced(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("mine")
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "run-1").symlink_to(outside)
    with contextlib.closing(taken(tmp_path)) as place:
        place.file("solution.aux").write_text("new")
    assert [path.name for path in outside.iterdir()] == ["kept"]


@pytest.mark.parametrize("name", ["lock", "run-1/lock"])
def test_a_lock_that_is_a_link_is_refused_and_what_it_leads_to_is_as_it_was(tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / FOLDER / "run-1").mkdir(parents=True)
    (tmp_path / FOLDER / name).symlink_to(victim)
    with pytest.raises(ContentError, match=f"{name}: a link"):
        (printing if name == "lock" else taken)(tmp_path)
    assert victim.read_text() == "mine"


def test_what_a_killed_run_left_is_not_in_the_folder_of_the_next(tmp_path: Path) -> None:
    (tmp_path / FOLDER / "run-1" / "deep").mkdir(parents=True)
    (tmp_path / FOLDER / "run-1" / "solution.aux").write_text("half")
    with contextlib.closing(taken(tmp_path)) as place:
        assert str(place.path).endswith("run-1")
        assert [path.name for path in place.file("").iterdir()] == ["lock"]


def test_no_run_takes_the_folder_of_a_latex_that_still_writes(tmp_path: Path) -> None:
    orphaned = taken(tmp_path)
    orphaned.file("page.tex").write_text(ENDLESS)
    one = process.from_file(orphaned, "page")
    orphaned.lock.close()  # as if its parent had been killed alone, where no system ends its children
    try:
        with contextlib.closing(taken(tmp_path)) as place:
            assert place.path != orphaned.path
    finally:
        one.stop()
    with contextlib.closing(taken(tmp_path)) as place:
        assert place.path == orphaned.path


def _typesets(root: str, said: Connection) -> None:
    place = taken(Path(root))
    place.file("page.tex").write_text(ENDLESS)
    one = process.from_file(place, "page")
    said.send(one.process.pid)
    time.sleep(60)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere it ends by its limits, in a folder that nobody takes")
def test_latex_ends_when_its_parent_alone_is_killed(tmp_path: Path) -> None:
    ours, theirs = multiprocessing.Pipe()
    parent = multiprocessing.get_context("spawn").Process(target=_typesets, args=(str(tmp_path), theirs))
    parent.start()
    child = ours.recv()
    assert parent.pid
    os.kill(parent.pid, signal.SIGKILL)
    parent.join()
    until = time.monotonic() + 10
    while Path(f"/proc/{child}/stat").exists() and _runs(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists() or not _runs(child)


def _runs(child: int) -> bool:
    """Whether it is more than an entry that nobody has asked for."""
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False
