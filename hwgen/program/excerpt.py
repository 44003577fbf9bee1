"""The author's line under a message: the place, what is written there, and a caret below the column. Standard library only."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from hwgen.model import Place
from hwgen.model.errors import ContentErrors, HwgenError, InputErrors, NoPackage

WIDEST = 110
AROUND = 60


def told(error: HwgenError, root: Path = Path()) -> str:
    """The message of an error, each of several on its own, with the lines that they are about."""
    if isinstance(error, ContentErrors | InputErrors):
        return "\n".join(told(one, root) for one in error.errors)
    place = _settled(root) if isinstance(error, NoPackage) else error.place and _from_here(error.place, root)
    return with_line(f"{place}: {error.message}" if place else error.message, place, root)


def _settled(root: Path) -> Place:
    """Where homework.toml names the content package."""
    from hwgen.program.homework import FILE
    from hwgen.program.settings import line_of

    return line_of(root, FILE, "content")


def _from_here(place: Place, root: Path) -> Place:
    """The place by its path from the homework's folder, where it lies in it, as editors and people follow it."""
    file, here = Path(place.file), root.resolve()
    return dataclasses.replace(place, file=str(file.relative_to(here))) if file.is_relative_to(here) else place


def with_line(message: str, place: Place | None, root: Path = Path()) -> str:
    """The message, the line of its place as the file has it, and a caret below the column; the message alone if there is none."""
    line = _line(place, root) if place else ""
    if not place or not line.strip():
        return message
    column = min(place.column or 0, len(line))
    start = max(0, column - AROUND) if len(line) > WIDEST else 0
    shown = line[start : start + WIDEST]
    left, right = "… " if start else "", " …" if start + WIDEST < len(line) else ""
    caret = f"\n  {' ' * (len(left) + column - start - 1)}^" if column else ""
    return f"{message}\n  {left}{shown}{right}{caret}"


def _line(place: Place, root: Path) -> str:
    try:
        lines = (root / place.file).read_text(encoding="utf-8-sig", errors="replace").split("\n")
    except OSError:
        return ""
    return lines[place.line - 1].expandtabs(1) if 0 < place.line <= len(lines) else ""
