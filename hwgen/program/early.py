"""The page before its verdicts: typeset with what is known of its values, and marked on every page, while the rest is computed.

It is for a look, where nothing else is there to look at: a draft, and the first page that `hwgen watch` shows.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from hwgen.model import Figure
from hwgen.model.catalog import Catalog
from hwgen.model.errors import HwgenError
from hwgen.page import files, filling, remembered
from hwgen.page.page import Page
from hwgen.program import memory
from hwgen.program.finish import finish
from hwgen.typesetting import unwatched
from hwgen.typesetting.run import Begin

# What stands for a number, a table or a figure that nobody has computed yet.
UNKNOWN, BLANK = "?", Path(unwatched.BLANK)
EMPTY = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 414 150]>>endobj\n"
)


def page(printed: Page, content: Catalog, begin: Begin, output: Path) -> Path | None:
    """The page under that name; None where LaTeX does not take it, which the whole build will say."""
    values = _values(printed, content)
    with contextlib.suppress(HwgenError), begin(filling.filled(printed, values), printed.root, ()) as run:
        finish(printed, values, run, output)
        return output
    return None


def _values(printed: Page, content: Catalog) -> dict[str, str]:
    """What each placeholder stands for: as in the last good build, or a mark."""
    known = _known(printed.root)
    figures = {name: figure.path for name, figure in content.of(Figure).items()}
    values = {}
    for namespace, name in printed.used:
        key = f"{namespace}.{name}"
        if namespace == "figures":
            values[key] = str(figures[name] if (printed.root / figures[name]).exists() else _blank(printed.root))
        else:
            values[key] = known.get(key, UNKNOWN)
    return values


def _known(root: Path) -> Mapping[str, str]:
    return dict((remembered.read(root / memory.FILE) or {}).get("values", {}))


def _blank(root: Path) -> Path:
    """An empty figure, made where it is not there."""
    if not (root / BLANK).exists():
        offsets = [EMPTY.index(b"%d 0 obj" % number) for number in (1, 2, 3)]
        rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        end = b"xref\n0 4\n0000000000 65535 f \n" + rows + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(EMPTY)
        (root / BLANK).parent.mkdir(exist_ok=True)
        files.write(root / BLANK, EMPTY + end)
    return BLANK
