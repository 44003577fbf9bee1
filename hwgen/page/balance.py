r"""What is opened and never closed, said before LaTeX runs: braces, environments, \left and \right, dollars, conditions, at both ends."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from hwgen.model.errors import ContentError
from hwgen.page.nesting import Mismatch, Wrong, is_display
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.page.tokens import environment
from hwgen.reading.roles import Role


def unbalanced(page: Page) -> Iterator[ContentError]:
    """The first thing that is closed by the wrong partner, or by none; the rest would only follow from it."""
    seen = page.text
    found = [*_bare(seen), *_conditions(seen)]
    if seen.nesting.mismatch:
        found.insert(0, _error(seen.nesting.mismatch, seen))
    yield from found[:1]


def _error(found: Mismatch, seen: Visible) -> ContentError:
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
    return ContentError(f"{found.other} opened at {opened} is not closed before {text}", place)


def _empty_line(found: Mismatch, seen: Visible) -> ContentError:
    """No formula goes on after an empty line; a line that holds a comment is none."""
    token = seen.tokens[found.index]
    if found.other.startswith(r"\begin") and is_display(found.other):
        name = environment(found.other)
        said = f"empty line inside {name}; expected none before \\end{{{name}}}, which is perhaps missing"
        return ContentError(said, dataclasses.replace(seen.place(token.start + token.text.index("\n") + 1), column=None))
    opened = seen.place_of(seen.tokens[found.opened])
    return ContentError(f"{found.other} is not closed before the paragraph ends", opened)


def _bare(seen: Visible) -> Iterator[ContentError]:
    r"""What LaTeX would take more of the text for than is seen: \begin without its name, \verb without its end, \\ before a bracket."""
    for index in seen.tokens.of(Role.COMMAND):
        text = seen.tokens.texts[index]
        if text in {r"\begin", r"\end"}:
            said = f"{text} without the name of an environment beside it; expected {text}{{name}}, with no comment between"
            yield ContentError(said, seen.place_of(seen.tokens[index]))
        elif text == r"\verb":
            yield ContentError(
                r"\verb is not closed on its line; expected the same character on both sides", seen.place_of(seen.tokens[index])
            )
    for index in seen.tokens.of(Role.ROW):
        if not seen.tokens.texts[index].endswith("]") and seen.tokens.texts[index + 1 : index + 2] == ["["]:
            said = "\\\\ takes what stands in [ ] after it for a length; expected {} or a space between"
            yield ContentError(said, seen.place_of(seen.tokens[index]))


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
