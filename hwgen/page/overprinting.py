r"""White space that goes backwards, so that one thing may be printed over another: \hspace{-1em}, a row of \!, \\[-2em]."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.page.arguments import arguments
from hwgen.page.neighbours import before_it
from hwgen.page.text import Visible
from hwgen.reading.roles import Role

_NARROW = frozenset([r"\!", r"\negthinspace", r"\negmedspace", r"\negthickspace"])
_SPACES = frozenset([r"\hspace", r"\vspace"])
_MOST = 2


def overprinting(seen: Visible) -> Iterator[int]:
    """The tokens that go back over what is printed."""
    tokens = seen.tokens
    for index in tokens.of(Role.EMPTY, Role.ROW):
        if tokens.roles[index] is Role.ROW:
            back = "[-" in tokens.texts[index].replace(" ", "")
        else:
            measures = [tokens.texts[low + 1 : high] for low, high in arguments(tokens, index)] if tokens.texts[index] in _SPACES else []
            back = any("-" in one for one in measures)
        if back:
            yield index
    run = 0
    for index in tokens.of(Role.THIN):
        if tokens.texts[index] in _NARROW:
            near = before_it(seen, index, passing={Role.BLANK}).token
            run = run + 1 if near and near.text in _NARROW else 1
            if run == _MOST + 1:
                yield index
