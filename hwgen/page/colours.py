"""Colours of the page that can be read on white paper, by their names; what an author defines is not looked into."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

DECLARES = frozenset({r"\color", r"\mathcolor"})
_DARK = frozenset(["black", "blue", "brown", "darkgray", "gray", "magenta", "olive", "orange", "purple", "red", "teal", "violet"])
# At least half of the ink, or darkened with black: `black!75`, `red!70!black`.
_COLOUR = re.compile(r"\s*\{\s*(?P<name>[A-Za-z]+)(?:!(?P<part>\d+)(?P<black>!black)?)?\s*\}")
_DEFINES = re.compile(r"\\(?:definecolor|colorlet|providecolor|xdefinecolor)\*?\s*(?:\[[^\]]*\])?\s*\{\s*([^{}\s]*)\s*\}")
_READABLE = 50


def legible(text: str, position: int, defined: Collection[str]) -> bool:
    """Whether the colour that a declaration names, in braces at `position`, is one of LaTeX's own that stands out on white."""
    match = _COLOUR.match(text, position)
    if not match or match["name"] not in _DARK or {match["name"], "black"} & set(defined):
        return False
    return match["part"] is None or match["black"] is not None or int(match["part"]) >= _READABLE


def defined(text: str) -> Iterator[str]:
    """The names of the colours that a text defines."""
    for match in _DEFINES.finditer(text):
        yield match[1]
