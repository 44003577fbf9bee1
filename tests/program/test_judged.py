"""What was judged for the last report is taken again after a change of words, as the full way would have it, and never otherwise."""

from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Homework, toy_in

from hwgen.program import build, judged, snapshot

REPORT = Path("build/report")


@pytest.fixture
def toy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Homework:
    """The toy homework as the current folder, judged once; the code of its results is in hwgen/ there."""
    homework = toy_in(tmp_path)
    monkeypatch.chdir(homework.root)
    monkeypatch.setattr(snapshot, "computed", lambda content: ["hwgen"])
    monkeypatch.setattr(snapshot, "BEGAN", time.time_ns() + 10**12)  # as if each report were a process of its own
    Path("hwgen").mkdir(exist_ok=True)
    Path("hwgen/code.py").write_text("1\n")
    REPORT.mkdir(parents=True)
    report(homework)
    return homework


def report(homework: Homework, **request: Any) -> judged.Judged:
    asked = dataclasses.replace(homework.request(), root=Path(), **request)
    return judged.judged(build.read(asked), REPORT)


def looked_up(homework: Homework, monkeypatch: pytest.MonkeyPatch, **request: Any) -> bool:
    """Whether a report asks for results, be they known or not."""
    asked: list[int] = []
    full = build.evidence_and_rows

    def evidence(document: build.Document) -> Any:
        asked.append(1)
        return full(document)

    monkeypatch.setattr(build, "evidence_and_rows", evidence)
    report(homework, **request)
    return bool(asked)


def test_a_change_of_words_gives_the_very_evidence_of_the_full_way(toy: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.change("The disc is the same", "\n\nThe disk is the same")
    assert not looked_up(toy, monkeypatch)
    short, left = report(toy), json.loads((REPORT / judged.LEDGER).read_text())
    (REPORT / judged.FILE).unlink()
    full = report(toy)
    assert json.loads(json.dumps([short.evidence, short.tables])) == json.loads(json.dumps([full.evidence, full.tables]))
    assert left == json.loads((REPORT / judged.LEDGER).read_text())


CHANGES: dict[str, Callable[[Homework], Any]] = {
    "the code": lambda toy: Path("hwgen/code.py").write_text("2\n"),
    "the ledger": lambda toy: (REPORT / judged.LEDGER).write_text("{}\n"),
    "the student": lambda toy: Path("student.toml").write_text(Path("student.toml").read_text() + "\n"),
    "what is remembered": lambda toy: (REPORT / judged.FILE).write_text((REPORT / judged.FILE).read_text().replace("printed", "Printed")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_nothing_is_taken_again_after_another_change(what: str, toy: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    CHANGES[what](toy)
    assert looked_up(toy, monkeypatch)


def test_another_effort_is_another_evidence(toy: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looked_up(toy, monkeypatch, effort="quick")


def test_another_formula_is_judged(toy: Homework, monkeypatch: pytest.MonkeyPatch) -> None:
    toy.change(r"{A = \pi r^2}", r"{A = r^2\pi}")
    assert looked_up(toy, monkeypatch)
