r"""Which commands a text gives a meaning, in whatever way LaTeX has for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.page.arguments import after
from hwgen.page.tokens import Token, Tokens
from hwgen.reading.roles import Role

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s])")
_ENDS_A_NAME = frozenset({Role.BLANK, Role.NOTHING, Role.PARAGRAPH, Role.GROUP, Role.GROUP_END})


def defined(tokens: Tokens) -> Iterator[tuple[str, Token]]:
    """Each command that gets a meaning, once for every time, and the token that gives it."""
    for index in tokens.of(Role.DEFINES, Role.LETS):
        name = named(tokens, index)
        if name:
            yield name, tokens[index]


def named(tokens: Tokens, index: int) -> str:
    r"""The command that stands after a definition's star and brace, or between \csname and \endcsname; empty if there is none."""
    index = after(tokens, index + 1)
    if tokens.texts[index : index + 1] == ["*"]:
        index = after(tokens, index + 1)
    if index < len(tokens) and tokens.roles[index] is Role.GROUP:
        index = after(tokens, index + 1)
    if index >= len(tokens):
        return ""
    if tokens.texts[index] == r"\csname":
        end = next((one for one in range(index, len(tokens)) if tokens.texts[one] == r"\endcsname"), index)
        return "\\" + "".join(tokens.texts[index + 1 : end]).strip()
    return command(tokens.texts[index])


def command(text: str) -> str:
    r"""The command that a token is or begins with, as \begin in \begin{x} and \\ in \\[2pt]; empty if it is none."""
    match = _COMMAND.match(text)
    return match[0] if match else ""


def file_of(tokens: Tokens, index: int) -> str:
    r"""The name of the file after \input or \include, in braces or not."""
    start = after(tokens, index + 1)
    if start < len(tokens) and tokens.roles[start] is Role.GROUP:
        start = after(tokens, start + 1)
    end = start
    while end < len(tokens) and tokens.roles[end] not in _ENDS_A_NAME:
        end += 1
    return "".join(tokens.texts[start:end])
