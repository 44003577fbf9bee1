r"""White space that goes backwards, so that one thing may be printed over another: \hspace{-1em}, a row of \!, \\[-2em]."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hwgen.page.arguments import arguments
from hwgen.page.neighbours import WIDE_SPACES, before_it
from hwgen.page.text import Visible
from hwgen.reading.roles import Role

_NARROW = frozenset([r"\!", r"\negthinspace", r"\negmedspace", r"\negthickspace"])
_SPACES = frozenset([r"\hspace", r"\vspace"])
# Two are as wide as a letter.
_MOST = 1
_NEGATIVE = re.compile(r"-\s*(?P<number>\d+(?:\.\d*)?|\.\d+)?\s*(?P<unit>[a-z]{2}|\\[a-z]+)?")
_POINTS = {"pt": 1.0, "bp": 1.0, "mm": 2.85, "cm": 28.5, "in": 72.3, "pc": 12.0, "em": 11.0, "ex": 5.0, r"\baselineskip": 12.0}
# Lines that come nearer by this many points do not touch.
_LITTLE = 6.0


def overprinting(seen: Visible) -> Iterator[int]:
    """The tokens that go back over what is printed."""
    tokens = seen.tokens
    for index in tokens.of(Role.EMPTY, Role.ROW):
        text = tokens.texts[index]
        measures = ["".join(tokens.texts[low + 1 : high]) for low, high in arguments(tokens, index)] if text in _SPACES else [text]
        if any(_goes_back(one, 0 if text == r"\hspace" else _LITTLE) for one in measures):
            yield index
    runs: Counter[int] = Counter()
    for index in tokens.of(Role.THIN):
        if tokens.texts[index] in _NARROW:
            # Spaces that go forwards between them do not keep what is printed in its order.
            near = before_it(seen, index, passing=WIDE_SPACES).token
            before = near.index if near else -1
            runs[before] += 1
            if runs[before] == _MOST + 1:
                yield index


def _goes_back(measure: str, little: float) -> bool:
    """Whether a measure is negative by more than a little, in points; one that cannot be read is."""
    match = _NEGATIVE.search(measure)
    return match is not None and (match["unit"] not in _POINTS or float(match["number"] or 1) * _POINTS[match["unit"]] > little)
