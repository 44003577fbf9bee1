"""What was never judged begins before the keys of all others are made; nothing else about a run depends on when anything begins."""

from __future__ import annotations

import dataclasses
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import mpmath
import pytest

from hwgen.freshness import settings
from hwgen.freshness.store import Store
from hwgen.judging import results, tasks, under_way
from hwgen.judging.results import Results, judge
from hwgen.judging.workers import Workers
from hwgen.model import Formula, Place, catalog
from hwgen.model.errors import ContentError, ContentErrors

PACKAGE = "toy.exercises"
WANTED = ("slope_darts",)


def _formula(name: str, text: str) -> Formula:
    place = Place(file="templates/circle.tex.j2", line=5, column=1)
    return Formula(macro="checked", name=name, text=text, place=place, places=(place,) * len(text))


PRINTED = (_formula("area", r"A = \pi r^2"), _formula("tangent", r"A \ge 4\pi(r-1)"))
EDITED = (_formula("area", r"A = r^2 \pi"), PRINTED[1])


def _judged(folder: Path, formulas: Sequence[Formula], jobs: int = 1) -> Results:
    return judge(catalog.load(PACKAGE), formulas, WANTED, store=Store(folder / "store"), jobs=jobs, wrong=True)


def _plain(found: Results) -> tuple[Any, ...]:
    findings = [dataclasses.replace(finding, seconds=0.0, reused=False) for finding in found.findings]
    return findings, found.tallies, found.named["slope_darts"]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """In which order keys are made, and results begin."""
    events: list[str] = []
    made, given = tasks.tasks_for, Workers.give

    def making(content: Any, formulas: Sequence[Formula], *others: Any, **options: Any) -> Any:
        events.append(f"keys of {len(formulas)}")
        return made(content, formulas, *others, **options)

    def giving(self: Workers, label: str, *others: Any) -> None:
        events.append(label)
        given(self, label, *others)

    monkeypatch.setattr(results, "tasks_for", making)
    monkeypatch.setattr(Workers, "give", giving)
    return events


def test_a_formula_that_is_new_begins_before_the_keys_of_the_others_are_made(tmp_path: Path, told: list[str]) -> None:
    _judged(tmp_path, PRINTED)
    told.clear()
    _judged(tmp_path, EDITED)
    label = r"area: checked A = r^2 \pi"
    assert told == ["keys of 1", label, "keys of 2", f"wrong versions of {label}"]
    told.clear()
    _judged(tmp_path, EDITED)
    assert told == ["keys of 0", "keys of 2"]


def test_a_first_run_has_all_keys_before_anything_begins(tmp_path: Path, told: list[str]) -> None:
    _judged(tmp_path, PRINTED)
    assert told[:2] == ["keys of 0", "keys of 2"]
    assert len(told) > 5


def test_what_began_early_is_what_a_first_run_finds(tmp_path: Path) -> None:
    _judged(tmp_path / "1", PRINTED)
    early, first = _judged(tmp_path / "1", EDITED), _judged(tmp_path / "2", EDITED, jobs=2)
    assert _plain(early) == _plain(first)
    assert list(early.seconds) == [r"area: checked A = r^2 \pi", r"wrong versions of area: checked A = r^2 \pi"]


def test_a_new_formula_beside_a_result_that_is_gone_has_both(tmp_path: Path) -> None:
    _judged(tmp_path, PRINTED)
    for path in [path for path in (tmp_path / "store").rglob("*") if path.is_file()]:
        path.unlink()
    again = _judged(tmp_path, EDITED)
    assert _plain(again) == _plain(_judged(tmp_path / "2", EDITED))
    assert {name.split(":")[0] for name in again.seconds} >= {"area", "tangent", "wrong versions of area", "darts"}


def test_a_new_formula_that_nobody_can_read_stops_all_before_any_mathematics(tmp_path: Path, told: list[str]) -> None:
    _judged(tmp_path, PRINTED)
    told.clear()
    with pytest.raises(ContentErrors):
        _judged(tmp_path, (_formula("area", "A = q r^2"), PRINTED[1]))
    assert told == ["keys of 1"]


SETTING = {
    "a setting": ("from mpmath import mp\n\nmp.dps = 40\n", r"mp\.prec"),
    "a table of the content": ("from setting_tables import TABLE\n\nTABLE['a'].append(2)\n", r"setting_tables\.TABLE"),
}


@pytest.mark.parametrize("what", list(SETTING))
def test_proofs_that_set_what_others_are_computed_with_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """They are loaded only where one of them is judged: other results would depend on whether that was so."""
    text, said = SETTING[what]
    (tmp_path / "setting_proofs.py").write_text(text)
    (tmp_path / "setting_tables.py").write_text("TABLE = {'a': [1]}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(settings, "is_authors", lambda name: name == "setting_tables")
    importlib.import_module("setting_tables")
    content = catalog.load(PACKAGE)
    claim = dataclasses.replace(content.find("area"), proof="setting_proofs")
    monkeypatch.setattr(under_way, "METHOD", "fork")
    monkeypatch.setattr(under_way, "_settled", set())
    monkeypatch.setattr(under_way, "_wrong", {})
    monkeypatch.setattr(type(content), "find", lambda *_: claim)
    task: Any = SimpleNamespace(name="area", wrong="")
    try:
        for _ in range(2):  # loaded the second time, and refused all the same
            with pytest.raises(ContentError, match=rf"setting_proofs: {said} set at the top of proofs"):
                under_way._load_once(content, [task])
    finally:
        mpmath.mp.dps = 15
        for name in ("setting_proofs", "setting_tables"):
            del sys.modules[name]
