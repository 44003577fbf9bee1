r"""What tells one \verified from another: words of its sentence, which its statement is declared with.

Two of which both would fit where the other one stands, are refused: exchanged they would read as well, and what stands under test would
be another sentence. Whether a function tests what the words say is not understood.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hwgen.guards import sentences
from hwgen.model import Place
from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.reading.commands import squeezed

# As much of a sentence is shown as may be declared.
_SHOWN = 60


class Mark(NamedTuple):
    """A mark on the page: the statement that it names, and the sentence that it stands in."""

    name: str
    sentence: str
    place: Place


def interchangeable(page: Page) -> Iterator[ContentError]:
    """Every mark whose sentence lacks its statement's words, and every two that nothing tells apart."""
    marks = list(_marks(page))
    misplaced = [one for one in marks if not _fits(page, one.name, one)]
    for one in misplaced:
        yield ContentError(f"\\verified{{{one.name}}}: {_said(page, one, marks)}", one.place)
    placed = [one for one in marks if one not in misplaced]
    for number, other in enumerate(placed):
        alike = next((one for one in placed[:number] if not _same(page, one, other) and _both_ways(page, one, other)), None)
        if alike:
            yield ContentError(f"\\verified{{{other.name}}}: {_alike(page, alike, other)}", other.place)


def _marks(page: Page) -> Iterator[Mark]:
    seen, ends = page.text, sentences.ends(page.text)
    stops = [seen.tokens.starts[end] for end in ends]
    spans = list(zip([0, *(stop + 1 for stop in stops)], [*stops, len(seen.text)], strict=True))
    for one in page.marked:
        # A name that nothing has is told elsewhere.
        if one.formula.macro == "verified" and one.formula.name in page.names.claims:
            number = bisect(ends, one.first)
            low, high = spans[number]
            # The names of marks are no words of it.
            said = f"{seen.text[low : one.start]}{seen.text[one.stop : high]}"
            # It prints nothing: alone in its paragraph it is of what follows.
            following = (seen.text[low:high] for low, high in spans[number + 1 :])
            yield Mark(one.formula.name, said if said.strip() else next(filter(str.strip, following), ""), one.formula.place)


def _fits(page: Page, name: str, where: Mark) -> bool:
    """Whether a statement may be named there: its words stand in the sentence, or it has none."""
    return all(_bare(one) in _bare(where.sentence) for one in page.names.claims[name].words)


def _same(page: Page, one: Mark, other: Mark) -> bool:
    return page.names.claims[one.name] is page.names.claims[other.name]


def _both_ways(page: Page, one: Mark, other: Mark) -> bool:
    return _fits(page, one.name, other) and _fits(page, other.name, one)


def _bare(text: str) -> str:
    """A text as it is compared: spaces do not matter."""
    return squeezed(text.replace("~", " "))


def _said(page: Page, one: Mark, marks: Sequence[Mark]) -> str:
    words = next(words for words in page.names.claims[one.name].words if _bare(words) not in _bare(one.sentence))
    said = f"its sentence, '{_shown(one)}', does not say '{words}', which its statement is declared with"
    others = (other for other in marks if not _same(page, one, other) and page.names.claims[other.name].words)
    here = next((other for other in others if _fits(page, other.name, one)), None)
    return f"{said}; \\verified{{{here.name}}}, at {here.place}, belongs here" if here else f"{said}; expected these words, or others there"


def _alike(page: Page, one: Mark, other: Mark) -> str:
    silent = next((each for each in (other, one) if not page.names.claims[each.name].words), other)
    expected = f"expected @exercise.statement(words=[r\"…\"]) for {silent.name} with words of its sentence, '{_shown(silent)}', alone"
    return f"nothing tells it from \\verified{{{one.name}}}, at {one.place}: exchanged they would read as well; {expected}"


def _shown(one: Mark) -> str:
    text = " ".join(one.sentence.split())
    return text if len(text) <= _SHOWN else f"…{text[-_SHOWN:]}"
