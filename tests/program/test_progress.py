"""Progress without a terminal: a line now and then, none for work that is quickly done."""

from __future__ import annotations

import pytest
from conftest import Homework

from hwgen.program import build, progress


def _work(document: build.Document) -> str:
    assert document.request.progress is not None
    for done in range(3):
        document.request.progress("area", done, 3)
    return "done"


LINES = "".join(
    f"{done} of 3 verdicts, numbers and figures after 0 s{', about 1 s left' if done else ''}, last area\n" for done in range(3)
)


@pytest.mark.parametrize(("quiet", "said"), [(1e9, ""), (-1.0, LINES)])
def test_lines_now_and_then(
    homework: Homework, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], quiet: float, said: str
) -> None:
    monkeypatch.setattr(progress, "QUIET_SECONDS", quiet)
    assert progress.watched(build.read(homework.request()), _work) == "done"
    assert capsys.readouterr().err == said


def test_on_a_terminal_a_bar_that_leaves_nothing_behind(
    homework: Homework, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert progress.watched(build.read(homework.request()), _work) == "done"
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("spent", "done", "total", "said"),
    [
        (100.0, 1, 167, ""),
        (200.0, 50, 100, ", about 3 min left"),
        (60.0, 50, 100, ", about 60 s left"),
        (0.1, 99, 100, ", about 1 s left"),
        (9.0, 100, 100, ""),
        (9.0, 0, 0, ""),
    ],
)
def test_what_is_left_goes_by_the_pace_once_it_is_known(spent: float, done: int, total: int, said: str) -> None:
    assert progress.left(spent, done, total) == said
