"""What stands twice where it is meant once: a full stop or a comma, also at the end of a formula, and a word."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.page.arguments import owner
from hwgen.page.neighbours import after_it
from hwgen.page.page import Page, Printed
from hwgen.page.text import Visible
from hwgen.reading.roles import Role

# A full stop may end an abbreviation, as in "etc., and"; a comma ends nothing.
_WRONG = frozenset({"..", ",,", ";;", ",.", ";.", ":.", ",;", ";,"})
_UNSEEN = frozenset({Role.NAMES, Role.LABEL, Role.EMPTY, Role.BEGIN})
_APART = frozenset({Role.BLANK, Role.PARAGRAPH})
_FEWEST = 2
# Good English, also when they stand twice.
_TWICE = frozenset({"that", "had"})


def twice(printed: Printed) -> Iterator[str]:
    """A warning for each point right after another, and for each word after the same word."""
    yield from _points(printed.page)
    yield from _words(printed.page)


def _points(page: Page) -> Iterator[str]:
    seen, tokens = page.text, page.text.tokens
    for index in tokens.of(Role.STOP, Role.SEPARATOR):
        if tokens.starts[index] < page.begins or tokens.roles[index - 1] in _APART or tokens.texts[index - 1] == ".":
            continue  # a point stands right after a word; dots of a list are no full stops
        following = _next(seen, index)
        both = tokens.texts[index] + tokens.texts[following] if following >= 0 else ""
        if both in _WRONG and tokens.texts[following + 1 : following + 2] != ["."] and not _names(seen, index):
            yield f"{seen.place_of(tokens[following])}: '{both[1]}' right after '{both[0]}'; expected one of them"


def _next(seen: Visible, index: int) -> int:
    """What is printed right after a token; where a formula in the text ends between, what is printed after it. -1 at the end."""
    high, inside = len(seen.tokens), seen.nesting.formula(index)
    found = after_it(seen, index + 1, high, into=True).token
    if found is not None and inside is not None and found.index == inside.closing and not inside.display:
        found = after_it(seen, inside.closing + 1, high, into=True).token
    return found.index if found is not None else -1


def _names(seen: Visible, index: int) -> bool:
    """Whether a token is part of a name that is not printed, as of a file or a label."""
    around = seen.nesting.around(index)
    command = owner(seen, around)[0] if around >= 0 and seen.tokens.roles[around] is Role.GROUP else -1
    return command >= 0 and seen.tokens.roles[command] in _UNSEEN


def _words(page: Page) -> Iterator[str]:
    seen, tokens = page.text, page.text.tokens
    for index in tokens.of(Role.LETTERS):
        word = tokens.texts[index].lower()
        if tokens.roles[index + 1 : index + 3] != [Role.BLANK, Role.LETTERS] or tokens.texts[index + 2].lower() != word:
            continue
        joined = {*tokens.texts[max(index - 1, 0) : index], *tokens.texts[index + 3 : index + 4]} & {"-", "'", "_"}
        if len(word) < _FEWEST or word in _TWICE or joined or tokens.starts[index] < page.begins or seen.nesting.formula(index):
            continue
        if not _names(seen, index):
            yield f"{seen.place_of(tokens[index + 2])}: '{word}' stands twice; expected it once"
