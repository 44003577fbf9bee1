"""What LaTeX sees of a rendered document: its text, its tokens and what belongs together among them; each character with its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hwgen.model import Place
from hwgen.page.nesting import Nesting, Span
from hwgen.page.rendered import Rendered
from hwgen.reading.lexer import Token, Tokens, tokens


@dataclass(frozen=True)
class Visible:
    """The characters that LaTeX sees, where each line of them starts, and their tokens."""

    text: str
    starts: tuple[int, ...]
    rendered: Rendered
    tokens: Tokens

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

    def place_of(self, token: Token) -> Place:
        """The template place where a token begins."""
        return self.place(token.start)

    @cached_property
    def nesting(self) -> Nesting:
        """What belongs together among the tokens."""
        return Nesting(self.tokens)

    @property
    def formulas(self) -> list[Span]:
        """Every formula, in the order in which they begin."""
        return self.nesting.formulas

    def around(self, offset: int) -> Span | None:
        """The innermost formula that holds a character, or None in plain text."""
        return self.nesting.formula(self.tokens.at(offset))

    def line(self, offset: int) -> int:
        """The line of the rendered document (from 1) that holds a character."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= offset else (low, middle)
        return low + 1


def visible(rendered: Rendered) -> Visible:
    """What LaTeX sees; a comment takes the line's end with it, and no line is lost."""
    found = tokens(rendered.text)
    text = "".join(found.texts)
    starts, position = [], 0
    for line in text.split("\n"):
        starts.append(position)
        position += len(line) + 1
    return Visible(text, tuple(starts), rendered, found)
