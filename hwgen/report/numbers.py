"""Printed numbers: each with how it came about and where it is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.model import Estimate
from hwgen.page.digits import digits
from hwgen.page.environments import floats, labels
from hwgen.page.page import Page
from hwgen.page.rendered import PLACEHOLDER
from hwgen.reading.lexer import Tokens, tokens
from hwgen.reading.roles import Role
from hwgen.report.origin import Origin, functions, origin
from hwgen.report.prose import sentence

_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN})


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a value is printed, and the sentence that prints it, as LaTeX; `label` is that of the figure or table around it."""

    at: str
    sentence: str
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A constant of the page: its value as it is printed, and how well it is known."""

    name: str
    noun: Mapping[str, Any]
    estimate: Estimate
    places: Sequence[Place]
    origin: Origin
    symbol: str = ""

    @property
    def printed(self) -> str:
        """The digits on the page, as LaTeX."""
        return digits(self.estimate)

    @property
    def known(self) -> str:
        """What is known of its error, and how many digits that leaves."""
        if self.estimate.error == 0:
            return self._exact
        count = f"{self.digits} digit{'s' * (self.digits != 1)}"
        if self.estimate.statistical:
            return f"standard error {self.estimate.error:.2g}{self.unit}: {count}, its own first one in brackets"
        rounded = f", rounded {self.estimate.rounds} past it" if self.estimate.rounds else ""
        return f"within ± {self.estimate.error:.2g}{self.unit}, as its author says: {count}{rounded}"

    @property
    def _exact(self) -> str:
        """Why it has no error: it was chosen, or it is what a function makes of arrays, which say nothing of theirs."""
        if self.noun["setting"]:
            return "exact: chosen by the author"
        if self.noun["of"]:
            return "no error of its own: made from the arrays of its studies, and rounded if at all by the function that makes it"
        return "exact, as its function makes it"

    @property
    def unit(self) -> str:
        """What the text counts it in, where that is a part of a whole; everything else here has no unit."""
        return " per cent" if self.places and all(_per_cent(one.sentence, self.name) for one in self.places) else ""

    @property
    def digits(self) -> int:
        """How many digits are printed, zeros in front aside."""
        mantissa = re.split(r"[(\\]", self.printed)[0]
        return len(re.sub(r"\D", "", mantissa).lstrip("0")) or 1

    @property
    def typed(self) -> str:
        """The number as one types it, to search for."""
        return re.sub(r"\^\{(-?\d+)\}", r"^\1", self.printed.replace(r"\times ", "×"))


def _per_cent(sentence: str, name: str) -> bool:
    r"""Whether a sentence counts a constant in hundredths: \% or "per cent" after it, with no more than spaces and a dollar between."""
    seen = tokens(sentence)
    values = (index for index in seen.of(Role.VALUE) if seen.texts[index] == f"@@@{{constants.{name}}}@")
    return any(_counts_in_hundredths(seen, index + 1) for index in values)


def _counts_in_hundredths(seen: Tokens, index: int) -> bool:
    index += seen.texts[index : index + 1] == ["$"]
    while index < len(seen) and seen.roles[index] in _SPACES:
        index += 1
    words = [text for text in seen.texts[index : index + 3] if text.strip()]
    return words[:1] == [r"\%"] or words == ["per", "cent"]


def numbers(ledger: Mapping[str, Any], page: Page) -> list[Number]:
    """Every printed constant, in the order of the page."""
    shown = places(page)
    order = {name: index for index, name in enumerate(shown)}
    known, symbols = functions(ledger), ledger["origins"]["symbols"]
    found = [
        Number(
            name=name,
            noun=ledger["nouns"][name],
            estimate=estimate(one),
            places=shown.get(name, ()),
            origin=origin(ledger, name, known),
            symbol=symbols.get(name, ""),
        )
        for name, one in ledger["constants"].items()
    ]
    # Those that no page of this version prints come last.
    return sorted(found, key=lambda one: order.get(one.name, len(order)))


def estimate(written: Mapping[str, Any]) -> Estimate:
    """A number as a ledger holds it."""
    return Estimate(**{**written, "value": float(written["value"]), "error": float(written["error"])})


def places(page: Page) -> dict[str, list[Place]]:
    """Where each value is printed, by name, in the order of the page."""
    lines, around = page.rendered.text.split("\n"), _floats(page)
    found: dict[str, list[Place]] = {}
    for number, line in enumerate(lines, 1):
        for match in PLACEHOLDER.finditer(line):
            at = str(page.rendered.place(number, match.start() + 1))
            found.setdefault(match[2], []).append(Place(at=at, sentence=sentence(lines, number), label=around.get(number, "")))
    return found


def _floats(page: Page) -> dict[int, str]:
    """The label of the figure or table that each line of the text is in: LaTeX moves it, and tells the page of its label only."""
    found, text = dict[int, str](), page.text.text
    for one in floats(page.text):
        label = next((label.name for label in labels(page.text.tokens, one.begin, one.end)), "")
        first, last = (text.count("\n", 0, at) + 1 for at in (one.low, one.high))
        found |= dict.fromkeys(range(first, last + 1), label)
    return found
