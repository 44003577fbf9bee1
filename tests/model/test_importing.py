"""The content runs as its text is, whatever Python has kept of an earlier text."""

from __future__ import annotations

import os
import py_compile
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hwgen.model import Place, catalog, importing
from hwgen.model.errors import ContentError

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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (TEXT, r"exercise is a module; expected an Exercise of hwgen\.authors under this name, or another name"),
        ("exercise = 'one'\n", "exercise is a str; expected an Exercise"),
        ("def exercise(): ...\n", "exercise is a function; expected an Exercise"),
        ("from hwgen.model.exercise import Exercise as exercise\n", "exercise is a type; expected an Exercise"),
    ],
)
def test_what_is_named_as_an_exercise_and_is_none_is_told_at_its_file(content: Path, text: str, said: str) -> None:
    content.write_text(text)
    if text == TEXT:  # the module takes the name when it is imported
        (content.parent / "exercise.py").write_text("")
    (content.parent / "proofs.py").write_text("first = 1\n")
    with pytest.raises(ContentError, match=said) as raised:
        catalog.load("fromtext.exercises")
    assert raised.value.place == Place(file=str(content), line=1)


def test_an_exercise_that_another_module_has_imported_is_one_exercise(content: Path) -> None:
    (content.parent.parent / "two.py").write_text("from .one import exercise\n")
    assert [one.name for one in catalog.load("fromtext.exercises").exercises] == ["one"]
