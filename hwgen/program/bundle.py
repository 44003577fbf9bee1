"""The pages as plain LaTeX in a zip: one document, its figures, hwgen.sty reduced to printing, a line on how to compile it.

It is written only after the bare engine, in an empty folder, has made of it the same pages as those that are handed in.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwgen.model.errors import ContentError
from hwgen.page import comments, files
from hwgen.page.nouns import counted
from hwgen.page.rendered import Rendered
from hwgen.page.template_errors import FOLDER
from hwgen.typesetting import bare, last, pages, scripts, style

_ENGINE = re.compile(r"^%<\*engine>\n.*?^%</engine>\n", re.MULTILINE | re.DOTALL)
# Over the text with its comments, which the tokens of a page have lost: an author's remarks go into the bundle as they are.
_INPUT = re.compile(rf"\\input\s*\{{\s*({FOLDER}/[\w.-]+\.tex)\s*\}}")
# arXiv chooses its engine by this, in the first lines.
OPENING = "\\pdfoutput=1\n"
README = """\
{name}: compile main.tex with pdflatex, three times (Overleaf and arXiv do it by themselves).
It was made from templates in which every relation marked \\checked is under test; what is changed here is not tested any more.
"""
DAY = (2025, 1, 1, 0, 0, 0)  # the same inputs give the same bytes


@dataclass(frozen=True, kw_only=True)
class Bundled:
    """The zip, and what was looked at before it was written."""

    path: Path
    looked: Sequence[str]


def bundle(root: Path, pdf: Path, filled: Rendered) -> Bundled:
    """Write the zip beside the PDF. Raises LatexError if it does not compile, ContentError if its pages are not those of the PDF."""
    held = contents(root, pdf.stem, filled)
    path = pdf.with_suffix(".zip")
    # An older zip is not taken for the one that fails now.
    (root / path).unlink(missing_ok=True)
    made, handed_in = pages.drawn(bare.compiled(held)), pages.drawn((root / pdf).read_bytes())
    wrong = list(pages.differences(made, handed_in))
    if wrong:
        said = "compiled alone, the bundle makes other pages than those handed in; expected the same, text and pictures. No zip was written"
        raise ContentError("\n  ".join([f"{pdf}: {said}", *wrong]))
    _zip(root / path, held)
    said = f"{counted(len(held), 'file')}, compiled by pdflatex in an empty folder: {counted(len(made), 'page')}, equal to {pdf}"
    return Bundled(path=path, looked=[said])


def contents(root: Path, name: str, filled: Rendered) -> dict[str, bytes]:
    """The files of the bundle, by their paths in it."""
    read = [path for path in last.own_inputs(root) if not path.startswith(f"{FOLDER}/") or not path.endswith(".tex")]
    return {
        bare.MAIN: (OPENING + _declared(filled.text) + whole(root, filled.text)).encode(),
        style.STYLE.name: printing().encode(),
        "README.md": README.format(name=name).encode(),
        **{path: files.inside(root, root / path).read_bytes() for path in read},
    }


def _declared(text: str) -> str:
    """The letters of the text that LaTeX may not know."""
    found = scripts.declared(text)
    return f"{found}\n" if found else ""


def whole(root: Path, text: str, above: Sequence[str] = ()) -> str:
    """The text with the files of plain LaTeX that it reads in their places: one document, with no templates beside it."""

    def put_in(match: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if match[1] in above or comments.begins(before) < len(before):  # as TeX would, for ever; or what TeX does not read
            return match[0]
        return whole(root, files.inside(root, root / match[1]).read_text(encoding="utf-8").removesuffix("\n"), [*above, match[1]])

    return _INPUT.sub(put_in, text)


def printing() -> str:
    """hwgen.sty without what records and compares."""
    return _ENGINE.sub("", style.STYLE.read_text(encoding="utf-8"))


def _zip(path: Path, held: Mapping[str, bytes]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in sorted(held.items()):
            archive.writestr(zipfile.ZipInfo(name, DAY), data, zipfile.ZIP_DEFLATED)
    files.write(path, packed.getvalue())
