"""The table of notation: what every letter of the claims means, exercise by exercise, as the content says it. It reads no page."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

from hwgen.model import Claim, Place
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError
from hwgen.model.exercise import Exercise
from hwgen.page import tables

# Parts of the measure that make it up, so that the rules of every exercise are as long as the lines of the text.
COLUMNS = "@{}p{0.08\\textwidth}@{}p{0.44\\textwidth}@{}p{0.08\\textwidth}@{}p{0.4\\textwidth}@{}"
# What is applied to letters, and is none.
OPERATORS = (r"\mathbb", r"\operatorname", r"\nabla", r"\partial")
INDEX = re.compile(r"_(?:[A-Za-z0-9]|\{[^{}]*\})$")


def notation(content: Catalog) -> str:
    """The whole table as LaTeX. Raises ContentError for a letter that a claim prints and no table of meanings has."""
    return "\n\n".join(_table(number, one) for number, one in enumerate(content.exercises, 1) if one.meant)


def _table(number: int, exercise: Exercise) -> str:
    for error in unmeant(exercise):
        raise error
    cells = [(f"${symbol}$", meaning.words) for symbol, meaning in exercise.meant.items()]
    half = (len(cells) + 1) // 2
    rows = [(*left, *right) for left, right in zip(cells[:half], [*cells[half:], ("", "")], strict=False)]
    return tables.whole_table([("", f"\\emph{{Exercise {number}}}", "", ""), *rows], COLUMNS)


def unmeant(exercise: Exercise) -> Iterator[ContentError]:
    """A complaint for each letter that claims print without a meaning; an index is none of its own."""
    missing: dict[str, Claim] = {}
    for claim in exercise.nouns.values():
        if isinstance(claim, Claim):
            for symbol in claim.bindings(exercise.problem):
                if not symbol.startswith(OPERATORS) and symbol not in exercise.meant and INDEX.sub("", symbol) not in exercise.meant:
                    missing.setdefault(symbol, claim)
    for symbol, claim in missing.items():
        expected = f"expected them beside it in exercise.notation(__name__, {{…}}) of {exercise.name}"
        yield ContentError(f"{claim.name} prints {symbol}, which has no meaning in words; {expected}", _place(claim))


def _place(claim: Claim) -> Place:
    code = inspect.unwrap(claim.bind).__code__
    return Place(file=code.co_filename, line=code.co_firstlineno)
