"""Relations printed in numbers alone, decided for good: in rational arithmetic, or in more digits than anybody writes.

Floating point holds sixteen digits, and no number beyond its range: a relation between large whole numbers is none of its business.
"""

from __future__ import annotations

from dataclasses import replace

import flint

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.digits import DIGITS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.evidence import exact
from hwgen.evidence.cases import FLIPPED, Look, refuted
from hwgen.evidence.evaluation import evaluate
from hwgen.evidence.reduced import binds
from hwgen.evidence.scope import Scope
from hwgen.evidence.table import Table
from hwgen.model import Evidence
from hwgen.reading import Chain, tree
from hwgen.reading.tree import Node

# Sides whose difference is 0 up to this part of them have the same value.
BITS, NOTHING = 4096, flint.arb(2) ** -2048
MOST_PARTS = 400
_SEARCHED = (tree.Ranging, tree.Ball, tree.Limit)
_NAMED = (tree.Symbol, tree.Index, tree.Apply, tree.Averaged)


def certain(chain: Chain) -> tuple[bool | None, ...]:
    """Of each relation whether it holds; None where it is not printed in numbers alone, or not known."""
    pairs = zip(chain.relations, chain.sides[:-1], chain.sides[1:], strict=True)
    return tuple(_holds(relation.symbol, left, right) for relation, left, right in pairs)


def broken(chain: Chain, look: Look, table: Table, known: tuple[bool | None, ...]) -> Evidence:
    """That the first relation of which it is known does not hold."""
    index = known.index(False)
    found = refuted(table.relation(index, range(1))[0], chain, look)
    said = f"{chain.side_text(index)} and {chain.side_text(index + 1)}, in exact arithmetic, do not stand so to each other"
    return replace(found, counterexample=said, relation=index)


def _holds(symbol: str, left: Node, right: Node) -> bool | None:
    if not all(_alone(side) for side in (left, right)):
        return None
    found = exact.compared(symbol, left, right, Scope({}, {}), evaluate)
    return _in_digits(symbol, left, right) if found is None else found


def _alone(side: Node) -> bool:
    """Whether a side has no names but those that it binds itself, and nothing that is searched, integrated or without end."""
    parts = list(tree.parts(side))
    bound = binds(side)
    named = any(isinstance(one, _NAMED) and one.name not in bound for one in parts)
    endless = any(isinstance(one, tree.Number) and one.text == "inf" for one in parts)
    return not (named or endless) and len(parts) <= MOST_PARTS and not any(isinstance(one, _SEARCHED) for one in parts)


def _in_digits(symbol: str, left: Node, right: Node) -> bool | None:
    with flint.ctx.workprec(BITS):
        try:
            first, second = (evaluate(side, Scope({}, {}), DIGITS) for side in (left, right))
            difference = second - first if symbol in FLIPPED else first - second
        except (Unenclosed, ShapeError, TypeError, AttributeError, ValueError, KeyError):
            return None
        if not isinstance(difference, flint.arb) or not difference.is_finite():
            return None
        if not difference.contains(0):
            return symbol != "=" and bool(difference < 0)
        same = bool(difference.rad() <= NOTHING * (abs(first) + abs(second)).mid())
        return True if same and symbol in {"=", r"\le", r"\ge"} else None
