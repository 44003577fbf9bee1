r"""White space that goes backwards, so that one thing may be printed over another: \hspace{-1em}, a row of \!, \\[-2em]."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hwgen.page.arguments import argument, arguments, option
from hwgen.page.neighbours import WIDE_SPACES, before_it
from hwgen.page.text import Visible
from hwgen.reading.roles import Role

_NARROW = frozenset([r"\!", r"\negthinspace", r"\negmedspace", r"\negthickspace"])
_SPACES = frozenset([r"\hspace", r"\vspace"])
# Two are as wide as a letter.
_MOST = 1
_NEGATIVE = re.compile(r"-\s*(?P<number>\d+(?:\.\d*)?|\.\d+)?\s*(?P<unit>[a-z]{2}|\\[a-z]+)?")
_MEASURE = re.compile(r"(?P<number>-?(?:\d+(?:\.\d*)?|\.\d+))\s*(?P<unit>[a-z]{2})")
_BOXES = frozenset([r"\makebox", r"\framebox", r"\raisebox", r"\rule", r"\hbox", r"\vbox", r"\vtop", r"\vskip", r"\baselineskip"])
_BOXES |= {r"\tikz", r"\begin{tikzpicture}", r"\begin{picture}"}
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
    yield from (index for index, text in enumerate(tokens.texts) if text in _BOXES and _sticks_out(seen, index))
    runs: Counter[int] = Counter()
    for index in tokens.of(Role.THIN):
        if tokens.texts[index] in _NARROW:
            # Spaces that go forwards between them do not keep what is printed in its order.
            near = before_it(seen, index, passing=WIDE_SPACES).token
            before = near.index if near else -1
            runs[before] += 1
            if runs[before] == _MOST + 1:
                yield index


def _sticks_out(seen: Visible, index: int) -> bool:
    """Whether what a box or a line holds stands over what is beside it: of no width, raised, or laid over the page."""
    tokens, text = seen.tokens, seen.tokens.texts[index]
    high = option(tokens, index + 1)
    options = "".join(tokens.texts[index + 1 : high])
    if text == r"\begin{picture}":
        return "".join(tokens.texts[index + 1 : index + 12]).replace(" ", "").startswith("(0,0)")
    if text in {r"\tikz", r"\begin{tikzpicture}"}:
        return "overlay" in options
    if text == r"\raisebox":
        braces = argument(tokens, index + 1)
        return braces is not None and tokens.texts[braces[1] + 1 : braces[1] + 2] == ["["]
    if text == r"\rule":
        widths = ["".join(tokens.texts[low + 1 : end]) for low, end in arguments(tokens, index)]
        return bool(options) and bool(widths) and _points(widths[0]) > 0 and abs(_points(options)) > _LITTLE
    if text in {r"\makebox", r"\framebox"}:
        return bool(options) and abs(_points(options)) < _LITTLE
    following = "".join(tokens.texts[index + 1 : index + 10])
    if text in {r"\vskip", r"\baselineskip"}:
        return _goes_back(following.partition("\\")[0][:16], _LITTLE)
    spread = re.match(r"\s*(?:to|spread)\s*([^{]*)", following)
    return spread is not None and abs(_points(spread[1])) < _LITTLE


def _points(measure: str) -> float:
    """A measure in points; nothing of one that cannot be read."""
    match = _MEASURE.search(measure)
    return float(match["number"]) * _POINTS.get(match["unit"], 0.0) if match else 0.0


def _goes_back(measure: str, little: float) -> bool:
    """Whether a measure is negative by more than a little, in points; one that cannot be read is."""
    match = _NEGATIVE.search(measure)
    return match is not None and (match["unit"] not in _POINTS or float(match["number"] or 1) * _POINTS[match["unit"]] > little)
