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


@pytest.mark.parametrize("part", ["__init__.py", "numbers.py", "proofs.py"])
@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"x = 1\n# \xe9\n", 2, "not UTF-8 text; save the file again in the encoding UTF-8"),
        (b"x = 1\n\n\0\n", 3, "not UTF-8 text"),
        (b"\xef\xbb\xbfx = 1\n", 1, "not UTF-8 text; save the file again in the encoding UTF-8 without a byte-order mark"),
        (b"x = 1\n) (\n", 2, "this is not Python: unmatched '\\)'"),
        (b"x = 1\nif x:\nx = 2\n", 3, "this is not Python: expected an indented block"),
    ],
)
def test_what_is_no_python_is_told_at_its_line_whatever_reads_it_first(content: Path, part: str, data: bytes, line: int, said: str) -> None:
    path = content.parent / part
    path.write_bytes(data)
    with pytest.raises(ContentError, match=said) as caught:
        catalog.load("fromtext.exercises")
    place = caught.value.place
    assert place is not None
    assert (Path(place.file).resolve(), place.line) == (path.resolve(), line)


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


@pytest.mark.parametrize(
    ("init", "said"),
    [
        (None, "two/ has no __init__.py, so that it is not found"),
        ("", "two/__init__.py does not have it"),
        ("import os\n", "does not have it"),
    ],
)
def test_an_exercise_that_its_folder_does_not_show_is_told_where_it_is_made(content: Path, init: str | None, said: str) -> None:
    two = content.parent.parent / "two"
    two.mkdir()
    (two / "problem.py").write_text(TEXT)
    (two / "other.py").write_text('NAME = "exercise = Exercise("\n')
    if init is not None:
        (two / "__init__.py").write_text(init)
    with pytest.raises(
        ContentError, match=rf"an exercise is made here, and .*{said}.*; expected from \.problem import exercise there"
    ) as caught:
        catalog.load("fromtext.exercises")
    assert caught.value.place == Place(file=str((two / "problem.py").resolve()), line=3)


def test_a_module_beside_the_one_that_asks_for_it_is_imported_with_a_dot(content: Path) -> None:
    (content.parent / "problem.py").write_text(TEXT)
    (content.parent / "claims.py").write_text("import os\nfrom problem import exercise\n")
    with pytest.raises(
        ContentError, match=r"there is no module 'problem'; expected a dot before it, as it lies beside: from \.problem import …"
    ) as caught:
        catalog.load("fromtext.exercises")
    assert caught.value.place
    assert caught.value.place.line == 2


def test_an_exercise_that_another_module_has_imported_is_one_exercise(content: Path) -> None:
    (content.parent.parent / "two.py").write_text("from .one import exercise\n")
    assert [one.name for one in catalog.load("fromtext.exercises").exercises] == ["one"]
