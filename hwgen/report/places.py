"""Places of templates and of code as the page shows them: a path from the homework's folder, and the page of the PDF.

The page holds no path of any machine. Where it stands in its homework's folder, its script makes each place a link to an editor.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

from markupsafe import Markup

# What is in front of the code of an installed library.
_INSTALLED = re.compile(r"^.*/(?:site|dist)-packages/")


class Places:
    """Places as HTML; `sheets` says on which pages each line of a template is printed, by file and line."""

    def __init__(self, sheets: Mapping[str, Mapping[int, Sequence[int]]]) -> None:
        self._sheets = sheets
        self.place = functools.cache(self._place)
        self.made_by = functools.cache(self._made_by)

    def page(self, text: str) -> str:
        """The pages on which a line of a template is printed, in words; nothing where the last PDF does not show it."""
        file, _, rest = text.partition(":")
        line = rest.partition(":")[0]
        found = self._sheets.get(file, {}).get(int(line), ()) if line.isdigit() else ()
        return " or ".join(map(str, found))

    def at(self, text: str) -> Markup:
        """A place without its page."""
        return Markup('<code class="at">{}</code>').format(_INSTALLED.sub("", text))

    def _place(self, text: str, otherwise: str = "") -> Markup:
        page = self.page(text) or otherwise
        return self.at(text) + (f" (page {page})" if page else "")

    def _made_by(self, function: str, at: str, text: str = "") -> Markup:
        """A function by its name; one without a name by its `text`, if that is known: what it gives is its first line."""
        where = Markup(" ({})").format(self.at(at)) if at else Markup()
        if not function.endswith(">"):
            return Markup("<code>{}</code>").format(_within(function, at)) + where
        return (Markup("<code>{}</code>").format(text.split("\n")[0]) if text else Markup("a function without a name")) + where


def _within(function: str, at: str) -> str:
    """The name of a function inside of its module, which its place says already."""
    module = at.partition(":")[0].removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    names = function.split(".")
    for first in range(len(names) - 1, 0, -1):
        if f".{module}".endswith(f".{'.'.join(names[:first])}"):
            return ".".join(names[first:])
    return function
