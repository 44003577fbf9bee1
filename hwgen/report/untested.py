"""What the page asserts and nobody tests: the relations outside every claim, in displays and in the running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hwgen.page.arguments import arguments
from hwgen.page.coverage import Display
from hwgen.page.environments import referred
from hwgen.page.page import Page
from hwgen.reading.commands import COLUMNS, PARTS
from hwgen.reading.lexer import environment, tokens
from hwgen.reading.roles import Role
from hwgen.report.entries import Entry
from hwgen.report.prose import sentence
from hwgen.report.stated import Stated

# What only arranges the rows of a display, and takes no argument.
_ARRANGES = PARTS - COLUMNS


@dataclass(frozen=True)
class Condition:
    """A condition in words only, and the entries of the claims that have it."""

    words: str
    entries: Sequence[Entry]


def conditions(entries: Iterable[Entry]) -> list[Condition]:
    """The conditions of claims that are words only, each once."""
    found: dict[str, list[Entry]] = {}
    for one in entries:
        for said in one.finding["in_words"]:
            found.setdefault(said, []).append(one)
    return [Condition(said, ones) for said, ones in found.items()]


def tried(page: Page) -> dict[str, list[str]]:
    """By label, the statements in words whose sentence refers to it: what was tried of a law that is no formula."""
    lines = page.text.text.split("\n")
    found: dict[str, list[str]] = {}
    for one in page.marked:
        if not one.formula.text:
            number = page.text.text.count("\n", 0, one.start) + 1
            for label in referred(sentence(lines, number)):
                found.setdefault(label, []).append(one.formula.name)
    return found


def tried_beside(page: Page) -> dict[str, list[str]]:
    """By file and line, the statements in words that end there: what is in their sentence was tried with them."""
    found: dict[str, list[str]] = {}
    for one in page.marked:
        if not one.formula.text:
            found.setdefault(_line(str(one.formula.place)), []).append(one.formula.name)
    return found


def _line(place: str) -> str:
    return ":".join(place.split(":")[:2])


def apart(running: Iterable[Untested], stated: Sequence[Stated]) -> tuple[list[Untested], list[Untested]]:
    """Those that stand in theorems and answers, which say what is proved, and all others."""
    inside, others = list[Untested](), list[Untested]()
    for one in running:
        (inside if any(it.low <= one.at < it.high for it in stated) else others).append(one)
    return inside, others


@dataclass(frozen=True)
class Untested:
    """A formula with relations that no claim tests, as LaTeX in which a claim's formula is its name; `at` is where it is in the text."""

    display: Display
    text: str
    at: int = 0

    @property
    def line(self) -> str:
        """File and line."""
        return _line(str(self.display.place))

    @property
    def left(self) -> int:
        """How many relations nobody tests."""
        return self.display.relations - self.display.tested


def untested(page: Page) -> Iterator[Untested]:
    """The displays with untested relations, in the order of the page."""
    yield from _left(page, page.displays, display=True)


def running(page: Page) -> Iterator[Untested]:
    """The formulas of the running text with untested relations: definitions, conditions, and steps of proofs in words."""
    yield from _left(page, page.running, display=False)


def _left(page: Page, asserting: Iterable[Display], *, display: bool) -> Iterator[Untested]:
    left = {str(one.place): one for one in asserting if one.tested < one.relations}
    for span in page.text.formulas:
        place = str(page.text.place(span.start)) if span.display == display else ""
        if place in left:
            yield Untested(left.pop(place), _formula(_outside(page, span.low, span.high)), span.low)


def _outside(page: Page, low: int, high: int) -> str:
    """The text of a display with the name of a claim in the place of its formula: what is left is what nobody tests."""
    parts, at = [], low
    for one in page.marked:
        if low <= one.start and one.stop <= high:
            parts += [page.text.text[at : one.start], rf"\;\text{{⟨{one.formula.name.replace('_', ' ')}⟩}}\;"]
            at = one.stop
    return "".join([*parts, page.text.text[at:high]])


def _formula(display: str) -> str:
    """A display without what it holds beside its formula: labels, and what only arranges its rows."""
    seen, kept, index = tokens(display), list[str](), 0
    while index < len(seen):
        text, role = seen.texts[index], seen.roles[index]
        label = next(arguments(seen, index), None) if role is Role.LABEL else None
        if label is None and not (role in {Role.BEGIN, Role.END} and environment(text) in _ARRANGES):
            kept.append(text)
        index = label[1] + 1 if label else index + 1
    return "".join(kept).strip()
