"""A rendered document: LaTeX, the template place of each of its characters, and where the values of this run will stand."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hwgen.model import Place

# As long as \VAR{namespace.name}, so that columns stay what they are.
PLACEHOLDER = re.compile(r"@@@\{(\w+)\.(\w+)\}@")


@dataclass(frozen=True)
class Rendered:
    """LaTeX, and for each of its lines the template line that it comes from.

    `seams`: (line, offset, place) where the text goes on that stands at another place of a template: after a value or a statement,
    or in another line, since Jinja2 took the end of a line away; `values`: (line, offset, end, place) of what this run put in;
    `macros`: the author's commands that are read into formulas, by name.
    Lines from 1, offsets from 0.
    """

    text: str
    lines: tuple[Place, ...]
    seams: tuple[tuple[int, int, Place], ...] = ()
    values: tuple[tuple[int, int, int, Place], ...] = ()
    macros: tuple[str, ...] = ()

    def by_template(self) -> dict[str, dict[int, str]]:
        """The text by template and line: all that came from a line, in its order."""
        found: dict[str, dict[int, str]] = {}
        for text, place in zip(self.text.split("\n"), self.lines, strict=False):
            of = found.setdefault(place.file, {})
            of[place.line] = f"{of[place.line]}\n{text}" if place.line in of else text
        return found

    def place(self, line: int, column: int | None = None) -> Place:
        """The place of a line of the text, or of a character of it (both from 1); a value's is where a template names it."""
        found, start, first = self.lines[min(max(line, 1), len(self.lines)) - 1], 0, 1
        if column is None:
            return found
        for offset, end, place in self._values_by_line.get(line, ()):
            if offset < column <= end:
                return place
        for offset, place in self._seams_by_line.get(line, ()):
            if offset < column:
                found, start, first = place, offset, place.column or 1
        return Place(file=found.file, line=found.line, column=first + column - 1 - start)

    @functools.cached_property
    def _seams_by_line(self) -> dict[int, list[tuple[int, Place]]]:
        found: dict[int, list[tuple[int, Place]]] = {}
        for line, offset, place in self.seams:
            found.setdefault(line, []).append((offset, place))
        return found

    @functools.cached_property
    def _values_by_line(self) -> dict[int, list[tuple[int, int, Place]]]:
        found: dict[int, list[tuple[int, int, Place]]] = {}
        for line, offset, end, place in self.values:
            found.setdefault(line, []).append((offset, end, place))
        return found


def placeholders(rendered: Rendered) -> Iterator[tuple[str, str, Place]]:
    """Every placeholder: its namespace, its name and its place."""
    for number, line in enumerate(rendered.text.split("\n"), 1):
        for match in PLACEHOLDER.finditer(line):
            yield match[1], match[2], rendered.place(number, match.start() + 1)


def used(rendered: Rendered) -> set[tuple[str, str]]:
    """The names of the values that the page shows."""
    return {(namespace, name) for namespace, name, _ in placeholders(rendered)}
