"""What LaTeX sees of a rendered document: no comment, no verbatim text, nothing after its end; each character with its place."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass
from functools import cached_property

from hwgen.model import Place
from hwgen.page import comments
from hwgen.page.template import Rendered

_VERBATIM = re.compile(r"\\begin\{verbatim\}.*?\\end\{verbatim\}|\\verb\*?([^A-Za-z\s]).*?\1", re.DOTALL)

# What LaTeX prints as a display, and all that makes a formula; every guard goes by these.
DISPLAYS = frozenset({"equation", "align", "gather", "multline", "alignat", "flalign", "eqnarray", "displaymath"})
# What stands in a display and breaks it into parts.
PARTS = frozenset({"split", "aligned", "alignedat", "gathered"})
_FORMULAS = "(?:" + "|".join(sorted(DISPLAYS | {"math"}, key=len, reverse=True)) + ")"
_PIECE = re.compile(
    rf"\\begin\s*\{{({_FORMULAS}\*?)\}}(?:\{{\d+\}})?|\\end\s*\{{({_FORMULAS}\*?)\}}|\\\\|\\[\[\]()]|\\[^A-Za-z\s]|[{{}}]|\$\$?", re.DOTALL
)


@dataclass(frozen=True)
class Span:
    """A formula, displayed or in the text: `low` to `high` within what opens it, at `start`, and what closes it, up to `stop`."""

    start: int
    low: int
    high: int
    stop: int
    display: bool

    def holds(self, offset: int) -> bool:
        """Whether a character stands inside of it."""
        return self.low <= offset < self.high


@dataclass(frozen=True)
class Visible:
    """The characters that LaTeX sees, and where each line of them starts."""

    text: str
    starts: tuple[int, ...]
    rendered: Rendered

    def place(self, offset: int) -> Place:
        """The template place of a character."""
        line = self.line(offset)
        return self.rendered.place(line, offset - self.starts[line - 1] + 1)

    def places(self, low: int, high: int) -> tuple[Place, ...]:
        """The template places of the characters from low to high, line by line."""
        found: list[Place] = []
        while low < high:
            line = self.line(low)
            end = self.starts[line] if line < len(self.starts) else high
            start = self.starts[line - 1]
            found += [self.rendered.place(line, offset - start + 1) for offset in range(low, min(end, high))]
            low = end
        return tuple(found)

    @cached_property
    def formulas(self) -> tuple[Span, ...]:
        """Every formula, in the order in which they begin."""
        return formulas(self.text)

    @cached_property
    def _formula_starts(self) -> list[int]:
        return [one.start for one in self.formulas]

    def around(self, offset: int) -> Span | None:
        """The innermost formula that holds a character, or None in plain text."""
        for index in range(bisect.bisect_right(self._formula_starts, offset) - 1, -1, -1):
            if self.formulas[index].holds(offset):
                return self.formulas[index]
        return None

    def line(self, offset: int) -> int:
        """The line of the rendered document (from 1) that holds a character."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= offset else (low, middle)
        return low + 1


def visible(rendered: Rendered) -> Visible:
    """Strip what LaTeX does not see; a comment takes the line's end with it, so that no space appears."""
    lines = [line[: comments.begins(line)] for line in rendered.text.split("\n")]
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    text = "\n".join(lines)
    text = _VERBATIM.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    end = text.find(r"\end{document}")
    return Visible(text if end < 0 else text[:end], tuple(starts), rendered)


def is_display(opening: str) -> bool:
    r"""Whether what opens a formula, an environment's name or one of $ \( $$ \[, makes LaTeX display it."""
    return opening.removesuffix("*") in DISPLAYS or opening in {r"\[", "$$"}


def formulas(text: str) -> tuple[Span, ...]:
    """Every formula of a text, in the order in which they begin; one inside the words of another has its own span."""
    stack: list[tuple[str, int, int]] = []
    found, position = [], 0
    while match := _PIECE.search(text, position):
        opens, closes = _reading(match, stack[-1][0] if stack else "")
        position = match.start() + 1 if closes == "$" else match.end()
        if closes and any(one[0] == closes for one in stack):
            while stack[-1][0] != closes:
                stack.pop()
            _, start, low = stack.pop()
            if closes != "{":
                found.append(Span(start, low, match.start(), position, is_display(closes)))
        if opens:
            stack.append((opens, match.start(), match.end()))
    return tuple(sorted(found, key=lambda one: one.start))


def _reading(match: re.Match[str], around: str) -> tuple[str, str]:
    """What a piece opens and what it closes."""
    piece = match[0]
    if match[1] or match[2]:
        return match[1] or "", match[2] or ""
    if piece in {"$", "$$"}:
        return ("", piece) if around == piece else ("", around) if around == "$" else (piece, "")
    pairs = {"}": "{", r"\]": r"\[", r"\)": r"\("}
    return (piece, "") if piece in pairs.values() else ("", pairs.get(piece, ""))
