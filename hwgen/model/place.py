"""Places in the author's files, and the formulas that stand there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A place in a file of the author, as editors print it: `templates/ex1_ntk.tex.j2:41:7` (lines and columns from 1)."""

    file: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.column is None else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True)
class Macro:
    r"""A command of the author, as \newcommand defines it; `problem` says why its body cannot be followed.

    `sized`: a star, or a size in brackets, may stand before its argument, and prints nothing else.
    """

    name: str
    count: int
    body: str
    problem: str = ""
    sized: bool = False


@dataclass(frozen=True, kw_only=True)
class Formula:
    r"""LaTeX as printed in `\checked`, `\refuted`, `\verified` or `\for`, and where; `places` gives one place per character of `text`.

    `macros` are the author's commands that it uses, with those that they use in turn; `hypotheses` what `\for` prints for its claim.
    """

    macro: str
    name: str
    text: str
    place: Place
    places: tuple[Place, ...] = ()
    macros: tuple[Macro, ...] = ()
    hypotheses: tuple[Formula, ...] = ()


def short(filename: str) -> str:
    """A source file as the author knows it: relative to the project."""
    path = Path.cwd() / filename
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else path.name
