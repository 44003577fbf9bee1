"""The end of a build, whatever way it took."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hwgen.model import Student
from hwgen.program import finish, snapshot, submission


def test_a_build_without_a_change_says_that_nothing_was_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(snapshot, "moved", lambda folders, since=0: [])
    Path("build").mkdir()
    Path("build/a.pdf").touch()
    Path("build/ledger.json").touch()
    said = ["one: 3 supported (3 printed, 3 judged now)", "2 of 2 displayed relations under test"]
    finish.hand_over(["pdf"], Path("build/a.pdf"), [], said, [], ["warning: w"])
    assert snapshot.unchanged(["pdf"]) == (["warning: w"], ["one: 3 supported (3 printed, 0 judged now)", said[1], "build/a.pdf"])


@pytest.mark.parametrize("page", ["the same", "another"])
def test_what_was_made_to_be_handed_in_with_an_older_page_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], page: str
) -> None:
    output = tmp_path / "build/a.pdf"
    output.parent.mkdir()
    output.write_bytes(b"the same")
    beside = [output.with_suffix(ending) for ending in (".eml", ".zip")]
    for path in (*beside, other := output.with_name("b.eml")):
        path.touch()
    monkeypatch.setattr(finish.guards, "noticed", lambda printed: [])
    monkeypatch.setattr(submission, "is_of", lambda letter, who, task: True)
    there = []

    def published(formulas: object, output: Path, last_touch: Callable[[bytes], bytes]) -> list[str]:
        made = last_touch(page.encode())
        there.extend(path.exists() for path in beside)  # a build that is killed here leaves no letter with an older page beside a newer one
        output.write_bytes(made)
        return []

    run: Any = SimpleNamespace(finish=published, filled=SimpleNamespace(text=""))
    homework: Any = SimpleNamespace(recorded=(), who=SimpleNamespace(attach=False), homework=None)
    finish.finish(homework, {}, run, output)
    assert there == [page == "the same"] * 2
    assert [path.exists() for path in (*beside, other)] == [page == "the same", page == "the same", True]
    said = "build/a.eml: removed, as it held an older page; hwgen submit writes it again"
    assert (said in capsys.readouterr().err) == (page == "another")


VERSIONS = ("full", "concise")


@pytest.mark.parametrize(
    ("version", "aside", "said"),
    [
        ("concise", False, ["counted is the concise version; hwgen check, mutate and report count the full one"]),
        ("full", True, ["counted is the full version; without --version hwgen pdf prints and counts that of student.toml"]),
        ("full", False, []),
    ],
)
def test_the_numbers_of_a_run_say_of_which_version_they_are(version: str, aside: bool, said: list[str]) -> None:
    assert finish.counted_is(Student(version=version, aside=aside), VERSIONS) == said


def test_every_command_that_makes_a_page_leaves_its_links_and_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Path] = []
    monkeypatch.setattr(finish, "newest", told.append)
    monkeypatch.setattr(finish, "link", lambda run, pdf: told.append(pdf))
    run: Any = object()
    finish.linked(run, Path("build/a.pdf"))
    finish.linked(None, None)
    assert told == [Path("build/a.pdf")] * 2
