"""Places in the author's files, and the formulas that stand there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, order=True)
class Place:
    """A place in a file of the author, as editors print it: `templates/ex1_ntk.tex.j2:41:7` (lines and columns from 1)."""

    file: str
    line: int
    column: int | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.column is None else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True)
class Formula:
    r"""LaTeX as printed in `\checked`, `\refuted` or `\verified`, and where; `places` gives one place per character of `text`."""

    macro: str
    name: str
    text: str
    place: Place
    places: tuple[Place, ...] = ()
