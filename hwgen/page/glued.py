r"""A value of this run stands alone: no digit, decimal point or sign typed beside \VAR{constants.…} may become part of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from hwgen.model.errors import ContentError, ContentErrors
from hwgen.page.surroundings import around
from hwgen.page.template import PLACEHOLDER, Rendered
from hwgen.page.text import Visible, visible

# In a formula spaces print nothing, and thin ones do not separate; in the text around it a space does.
_SPACES = {True: r"(?:\s|~|\\[,;:!> ]|&|\{\s*\})*", False: r"(?:\\[,!]|\{\s*\})*"}
_BEFORE = {inside: re.compile(rf"(?:[\d.+*]|(?<!-)-|\d,){spaces}$") for inside, spaces in _SPACES.items()}
_AFTER = {
    inside: re.compile(rf"{spaces}(?:\d|[.,]\d|[.,]\{{\s*\}}\d|\^|{'[+*-]' if inside else '[+]'})") for inside, spaces in _SPACES.items()
}
_HERE = 40


@functools.lru_cache(maxsize=4)
def unglued(rendered: Rendered) -> None:
    """Raises ContentErrors for every constant with something beside it that changes it."""
    wrong = list(_glued(visible(rendered)))
    if wrong:
        raise ContentErrors(wrong)


def _glued(seen: Visible) -> Iterator[ContentError]:
    for match in PLACEHOLDER.finditer(seen.text):
        if match[1] != "constants":
            continue
        inside = around(seen.text, match.start()) is not None
        before, after = seen.text[max(0, match.start() - _HERE) : match.start()], seen.text[match.end() : match.end() + _HERE]
        found = _BEFORE[inside].search(before) or _AFTER[inside].match(after)
        if found:
            said = f"'{found[0].strip()}' beside it becomes part of the number; expected the value alone, computed as it is to be printed"
            yield ContentError(f"\\VAR{{constants.{match[2]}}}: {said}", seen.place(match.start()))
