r"""Read every \checked, \refuted, \verified and \for back from what was rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hwgen.model import Formula
from hwgen.model.errors import ContentError
from hwgen.page.arguments import after, closing, text_of
from hwgen.page.text import Visible
from hwgen.reading.commands import words
from hwgen.reading.lexer import Tokens
from hwgen.reading.lexer import tokens as tokenized
from hwgen.reading.roles import Role

ARGUMENTS = {"checked": 2, "refuted": 2, "verified": 1, "for": 2}
MACROS = frozenset(f"\\{name}" for name in ARGUMENTS)
# Prints a hypothesis of the claims that it names.
FOR = "for"
_OURS = frozenset({Role.TESTED, Role.STATED})
_BEGINS = re.compile("|".join(re.escape(one) for one in sorted(words(Role.TESTED))))


@dataclass(frozen=True)
class Marked:
    """A formula under test and where it stands in what LaTeX sees: its text from `low` to `high`, all of it from `start` to `stop`.

    `first` and `last` are the tokens of the macro and of its last brace.
    """

    formula: Formula
    start: int
    low: int
    high: int
    stop: int
    first: int
    last: int


def marked(seen: Visible) -> tuple[tuple[Marked, ...], tuple[ContentError, ...]]:
    """Every relation and statement under test, in the order of the page, and what cannot be read back."""
    found, wrong = [], []
    for index in seen.tokens.of(*_OURS):
        try:
            found.append(_formula(seen, index))
        except ContentError as error:
            wrong.append(error)
    return tuple(found), tuple(wrong)


def _formula(seen: Visible, index: int) -> Marked:
    tokens, macro = seen.tokens, seen.tokens.texts[index][1:]
    braces = list(_braces(seen, index))
    name, place = text_of(tokens, braces[0]), seen.place_of(tokens[index])
    opens, closes = braces[1] if len(braces) > 1 else (braces[0][0], braces[0][0] + 1)
    if said := _unreadable(frozenset(tokens.roles[opens + 1 : closes])):
        raise ContentError(f"\\{macro}{{{name}}}: {said}", place)
    low, high = tokens.starts[opens + 1], tokens.starts[closes]
    formula = Formula(macro=macro, name=name, text=seen.text[low:high], place=place, places=seen.places(low, high))
    last = braces[-1][1]
    return Marked(formula, tokens.starts[index], low, high, tokens.starts[last + 1], index, last)


def _braces(seen: Visible, index: int) -> Iterator[tuple[int, int]]:
    """The braces of every argument. Raises ContentError at a brace that is not closed, or at the macro that has none."""
    tokens, position = seen.tokens, index + 1
    what = tokens.texts[index]
    for _ in range(ARGUMENTS[what[1:]]):
        opens = after(tokens, position)
        if opens >= len(tokens) or tokens.roles[opens] is not Role.GROUP:
            found = "nothing" if opens >= len(tokens) else f"'{tokens.texts[opens].strip() or 'an empty line'}'"
            raise ContentError(f"{what}: expected '{{' after it, as in {what}{{name}}{{…}}, found {found}", seen.place_of(tokens[index]))
        closes = closing(tokens, opens)
        if closes == len(tokens):
            raise ContentError(f"{what}: its brace is never closed", seen.place_of(tokens[opens]))
        yield opens, closes
        position = closes + 1


def _unreadable(roles: frozenset[Role]) -> str:
    """What no formula may hold."""
    if Role.VALUE in roles:
        return "a value inside the formula; expected plain LaTeX, values are for the text around it"
    if roles & _OURS:
        return "holds another one; expected one after the other"
    return "verbatim text inside the formula; expected plain LaTeX" if Role.VERBATIM in roles else ""


def names(hypothesis: Formula) -> list[str]:
    r"""The claims whose hypothesis a \for prints."""
    return [name.strip() for name in hypothesis.name.split(",")]


def about(text: str) -> Iterator[Tokens]:
    """The tokens of the paragraphs of a text from each macro on: all that `spans` looks at, and no more."""
    position = 0
    for match in _BEGINS.finditer(text):
        if match.start() >= position:
            position = text.find("\n\n", match.start()) % (len(text) + 1)
            yield tokenized(text[match.start() : position])


def spans(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The braces of the formulas under test in a text that may be wrong, for LaTeX begins before anything is certain."""
    for index in tokens.of(Role.TESTED):
        position = index + 1
        for _ in range(ARGUMENTS[tokens.texts[index][1:]]):
            opens = after(tokens, position)
            closes = closing(tokens, opens)
            position = closes + 1
        yield opens, closes
