r"""What the entry of a list prints before its text: a label that reads as a factor, a sign or a number of it, given there or for all.

By \item[…], by the option of the list, by \setlist, or by \labelenumi and its like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.guards.denials import denies, says_wrong
from hwgen.guards.operations import alters
from hwgen.guards.said import said
from hwgen.page.arguments import after, arguments, bracket_before, option, owner
from hwgen.page.definitions import named
from hwgen.page.edges import meant
from hwgen.page.neighbours import IN_ROWS, WIDE_SPACES, before_it
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token, environment
from hwgen.reading.roles import Role

_KINDS = {"enumerate": "enum", "itemize": "item"}
_LABELS = re.compile(r"\\label(enum|item)[iv]+")
# What an entry of a list begins with by custom is no sign of what follows.
_BULLETS = frozenset({r"\bullet", r"\star", r"\ast", r"\circ", r"\cdot", r"\triangleright", r"\diamond", "*"})
_COUNTERS = frozenset({r"\arabic", r"\roman", r"\Roman", r"\alph", r"\Alph", r"\fnsymbol"})
_READ_ON = frozenset(
    {Role.NUMBER, Role.SIGN, Role.TIMES, Role.SCRIPT, Role.RELATION, Role.ASSERTION, Role.RAISED, Role.GIVEN, Role.FUNCTION}
)
_READ_ON |= {Role.BIG, Role.INTEGRAL, Role.FRACTION, Role.NAMED, Role.VALUE}
_IN_A_FORMULA = _READ_ON | {Role.LETTERS, Role.COMMAND}

Part = tuple[Visible, int, int]  # the tokens of a text between two numbers


def reads_on(page: Page, token: Token) -> bool:
    r"""Whether a token is the \item, or ends its label, of an entry whose label is read as part of what follows."""
    seen = page.text
    if token.text == r"\item":
        return any(_ends_so(page, *one) for one in _labels(page, token.index))
    opening = bracket_before(seen, token.index) if token.text == "]" else -1
    if opening < 0 or seen.tokens.texts[owner(seen, opening)[0]] != r"\item":
        return False
    return _ends_so(page, seen, opening + 1, token.index)


def _labels(page: Page, index: int) -> Iterator[Part]:
    """The labels that the entries of the list around a token have: by its option, or else by what is said for all lists."""
    seen = page.text
    begin = next((one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.BEGIN), -1)
    kind = _KINDS.get(environment(seen.tokens.texts[begin]).removesuffix("*"), "") if begin >= 0 else ""
    if not kind:
        return
    first = after(seen.tokens, begin + 1)
    if seen.tokens.texts[first : first + 1] == ["["]:
        end = option(seen.tokens, begin + 1) - 1
        own = list(_of_option(seen, first + 1, end))
        if own or "=" not in seen.tokens.texts[first:end]:
            yield from own or [(seen, first + 1, end)]
            return
    for text in (seen, *page.files.values()):
        yield from _for_all(text, kind)


def _for_all(seen: Visible, kind: str) -> Iterator[Part]:
    """The labels that a text gives to all lists of a kind."""
    for index in seen.tokens.of(Role.DEFINES):
        match = _LABELS.fullmatch(named(seen.tokens, index))
        braces = list(arguments(seen.tokens, index)) if match and match[1] == kind else []
        if match and not braces:  # its name stands without braces
            braces = list(arguments(seen.tokens, after(seen.tokens, index + 1))) if match[1] == kind else []
        if braces:
            yield seen, braces[-1][0] + 1, braces[-1][1]
    for index in seen.tokens.of(Role.COMMAND):
        if seen.tokens.texts[index] == r"\setlist":
            said = "".join(seen.tokens.texts[index : option(seen.tokens, index + 1)])
            named_here = [one for name, one in _KINDS.items() if name in said]
            for braces_ in list(arguments(seen.tokens, index))[:1] if kind in named_here or not named_here else ():
                yield from _of_option(seen, braces_[0] + 1, braces_[1])


def _of_option(seen: Visible, low: int, high: int) -> Iterator[Part]:
    """What stands after label= between two tokens."""
    for index in range(low, high):
        if seen.tokens.texts[index] == "label" and seen.tokens.texts[at := after(seen.tokens, index + 1)] == "=":
            end = at + 1
            while end < high and seen.tokens.texts[end] != ",":
                end = seen.nesting.partners.get(end, end) + 1 if seen.tokens.roles[end] is Role.GROUP else end + 1
            yield seen, at + 1, end


def _ends_so(page: Page, seen: Visible, low: int, high: int) -> bool:
    """Whether a label ends with what is read on: a number, a counter, a letter, a sign of a formula."""
    token = before_it(seen, high, low, WIDE_SPACES, into=True).token
    if token is None:
        return False
    if (words := said(seen, low, high)) and (denies(words) or says_wrong(words) or alters(words, "")):
        return True
    other = seen.nesting.edge(token.index)
    if other is not None:
        inner = before_it(seen, other.closing, other.first, IN_ROWS, into=True).token
        last = meant(page, inner, last=True)
        alone = inner is not None and before_it(seen, inner.index, other.first, IN_ROWS, into=True).token is None
        return last is not None and not (alone and last.text in _BULLETS) and last.role in _IN_A_FORMULA
    if token.role is Role.GROUP_END and token.index in seen.nesting.partners:
        command = owner(seen, seen.nesting.partners[token.index])[0]
        return command >= 0 and (seen.tokens.texts[command] in _COUNTERS or seen.tokens.roles[command] in _READ_ON)
    if token.text == "-":
        return False  # a dash, as LaTeX's own lists have it
    if token.text == "*":
        return seen.tokens.texts[token.index - 1] in _COUNTERS
    last = meant(page, token, last=True)
    assert last is not None
    return last.role in _READ_ON or last.text.startswith(r"\the") or (last.role is Role.LETTERS and len(last.text) == 1)
