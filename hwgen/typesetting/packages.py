r"""LaTeX packages: which ones the author's files load, at which lines, and which system package brings each. Nothing here runs LaTeX."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hwgen.model import Place
from hwgen.page.arguments import after, arguments
from hwgen.page.rendered import Rendered
from hwgen.page.text import Visible, visible

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
_LOADING = {r"\usepackage": ".sty", r"\RequirePackage": ".sty", r"\documentclass": ".cls", r"\LoadClass": ".cls"}
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
    yield from _of_files(root, "*.tex")
    if document:
        yield from _loads(visible(document))


def in_templates(root: Path) -> Iterator[tuple[str, Place]]:
    """The same of templates that nobody has rendered."""
    yield from _of_files(root, "*.j2")


def _of_files(root: Path, pattern: str) -> Iterator[tuple[str, Place]]:
    for path in sorted((root / FOLDER).glob(pattern)):
        text = path.read_text()
        lines = tuple(Place(file=f"{FOLDER}/{path.name}", line=line) for line in range(1, text.count("\n") + 2))
        yield from _loads(visible(Rendered(text, lines)))


def _loads(seen: Visible) -> Iterator[tuple[str, Place]]:
    tokens = seen.tokens
    for index in (one for one, text in enumerate(tokens.texts) if text in _LOADING):
        for low, high in list(arguments(tokens, index))[:1]:
            for name, place in _names(seen, low + 1, high):
                yield name + _LOADING[tokens.texts[index]], place
                encodings = _names(seen, after(tokens, index + 1) + 1, low) if name == "fontenc" else ()
                yield from ((f"{encoding.lower()}enc.def", at) for encoding, at in encodings)


def _names(seen: Visible, low: int, high: int) -> Iterator[tuple[str, Place]]:
    """The names that stand between two tokens, with commas between them."""
    start = seen.tokens.starts[low]
    for match in re.finditer(r"[^\s,\]]+", seen.text[start : seen.tokens.starts[high]]):
        yield match[0], seen.place(start + match.start())
