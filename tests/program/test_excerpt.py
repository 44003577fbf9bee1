"""The author's line under a message: tabs, long lines, lines and files that are gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from hwgen.model import Place, catalog
from hwgen.model.errors import ContentError, ContentErrors, NoPackage
from hwgen.program.excerpt import AROUND, WIDEST, told, with_line


def _place(line: int, column: int | None = None) -> Place:
    return Place(file="t.tex.j2", line=line, column=column)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "t.tex.j2").write_text(f"first\n\tA = \\pi r^2\n   \n{'x' * 200}HERE{'y' * 200}\n")
    return tmp_path


def test_the_caret_stands_below_the_column(root: Path) -> None:
    message, line, caret = with_line("wrong", _place(2, 6), root).split("\n")
    assert message == "wrong"
    assert line[caret.index("^")] == "\\"
    assert with_line("wrong", _place(1), root) == "wrong\n  first"


def test_a_long_line_is_shown_around_the_column(root: Path) -> None:
    _, line, caret = with_line("wrong", _place(4, 201), root).split("\n")
    assert line[caret.index("^") :].startswith("HERE")
    assert line.startswith("  … x")
    assert line.endswith(" …")
    assert len(line) == WIDEST + 6
    assert caret.index("^") == AROUND + 3


@pytest.mark.parametrize("place", [None, _place(3, 1), _place(99, 1), _place(0, 1), Place(file="gone.tex.j2", line=1)])
def test_without_a_line_the_message_stands_alone(root: Path, place: Place | None) -> None:
    assert with_line("wrong", place, root) == "wrong"


def test_each_of_several_errors_has_its_line(root: Path) -> None:
    both = ContentErrors([ContentError("one", _place(1, 1)), ContentError("two", _place(2, 2))])
    assert told(both, root).split("\n")[:4] == ["t.tex.j2:1:1: one", "  first", "  ^", "t.tex.j2:2:2: two"]


def test_a_content_package_that_is_not_there_is_told_at_the_line_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "homework.toml").write_text('file = "{NOM}.pdf"\n\ncontent = "gone.away"\ntitle = "T"\n')
    with pytest.raises(NoPackage) as missing:
        catalog.load("gone.away", tmp_path)
    said, line = told(missing.value, tmp_path).split("\n")
    assert said.startswith(
        "homework.toml:3: content is 'gone.away', and no such package is found; expected gone/__init__.py in the homework's"
    )
    assert line == '  content = "gone.away"'
