"""What each PDF was made from, and what LaTeX noted as it made it: numbers and pages of labels, of formulas and of figures.

The next run of the same name writes over what this one left; a page of another version is still a page that somebody reads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hwgen.page import files
from hwgen.page.rendered import Rendered
from hwgen.typesetting.workplace import FOLDER

NOTES, LINES = ("aux", "checked", "log"), "json"


def forget(root: Path, pdf: Path) -> None:
    """Nothing is known of a PDF that is about to be another one, until its own notes are kept."""
    (root / file(pdf, LINES)).unlink(missing_ok=True)


def keep(root: Path, jobname: str, filled: Rendered, pdf: Path) -> None:
    """Beside the notes of the last run those of this PDF, with the lines that it was made from; these come last."""
    forget(root, pdf)
    for kind in NOTES:
        noted = root / FOLDER / f"{jobname}.{kind}"
        if noted.is_file():
            files.write(root / file(pdf, kind), noted.read_bytes())
    files.write(root / file(pdf, LINES), json.dumps(filled.by_template()))


def lines(root: Path, pdf: Path) -> Mapping[str, Mapping[int, str]]:
    """What a PDF was made from, by template and line; nothing where that was not kept."""
    try:
        found = json.loads((root / file(pdf, LINES)).read_text())
        return {name: {int(line): text for line, text in of.items()} for name, of in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def file(pdf: Path, kind: str) -> Path:
    """Where what belongs to a PDF is kept, from the homework's folder."""
    return Path(FOLDER) / f"of_{pdf.stem}.{kind}"
