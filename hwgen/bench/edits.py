"""Small edits of a template, a new one each time, that leave what the page says true: one word, one formula.

`printed` is the LaTeX of the last build. What a version leaves out is not edited: no page would change.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from hwgen.model.errors import ContentError

Edit = Callable[[str, int, str], str]
# With all that is plain after it, so that it is told from another sentence that begins alike.
PROSE = re.compile(r"^([A-Z][^\\$%{}\n]*? )(the)( [^\\$%{}\n]{5,})", re.MULTILINE)
HALF = re.compile(r"(\\checked\{\w+\}\{[^\n]*?)\\frac12(?!\d)")


def word(text: str, turn: int, printed: str) -> str:
    """The first article of the first sentence that opens with plain words becomes another word, which one by `turn`."""
    return _once(PROSE, rf"\g<1>{('this', 'that')[turn % 2]}\g<3>", text, printed, "a sentence with 'the'")


def formula(text: str, turn: int, printed: str) -> str:
    r"""The first \frac12 under test becomes an equal fraction that no earlier turn had, so that nothing of it is stored."""
    return _once(HALF, rf"\g<1>\\frac{{{turn + 2}}}{{{2 * (turn + 2)}}}", text, printed, r"\frac12 inside \checked")


def _once(pattern: re.Pattern[str], by: str, text: str, printed: str, wanted: str) -> str:
    for found in pattern.finditer(text):
        if found[0] in printed:
            return text[: found.start()] + found.expand(by) + text[found.end() :]
    raise ContentError(f"no {wanted} to edit; expected one in some template, for the bench to change")
