"""Warnings of Python and its libraries: messages at the author's line, from the homework's folder, each once in a run."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from hwgen.judging import heard
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
    heard.learn("spread", {"at a line": Place(file="exercises/ex1/problem.py", line=3), "of a library": None}, declared)
    heard.learn("other", {"at a line": Place(file="exercises/ex1/problem.py", line=3)})
    assert heard.told() == ["exercises/ex1/problem.py:3: at a line (of other)", "exercises/ex1/numbers.py:7: of a library (of spread)"]
    assert heard.told() == []
