r"""A value that the text bounds, as in "at most $\VAR{constants.error}$", lies on that side of the number as it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.page.page import Printed
from hwgen.page.values import values

_UPPER = r"at most|no more than|not more than|no larger than|not above|below|less than|smaller than|under|bounded by|up to|\\leq?|\\lt|<"
_LOWER = r"at least|no less than|not less than|no smaller than|not below|above|more than|larger than|over|\\geq?|\\gt|>"
# Rounded down, a number is no upper bound of itself any more.
_WRONG = {way: re.compile(rf"({words})(?:[\s~$]|\\[,;:! ])*$") for way, words in (("down", _UPPER), ("up", _LOWER))}
_HERE = 40


def rounded(printed: Printed) -> Iterator[str]:
    """A warning for each value that the text bounds by a word, and that is rounded to the wrong side of it."""
    seen = printed.page.text
    for namespace, name, index in values(seen.tokens):
        way, at = printed.values.get(f"rounded.{name}", "") if namespace == "constants" else "", seen.tokens.starts[index]
        word = _WRONG[way].search(seen.text[max(0, at - _HERE) : at]) if way else None
        if word:
            other = "up" if way == "down" else "down"
            value = printed.values[f"constants.{name}"]
            said = f"\\VAR{{constants.{name}}} prints {value}, which is rounded {way}, after '{word[1]}'"
            yield f'{seen.place(at)}: {said}; expected a constant that is rounded {other}: Estimate(…, rounds="{other}")'
