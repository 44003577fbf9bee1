"""The content runs as its text is, whatever Python has kept of an earlier text."""

from __future__ import annotations

import os
import py_compile
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hwgen.model import catalog, importing

TEXT = 'from hwgen.model.exercise import Exercise\nLIMIT = 1e-3\nexercise = Exercise("one", title="One", problem=None)\n'


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The text of an exercise whose package is new to this process."""
    one = tmp_path / "fromtext" / "exercises" / "one"
    one.mkdir(parents=True)
    for folder in (one, one.parent, one.parent.parent):
        (folder / "__init__.py").write_text("")
    (one / "__init__.py").write_text(TEXT)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.setattr(sys, "path_hooks", list(sys.path_hooks))
    yield one / "__init__.py"
    importing._TOPS.clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "fromtext"]:
        del sys.modules[name]


@pytest.mark.parametrize("mode", list(py_compile.PycInvalidationMode))
@pytest.mark.parametrize("part", ["an exercise", "a module of it"])
def test_an_edit_of_equal_length_with_the_time_put_back_is_run(content: Path, mode: py_compile.PycInvalidationMode, part: str) -> None:
    path = content if part == "an exercise" else content.parent / "numbers.py"
    if path != content:
        path.write_text("LIMIT = 1e-3\n")
    time = path.stat().st_mtime
    py_compile.compile(str(path), invalidation_mode=mode)
    path.write_text(path.read_text().replace("1e-3", "1e-1"))
    os.utime(path, (time, time))
    catalog.load("fromtext.exercises")
    assert sys.modules["fromtext.exercises.one" + ("" if path == content else ".numbers")].LIMIT == 0.1


def test_libraries_are_imported_as_ever(content: Path) -> None:
    catalog.load("fromtext.exercises")
    import json.tool

    assert json.tool.__cached__ is not None
