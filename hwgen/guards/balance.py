r"""What is opened and never closed, said before LaTeX runs: braces, environments, \left and \right, dollars, conditions, at both ends."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from hwgen.guards import dollars
from hwgen.model.errors import ContentError, nearest
from hwgen.page.nesting import Mismatch, Wrong, is_display
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role


def unbalanced(page: Page) -> Iterator[ContentError]:
    """The first thing that is closed by the wrong partner, or by none; the rest would only follow from it."""
    seen = page.text
    if seen.nesting.mismatch:
        yield _error(seen.nesting.mismatch, seen)
        return
    yield from _conditions(seen)
    if seen.nesting.open and not seen.tokens.ended:
        opening, index = seen.nesting.open[0]
        yield ContentError(f"{opening} is never closed; expected {_closes(opening)} at the end", seen.place_of(seen.tokens[index]))
    for beside in page.files.values():
        yield from _braces(beside)


def _braces(seen: Visible) -> Iterator[ContentError]:
    """The first brace of a file of plain LaTeX that has no partner; what its commands open may be closed on the page."""
    opened: list[int] = []
    for index in seen.tokens.of(Role.GROUP, Role.GROUP_END):
        if seen.tokens.texts[index] == "{":
            opened.append(index)
        elif opened:
            opened.pop()
        else:
            yield ContentError("} closes nothing; expected { before it", seen.place_of(seen.tokens[index]))
            return
    if opened:
        yield ContentError("{ is never closed; expected } after it", seen.place_of(seen.tokens[opened[-1]]))


def _error(found: Mismatch, seen: Visible) -> ContentError:
    if likely := dollars.lost(found, seen):
        return ContentError(likely[1], seen.place_of(seen.tokens[likely[0]]))
    place = seen.place_of(seen.tokens[found.index])
    text = seen.tokens.texts[found.index] or found.closes
    match found.wrong:
        case Wrong.NEVER_CLOSED:
            return ContentError(f"{found.other} is never closed", place)
        case Wrong.CLOSES_NOTHING:
            return ContentError(f"{text} closes nothing; expected {found.closes} before it", place)
        case Wrong.NO_DISPLAY:
            return ContentError("$$ inside another formula displays nothing; expected $…$", place)
        case Wrong.EMPTY_LINE:
            return _empty_line(found, seen)
    opened = seen.place_of(seen.tokens[found.opened])
    if found.wrong is Wrong.OUTLIVED:
        return ContentError(f"{found.other} is never closed; expected {_closes(found.other)} before {text} at {place}", opened)
    said, both = f"{found.other} opened at {opened} is not closed before {text}", [one for one in (found.other, text) if one.endswith("}")]
    if len(both) > 1 and nearest(environment(both[0]), [environment(both[1])]):
        said = f"{said}: one of the two is misspelt"
    return ContentError(said, place)


def _closes(opening: str) -> str:
    """What closes a thing that opens."""
    if opening.startswith(r"\begin"):
        return f"\\end{{{environment(opening)}}}"
    return {"{": "}", r"\left": r"\right", r"\[": r"\]", r"\(": r"\)"}.get(opening, opening)


def _empty_line(found: Mismatch, seen: Visible) -> ContentError:
    """No formula goes on after an empty line; a line that holds a comment is none."""
    token = seen.tokens[found.index]
    if found.other.startswith(r"\begin") and is_display(found.other):
        name = environment(found.other)
        said = f"empty line inside {name}; expected none before \\end{{{name}}}, which is perhaps missing"
        return ContentError(said, dataclasses.replace(seen.place(token.start + token.text.index("\n") + 1), column=None))
    opened = seen.place_of(seen.tokens[found.opened])
    return ContentError(f"{found.other} is not closed before the paragraph ends", opened)


def _conditions(seen: Visible) -> Iterator[ContentError]:
    r"""An \if that no \fi closes."""
    opened: list[int] = []
    for index in seen.tokens.of(Role.CONDITION, Role.CONDITION_END):
        if seen.tokens.roles[index] is Role.CONDITION_END:
            del opened[-1:]
        elif not names_condition(seen, index):
            opened.append(index)
    if opened:
        token = seen.tokens[opened[-1]]
        yield ContentError(f"{token.text} is never closed; expected \\fi after it", seen.place_of(token))


def names_condition(seen: Visible, index: int) -> bool:
    r"""Whether \newif only names this condition."""
    before = index - 1
    while before >= 0 and seen.tokens.roles[before] in {Role.BLANK, Role.NOTHING}:
        before -= 1
    return before >= 0 and seen.tokens.texts[before] == r"\newif"
