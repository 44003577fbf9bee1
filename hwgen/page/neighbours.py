r"""What is printed next to a token: what prints nothing is passed over, a group that prints as it stands is gone into.

This is how a reader of the page sees it: `2\,{}\label{e}` and `\textbf{2}` both put a 2 beside what follows.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from hwgen.page.arguments import after, argument, arguments, before, bracket_before, closing, option, owner
from hwgen.page.text import Visible
from hwgen.reading.commands import COLUMNS, PARTS
from hwgen.reading.lexer import Token, environment
from hwgen.reading.roles import Role

WIDE_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE})
IN_ROWS = WIDE_SPACES | {Role.ALIGN}
_QUIET = frozenset({Role.NOTHING, Role.STYLE, Role.SWITCH})
_SILENT = frozenset({Role.LABEL, Role.STATED, Role.EMPTY})
_GONE_INTO = frozenset({Role.INLINE, Role.FONT, Role.ATOM})
_EMPTIED = _GONE_INTO | {Role.WORDS}
# What prints nothing within a line, and ends none there: \noindent after words, \linebreak[0].
_WITHIN_A_LINE = frozenset(
    [
        *(
            r"\noindent",
            r"\indent",
            r"\centering",
            r"\raggedright",
            r"\raggedleft",
            r"\smallskip",
            r"\medskip",
            r"\bigskip",
            r"\selectfont",
        ),
        *(r"\break", r"\linebreak", r"\nolinebreak", r"\pagebreak", r"\nopagebreak", r"\goodbreak", r"\filbreak"),
    ]
)


@dataclass(frozen=True)
class Neighbour:
    """What is printed next to a token: `token`, or None at the end of what was looked at; `passed` are the tokens between."""

    token: Token | None
    passed: tuple[Token, ...] = ()

    def over(self, *roles: Role) -> bool:
        """Whether one of the tokens between has one of these roles."""
        return any(one.role in roles for one in self.passed)

    def among(self, roles: Collection[Role]) -> bool:
        """Whether there is a token, of one of these roles."""
        return self.token is not None and self.token.role in roles


def before_it(seen: Visible, index: int, low: int = 0, passing: Collection[Role] = (), into: bool = False) -> Neighbour:
    """What is printed before a token, from the token `low` on: over the roles in `passing`, and into groups if `into` says so."""
    passed: list[Token] = []
    index -= 1
    while index >= low:
        further = _over_left(seen, index, passing, into)
        if further == index:
            return Neighbour(seen.tokens[index], tuple(passed))
        passed += [seen.tokens[index]] if further == index - 1 else []
        index = further
    return Neighbour(None, tuple(passed))


def after_it(seen: Visible, index: int, high: int, passing: Collection[Role] = (), into: bool = False) -> Neighbour:
    """The same for what is printed from a token on, up to the token `high`."""
    passed: list[Token] = []
    while index < high:
        further = _over_right(seen, index, passing, into)
        if further == index:
            return Neighbour(seen.tokens[index], tuple(passed))
        passed += [seen.tokens[index]] if further == index + 1 else []
        index = further
    return Neighbour(None, tuple(passed))


def _over_left(seen: Visible, index: int, passing: Collection[Role], into: bool) -> int:
    """The token before a piece that ends here and prints nothing; the same one if it does not."""
    tokens, role = seen.tokens, seen.tokens.roles[index]
    if role in passing or role in _QUIET or (role is Role.BLANK and swallowed(seen, index)) or _part(seen, index):
        return index - 1
    if tokens.texts[index] in _WITHIN_A_LINE:
        return index - 1
    if tokens.texts[index] == "]":
        opening = bracket_before(seen, index)
        command = owner(seen, opening)[0] if opening >= 0 else -1
        quiet = command >= 0 and (_part(seen, command) or tokens.texts[command] in _WITHIN_A_LINE)
        return command - 1 if quiet else index
    if role is Role.GROUP_END and index in seen.nesting.partners:
        return _group_left(seen, index, into)
    if into and role is Role.GROUP and not _scripted(seen, index):
        command = owner(seen, index)[0]
        return index - 1 if command < 0 else command - 1 if tokens.roles[command] in _GONE_INTO else index
    return index


def _group_left(seen: Visible, index: int, into: bool) -> int:
    """The same for a group that ends here."""
    tokens, opening = seen.tokens, seen.nesting.partners[index]
    command, number = owner(seen, opening)
    role = tokens.roles[command] if command >= 0 else None
    if role in _SILENT and number == 0:
        return command - 1
    if command >= 0 and _part(seen, command):
        return command - 1
    if before(tokens, index - 1) == opening and not _scripted(seen, opening) and (command < 0 or role in _EMPTIED):
        return (opening if command < 0 else command) - 1
    return index - 1 if into and not _scripted(seen, opening) and (command < 0 or role in _GONE_INTO) else index


def _over_right(seen: Visible, index: int, passing: Collection[Role], into: bool) -> int:
    """The token after a piece that begins here and prints nothing; the same one if it does not."""
    tokens, role = seen.tokens, seen.tokens.roles[index]
    if role in passing or role in _QUIET or (role is Role.BLANK and swallowed(seen, index)):
        return index + 1
    if tokens.texts[index] in _WITHIN_A_LINE:
        return option(tokens, index + 1)
    if _part(seen, index):
        return _past_part(seen, index)
    if role in _SILENT:
        found = next(arguments(tokens, index), None)
        return found[1] + 1 if found else index
    if role is Role.GROUP:
        end = closing(tokens, index)
        return end + 1 if after(tokens, index + 1) == end else index + 1 if into else index
    if role in _EMPTIED:
        found = argument(tokens, option(tokens, index + 1))
        if found and after(tokens, found[0] + 1) == found[1]:
            return found[1] + 1
        return found[0] + 1 if found and into and role in _GONE_INTO else index
    if into and role is Role.GROUP_END and index in seen.nesting.partners and not _scripted(seen, seen.nesting.partners[index]):
        command = owner(seen, seen.nesting.partners[index])[0]
        return index + 1 if command < 0 or tokens.roles[command] in _GONE_INTO else index
    return index


def _past_part(seen: Visible, index: int) -> int:
    """The token after what begins or ends a part of a display, with its arguments."""
    tokens = seen.tokens
    if tokens.roles[index] is Role.END:
        return index + 1
    further = option(tokens, index + 1)
    found = argument(tokens, further) if environment(tokens.texts[index]) in COLUMNS else None
    return found[1] + 1 if found else further


def _part(seen: Visible, index: int) -> bool:
    """Whether a token begins or ends a part of a display."""
    role = seen.tokens.roles[index]
    return role in {Role.BEGIN, Role.END} and environment(seen.tokens.texts[index]) in PARTS


def _scripted(seen: Visible, opening: int) -> bool:
    """Whether a group is a script: what it prints stands higher or lower."""
    index = before(seen.tokens, opening - 1)
    return index >= 0 and seen.tokens.roles[index] is Role.SCRIPT


def swallowed(seen: Visible, index: int) -> bool:
    """Whether white space stands right after a word of LaTeX, which takes it away."""
    text = seen.tokens.texts[index - 1] if index else ""
    return text[:1] == "\\" and text[1:].isalpha()
