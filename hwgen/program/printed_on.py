"""Pages: of the lines of templates in a PDF that was made from them as they are now, of formulas and of figures as LaTeX noted them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hwgen.model import Formula
from hwgen.page import files
from hwgen.page.page import Page
from hwgen.page.rendered import PLACEHOLDER
from hwgen.typesetting import noted
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.synctex import ENDING, sheets
from hwgen.typesetting.workplace import FOLDER

LAST = "build/last"
_RECORDED = re.compile(r"^(?:checked|refuted|verified)\|(\w+)\|(\d+)\|(.*)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A PDF that is there, by its name, with the pages of each line of the templates that are still what it was made from.

    `notes` are the files of what LaTeX noted as it made it, by kind.
    """

    name: str = ""
    sheets: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    notes: dict[str, Path] = field(default_factory=dict)


def last(root: Path) -> Path:
    """The PDF that was built last; nothing if there is none."""
    try:
        return root / files.held(root / LAST).decode().strip()
    except OSError:
        return Path()


def shown(page: Page, root: Path, own: str = "") -> Shown:
    """The PDF that shows most of the templates as they are: the page's `own` one if that is there, or the one that was built last."""
    names = dict.fromkeys(name for name in (own, last(root).name) if name)
    pdfs = [root / "build" / name for name in names if (root / "build" / name).is_file()]
    return max((_shown(page, root, pdf) for pdf in pdfs), key=lambda one: len(one.sheets), default=Shown())


def _shown(page: Page, root: Path, pdf: Path) -> Shown:
    notes = {kind: root / noted.file(pdf, kind) for kind in noted.NOTES}
    known = noted.lines(root, pdf)
    return Shown(name=pdf.name, sheets=printed_on(page, root, pdf), notes=notes if known else {})


def printed_on(page: Page, root: Path, pdf: Path) -> dict[str, dict[int, list[int]]]:
    """By template and line the pages of a PDF that it is on; nothing of a template of which a line is another than in that PDF."""
    made, own, known = noted.lines(root, pdf), page.rendered.by_template(), sheets(pdf.with_suffix(ENDING))
    fresh = [name for name in own if made.get(name, {}).keys() == own[name].keys() and _same(own[name], made[name])]
    named = {name: found for path, found in known.items() for name in fresh if f"/{path}".endswith(f"/{name}")}
    # TeX counts what ends a template to a line after its last one, which prints nothing.
    return {name: {line: on for line, on in found.items() if line in own[name]} for name, found in named.items()}


def _same(own: Mapping[int, str], made: Mapping[int, str]) -> bool:
    return all(line == made[at] or _filled(line, made[at]) for at, line in own.items())


def _filled(line: str, other: str) -> bool:
    """Whether it is the same line, with any values in the places of names."""
    pieces = PLACEHOLDER.sub("\0", line).split("\0")
    return len(pieces) > 1 and re.fullmatch(".*".join(map(re.escape, pieces)), other, re.DOTALL) is not None


def claimed(root: Path, formulas: Sequence[Formula], noted: Path | None = None) -> dict[str, list[str]]:
    """The page of each formula of a claim in the order of the templates; nothing for what LaTeX did not print.

    It did when it ran last, or as it `noted` in that file.
    """
    record = noted or root / FOLDER / f"{JOBNAME}.checked"
    text = record.read_text(errors="replace") if record.exists() else ""
    left: dict[str, list[tuple[str, str]]] = {}
    for name, page, latex in _RECORDED.findall(text):
        left.setdefault(name, []).append((page, _squeezed(latex)))
    wanted, printed = Counter(one.name for one in formulas), {name: len(here) for name, here in left.items()}
    found: dict[str, list[str]] = {}
    for one in formulas:
        here = left.get(one.name, [])
        whole = printed.get(one.name) == wanted[one.name]  # each of them in its turn, whatever values stand in it
        match = next((it for it in here if whole or it[1] == _squeezed(one.text)), None)
        found.setdefault(one.name, []).append(match[0] if match else "")
        if match:
            here.remove(match)
    return found


def _squeezed(latex: str) -> str:
    """LaTeX without the spaces that TeX puts after a command's name."""
    return "".join(latex.split())


def pages(root: Path, name: str, noted: Path | None = None) -> list[str]:
    """The pages that LaTeX reports for a figure's file, when it ran last or in the log that it `noted`."""
    log = noted or root / FOLDER / f"{JOBNAME}.log"
    if not log.exists():
        return []
    return re.findall(rf"\[(\d+)[^\[\]]*<[^<>]*figures/\w*_{name}\.pdf", log.read_text(errors="replace"))
