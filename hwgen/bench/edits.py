"""Small edits of a template, a new one each time, that leave what the page says true: one word, one formula."""

from __future__ import annotations

import re
from collections.abc import Callable

from hwgen.model.errors import ContentError

Edit = Callable[[str, int], str]
PROSE = re.compile(r"^([A-Z][^\\$%{}]*? )(the)( )", re.MULTILINE)
HALF = re.compile(r"(\\checked\{\w+\}\{[^\n]*?)\\frac12(?!\d)")


def word(text: str, turn: int) -> str:
    """The first article of the first sentence that opens with plain words becomes another word, which one by `turn`."""
    return _once(PROSE, rf"\g<1>{('this', 'that')[turn % 2]}\g<3>", text, "a sentence with 'the'")


def formula(text: str, turn: int) -> str:
    r"""The first \frac12 under test becomes an equal fraction that no earlier turn had, so that nothing of it is stored."""
    return _once(HALF, rf"\g<1>\\frac{{{turn + 2}}}{{{2 * (turn + 2)}}}", text, r"\frac12 inside \checked")


def _once(pattern: re.Pattern[str], by: str, text: str, wanted: str) -> str:
    changed, count = pattern.subn(by, text, count=1)
    if not count:
        raise ContentError(f"no {wanted} to edit; expected one in some template, for the bench to change")
    return changed
