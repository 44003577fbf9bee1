r"""Whose argument a brace or a bracket is, and where the arguments of a command stand: as LaTeX takes them, blanks between left out."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.page.text import Visible
from hwgen.reading.commands import words
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

SPACES = frozenset({Role.BLANK, Role.NOTHING})
_NONE = frozenset({Role.BREAK, Role.SWITCH, Role.STYLE, Role.THIN, Role.WIDE, Role.CONDITION, Role.CONDITION_END})
# A primitive box may say how wide it is before its brace.
_WIDTHS = frozenset({"to", "spread"})
_TAKE_OPTIONS = words(Role.PRINTS, Role.NAMES, Role.MOVES, Role.ROOT) | {r"\item"}


def after(tokens: Tokens, index: int) -> int:
    """The next token that is neither a blank nor nothing."""
    while index < len(tokens) and tokens.roles[index] in SPACES:
        index += 1
    return index


def before(tokens: Tokens, index: int) -> int:
    """The last token up to this one that is neither a blank nor nothing; -1 if there is none."""
    while index >= 0 and tokens.roles[index] in SPACES:
        index -= 1
    return index


def closing(tokens: Tokens, opening: int) -> int:
    """The token that closes a brace, in a text that may be wrong; the number of tokens if there is none."""
    depth = 0
    for index in range(opening, len(tokens)):
        role = tokens.roles[index]
        if role is Role.GROUP:
            depth += 1
        elif role is Role.GROUP_END:
            depth -= 1
            if depth == 0:
                return index
    return len(tokens)


def argument(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """The braces of the argument that begins at a token, after blanks; None if it has none or they do not close."""
    opening = after(tokens, index)
    if opening >= len(tokens) or tokens.roles[opening] is not Role.GROUP:
        return None
    end = closing(tokens, opening)
    return (opening, end) if end < len(tokens) else None


def option(tokens: Tokens, index: int) -> int:
    """The token after the star and the options in brackets that begin at this one."""
    if tokens.texts[index : index + 1] == ["*"]:
        index += 1
    while (opening := after(tokens, index)) < len(tokens) and tokens.texts[opening] == "[":
        end = next((one for one in range(opening, len(tokens)) if tokens.texts[one] == "]" or tokens.roles[one] is Role.PARAGRAPH), opening)
        if tokens.texts[end] != "]":
            break
        index = end + 1
    return index


def arguments(tokens: Tokens, command: int) -> Iterator[tuple[int, int]]:
    """The braces of each argument that stands after a command, its star and its options."""
    index = option(tokens, command + 1)
    while found := argument(tokens, index):
        yield found
        index = option(tokens, found[1] + 1)


def text_of(tokens: Tokens, braces: tuple[int, int]) -> str:
    """What stands between braces, without the white space around it."""
    return "".join(tokens.texts[braces[0] + 1 : braces[1]]).strip()


def owner(seen: Visible, opening: int) -> tuple[int, int]:
    """The command or beginning whose argument opens at a token, and which argument it is, from 0; (-1, 0) for a group of its own.

    A bracket has the number of the braces before it.
    """
    tokens, count, index = seen.tokens, 0, opening - 1
    bracket = tokens.texts[opening] == "["
    while True:
        adjacent = index
        index = before(tokens, index)
        if index < 0:
            return -1, 0
        if tokens.roles[index] is Role.GROUP_END and index in seen.nesting.partners:
            count, index = count + 1, seen.nesting.partners[index] - 1
        elif tokens.texts[index] == "]" and (start := bracket_before(seen, index)) >= 0:
            index = start - 1
        elif tokens.texts[index] == "*" and index > 0 and _takes(tokens, index - 1):
            return index - 1, count
        else:
            found = index if _takes(tokens, index) else -1 if bracket or count else _width_of(tokens, index)
            return (found, count) if found >= 0 and _takes_this(tokens, found, bracket, adjacent == index or count > 0) else (-1, 0)


def bracket_before(seen: Visible, index: int) -> int:
    """The bracket that is open before a token, in the same group and paragraph; -1 if there is none."""
    tokens, depth = seen.tokens, 0
    low = max(seen.nesting.around(index), tokens.last(Role.PARAGRAPH, index))
    if not any(tokens.texts[one] == "[" for one in tokens.between(Role.OPEN, low, index)):
        return -1  # nearly always so, and quickly found
    index -= 1
    while index > low:
        text = tokens.texts[index]
        # Over a whole group at once: brackets in it are its own.
        if index in seen.nesting.partners and seen.nesting.partners[index] < index:
            index = seen.nesting.partners[index] - 1
            continue
        depth += (text == "]") - (text == "[")
        if depth < 0:
            return index
        index -= 1
    return -1


def _takes(tokens: Tokens, index: int) -> bool:
    """Whether a token may take arguments: a command that is not known to take none, or what begins an environment."""
    role, text = tokens.roles[index], tokens.texts[index]
    return role is Role.BEGIN or (text[:1] == "\\" and text[1:].isalpha() and (role not in _NONE or text == r"\item"))


def _takes_this(tokens: Tokens, command: int, bracket: bool, adjacent: bool) -> bool:
    r"""\item takes no braces; a bracket is an option right after its command, or after one that is known to take options."""
    text = tokens.texts[command]
    if bracket:
        return adjacent or takes_options(tokens, command)
    return text != r"\item"


def takes_options(tokens: Tokens, index: int) -> bool:
    """Whether a token is known to take what stands in brackets after it."""
    return tokens.texts[index] in _TAKE_OPTIONS or tokens.roles[index] is Role.BEGIN


def _width_of(tokens: Tokens, index: int) -> int:
    r"""The command before `to 3cm` or `spread\hsize`; -1 if nothing of that kind stands here."""
    word = next((one for one in range(index, max(-1, index - 8), -1) if tokens.texts[one] in _WIDTHS), -1)
    command = before(tokens, word - 1)
    return command if word >= 0 and command >= 0 and _takes(tokens, command) else -1
