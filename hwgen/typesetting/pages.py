"""Two PDFs compared page by page: their words, and everything that is drawn, fonts and pictures included. Nothing here makes one."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from hwgen.page.nouns import counted

SHOWN = 60
# What a page does not draw: where its objects stand, and what leads from it to others.
NOT_DRAWN = frozenset(
    {"/Parent", "/Annots", "/StructParents", "/Group", "/Length", "/Filter", "/DecodeParms", "/PTEX.FileName", "/PTEX.InfoDict"}
)


@dataclass(frozen=True)
class Drawn:
    """One page: its words, and the digest of all that is drawn on it."""

    words: str
    digest: str


def drawn(data: bytes) -> tuple[Drawn, ...]:
    """The pages of a PDF. Raises ValueError if it cannot be read."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        return tuple(Drawn(" ".join(page.extract_text().split()), _digest(page)) for page in pypdf.PdfReader(BytesIO(data)).pages)
    except PyPdfError as error:
        raise ValueError(f"not a PDF that can be read: {error}") from None


def differences(first: Sequence[Drawn], second: Sequence[Drawn]) -> Iterator[str]:
    """What differs, page by page, in words; nothing if the pages are equal."""
    if len(first) != len(second):
        yield f"{counted(len(first), 'page')} against {len(second)}"
    for number, (one, other) in enumerate(zip(first, second, strict=False), 1):
        if one.words != other.words:
            yield f"page {number}: {_parting(one.words, other.words)}"
        elif one.digest != other.digest:
            yield f"page {number}: the same words, drawn differently (a picture, a font or a place)"


def _parting(one: str, other: str) -> str:
    """Where two texts part."""
    same = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, same - SHOWN // 3)
    return f"{one[start : start + SHOWN]!r} against {other[start : start + SHOWN]!r}"


def _digest(page: Any) -> str:
    """A digest of the contents of a page and of all the resources that it draws with."""
    found = hashlib.sha256()
    contents = page.get_contents()
    found.update(b"" if contents is None else contents.get_data())
    _add(found, [page.mediabox, page.get("/Resources")], set())
    return found.hexdigest()


def _add(found: Any, item: Any, above: set[int]) -> None:
    """The item in one order, whatever the numbers of its objects are."""
    item = item.get_object() if hasattr(item, "get_object") else item
    if id(item) in above:
        return
    if isinstance(item, dict) and item.get("/Type") == "/Font":
        # By its name: the letters of it that a PDF holds are those of all its pages.
        found.update(str(item.get("/BaseFont")).partition("+")[2].encode())
    elif isinstance(item, dict):
        for key in sorted(set(item) - NOT_DRAWN):
            found.update(key.encode())
            _add(found, item[key], above | {id(item)})
        if hasattr(item, "get_data"):
            found.update(item.get_data())
    elif isinstance(item, list | tuple):
        for one in item:
            _add(found, one, above | {id(item)})
    else:
        found.update(repr(item).encode())
