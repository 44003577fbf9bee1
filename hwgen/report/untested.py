"""What the page displays and nobody tests: the relations of displays outside every claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hwgen.page.coverage import Display
from hwgen.page.page import Page

# What a display holds beside its formula: labels, names of claims, and what only arranges its rows.
_BESIDE = re.compile(r"\\(?:label|tag)\s*\{[^{}]*\}|\\(?:checked|refuted)\s*\{[^{}]*\}|\\(?:begin|end)\{(?:split|aligned|gathered)\}")


@dataclass(frozen=True)
class Untested:
    """A display with relations that no claim tests, as LaTeX, and how many of them."""

    display: Display
    text: str

    @property
    def left(self) -> int:
        """How many relations nobody tests."""
        return self.display.relations - self.display.tested


def untested(page: Page) -> Iterator[Untested]:
    """The displays with untested relations, in the order of the page."""
    left = {str(one.place): one for one in page.displays if one.tested < one.relations}
    for span in page.text.formulas:
        place = str(page.text.place(span.start)) if span.display else ""
        if place in left:
            yield Untested(left.pop(place), _BESIDE.sub("", page.text.text[span.low : span.high]).strip())
