r"""The number that a piece of LaTeX prints, however it is typed: `0.4`, `10^6`, `\frac25`, `5\,\%`. Nothing here looks at a page."""

from __future__ import annotations

import re
from fractions import Fraction

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.reading import Vocabulary, read, tree

_NOTHING = Vocabulary((), {}, {}, frozenset(), {})
# What only sets the digits of a number apart, and what is said of it in hundredths.
_THIN, _GROUPED = re.compile(r"\\[,;!]|~|\$|\{,\}"), re.compile(r"(?<=\d),(?=\d{3}\b)")
_PER_CENT = re.compile(r"\s*\\%\s*$")
# A larger power is no number that anything is computed with.
_MOST = 400


def amounts(text: str) -> tuple[float, ...]:
    """The numbers that it may stand for: none if it is no number, and of so many per cent both that number and its hundredth."""
    bare, per_cent = _PER_CENT.subn("", _GROUPED.sub("", _THIN.sub("", text)))
    try:
        side = read(Formula(macro="given", name="given", text=f"{bare}=0", place=Place(file="", line=1)), _NOTHING).sides[0]
        value = _value(side)
        return (float(value), float(value / 100)) if per_cent else (float(value),)
    except (ContentError, ArithmeticError, ValueError):
        return ()


def _value(node: tree.Node) -> Fraction:
    """Its value in rational arithmetic. Raises ValueError for what is no number."""
    match node:
        case tree.Number():
            return Fraction(node.text)
        case tree.Negative():
            return -_value(node.of)
        case tree.Operation():
            return _operation(node.symbol, _value(node.left), _value(node.right))
        case _:
            raise ValueError(node)


def _operation(symbol: str, left: Fraction, right: Fraction) -> Fraction:
    if symbol == "^":
        if right.denominator != 1 or abs(right) > _MOST:
            raise ValueError(symbol)
        return left ** int(right)
    return left / right if symbol == "/" else {"+": left + right, "-": left - right, "*": left * right}[symbol]
