"""What is made beside the program is what it would have made itself, whatever becomes of the copy."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import pytest

from hwgen.page import files
from hwgen.program import ahead, aside, origins, report
from hwgen.program.pictures import FOLDER
from hwgen.report import printed
from hwgen.report.kept import FEW, FILE, Kept

HERE = os.getpid()
needs_copies = pytest.mark.skipif(not aside.copies(), reason="one core, or no copies of processes")


def _elsewhere(what: Callable[[], Any]) -> Any:
    """Something that only a copy does; the program itself says so."""
    return what() if os.getpid() != HERE else "made here"


@needs_copies
def test_it_is_made_by_a_copy_that_has_all_there_is() -> None:
    held = {"a": object(), "b": [1, 2]}
    made = aside.aside(lambda: [os.getpid(), held["b"], "x" * 10**6])
    pid, *others = made()
    assert pid != HERE
    assert others == [[1, 2], "x" * 10**6]
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@needs_copies
@pytest.mark.parametrize(
    "end", [lambda: os._exit(0), lambda: os._exit(3), lambda: 1 // 0, lambda: lambda: 0, lambda: os.kill(os.getpid(), 9)]
)
def test_what_a_copy_does_not_give_is_made_here(end: Callable[[], Any]) -> None:
    assert aside.aside(lambda: _elsewhere(end))() == "made here"


def test_what_goes_wrong_is_told_by_the_program_itself() -> None:
    with pytest.raises(ZeroDivisionError):
        aside.aside(lambda: 1 // 0)()


def test_on_one_core_nothing_is_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert aside.aside(os.getpid)() == HERE


def test_pieces_that_are_made_aside_are_those_that_are_made_here() -> None:
    wanted = [(number % 9, lambda number=number: str(number % 9)) for number in range(2 * FEW)]
    first, second = Kept(), Kept()
    assert first.pieces(wanted, aside.aside)() == second.pieces(wanted, lambda make: make)() == [str(number) for number in range(9)]
    few = Kept()
    assert few.pieces(wanted[:2], lambda make: pytest.fail("made aside"))() == ["0", "1"]


def test_a_lock_that_is_given_up_here_is_not_held_by_a_copy(tmp_path: Path) -> None:
    with files.lock(tmp_path / "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = aside.aside(lambda: b"x" * (1 << 20))  # more than a pipe takes: the copy waits until it is asked
    with files.lock(tmp_path / "lock") as again:
        assert any(_has(again) for _ in range(1000))
    assert len(made()) == 1 << 20


def _has(lock: TextIO) -> bool:
    """Whether the lock is to be had, now or in a moment."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except BlockingIOError:
        time.sleep(0.01)
        return False


def test_what_is_made_ahead_is_what_the_report_shows(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    printed.CONVERTED.clear()
    printed.formula.cache_clear()
    folder = document.request.root / report.FOLDER / FOLDER
    for one in folder.glob("*.svg"):
        one.unlink()
    made = ahead.shown(document)
    assert origins.told(document.content) == evidence["origins"]
    assert made.computed == report.computed(document.request.root)
    pictured = {one.name: one.read_bytes() for one in folder.glob("*.svg")}
    assert pictured
    before = dict(made.formulas)
    printed.CONVERTED.clear()
    printed.formula.cache_clear()
    (document.request.root / report.FOLDER / FILE).unlink(missing_ok=True)
    report.write(report.judge(document))
    shared = before.keys() & printed.CONVERTED.keys()
    assert len(shared) > len(before) / 2
    assert all(printed.CONVERTED[one] == before[one] == printed._converted(one) for one in shared)
    assert {one.name: one.read_bytes() for one in folder.glob("*.svg")} == pictured


def test_the_report_is_the_same_with_and_without_copies(toy_evidence: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    document, _ = toy_evidence
    monkeypatch.setattr(time, "strftime", lambda *_: "then")
    pages = []
    for cores in (2, 1, 2):
        shutil.rmtree(document.request.root / report.FOLDER, ignore_errors=True)
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        printed.CONVERTED.clear()
        printed.formula.cache_clear()
        monkeypatch.setattr("hwgen.program.pictures.ahead", lambda *_: None)  # nor does a homework without figures make the folder
        pages.append(re.sub(r"Judged in</dt><dd>[^<]*", "", report.write(report.judge(document)).read_text()))
    assert pages[0] == pages[1] == pages[2]
