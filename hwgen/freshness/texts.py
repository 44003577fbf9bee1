"""What was read of texts of modules, kept in the store under the text and the code that reads it: parsing costs more than hashing."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from hwgen.freshness.digests import digest
from hwgen.freshness.store import MISSING, Store

# A reader of another version may find other names in the same text.
READERS = (
    "texts",
    "definitions",
    "calls",
    "bases",
    "operated",
    "plainly",
    "quiet",
    "meaning",
    "outlines",
    "effects",
    "making",
    "harmless",
    "statements",
    "sources",
    "digests",
)
_kept: Store | None = None


def keep(store: Store) -> None:
    """Keep what is read of each module in the store."""
    global _kept
    _kept = store


def remembered(what: tuple[str, ...], read: Callable[[], object]) -> object:
    """What is kept of a text, or what reading it gives."""
    key = digest(*what, _own_code())
    kept = _kept.get(key) if _kept else MISSING
    if kept is MISSING:
        kept = read()
        if _kept:
            _kept.put(key, kept)
    return kept


@functools.cache
def _own_code() -> str:
    return digest(*(Path(__file__).with_name(f"{one}.py").read_text() for one in READERS))
