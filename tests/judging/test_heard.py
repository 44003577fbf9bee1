"""Warnings of Python and its libraries: messages at the author's line, from the homework's folder, each once in a run."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from hwgen.judging import heard
from hwgen.judging.spots import Spot, spot
from hwgen.model import Place


@pytest.fixture(autouse=True)
def nothing_told() -> None:
    """What another test left to be told is not of this one."""
    list(heard.told())


def test_what_is_warned_of_is_heard_once_and_the_ways_of_python_are_put_back() -> None:
    before = warnings.showwarning
    with heard.hearing() as found:
        warnings.simplefilter("always")
        for _ in range(3):
            warnings.warn("a  thing\nof two lines", UserWarning, stacklevel=1)
        warnings.warn("no value", RuntimeWarning, stacklevel=1)
    assert list(found) == ["a thing of two lines (UserWarning)", f"no value (RuntimeWarning){heard.MEANT}"]
    assert warnings.showwarning is before


def test_filters_that_are_set_meanwhile_stay() -> None:
    with heard.hearing() as found:
        warnings.filterwarnings("ignore", message="of no matter")
    with heard.hearing() as later:
        warnings.warn("of no matter", UserWarning, stacklevel=1)
    assert (found, later) == ({}, {})


def test_it_is_told_where_the_author_wrote_it_or_where_the_result_is_declared() -> None:
    declared = Place(file=str(Path.cwd() / "exercises/ex1/numbers.py"), line=7)
    heard.learn("spread", {"at a line": Spot("exercises/ex1/problem.py", 3), "of a library": None}, declared)
    heard.learn("other", {"at a line": Spot("exercises/ex1/problem.py", 3)})
    assert heard.told() == ["exercises/ex1/problem.py:3: at a line (of other)", "exercises/ex1/numbers.py:7: of a library (of spread)"]
    assert heard.told() == []


def test_each_result_hears_its_own_warnings_and_those_of_its_parts() -> None:
    def odd() -> None:
        warnings.warn("odd", UserWarning, stacklevel=1)

    with warnings.catch_warnings():
        warnings.simplefilter("default")
        with heard.hearing() as first, heard.hearing() as part:
            odd()
        with heard.hearing() as second:
            odd()
    with heard.hearing() as recalled:
        heard.again(part)
    # Where it was is another matter: to the other tests of this process this module may be an author's.
    assert [list(one) for one in (first, part, second, recalled)] == [["odd (UserWarning)"]] * 4


def test_what_was_heard_of_modules_is_told_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heard, "_imported", set[str]())
    heard.learn_imported({"of a module": None})
    heard.learn("spread", {"of a module": None})
    assert [heard.told(), heard.told()] == [["of a module"], ["of a module"]]


TEXT = """import math


def other():
    return 1


def oracle(k):
    x = math.sin(
        k
    )
    return (
        math.log(x)
    )
"""
MOVED = {
    "comments": TEXT.replace("def oracle(k):", "# so\ndef oracle(k):\n    # why"),
    "a docstring": TEXT.replace("oracle(k):", 'oracle(k):\n    """Say it."""'),
    "another function": TEXT.replace("def other", "def more():\n    return 2\n\n\ndef other").replace("return 1", "return 3"),
}


@pytest.mark.parametrize("what", list(MOVED))
def test_a_line_is_found_again_where_the_text_around_it_moves(tmp_path: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.py").write_text(TEXT)
    spots = {text: spot(str(tmp_path / "a.py"), _line(TEXT, text)) for text in ("k\n    )", "math.log", "return 1")}
    assert [one.place() for one in spots.values()] == [Place(file="a.py", line=one.line) for one in spots.values()]
    Path("a.py").write_text(MOVED[what])
    found = {text: one.place() for text, one in spots.items()}
    gone = found.pop("return 1")
    assert found == {text: Place(file="a.py", line=_line(MOVED[what], text)) for text in found}
    assert (gone is None) is (what == "another function")


def test_what_is_no_python_stays_where_it_was_and_what_is_gone_is_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert spot("<string>", 3).place() == Place(file="<string>", line=3)
    Path("a.py").write_text(TEXT)
    one = spot("a.py", 4)
    Path("a.py").write_text("def (")
    assert one.place() is None


def _line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1
