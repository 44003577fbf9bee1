r"""A value that the text bounds, as in "at most $\VAR{constants.error}$", lies on that side of the number as it is printed."""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.guards.said import words_before
from hwgen.page.neighbours import WIDE_SPACES, before_it
from hwgen.page.page import Printed
from hwgen.page.text import Visible
from hwgen.page.values import values
from hwgen.reading.commands import RELATIONS

_UPPER = """at most, no more than, not more than, no larger than, not above, below, less than, smaller than, under, bounded by, up to"""
_LOWER = """at least, no less than, not less than, no smaller than, not below, above, more than, larger than, over"""
# Rounded down, a number is no upper bound of itself any more: what says that it is one, in words and as a sign.
_WRONG = {"down": (_UPPER, {"<", r"\le"}), "up": (_LOWER, {">", r"\ge"})}


def rounded(printed: Printed) -> Iterator[str]:
    """A warning for each value that the text bounds by a word, and that is rounded to the wrong side of it."""
    seen = printed.page.text
    for namespace, name, index in values(seen.tokens):
        way = printed.values.get(f"rounded.{name}", "") if namespace == "constants" else ""
        word = _bound(seen, index, way) if way else ""
        if word:
            other = "up" if way == "down" else "down"
            value = printed.values[f"constants.{name}"]
            said = f"\\VAR{{constants.{name}}} prints {value}, which is rounded {way}, after '{word}'"
            place = seen.place_of(seen.tokens[index])
            yield f'{place}: {said}; expected a constant that is rounded {other}: Estimate(…, rounds="{other}")'


def _bound(seen: Visible, index: int, way: str) -> str:
    """What stands right before a value and makes a bound of it that it is not, once it is rounded that way; empty if nothing does."""
    words, signs = _WRONG[way]
    span = seen.nesting.formula(index)
    near = before_it(seen, index, span.first if span else 0, WIDE_SPACES).token
    if near and near.text in RELATIONS:
        return near.text if RELATIONS[near.text] in signs else ""
    if span and near:
        return ""
    said = words_before(seen, index, span)
    return max((one for one in words.split(", ") if f" {said}".endswith(f" {one}")), key=len, default="")
