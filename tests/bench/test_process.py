from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hwgen.bench.process import PROC, cost, resident
from hwgen.model.errors import InputError

HOLD = "import time; block = b'x' * 60_000_000; time.sleep(0.6)"
linux = pytest.mark.skipif(not PROC.is_dir(), reason="memory is seen through /proc")


def python(script: str, tmp_path: Path) -> tuple[float, int]:
    found = cost([sys.executable, "-c", script], tmp_path, os.environ)
    return found.seconds, found.peak


def test_the_seconds_are_those_of_the_whole_command(tmp_path: Path) -> None:
    seconds, _ = python("import time; time.sleep(0.4)", tmp_path)
    assert 0.4 <= seconds < 10


@linux
def test_the_memory_of_children_is_added(tmp_path: Path) -> None:
    _, one = python(HOLD, tmp_path)
    start = f"subprocess.Popen([sys.executable, '-c', {HOLD!r}])"
    _, three = python(f"import subprocess, sys; both = [{start}, {start}]; exec({HOLD!r}); [child.wait() for child in both]", tmp_path)
    assert one > 60_000_000
    assert three > 3 * 60_000_000


@linux
def test_children_count_after_their_parent_has_ended(tmp_path: Path) -> None:
    between = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {HOLD!r}])"
    _, peak = python(f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {between!r}]); time.sleep(0.8)", tmp_path)
    assert peak > 60_000_000


def test_only_the_session_counts_whatever_a_process_is_called(tmp_path: Path) -> None:
    def process(number: int, name: str, session: int, pages: int) -> None:
        (tmp_path / str(number)).mkdir()
        (tmp_path / f"{number}/stat").write_text(f"{number} ({name}) S 1 1 {session} " + "0 " * 17 + f"{pages} 0\n")

    process(7, "python", 7, 10)
    process(8, "a) S 1 (b", 7, 20)
    process(9, "other", 9, 40)
    (tmp_path / "self").mkdir()
    assert sorted(resident(7, tmp_path)) == [10 * os.sysconf("SC_PAGE_SIZE"), 20 * os.sysconf("SC_PAGE_SIZE")]


def test_a_command_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"(?s)ended with exit code 3; expected 0, .*no such kernel"):
        python("print('no such kernel'); raise SystemExit(3)", tmp_path)
