"""What is named on the command line: of the kind that the command is about, or a message that says what it is instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hwgen.model import Claim, Figure, Statement
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, nearest

# No noun has these in its name: a label, or a line of a file.
_ELSEWHERE = re.compile(r"[:/]")


def claims(content: Catalog, names: Sequence[str]) -> None:
    """Each is of something that is judged. Raises ContentError."""
    _all_of(content, names, (Claim, Statement), "claim")


def figures(content: Catalog, names: Sequence[str]) -> None:
    """Each is of a figure. Raises ContentError."""
    _all_of(content, names, (Figure,), "figure")


def _all_of(content: Catalog, names: Sequence[str], kinds: tuple[type, ...], wanted: str) -> None:
    for name in names:
        if _ELSEWHERE.search(name):
            raise ContentError(f"{name}: a label or a place; expected the name of a {wanted}; hwgen why {name} says what stands there")
        noun = content.find(name)
        if isinstance(noun, kinds):
            continue
        known = [other for kind in kinds for other in content.of(kind)]
        near = f", such as {nearest(name, known) or known[0]}" if known else ""
        is_a = type(noun).__name__.lower()
        other = f"; hwgen figures {name} draws it" if isinstance(noun, Figure) else ""
        raise ContentError(f"{name}: a {is_a}; expected the name of a {wanted}{near}{other}; hwgen why {name} says what it is of")
