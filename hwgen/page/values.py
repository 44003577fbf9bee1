"""The values of this run among the tokens of a page: which token stands for which value. Nothing here knows what it will be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hwgen.page.rendered import PLACEHOLDER
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role


class Value(NamedTuple):
    r"""What \VAR{namespace.name} asked for, and the token that stands for it."""

    namespace: str
    name: str
    token: int


def values(found: Tokens, low: int = 0, high: int | None = None) -> Iterator[Value]:
    """Every value among the tokens from `low` up to `high`."""
    for index in found.between(Role.VALUE, low - 1, len(found) if high is None else high):
        match = PLACEHOLDER.fullmatch(found.texts[index])
        if match:
            yield Value(match[1], match[2], index)


def is_constant(text: str) -> bool:
    """Whether a token stands for a constant."""
    return text.startswith("@@@{constants.")
