"""The next report says what is another than in the last: verdicts, deviations by a factor of ten, claims gone and come."""

from __future__ import annotations

import copy
import json
import shutil
from typing import Any

import pytest

from hwgen.program import report as program
from hwgen.report.changes import changes, state


def _words(now: Any, before: Any) -> list[tuple[str, str]]:
    return [(one.name, one.words) for one in changes(_state(now), _state(before))]


def _state(claims: Any = (), numbers: Any = (), studies: Any = ()) -> dict[str, Any]:
    return {"claims": dict(claims), "numbers": dict(numbers), "studies": dict(studies)}


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (["supported", 1e-9], ["supported", 2e-9], None),
        (["supported", 1e-9], ["supported", 1e-8], "its worst deviation was 1e-08 and is 1e-09"),
        (["supported", 0.0], ["supported", 1e-9], "its worst deviation was 1e-09 and is 0"),
        (["short", 1.0], ["proved", 1.0], "was proved and is short"),
    ],
)
def test_what_changed_of_a_formula_is_told(now: list[Any], before: list[Any], said: str | None) -> None:
    assert _words({"k": ["a", *now]}, {"k": ["a", *before]}) == ([("a", said)] if said else [])


def test_what_is_gone_what_is_new_and_what_is_printed_in_another_way_is_told() -> None:
    now = {"b: y": ["b", "proved", 0.0], "c: new": ["c", "proved", 0.0], "d: x": ["d", "proved", 0.0]}
    before = {"a: x": ["a", "proved", 0.0], "c: old": ["c", "proved", 0.0], "d: x": ["d", "proved", 0.0], "d: y": ["d", "proved", 0.0]}
    said = [("a", "is gone"), ("b", "is new"), ("c", "is printed in another way"), ("d", "is no longer printed in one of its ways")]
    assert _words(now, before) == said


def test_a_report_keeps_telling_of_the_last_change(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    folder = document.request.root / program.FOLDER
    shutil.rmtree(folder, ignore_errors=True)  # another test of this process may have had its report
    folder.mkdir(parents=True)
    first = program.page_of(document.page, evidence)
    assert "Nothing to compare with" in first
    worse = copy.deepcopy(evidence)
    worse["findings"][0]["passed"] = False
    for _ in range(2):
        page = program.page_of(document.page, worse)
        assert '<a href="#claim-area">area</a> was supported and is short' in page
        assert 'data-moved="yes"' in page
    lost = {**worse, "findings": worse["findings"][1:], "nouns": {**worse["nouns"]}}
    assert "<li>area is gone</li>" in program.page_of(document.page, lost)
    program.page_of(document.page, worse)
    assert json.loads((document.request.root / program.FOLDER / program.STATE).read_text())["before"] == state(lost)


def test_a_number_that_is_printed_otherwise_and_an_array_that_is_another_are_told() -> None:
    now = _state(numbers={"a": "1.25", "b": "2"}, studies={"s": "01", "t": "02"})
    before = _state(numbers={"a": "1.24", "c": "3"}, studies={"s": "00"})
    assert [(one.name, one.words) for one in changes(now, before)] == [
        ("c", "(number) is gone"),
        ("b", "(number) is new"),
        ("a", "(number) was 1.24 and is 1.25"),
        ("t", "(study) is new"),
        ("s", "(study) has other arrays"),
    ]
    assert changes(now, now) == []


def test_what_balls_enclose_hides_no_deviation_that_was_measured(toy_evidence: Any) -> None:
    before = copy.deepcopy(toy_evidence[1])
    before["findings"][0]["evidence"].append({"kind": "INTERVAL", "verdict": "SUPPORTED", "deviation": 1e-3})
    now = copy.deepcopy(before)
    look = now["findings"][0]["evidence"][0]
    look["deviation"] = 1e4 * max(look["deviation"], 1e-15)
    assert [one.name for one in changes(state(now), state(before))] == ["area"]
