"""A folder outside of the homework is gone when its command ends, however it ends; that of a living one is not touched."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hwgen.page import scratch

HOLDS = """
import pathlib, signal, sys
from hwgen.page import scratch
with scratch.folder("ours", pathlib.Path(sys.argv[1])) as place:
    (place.path / "deep").mkdir()
    print(place.path, flush=True)
    signal.pause()
"""


def _holder(top: Path) -> tuple[subprocess.Popen[str], Path]:
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(top)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    return holder, Path(holder.stdout.readline().strip())


def _killed(top: Path) -> Path:
    holder, path = _holder(top)
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert path.is_dir()
    return path


def test_it_is_there_for_as_long_as_it_is_held(tmp_path: Path) -> None:
    with scratch.folder("ours", tmp_path) as place:
        (place.path / "a").touch()
        assert [one.name for one in tmp_path.iterdir()] == [place.path.name]
    assert list(tmp_path.iterdir()) == []


def test_that_of_a_killed_process_is_swept_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    left = _killed(tmp_path)
    holder, held = _holder(tmp_path)  # which sweeps as it begins
    try:
        assert not left.exists()
        with scratch.folder("ours", tmp_path):
            assert (held / "deep").is_dir()
    finally:
        holder.kill()
        holder.communicate()


def test_what_is_not_left_by_such_a_process_stays(tmp_path: Path) -> None:
    left = _killed(tmp_path)
    number = left.name.split("-")[1]
    (tmp_path / "far").mkdir()
    (tmp_path / f"ours-{number}-link").symlink_to(tmp_path / "far")
    for name in (f"ours-{number}-file", "ours-x", "ours-x-y", f"other-{number}-a"):
        (tmp_path / name).touch()
    before = {one.name for one in tmp_path.iterdir()}
    with scratch.folder("ours", tmp_path):
        pass
    assert {one.name for one in tmp_path.iterdir()} == before - {left.name}


def test_one_in_which_a_child_of_the_killed_process_still_works_stays(tmp_path: Path) -> None:
    left = _killed(tmp_path)
    lock = os.open(left, os.O_RDONLY)
    with contextlib.ExitStack() as last:
        last.callback(os.close, lock)
        fcntl.flock(lock, fcntl.LOCK_EX)
        with scratch.folder("ours", tmp_path):
            assert left.is_dir()
    with scratch.folder("ours", tmp_path):
        assert not left.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="gives a folder away")
def test_one_of_another_user_stays(tmp_path: Path) -> None:
    left = _killed(tmp_path)
    os.chown(left, 12345, 12345)
    with scratch.folder("ours", tmp_path):
        assert left.is_dir()
