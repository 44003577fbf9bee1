r"""The number that a piece of LaTeX prints, however it is typed: `0.4`, `10^6`, `\frac25`, `5\,\%`. Nothing here looks at a page."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.page.arguments import before
from hwgen.reading import Vocabulary, read, tree
from hwgen.reading.lexer import Tokens, tokens
from hwgen.reading.roles import Role

_NOTHING = Vocabulary((), {}, {}, frozenset(), {})
# What only sets the digits of a number apart, beside a comma in braces, and one before three digits.
_APART = frozenset([r"\,", r"\;", r"\!", "~", "$"])
# A larger power is no number that anything is computed with.
_MOST = 400


def amounts(text: str) -> tuple[float, ...]:
    """The numbers that it may stand for: none if it is no number, and of so many per cent both that number and its hundredth."""
    pieces = list(_pieces(tokens(text)))
    per_cent = pieces[-1:] == [r"\%"]
    bare = "".join(pieces[: len(pieces) - per_cent]).replace("{,}", "")
    try:
        side = read(Formula(macro="given", name="given", text=f"{bare}=0", place=Place(file="", line=1)), _NOTHING).sides[0]
        value = _value(side)
        return (float(value), float(value / 100)) if per_cent else (float(value),)
    except (ContentError, ArithmeticError, ValueError):
        return ()


def _pieces(seen: Tokens) -> Iterator[str]:
    """The tokens of a number without what only sets its digits apart, and without white space behind it."""
    for index in range(before(seen, len(seen) - 1) + 1):
        number = seen.roles[index - 1 : index + 2 : 2] == [Role.NUMBER, Role.NUMBER]
        thousands = number and seen.texts[index] == "," and len(seen.texts[index + 1].partition(".")[0]) == 3
        if seen.texts[index] not in _APART and not thousands:
            yield seen.texts[index]


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
