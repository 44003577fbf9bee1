"""A line of the author's text that is found again where the text around it has moved: a stored result tells of it later."""

from __future__ import annotations

import ast
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from hwgen.freshness.digests import digest
from hwgen.freshness.statements import without_docstrings
from hwgen.model import Place
from hwgen.model.place import short


class _Statement(NamedTuple):
    """One at the top of a module: what it says, and the lines at which its parts begin, in the order of the tree."""

    said: str
    first: int
    last: int
    lines: Sequence[int]


@dataclass(frozen=True)
class Spot:
    """A line of a file; how many lines it is behind which part of which statement, where the file could be read as Python."""

    file: str
    line: int
    within: str = ""
    part: int = 0
    further: int = 0

    def place(self) -> Place | None:
        """Where it is now; None where its statement says something else by now, or is gone."""
        if not self.within:
            return Place(file=short(self.file), line=self.line)
        same = (one for one in _read(self.file) if one.said == self.within and self.part < len(one.lines))
        return next((Place(file=short(self.file), line=one.lines[self.part] + self.further) for one in same), None)


def spot(file: str, line: int) -> Spot:
    """That line of a file as it is now, which may lie in another folder for whoever reads of it."""
    path = Path(file)
    name = str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else file
    for one in _read(name):
        if one.first <= line <= one.last:
            begun = max((begin for begin in one.lines if begin <= line), default=one.first)
            return Spot(name, line, one.said, one.lines.index(begun), line - begun)
    return Spot(name, line)


def _read(file: str) -> Sequence[_Statement]:
    try:
        return _statements(Path(file).read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError):
        return ()


@functools.lru_cache(8)
def _statements(text: str) -> Sequence[_Statement]:
    # What changes no key moves no spot either: comments, docstrings, and what stands elsewhere.
    return [_statement(one) for one in without_docstrings(ast.parse(text)).body]


def _statement(one: ast.stmt) -> _Statement:
    lines = [node.lineno for node in ast.walk(one) if hasattr(node, "lineno")]
    return _Statement(digest(ast.dump(one)), min(lines), one.end_lineno or one.lineno, lines)
