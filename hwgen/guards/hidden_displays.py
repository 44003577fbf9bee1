r"""Displays that no guard would see: by the bare commands of an environment, inside a definition, in a file, in an unknown environment.

What is displayed there would count nowhere, and no relation in it could be under test.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hwgen.model.errors import ContentError
from hwgen.page.nesting import is_display
from hwgen.page.page import Page
from hwgen.page.references import theorems
from hwgen.page.text import Visible
from hwgen.reading.commands import FORMULAS, PARTS, ROWS, TEXTS
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role

_OPENS = (Role.FORMULA, Role.BEGIN, Role.DOLLAR)
_MATHEMATICS = (Role.SCRIPT, Role.FRACTION, Role.ROOT, Role.BIG, Role.INTEGRAL, Role.ALIGN)
_PLAIN = "expected equation, align or another one of amsmath, written out where it is displayed"


def hidden_displays(page: Page) -> Iterator[ContentError]:
    """Every display that is not written out on the page."""
    seen = page.text
    yield from _bare(seen)
    for text, end in ((seen, page.begins), *((one, len(one.text)) for one in page.files.values())):
        yield from _defined(text, end)
    for index in seen.tokens.of(Role.FILE):
        if 0 <= page.begins < seen.tokens.starts[index]:
            said = "a file of plain LaTeX in the document is not looked into; expected \\BLOCK{include …} of a template"
            yield ContentError(f"{seen.tokens.texts[index]}: {said}", seen.place_of(seen.tokens[index]))
    yield from _unknown(seen, theorems(page))


def _bare(seen: Visible) -> Iterator[ContentError]:
    r"""\equation and \endalign, which display as the environments do."""
    for index in seen.tokens.of(Role.COMMAND):
        text = seen.tokens.texts[index]
        if text[1:].removeprefix("end") in FORMULAS:
            said = f"{text} opens or closes a formula that no guard sees; {_PLAIN}"
            yield ContentError(said, seen.place_of(seen.tokens[index]))


def _defined(seen: Visible, end: int) -> Iterator[ContentError]:
    """What opens a display where nothing is printed, and so can only be part of a definition."""
    for index in seen.tokens.of(*_OPENS):
        if seen.tokens.starts[index] >= end:
            return
        text = seen.tokens.texts[index]
        opens = f"\\begin{{{environment(text)}}}" if text.endswith("}") else text
        opens = "$$" if text == "$" and seen.tokens.texts[index + 1 : index + 2] == ["$"] else opens
        if is_display(opens):
            yield ContentError(f"{opens} in a definition displays what no guard sees; {_PLAIN}", seen.place_of(seen.tokens[index]))
            return


def _unknown(seen: Visible, stated: Collection[str]) -> Iterator[ContentError]:
    """An environment that is not known, and holds mathematics with no formula around it."""
    told: set[int] = set()
    for index in seen.tokens.of(*_MATHEMATICS):
        around = seen.nesting.around(index)
        if around < 0 or around in told or seen.tokens.roles[around] is not Role.BEGIN:
            continue
        name = environment(seen.tokens.texts[around]).removesuffix("*")
        if name not in FORMULAS | PARTS | ROWS | TEXTS and seen.nesting.formula(index) is None:
            told.add(around)
            if seen.tokens.roles[index] is Role.ALIGN and name in stated:
                said = "& parts the columns of a table or an aligned display, and there is none here; expected \\& in text"
                yield ContentError(said, seen.place_of(seen.tokens[index]))
                continue
            yield ContentError(f"\\begin{{{name}}} holds a formula that no guard sees; {_PLAIN}", seen.place_of(seen.tokens[around]))
