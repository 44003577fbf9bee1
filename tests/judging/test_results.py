"""Results are reused only where nothing has changed; failures are never kept, and processes change nothing."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from freshness.keyed import forget

from hwgen.freshness.store import Store
from hwgen.judging import results
from hwgen.judging.making import rounded
from hwgen.judging.results import Results, judge
from hwgen.judging.tasks import WRONG, Task, tasks_for
from hwgen.judging.workers import Outcome, Workers
from hwgen.model import Estimate, Formula, Place, Verdict, catalog
from hwgen.model.errors import ContentError, ContentErrors

PACKAGE = "toy.exercises"
WANTED = ("slope_darts", "darts_error", "darts_table")
AREA = r"A = \pi r^2"


def _formula(name: str, text: str, macro: str = "checked", line: int = 5) -> Formula:
    place = Place(file="templates/circle.tex.j2", line=line, column=1)
    return Formula(macro=macro, name=name, text=text, place=place, places=(place,) * len(text))


PRINTED = (
    _formula("area", AREA),
    _formula("tangent", r"A \ge 4\pi(r-1)"),
    _formula("wrong_area", r"A = \frac{\pi r^2}{2}", "refuted"),
    _formula("round_", "", "verified"),
)


def _judged(folder: Path, formulas: Sequence[Formula] = PRINTED, wanted: Sequence[str] = WANTED, **options: Any) -> Results:
    return judge(catalog.load(PACKAGE), formulas, wanted, store=Store(folder), **{"jobs": 1, "wrong": True, **options})


def _plain(results: Results) -> tuple[Any, ...]:
    """Everything but what a run costs."""
    findings = [dataclasses.replace(finding, seconds=0.0, reused=False) for finding in results.findings]
    named = {name: result for name, result in results.named.items() if name != "darts"}
    return findings, sorted(results.tallies, key=str), named, {k: v.tolist() for k, v in results.named["darts"].items()}


def test_every_result_is_there_in_the_order_of_the_page(tmp_path: Path) -> None:
    results = _judged(tmp_path)
    assert [finding.name for finding in results.findings] == ["area", "tangent", "wrong_area", "round_"]
    assert all(finding.passed for finding in results.findings)
    assert [finding.verdict for finding in results.findings] == [Verdict.SUPPORTED, Verdict.SUPPORTED, Verdict.REFUTED, Verdict.SUPPORTED]
    assert {tally.name for tally in results.tallies} == {"area", "tangent"}
    assert set(results.named) == {"darts", *WANTED}
    assert isinstance(results.named["slope_darts"], Estimate)
    assert results.named["darts_error"].startswith(b"%PDF")


def test_wrong_versions_come_right_after_their_formula(tmp_path: Path) -> None:
    done = [name.split(":")[0] for name in _judged(tmp_path).seconds]
    for name in ("area", "tangent"):
        assert done[done.index(name) + 1] == f"wrong versions of {name}"


def test_wrong_versions_do_not_begin_before_their_formula_has_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    under_way: list[str] = []
    ended: list[str] = []

    class Watched(Workers):
        def give(self, label: str, *task: Any) -> None:
            under_way.append(label)
            assert not label.startswith(WRONG) or label.removeprefix(WRONG) in ended
            super().give(label, *task)

        def finished(self) -> Iterator[tuple[str, Outcome]]:
            for label, outcome in super().finished():
                ended.append(label)
                yield label, outcome

    monkeypatch.setattr(results, "Workers", Watched)
    _judged(tmp_path, jobs=4)
    assert sum(label.startswith(WRONG) for label in under_way) == 2


def test_a_second_run_computes_nothing(tmp_path: Path) -> None:
    first, second = _judged(tmp_path), _judged(tmp_path)
    assert first.seconds
    assert second.seconds == {}
    assert not any(finding.reused for finding in first.findings)
    assert all(finding.reused for finding in second.findings)
    assert _plain(first) == _plain(second)


def test_only_what_changed_is_computed_again(tmp_path: Path) -> None:
    _judged(tmp_path)
    edited = _formula("area", r"A = r^2 \pi")
    again = _judged(tmp_path, [edited, *PRINTED[1:]])
    assert {name.split(":")[0] for name in again.seconds} == {"area", "wrong versions of area"}


def test_a_formula_that_moves_is_reused_at_its_new_place(tmp_path: Path) -> None:
    _judged(tmp_path)
    moved = _judged(tmp_path, [_formula("area", AREA, line=99)])
    assert moved.seconds == {}
    assert [finding.formula.place.line for finding in moved.findings] == [99]
    assert [tally.formula.place.line for tally in moved.tallies] == [99]


def test_an_erratum_that_is_reused_is_told_at_the_relation_that_is_wrong(tmp_path: Path) -> None:
    text = r"A = \frac{\pi r^2}{2}"

    def at(line: int) -> Formula:
        places = tuple(Place(file="templates/circle.tex.j2", line=line, column=20 + index) for index in range(len(text)))
        return dataclasses.replace(_formula("wrong_area", text, "refuted", line), places=places)

    first, again, moved = (_judged(tmp_path, [at(line)], ()).findings[0] for line in (5, 5, 9))
    assert (first.reused, again.reused, moved.reused) == (False, True, True)
    assert str(first.formula.place) == str(again.formula.place) == f"templates/circle.tex.j2:5:{20 + text.index('=')}"
    assert str(moved.formula.place) == f"templates/circle.tex.j2:9:{20 + text.index('=')}"


def test_a_formula_at_two_places_is_judged_once_and_told_at_both(tmp_path: Path) -> None:
    twice = [_formula("area", AREA, line=3), _formula("area", AREA, line=8)]
    results = _judged(tmp_path, twice, (), wrong=False)
    assert [finding.formula.place.line for finding in results.findings] == [3, 8]
    assert len(results.seconds) == 1


def test_a_failure_is_never_kept(tmp_path: Path) -> None:
    false = [_formula("area", r"A = 2\pi r^2")]
    for _ in range(2):
        (finding,) = _judged(tmp_path, false, ()).findings
        assert (finding.passed, finding.reused) == (False, False)
    assert _judged(tmp_path, false, ()).seconds


def test_a_check_with_survivors_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from hwgen.judging import results as module

    blind = module.tally

    def surviving(*arguments: Any) -> Any:
        return dataclasses.replace(blind(*arguments), survivors=("a digit: A = 3",))

    monkeypatch.setattr(module, "tally", surviving)
    _judged(tmp_path, PRINTED[:1], ())
    monkeypatch.setattr(module, "tally", blind)
    assert "wrong versions of area" in {name.split(":")[0] for name in _judged(tmp_path, PRINTED[:1], ()).seconds}


def test_one_process_and_two_find_the_same(tmp_path: Path) -> None:
    alone, together = _judged(tmp_path / "1"), _judged(tmp_path / "2", jobs=2)
    assert together.seconds.keys() == alone.seconds.keys()
    assert _plain(alone) == _plain(together)


def test_the_order_of_the_page_changes_no_finding(tmp_path: Path) -> None:
    forth, back = _judged(tmp_path / "1"), _judged(tmp_path / "2", PRINTED[::-1])
    assert _plain(forth)[0] == _plain(back)[0][::-1]


@pytest.mark.parametrize("damage", [lambda data: data[:-7], lambda data: data[:-1] + bytes([data[-1] ^ 1]), lambda data: b""])
def test_a_damaged_entry_is_recomputed(tmp_path: Path, damage: Any) -> None:
    first = _judged(tmp_path)
    entries = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(entries) >= 8
    for path in entries:
        path.write_bytes(damage(path.read_bytes()))
    again = _judged(tmp_path)
    assert again.seconds.keys() == first.seconds.keys()
    assert _plain(first) == _plain(again)


def test_a_formula_nobody_can_read_stops_all_before_any_mathematics(tmp_path: Path) -> None:
    unreadable = [*PRINTED, _formula("area", "A = q r^2", line=7), _formula("area", "A = ", line=8)]
    with pytest.raises(ContentErrors) as caught:
        _judged(tmp_path, unreadable)
    assert [error.place.line for error in caught.value.errors if error.place] == [7, 8]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def _study_raises(problem: Any) -> Any:
    raise RuntimeError("out of darts")


def test_a_study_that_raises_names_itself_and_its_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = catalog.load(PACKAGE).exercises[0]
    broken = dataclasses.replace(exercise.nouns["darts"], compute=_study_raises)
    monkeypatch.setitem(exercise.nouns, "darts", broken)
    monkeypatch.setattr("hwgen.judging.results._catalog", lambda package: catalog.load(package))
    with pytest.raises(ContentError) as caught:
        _judged(tmp_path)
    assert caught.value.message == "darts: the study raised RuntimeError: out of darts (in _study_raises)"
    place, code = caught.value.place, _study_raises.__code__
    assert place
    assert (place.file.rpartition("/")[2], place.line) == ("test_results.py", code.co_firstlineno + 1)


def _draw_raises(figure: Any, data: Any) -> Any:
    figure.subplot()


def test_a_figure_that_fails_is_no_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = catalog.load(PACKAGE).exercises[0]
    broken = dataclasses.replace(exercise.nouns["darts_error"], draw=_draw_raises)
    monkeypatch.setitem(exercise.nouns, "darts_error", broken)
    monkeypatch.setattr("hwgen.judging.results._catalog", lambda package: catalog.load(package))
    with pytest.raises(ContentError, match=r"^\S+test_results\.py:\d+: darts_error: the figure raised AttributeError: 'Figure' object"):
        _judged(tmp_path)


def test_progress_counts_what_is_computed(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    results = _judged(tmp_path, progress=lambda name, done, total: told.append((name, done, total)))
    total = len(results.seconds)
    assert [(done, of) for _, done, of in told] == [(count, total) for count in range(1, total + 1)]


@pytest.mark.parametrize(
    ("number", "kept"), [(1.23456789, 1.23457), (-9.8765432e-12, -9.87654e-12), (0.0, 0.0), (123456789.0, 123457000.0), (1e300, 1e300)]
)
def test_studies_keep_six_digits(number: float, kept: float) -> None:
    assert rounded(np.array([number]))[0] == pytest.approx(kept, rel=1e-14)


def test_what_is_no_number_stays_as_it_is() -> None:
    assert rounded(np.array([1, 20]))[1] == 20
    assert np.isnan(rounded(np.array([np.nan, 1.0]))[0])
    assert np.isinf(rounded(np.array([np.inf, 1.0]))[0])


NUMBERS = """
from hwgen.model.catalog import Exercise

exercise = Exercise("numbers", title="Numbers", problem=None)

def helper(n):
    return n * 10

@exercise.study
def runs(problem):
    return {"width": [1.0, 2.0, 4.0, 8.0], "error": [8.0, 4.0, 2.0, helper(0.1)]}

def halved(runs):
    return [error / 2 for error in runs["error"]]

exercise.settings(networks=(12, "Networks."), rate=(0.5, "A rate."))
exercise.power_law("{}_error", "the error", of=[runs], x="width", y="error")
exercise.power_law("{}_half", "half the error", of=[runs], x="width", y=halved)
"""
NAMES = ("networks", "rate", "slope_error", "drift_error", "slope_half", "drift_half")
FITS = {"slope_error", "drift_error", "slope_half", "drift_half"}


def _keys() -> dict[str, str]:
    forget("numbered")
    return {name: task.key for name, task in tasks_for(catalog.load("numbered"), (), NAMES, False).items() if name in NAMES}


@pytest.mark.parametrize(
    ("old", "new", "stale"),
    [
        ("networks=(12,", "networks=(13,", {"networks"}),
        ("rate=(0.5,", "rate=(0.25,", {"rate"}),
        ("error / 2", "error / 3", {"slope_half", "drift_half"}),
        ("n * 10", "n * 11", FITS),
        ('"the error", of=[runs], x="width"', '"the error", of=[runs], x="error"', {"slope_error", "drift_error"}),
        ("Networks.", "How many networks.", set()),
    ],
)
def test_a_setting_or_a_slope_is_stale_where_its_own_number_axis_or_study_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, stale: set[str]
) -> None:
    (tmp_path / "numbered" / "one").mkdir(parents=True)
    (tmp_path / "numbered" / "__init__.py").write_text("")
    module = tmp_path / "numbered" / "one" / "__init__.py"
    module.write_text(NUMBERS)
    monkeypatch.syspath_prepend(str(tmp_path))
    before = _keys()
    assert module.read_text().count(old) == 1
    module.write_text(module.read_text().replace(old, new))
    after = _keys()
    assert {name for name in NAMES if before[name] != after[name]} == stale


def test_what_wrong_versions_raise_is_said_at_the_line_of_the_code() -> None:
    task = Task(package=PACKAGE, name="area", key="", parts={}, formula=PRINTED[0], wrong=True)
    raised = Outcome(error=AttributeError(), said="raised AttributeError: no sqrtt", place=Place(file="exercises/disc.py", line=24))
    with pytest.raises(ContentError, match=r"raised AttributeError: no sqrtt; printed at templates/circle\.tex\.j2:5:1") as caught:
        results._outcome(raised, task)
    assert caught.value.place == raised.place
    with pytest.raises(ContentError, match="was stopped") as caught:
        results._outcome(Outcome(ended="was stopped after 4 s"), task)
    assert caught.value.place == PRINTED[0].place
