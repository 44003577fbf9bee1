"""What the page asserts and nobody tests: the relations outside every claim, in displays and in the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hwgen.page.coverage import Display
from hwgen.page.page import Page

# What a display holds beside its formula: labels, and what only arranges its rows.
_BESIDE = re.compile(r"\\(?:label|tag)\s*\{[^{}]*\}|\\(?:begin|end)\{(?:split|aligned|gathered)\}")


@dataclass(frozen=True)
class Untested:
    """A display with relations that no claim tests, as LaTeX in which a claim's formula is its name, and how many of them."""

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
            yield Untested(left.pop(place), _BESIDE.sub("", _outside(page, span.low, span.high)).strip())


def _outside(page: Page, low: int, high: int) -> str:
    """The text of a display with the name of a claim in the place of its formula: what is left is what nobody tests."""
    parts, at = [], low
    for one in page.marked:
        if low <= one.start and one.stop <= high:
            parts += [page.text.text[at : one.start], rf"\;\text{{{one.formula.name}}}\;"]
            at = one.stop
    return "".join([*parts, page.text.text[at:high]])


def running(page: Page) -> list[Display]:
    """The formulas of the running text with untested relations: definitions, conditions, and steps of proofs in words."""
    return [one for one in page.running if one.tested < one.relations]
