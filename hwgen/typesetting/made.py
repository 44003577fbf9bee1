"""What was typeset, compared with what was read, and given its final name. No LaTeX runs here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwgen.model import Formula
from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page import files
from hwgen.reading.commands import squeezed

_RECORD = re.compile(r"^(checked|refuted|verified|for)\|([^|]*)\|(\d+)\|(.*)$")


@dataclass(frozen=True)
class Recorded:
    r"""One \checked, \refuted, \verified or \for as it reached a page."""

    macro: str
    name: str
    page: int
    text: str


@dataclass(frozen=True)
class Typeset:
    """A PDF beside its final place, what is on its pages, and what LaTeX warned of."""

    pdf: Path
    recorded: tuple[Recorded, ...]
    warnings: tuple[str, ...]


def records(text: str) -> tuple[Recorded, ...]:
    r"""What the style wrote down of each \checked, \refuted, \verified and \for."""
    found = []
    for line in text.split("\n"):
        match = _RECORD.match(line)
        if match:
            found.append(Recorded(match[1], match[2], int(match[3]), match[4]))
    return tuple(found)


def compare(formulas: Sequence[Formula], made: Typeset) -> None:
    """What reached the pages is what was read, no more and no less. Raises ContentErrors at the template lines."""
    on_pages = Counter((one.macro, one.name, squeezed(one.text)) for one in made.recorded)
    wrong: list[ContentError] = []
    for formula in formulas:
        key = (formula.macro, formula.name, squeezed(formula.text))
        if on_pages[key]:
            on_pages[key] -= 1
        else:
            said = f"\\{formula.macro}{{{formula.name}}} was read here and never reached a page; is it inside \\iffalse or an unused macro?"
            wrong.append(ContentError(said, formula.place))
    for macro, name, _ in +on_pages:
        wrong.append(
            ContentError(f"\\{macro}{{{name}}} is on a page more often than, or otherwise than, it was read; is it inside a macro?")
        )
    if wrong:
        raise ContentErrors(wrong)


def publish(made: Typeset, output: Path, last_touch: Callable[[bytes], bytes] = bytes) -> None:
    """Give the PDF its final name, only now that it is complete; an identical one is left as it is."""
    data = last_touch(made.pdf.read_bytes())
    output.parent.mkdir(parents=True, exist_ok=True)
    files.renew(output, data)
