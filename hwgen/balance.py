r"""What is opened and never closed, found before LaTeX runs: braces, environments, \left and \right, dollars, at both ends."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from hwgen.errors import ContentError
from hwgen.render import Rendered
from hwgen.visible import Visible, visible

_PIECE = re.compile(
    r"(?<=\n)[ \t]*\n|\\begin\s*\{([^{}]*)\}|\\end\s*\{([^{}]*)\}|\\left(?![A-Za-z])|\\right(?![A-Za-z])|\\[\[\]()]|\\.|[{}$]", re.DOTALL
)
_FORMULAS = frozenset({"$", r"\[", r"\("})
_CLOSES = {"}": "{", r"\right": r"\left", r"\]": r"\[", r"\)": r"\("}


@dataclass(frozen=True)
class _Open:
    what: str
    offset: int


@functools.lru_cache(maxsize=4)
def balanced(rendered: Rendered) -> None:
    """Raises ContentError at the first thing that is closed by the wrong partner, or by none."""
    seen = visible(rendered)
    stack: list[_Open] = []
    for match in _PIECE.finditer(seen.text):
        if match[0].isspace():
            _paragraph_ends(stack, seen)
            continue
        opened, closed = _reading(match, stack)
        if opened:
            stack.append(_Open(opened, match.start()))
        if closed:
            _close(closed, match, stack, seen)
    left = [one for one in stack if one.what != r"\begin{document}"]
    if left:
        raise ContentError(f"{left[-1].what} is never closed", seen.place(left[-1].offset))


def _paragraph_ends(stack: list[_Open], seen: Visible) -> None:
    """No formula goes on after an empty line."""
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
