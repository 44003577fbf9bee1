r"""What a page must not ask of LaTeX: a file's date, size or digest, and the clock. No list of what was read tells of it.

By its names in the author's own text; hwgen.sty takes away those that no package needs, for whoever puts the name together.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from hwgen.model import Place
from hwgen.model.errors import ContentError
from hwgen.page.arguments import arguments, text_of
from hwgen.page.rendered import Rendered
from hwgen.page.text import visible
from hwgen.typesetting.workplace import Workplace

_ASKED = {
    "filemoddate": "when a file was saved",
    "file_timestamp": "when a file was saved",
    "file_compare_timestamp": "when a file was saved",
    "filesize": "how long a file is",
    "file_size": "how long a file is",
    r"mdfivesum(?=\s*(?:file|\\))": "the digest of a file",
    "filemdfivesum": "the digest of a file",
    "file_mdfive_hash": "the digest of a file",
    "filedump": "the bytes of a file",
    "file_hex_dump": "the bytes of a file",
    "elapsedtime": "how long LaTeX has run",
    "resettimer": "how long LaTeX has run",
    "primitive": "what a command was before",
}
_PACKAGES = frozenset(["filemod", "filemod-expmin", "getfiledate", "filedate", "stampinclude"])
_COMMAND = re.compile(rf"\\(?:pdf@?|tex_|__)?(?P<name>{'|'.join(_ASKED)})(?![A-Za-z])")
_LOADING = frozenset([r"\usepackage", r"\RequirePackage", r"\input"])
# What hwgen.sty takes away, as the engine calls it.
TAKEN = frozenset({r"\pdffilemoddate", r"\pdffiledump", r"\pdfelapsedtime", r"\pdfresettimer", r"\pdfprimitive"})
# What stands for a figure that is not drawn yet; it never changes.
BLANK = "build/pending.pdf"
STYLE = "hwgen.sty"
HINT = "it depends on more than what the page is made of, which nobody could follow"


def refuse(filled: Rendered, texts: Mapping[str, str]) -> None:
    """Raises ContentError at the first line of the page, or of the author's files that it reads, that asks for such a thing."""
    for number, said in asked(filled.text):
        raise ContentError(said, filled.place(number))
    # A copy of hwgen.sty asks, too, and is refused for what it is (style.py).
    for name, text in ((name, text) for name, text in texts.items() if Path(name).name != STYLE):
        for number, said in asked(text):
            raise ContentError(said, Place(file=name, line=number))


def written_by_a_build(place: Workplace, read: Iterable[str], given: Collection[str]) -> list[str]:
    """Those files of build/ among what was read that are neither of this run's own folder nor were `given` to it."""
    # An absolute name may lead back into the homework.
    root = os.path.realpath(place.root)
    found = {os.path.relpath(os.path.normpath(Path(root, name)), root) for name in read}
    return sorted(name for name in found - {BLANK, *given} if name.startswith("build/") and not name.startswith(f"{place.path}/"))


@functools.lru_cache(maxsize=32)  # it is asked while LaTeX is still at work, and of files that hardly change under `watch`
def asked(text: str) -> tuple[tuple[int, str], ...]:
    """What a text asks, and in which of its lines."""
    return tuple(_asking(text))


def _asking(text: str) -> Iterator[tuple[int, str]]:
    seen = visible(Rendered(text, ()))
    for match in _COMMAND.finditer(seen.text):
        asked = next(what for name, what in _ASKED.items() if name.startswith(match["name"]))
        said = f"{match[0]} asks {asked}: {HINT}; expected the value itself, or one computed in an exercise"
        yield seen.line(match.start()), said
    for index in (one for one, command in enumerate(seen.tokens.texts) if command in _LOADING):
        for braces in list(arguments(seen.tokens, index))[:1]:
            for name in _PACKAGES & {one.strip().removesuffix(".sty") for one in text_of(seen.tokens, braces).split(",")}:
                said = f"the package {name} asks when a file was saved: {HINT}; expected a date typed by hand"
                yield seen.line(seen.tokens.starts[index]), said
