r"""Read every \checked, \refuted, \verified and \for back from what was rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hwgen.model import Formula
from hwgen.model.errors import ContentError
from hwgen.page.template import PLACEHOLDER
from hwgen.page.text import Visible

ARGUMENTS = {"checked": 2, "refuted": 2, "verified": 1, "for": 2}
# Prints a hypothesis of the claims that it names.
FOR = "for"
MACROS = frozenset({r"\checked", r"\refuted", r"\verified", r"\for"})
_MACRO = re.compile(r"\\(checked|refuted|verified|for)(?![A-Za-z])\s*")


@dataclass(frozen=True)
class Marked:
    """A formula under test and where it stands in what LaTeX sees: its text from `low` to `high`, all of it from `start` to `stop`."""

    formula: Formula
    start: int
    low: int
    high: int
    stop: int


def marked(seen: Visible) -> tuple[tuple[Marked, ...], tuple[ContentError, ...]]:
    """Every relation and statement under test, in the order of the page, and what cannot be read back."""
    found, wrong = [], []
    for match in _MACRO.finditer(seen.text):
        try:
            found.append(_formula(seen, match))
        except ContentError as error:
            wrong.append(error)
    return tuple(found), tuple(wrong)


def _formula(seen: Visible, match: re.Match[str]) -> Marked:
    macro, position = match[1], match.end()
    arguments = []
    for _ in range(ARGUMENTS[macro]):
        start, end = group(seen, position, macro, match.start())
        arguments.append((start, end))
        position = _next(seen.text, end + 1)
    name = seen.text[arguments[0][0] : arguments[0][1]].strip()
    low, high = arguments[1] if len(arguments) > 1 else (arguments[0][0], arguments[0][0])
    text = seen.text[low:high]
    place = seen.place(match.start())
    if PLACEHOLDER.search(text):
        raise ContentError(
            f"\\{macro}{{{name}}}: a value inside the formula; expected plain LaTeX, values are for the text around it", place
        )
    if MACROS & set(re.findall(r"\\[A-Za-z]+", text)):
        raise ContentError(f"\\{macro}{{{name}}}: holds another one; expected one after the other", place)
    formula = Formula(macro=macro, name=name, text=text, place=place, places=seen.places(low, high))
    return Marked(formula, match.start(), low, high, high + 1)


def names(hypothesis: Formula) -> list[str]:
    r"""The claims whose hypothesis a \for prints."""
    return [name.strip() for name in hypothesis.name.split(",")]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the formulas under test stand in a text that may be wrong: a quick look, for LaTeX begins before anything is certain."""
    for match in _MACRO.finditer(text):
        if match[1] != "verified":
            position = match.end()
            for _ in range(ARGUMENTS[match[1]]):
                start, end = position + 1, closing(text, position)
                position = _next(text, end + 1)
            yield start, end


def group(seen: Visible, position: int, what: str, at: int | None = None) -> tuple[int, int]:
    """The span inside the braces that open at `position`. Raises ContentError at the brace, or `at` the macro that has none."""
    text = seen.text
    if position >= len(text) or text[position] != "{":
        raise ContentError(f"\\{what}: expected '{{' after it", seen.place(min(position, len(text) - 1) if at is None else at))
    end = closing(text, position)
    if end < len(text):
        return position + 1, end
    raise ContentError(f"\\{what}: its brace is never closed", seen.place(position))


def closing(text: str, position: int) -> int:
    """Where the brace that opens at `position` is closed; the end of the text if it is not."""
    depth, index = 0, position
    while index < len(text):
        if text[index] == "\\":
            index += 2
            continue
        depth += (text[index] == "{") - (text[index] == "}")
        if depth == 0:
            return index
        index += 1
    return len(text)


def _next(text: str, position: int) -> int:
    """The next character that is not white space."""
    while position < len(text) and text[position].isspace():
        position += 1
    return position
