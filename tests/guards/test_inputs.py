r"""A file that \input puts in and that is not there is told at its name; what LaTeX finds elsewhere is LaTeX's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.guards.inputs import absent
from hwgen.page.page import Page

Make = Callable[[str], Page]


@pytest.mark.parametrize("text", [r"\input{templates/preambel.tex}", r"\input templates/preambel.tex "])
def test_a_file_that_is_not_there_is_told_with_the_nearest(page: Make, text: str) -> None:
    one = page(text)
    folder = one.root / "templates"
    folder.mkdir(exist_ok=True)
    Path(folder / "preamble.tex").touch()
    (error,) = absent(one)
    assert "templates/preambel.tex" in error.message
    assert "no such file; expected one of the homework's folder. Did you mean 'templates/preamble.tex'?" in error.message
    assert error.place is not None


@pytest.mark.parametrize(
    "text", [r"\input{templates/preamble.tex}", r"\input{templates/preamble}", r"\input{glyphtounicode}", "plain text"]
)
def test_a_file_that_is_there_or_elsewhere_is_not_told(page: Make, text: str) -> None:
    one = page(text)
    (one.root / "templates").mkdir(exist_ok=True)
    (one.root / "templates/preamble.tex").touch()
    assert list(absent(one)) == []
