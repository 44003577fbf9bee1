"""What LaTeX sees of a rendered document: no comment, no verbatim text, nothing after its end; each character with its place."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from hwgen.model import Place
from hwgen.page.template import Rendered

_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%.*")
_VERBATIM = re.compile(r"\\begin\{verbatim\}.*?\\end\{verbatim\}|\\verb\*?([^A-Za-z\s]).*?\1", re.DOTALL)


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

    def line(self, offset: int) -> int:
        """The line of the rendered document (from 1) that holds a character."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= offset else (low, middle)
        return low + 1


@functools.lru_cache(maxsize=8)
def visible(rendered: Rendered) -> Visible:
    """Strip what LaTeX does not see; a comment takes the line's end with it, so that no space appears."""
    lines = [_COMMENT.sub(r"\1", line) for line in rendered.text.split("\n")]
    starts, position = [], 0
    for line in lines:
        starts.append(position)
        position += len(line) + 1
    text = "\n".join(lines)
    text = _VERBATIM.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    end = text.find(r"\end{document}")
    return Visible(text if end < 0 else text[:end], tuple(starts), rendered)
