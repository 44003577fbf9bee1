r"""What is opened and never closed, found before LaTeX runs: braces, environments, \left and \right, dollars, at both ends."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.page.text import Visible, is_display

_PIECE = re.compile(
    r"(?<=\n)[ \t]*\n|\\begin\s*\{([^{}]*)\}|\\end\s*\{([^{}]*)\}|\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\[\[\]()]|\\.|[{}$]", re.DOTALL
)
_FORMULAS = frozenset({"$", r"\[", r"\("})
_ENVIRONMENT = re.compile(r"\\begin\{(.*)\}")
_CONDITION = re.compile(r"(?:\\newif\s*)?\\(?:(if(?!f(?![A-Za-z])|thenelse)[A-Za-z@]*)|(fi)(?![A-Za-z@]))")
_CLOSES = {"}": "{", r"\right": r"\left", r"\]": r"\[", r"\)": r"\("}


@dataclass(frozen=True)
class _Open:
    what: str
    offset: int


def unbalanced(page: Page) -> Iterator[ContentError]:
    """The first thing that is closed by the wrong partner, or by none; the rest would only follow from it."""
    try:
        _balanced(page.text)
    except ContentError as error:
        yield error


def _balanced(seen: Visible) -> None:
    stack: list[_Open] = []
    for match in _PIECE.finditer(seen.text):
        if match[0].isspace():
            _paragraph_ends(stack, match.start(), seen)
            continue
        opened, closed = _reading(match, stack)
        if opened:
            stack.append(_Open(opened, match.start()))
        if closed:
            _close(closed, match, stack, seen)
    left = [one for one in stack if one.what != r"\begin{document}"]
    _conditions(seen)
    if left:
        raise ContentError(f"{left[-1].what} is never closed", seen.place(left[-1].offset))


def _conditions(seen: Visible) -> None:
    r"""Raises ContentError for an \if that no \fi closes."""
    opened: list[tuple[str, int]] = []
    for match in _CONDITION.finditer(seen.text):
        if match[0].startswith(r"\newif"):
            continue
        if match[1]:
            opened.append((match[1], match.start()))
        elif opened:
            opened.pop()
    if opened:
        what, offset = opened[-1]
        raise ContentError(f"\\{what} is never closed; expected \\fi after it", seen.place(offset))


def _paragraph_ends(stack: list[_Open], offset: int, seen: Visible) -> None:
    """No formula goes on after an empty line; a line that holds a comment is none."""
    if seen.rendered.text.split("\n")[seen.line(offset) - 1].strip():
        return
    display = next((match for one in stack if (match := _ENVIRONMENT.fullmatch(one.what)) and is_display(match[1])), None)
    if display is not None:
        said = f"empty line inside {display[1]}; expected none before \\end{{{display[1]}}}, which is perhaps missing"
        raise ContentError(said, dataclasses.replace(seen.place(offset), column=None))
    formula = next((one for one in stack if one.what in _FORMULAS), None)
    if formula is not None:
        raise ContentError(f"{formula.what} is not closed before the paragraph ends", seen.place(formula.offset))


def _reading(match: re.Match[str], stack: list[_Open]) -> tuple[str, str]:
    """What the piece opens and what it closes."""
    piece = match[0]
    if match[1] is not None:
        return f"\\begin{{{match[1]}}}", ""
    if match[2] is not None:
        return "", f"\\begin{{{match[2]}}}"
    if piece in _CLOSES:
        return "", _CLOSES[piece]
    if piece == "$":
        around = next((one.what for one in reversed(stack) if one.what != r"\left"), "")
        return ("", "$") if around == "$" else ("$", "")
    return (piece, "") if piece in _CLOSES.values() else ("", "")


def _close(wanted: str, match: re.Match[str], stack: list[_Open], seen: Visible) -> None:
    if not stack:
        raise ContentError(f"{match[0]} closes nothing; expected {wanted} before it", seen.place(match.start()))
    top = stack.pop()
    if top.what != wanted:
        raise ContentError(f"{top.what} opened at {seen.place(top.offset)} is not closed before {match[0]}", seen.place(match.start()))
