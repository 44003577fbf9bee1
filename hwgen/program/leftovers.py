"""What earlier builds left in build/ under another name, or older than what is handed in: told, and never removed.

Standard library only, and little of it: a change of prose comes by here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

FOLDER, PREVIEW = "build", "preview.pdf"
HANDED_IN = (".pdf", ".eml", ".zip")


def others(root: Path, own: str) -> list[str]:
    """That there are files of another name than `own`, the PDF's to hand in: a changed name or pattern leaves them there."""
    stem = Path(own).stem
    found = [one for one in _made(root) if one.stem != stem and not one.stem.startswith(f"{stem}_")]
    return [f"{_listed(found)}: of another name than {own}; remove {_them(found)}, lest {_that(found)} be handed in"] if found else []


def older(root: Path, own: str, kept: Path) -> Iterator[str]:
    """That files of this name, another version or a draft, are older than the one that is `kept`."""
    stem, written = Path(own).stem, (root / kept).stat().st_mtime_ns
    beside = [one for one in _made(root) if one.stem.startswith(stem) and one.stem[len(stem) :][:1] in {"", "_"}]
    found = [one for one in beside if one.name != own and (root / one).stat().st_mtime_ns < written]
    if found:
        yield f"{_listed(found)}: older than {own}, which is handed in; build or remove {_them(found)}, lest {_that(found)} be taken for it"


def _made(root: Path) -> list[Path]:
    """The files in build/ that may be handed in, from the homework's folder."""
    there = (one for one in (root / FOLDER).glob("*") if one.suffix in HANDED_IN and one.is_file() and one.name != PREVIEW)
    return sorted(one.relative_to(root) for one in there)


def _listed(found: Sequence[Path]) -> str:
    return ", ".join(map(str, found))


def _them(found: Sequence[Path]) -> str:
    return "them" if found[1:] else "it"


def _that(found: Sequence[Path]) -> str:
    return "they" if found[1:] else "it"
