"""Colours of the page that can be read on white paper, by their names; what an author defines is not looked into."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from hwgen.page.arguments import argument, arguments, text_of
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

_DARK = frozenset(["black", "blue", "brown", "darkgray", "gray", "magenta", "olive", "orange", "purple", "red", "teal", "violet"])
# At least half of the ink, or darkened with black: `black!75`, `red!70!black`.
_COLOUR = re.compile(r"(?P<name>[A-Za-z]+)(?:!(?P<part>\d+)(?P<black>!black)?)?")
_DEFINES = frozenset([r"\definecolor", r"\colorlet", r"\providecolor", r"\xdefinecolor"])
_READABLE = 50


def legible(tokens: Tokens, index: int, defined: Collection[str]) -> bool:
    """Whether the colour that a declaration names, in braces at a token, is one of LaTeX's own that stands out on white."""
    braces = argument(tokens, index)
    match = _COLOUR.fullmatch(text_of(tokens, braces)) if braces else None
    if not match or match["name"] not in _DARK or {match["name"], "black"} & set(defined):
        return False
    return match["part"] is None or match["black"] is not None or int(match["part"]) >= _READABLE


def defined(tokens: Tokens) -> Iterator[str]:
    """The names of the colours that a text defines."""
    for index in tokens.of(Role.COMMAND):
        if tokens.texts[index] in _DEFINES:
            yield from (text_of(tokens, braces) for braces in list(arguments(tokens, index))[:1])
