"""On which pages of the last PDF the lines of the templates are printed, where that PDF was made from the templates as they are now."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from hwgen.page.page import Page
from hwgen.page.template import PLACEHOLDER
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.synctex import ENDING, sheets
from hwgen.typesetting.workplace import FOLDER

LAST = "build/last"


def last(root: Path) -> Path:
    """The PDF that was built last; nothing if there is none."""
    record = root / LAST
    return root / record.read_text().strip() if record.exists() else Path()


def printed_on(page: Page, root: Path) -> dict[str, dict[int, list[int]]]:
    """By template and line the pages that it is on; nothing of a template whose lines were others when LaTeX ran."""
    pdf, made = last(root), root / FOLDER / f"{JOBNAME}.tex"
    if not pdf.name or not made.is_file():
        return {}
    lines, known = made.read_text(errors="replace").split("\n"), sheets(pdf.with_suffix(ENDING))
    fresh = {name: len(own) for name, own in _templates(page) if _stands(own, lines)}
    named = {name: found for path, found in known.items() for name in fresh if f"/{path}".endswith(f"/{name}")}
    return {name: found for name, found in named.items() if max(found) <= fresh[name]}


def _templates(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Each template with its lines, as the page has them."""
    found: dict[str, list[str]] = {}
    for line, place in zip(page.rendered.text.split("\n"), page.rendered.lines, strict=False):
        found.setdefault(place.file, []).append(line)
    yield from found.items()


def _stands(own: Sequence[str], lines: Sequence[str]) -> bool:
    """Whether these lines stand one after the other among the others, with any values in the places of names."""
    first = next((at for at, line in enumerate(own) if line.strip() and not PLACEHOLDER.search(line)), 0)
    begins = [at - first for at, line in enumerate(lines) if own and line == own[first]]
    return any(_same(own, lines[at : at + len(own)]) for at in begins if at >= 0)


def _same(own: Sequence[str], lines: Sequence[str]) -> bool:
    return len(own) == len(lines) and all(one == other or _filled(one, other) for one, other in zip(own, lines, strict=True))


def _filled(line: str, other: str) -> bool:
    pieces = PLACEHOLDER.sub("\0", line).split("\0")
    return len(pieces) > 1 and re.fullmatch(".*".join(map(re.escape, pieces)), other) is not None
