"""What an author typed of a part of a formula, for the words of a message: whole uses of macros, or what they expand into."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hwgen.reading.macros import Expanded
from hwgen.reading.tokens import Token


@dataclass(frozen=True)
class Quotes:
    """A formula as it is typed and as its macros expand, with its tokens where they stand in either."""

    text: str
    expanded: str
    tokens: Sequence[Token]
    within: Sequence[Token]
    uses: Sequence[tuple[int, int]] = ()

    @staticmethod
    def of(text: str, expanded: Expanded, tokens: Sequence[Token], within: Sequence[Token]) -> Quotes:
        """The quotes of a formula with macros."""
        uses = {(low, high) for low, high in expanded.spans if text[low] == "\\" and high > low + 1}
        return Quotes(text, expanded.text, tokens, within, sorted(uses))

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the tokens from first to last are typed; no macro is cut, but a part of one argument stands for itself."""
        if not self.uses:
            return self.tokens[first].start, self.tokens[last].end
        low = min(token.start for token in self.tokens[first : last + 1])
        high = max(token.end for token in self.tokens[first : last + 1])
        for _ in self.uses:
            cut = [(start, end) for start, end in self.uses if self._cuts(low, high, start, end)]
            if not cut:
                break
            low, high = min(low, *(start for start, _ in cut)), max(high, *(end for _, end in cut))
        return low, high

    def macro_of(self, index: int) -> str:
        """The author's command that brings a token, where that is not typed itself; empty if it is."""
        if not self.uses or not self.tokens:
            return ""
        token = self.tokens[index]
        name = re.match(r"\\[A-Za-z]+", self.text[token.start : token.end])
        return name[0] if name and (token.start, token.end) in self.uses and token.text != name[0] else ""

    def _cuts(self, low: int, high: int, start: int, end: int) -> bool:
        """Whether a part of the text holds some of a macro's use, and neither all of it nor a part of one argument."""
        if high <= start or low >= end or (low <= start and end <= high):
            return False
        return not (start < low and high <= end and _balanced(self.text[low:high]))

    def printed(self, first: int, last: int) -> str:
        """The tokens from first to last as the author typed them, or as they expand where that would be more than they are."""
        low, high = self.span(first, last)
        beside = [self.tokens[one] for one in (first - 1, last + 1) if 0 <= one < len(self.tokens)]
        if self.uses and any(low <= one.start and one.end <= high for one in beside):
            return self.expanded[self.within[first].start : self.within[last].end]
        return self.text[low:high]


def _balanced(text: str) -> bool:
    depth = 0
    for index, one in enumerate(text):
        if one in "{}" and text[index - 1 : index] != "\\":
            depth += 1 if one == "{" else -1
            if depth < 0:
                return False
    return depth == 0
