r"""Labels that are given twice: a reference to one of them leads to the last, whatever was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.model import Place
from hwgen.page.page import Printed

_LABEL = re.compile(r"\\label\s*\{\s*([^{}#]*?)\s*\}")


def doubled(printed: Printed) -> Iterator[str]:
    """A warning for every label that an earlier place of the page has given already."""
    seen = printed.page.text
    first: dict[str, Place] = {}
    for match in _LABEL.finditer(seen.text):
        name, place = match[1], seen.place(match.start())
        if name in first:
            yield f"{place}: label {name} is given twice, first at {first[name]}; expected a name of its own"
        first.setdefault(name, place)
