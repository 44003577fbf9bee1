"""Why a result was computed: the parts of its key that changed; a damaged file is no history and no error."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hwgen.freshness import history, present
from hwgen.page import remembered


def _after(folder: Path, *runs: dict[str, str]) -> str:
    for parts in runs:
        history.remember(folder, {"area": parts})
    return history.reasons(folder, ["area"])[0]


@pytest.mark.parametrize(
    ("runs", "why"),
    [
        ([{"formula": "1"}], "it had never been computed"),
        ([{"formula": "1"}, {"formula": "1"}], "its stored result is not there any more, or was damaged"),
        ([{"formula": "1", "numpy": "2"}, {"formula": "1", "numpy": "3"}], "numpy changed"),
        ([{"old": "1"}, {"new": "1"}], "new is new, old is gone"),
        ([{"its sharp": "1"}, {"its sharp": "2"}], "what it declares by sharp=… changed"),
        (
            [{"a": "1", "its sharp": "1", "its changed": "1"}, {"a": "2", "its sharp": "2", "its changed": "2"}],
            "what it declares by sharp=… and changed=… changed, a changed",
        ),
        ([{"its of": "1"}, {"its height": "1"}], "what it declares by height=… is new, what it declares by of=… is gone"),
        ([dict.fromkeys("abcdefg", "1"), dict.fromkeys("abcdefg", "2")], "a changed, b changed, c changed, d changed, and 3 more"),
    ],
)
def test_the_reason_names_what_changed(tmp_path: Path, runs: list[dict[str, str]], why: str) -> None:
    assert _after(tmp_path, *runs) == f"computed again: area, since {why}"


def test_what_fell_short_is_said_to_be_judged_each_time_until_it_is_kept(tmp_path: Path) -> None:
    history.remember(tmp_path, {"area": {"formula": "1"}}, {"area"})
    assert _after(tmp_path, {"formula": "1"}).endswith("since it fell short the last time, and what falls short is judged each time")
    assert _after(tmp_path, {"formula": "1"}).endswith("since its stored result is not there any more, or was damaged")
    history.remember(tmp_path, {"area": {"formula": "2"}}, {"area"})
    assert _after(tmp_path, {"formula": "3"}).endswith("since formula changed")


def test_a_variable_that_was_not_set_is_no_reason_and_one_that_is_set_now_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ASKED_FOR", raising=False)
    unset = {"the variable ASKED_FOR": present.now("variable ASKED_FOR")}
    monkeypatch.setenv("ASKED_FOR", "1")
    now_set = {"the variable ASKED_FOR": present.now("variable ASKED_FOR")}
    assert _after(tmp_path, {}, unset).endswith("since its stored result is not there any more, or was damaged")
    assert _after(tmp_path, {}).endswith("since its stored result is not there any more, or was damaged")
    assert _after(tmp_path, now_set).endswith("since the variable ASKED_FOR is new")
    assert _after(tmp_path, unset).endswith("since the variable ASKED_FOR is gone")


def test_a_formula_of_several_lines_is_told_in_one(tmp_path: Path) -> None:
    label = "area: checked A\n  &= \\pi r^2" + " + 0" * 40
    history.remember(tmp_path, {label: {"formula": "1"}})
    (line,) = history.reasons(tmp_path, [label])
    assert (
        line == f"computed again: area: checked A &= \\pi r^2{' + 0' * 40}"[: 16 + history.LONGEST] + " …, since it had never been computed"
    )


def test_what_was_not_computed_now_keeps_its_reason_and_is_not_told(tmp_path: Path) -> None:
    _after(tmp_path, {"formula": "1"})
    before = history.recall(tmp_path)["area"]
    history.remember(tmp_path, {"tangent": {"formula": "1"}})
    assert history.recall(tmp_path)["area"] == before
    assert history.reasons(tmp_path, []) == ["nothing was computed again: no result was stale"]
    assert [path.name for path in tmp_path.iterdir()] == [history.FILE]


@pytest.mark.parametrize("text", ["", "{", "[]", json.dumps({"area": 1}), json.dumps({"area": {"why": "?"}})])
def test_a_damaged_file_is_no_history(tmp_path: Path, text: str) -> None:
    (tmp_path / history.FILE).write_text(text)
    assert history.recall(tmp_path) == {}
    assert _after(tmp_path, {"formula": "1"}) == "computed again: area, since it had never been computed"


def test_a_part_that_many_results_have_is_written_once_and_goes_with_the_last_of_them(tmp_path: Path) -> None:
    common = {f"module.definition{number}": "1" for number in range(50)}
    history.remember(tmp_path, {f"claim{number}": {**common, "the formula": str(number)} for number in range(30)})
    text = (tmp_path / history.FILE).read_text()
    assert text.count('"module.definition7"') == 1
    assert history.recall(tmp_path)["claim3"]["parts"].keys() == {*common, "the formula"}
    assert set(history.labels(tmp_path)) == {f"claim{number}" for number in range(30)}
    history.remember(tmp_path, {f"claim{number}": {"the formula": str(number)} for number in range(30)})
    assert "module.definition7" not in (tmp_path / history.FILE).read_text()


def test_what_another_version_of_the_program_left_is_no_history(tmp_path: Path) -> None:
    remembered.write(tmp_path / history.FILE, {"area": {"computed": 1.0, "why": "", "parts": {"formula": "1"}}})
    assert history.recall(tmp_path) == {}
    assert _after(tmp_path, {"formula": "1"}).endswith("since it had never been computed")
