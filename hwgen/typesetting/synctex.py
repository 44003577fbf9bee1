"""SyncTeX for the author: a click in the viewer opens the template at its line, not the LaTeX that was made from it.

TeX writes, for every box, the file (by a number, its tag) and the line that it came from; here both become the template's.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from hwgen.page import files
from hwgen.page.rendered import Rendered

_INPUT = re.compile(r"^Input:(\d+):(.*)$", re.MULTILINE)
# Where a page begins, and what is printed on it: boxes, glue, kerns, formulas, each with the tag of its file and its line.
_PRINTED = re.compile(r"^(?:\{(\d+)$|[\[(vhgkx$](\d+),(\d+))", re.MULTILINE)
PLAIN, ENDING = ".synctex", ".synctex.gz"


def publish(made: Path, document: Rendered, root: Path, pdf: Path, name: str) -> None:
    """Write the SyncTeX file that belongs to `pdf`, from the one that TeX wrote beside `made`; nothing if it wrote none.

    `name` is what TeX called its input.
    """
    found = next((path for path in (made.with_suffix(PLAIN), made.with_suffix(ENDING)) if path.exists()), None)
    if found is None:
        return
    data = found.read_bytes()
    text = (gzip.decompress(data) if found.suffix == ".gz" else data).decode(errors="surrogateescape")
    changed = rewritten(text, document, root.resolve(), name)
    target = pdf.with_suffix(ENDING)
    files.write(target, gzip.compress(changed.encode(errors="surrogateescape"), compresslevel=1, mtime=0))


def rewritten(text: str, document: Rendered, root: Path, name: str) -> str:
    """The SyncTeX text with the places of `name` (the LaTeX that was made) replaced by those of the templates."""
    inputs = list(_INPUT.finditer(text))
    ours = next((match[1] for match in inputs if f"/{match[2]}".endswith(f"/{name.removeprefix('/')}")), None)
    if ours is None:
        return text
    first = max(int(match[1]) for match in inputs) + 1
    tags = {file: first + index for index, file in enumerate(dict.fromkeys(place.file for place in document.lines))}
    places = {str(number): f"{tags[place.file]},{place.line}" for number, place in enumerate(document.lines, 1)}
    records = re.compile(rf"^([\[(hvkgx$r]){ours},(\d+)(?=[:,])", re.MULTILINE)
    last = places[str(len(document.lines))]
    text = records.sub(lambda match: match[1] + places.get(match[2], last), text)
    added = "".join(f"Input:{tag}:{root / file}\n" for file, tag in tags.items())
    start = inputs[0].start()
    return text[:start] + added + text[start:]


def sheets(path: Path) -> dict[str, dict[int, list[int]]]:
    """On which pages each line of a template is printed, by the SyncTeX file of a PDF; nothing where there is none that can be read."""
    try:
        text = gzip.decompress(path.read_bytes()).decode(errors="replace")
    except (OSError, EOFError, ValueError):
        return {}
    names = dict(_INPUT.findall(text))
    found: dict[tuple[str, str], set[int]] = {}
    page = 0
    for match in _PRINTED.finditer(text):
        if match[1]:
            page = int(match[1])
        else:
            found.setdefault((match[2], match[3]), set()).add(page)
    told: dict[str, dict[int, list[int]]] = {}
    for (tag, line), pages in found.items():
        told.setdefault(names.get(tag, ""), {})[int(line)] = sorted(pages)
    return told
