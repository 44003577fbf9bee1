r"""LaTeX packages: which ones the author's files load, at which lines, and which system package brings each. Nothing here runs LaTeX."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hwgen.model import Place
from hwgen.page import comments

if TYPE_CHECKING:
    from hwgen.page.template import Rendered

FOLDER = "templates"
# One line for each system package of Debian and Ubuntu: its name, and the files that it brings, .sty where nothing is said.
TABLE = Path(__file__).with_name("debian.txt")
# What tlmgr calls a package that brings files of other names.
BUNDLES = {
    "algpseudocode.sty": "algorithmicx",
    "amssymb.sty": "amsfonts",
    "bbm.sty": "bbm-macros",
    "dsfont.sty": "doublestroke",
    "graphicx.sty": "graphics",
    "lgrenc.def": "greek-fontenc",
    "lmodern.sty": "lm",
    "longtable.sty": "tools",
    "subcaption.sty": "caption",
    "t2aenc.def": "cyrillic",
    "tikz.sty": "pgf",
}
_LOADS = re.compile(r"\\(usepackage|RequirePackage|documentclass|LoadClass)\s*(?:\[([^\]]*)\])?\s*\{([^}]*)\}")
_LACKING = re.compile(r"[`'](?P<file>[\w.-]+\.(?:sty|cls|def|ldf|clo))' not found")


def lacking(message: str) -> str:
    """The file of LaTeX's own that an error is about; empty if it is about something else."""
    match = _LACKING.search(message)
    return match["file"] if match else ""


def debian(file: str) -> str:
    """The package of Debian and Ubuntu that brings a file; empty if that is not known."""
    return _table().get(file.removesuffix(".sty"), "")


@cache
def _table() -> dict[str, str]:
    text = re.sub(r"\n +", " ", TABLE.read_text())
    rows = [line.split(":") for line in text.splitlines()]
    return {name: package for package, names in rows for name in names.split()}


def mend(file: str) -> str:
    """The command that brings a file."""
    package, tlmgr = debian(file), f"tlmgr install {BUNDLES.get(file, file.rpartition('.')[0])}"
    if shutil.which("apt-get"):
        found = f"sudo apt-get install {package}" if package else f"apt-file search {file} names the package to install with apt-get"
        return f"{found} (or {tlmgr})"
    return tlmgr


def told(file: str, root: Path, document: Rendered) -> tuple[str, Place | None]:
    """What is said of a file that LaTeX lacks, and where the author's files load it."""
    place = next((place for name, place in loads(root, document) if name == file), None)
    asks = "" if place else ", which another package asks for"
    return f"LaTeX has no {file}{asks}; expected it to be installed: {mend(file)}, or take the line away", place


def loads(root: Path, document: Rendered | None = None) -> Iterator[tuple[str, Place]]:
    """Each file that the author's files load by its name, and where: of plain LaTeX in templates/, then of the document."""
    for path in sorted((root / FOLDER).glob("*.tex")):
        yield from (
            (name, Place(file=f"{FOLDER}/{path.name}", line=line, column=column)) for name, line, column in _loads(path.read_text())
        )
    if document:
        yield from ((name, document.place(line, column)) for name, line, column in _loads(document.text))


def in_templates(root: Path) -> Iterator[tuple[str, Place]]:
    """The same of templates that nobody has rendered."""
    for path in sorted((root / FOLDER).glob("*.j2")):
        yield from (
            (name, Place(file=f"{FOLDER}/{path.name}", line=line, column=column)) for name, line, column in _loads(path.read_text())
        )


def _loads(text: str) -> Iterator[tuple[str, int, int]]:
    seen = "\n".join(line[: comments.begins(line)].ljust(len(line)) for line in text.split("\n"))
    for match in _LOADS.finditer(seen):
        ending = ".cls" if match[1] in {"documentclass", "LoadClass"} else ".sty"
        for name, offset in _names(match[3], match.start(3)):
            yield name + ending, *_position(seen, offset)
            for encoding, at in _names(match[2] or "", match.start(2)) if name == "fontenc" else ():
                yield f"{encoding.lower()}enc.def", *_position(seen, at)


def _names(text: str, start: int) -> Iterable[tuple[str, int]]:
    return ((match[0], start + match.start()) for match in re.finditer(r"[^\s,]+", text))


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
