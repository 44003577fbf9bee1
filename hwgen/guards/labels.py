r"""Labels that are given twice: a reference to one of them leads to the last, whatever was meant."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.model import Place
from hwgen.page.arguments import argument, text_of
from hwgen.page.environments import TWICE
from hwgen.page.page import Printed
from hwgen.reading.roles import Role


def doubled(printed: Printed) -> Iterator[str]:
    """A warning for every label that an earlier place of the page has given already."""
    seen, first = printed.page.text, dict[str, Place]()
    for index in seen.tokens.of(Role.LABEL):
        braces = argument(seen.tokens, index + 1) if seen.tokens.texts[index] == r"\label" else None
        name = text_of(seen.tokens, braces) if braces else ""
        if not name or "#" in name:
            continue
        place = seen.place_of(seen.tokens[index])
        if name in first:
            yield f"{place}: label {name}{TWICE}{first[name]}; expected a name of its own"
        first.setdefault(name, place)
