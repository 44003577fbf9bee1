"""Sides that floating point cannot tell apart, in many more digits: what differs there by more than its symbols' errors is not equal.

A relation that floats support is never refuted here; it is left undecided, and said to be.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import flint
import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.digits import DIGITS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rationals import LARGEST_DENOMINATOR, Rationals
from hwgen.arithmetic.rounding import EPS, size
from hwgen.evidence import exact
from hwgen.evidence.cases import FLIPPED, Look, undecided
from hwgen.evidence.evaluation import evaluate
from hwgen.evidence.leaves import OWN, Leaves
from hwgen.evidence.reduced import binds, mentions
from hwgen.evidence.scope import Scope
from hwgen.evidence.table import Table
from hwgen.model import Evidence, Variable
from hwgen.reading import Chain, tree
from hwgen.reading.tree import Node

BITS = 4096
# At so many points; a formula of more parts than this, or over a range, is not looked at.
POINTS, MOST_PARTS = 3, 400
# How many times what a symbol's error moves the sides explains their difference.
EXPLAINED = 8.0
# A term below this part of a sum is not seen in it.
HIDDEN = EPS / 4
# A number of no more digits above and below its line is a simple one: of so many a random number meets none to rounding.
MOST_DIGITS = 10
# What says how far something runs is decided in its own way too.
_COUNTED = frozenset({"span", "lows", "highs", "indices", "conditions", "power"})
_RANGES = (tree.Ranging, tree.Ball, tree.Limit)


def apart(chain: Chain, look: Look, table: Table) -> Evidence | None:
    """The first relation whose sides differ although floating point takes them for equal; None if there is none."""
    for side in _seen_in_floats(chain, look, table):
        for part in valued(side):
            simple = _hides(part)
            if simple or _drowned(part, side, look):
                shown = " ".join(chain.text[part.span[0] : part.span[1]].split())
                what = "is a simple number" if simple else "is one of its terms"
                return undecided(f"{shown} {what} but for what rounding hides; expected that alone, or what can be seen", look)
    for index, relation in enumerate(chain.relations):
        sides = chain.sides[index : index + 2]
        if not all(_short(side) for side in sides):
            continue
        for number in _ties(index, look, table):
            found = _unexplained(relation.symbol, sides, look.scopes[number])
            if found is not None:
                said = (
                    f"{chain.side_text(index)} and {chain.side_text(index + 1)} differ by {found}, which rounding hides from floating point"
                )
                return undecided(f"{said}; expected what is exactly so, or both sides apart", look)
    return None


def _seen_in_floats(chain: Chain, look: Look, table: Table) -> Iterator[Node]:
    """The sides of which floats decide: all but those of equations between what is printed in full, which many digits decide below."""
    in_digits = [index for index in range(len(chain.relations)) if _in_digits(index, chain, look, table)]
    for index, side in enumerate(chain.sides):
        relations = [one for one in (index - 1, index) if 0 <= one < len(chain.relations)]
        if not all(one in in_digits for one in relations):
            yield side


def _in_digits(index: int, chain: Chain, look: Look, table: Table) -> bool:
    sides = chain.sides[index : index + 2]
    names = {name for side in sides for name in _said_elsewhere(side)}
    if chain.relations[index].symbol != "=" or not all(map(_short, sides)) or names - look.scopes[0].bindings.keys():
        return False
    if not all(isinstance(look.scopes[0].bindings[name], Variable) for name in names):
        return False
    ties = list(_ties(index, look, table))
    with flint.ctx.workprec(BITS):
        return len(ties) == min(POINTS, len(look.points)) and all(_difference(sides, look.scopes[one], "", {}) is not None for one in ties)


def _said_elsewhere(side: Node) -> Iterator[str]:
    """The names in a side that it does not bind itself."""
    bound = binds(side)
    named = (one.name for one in tree.parts(side) if isinstance(one, tree.Symbol | tree.Index | tree.Apply | tree.Averaged))
    return (name for name in named if name not in bound)


def valueless(side: Node, scope: Scope) -> bool:
    """Whether a side has no value at a point, in many digits either, as a difference of what overflows has; False where that is unknown."""
    with flint.ctx.workprec(BITS):
        try:
            found = evaluate(side, Leaves(scope), DIGITS)
        except (Unenclosed, ShapeError, TypeError, AttributeError, ValueError, KeyError):
            return False
        return any(isinstance(one, flint.arb) and one.is_nan() for one in np.ravel(found))


def valued(node: Node) -> Iterator[Node]:
    """The parts of a side on whose values its own depends: not those of conditions and jumps, which are decided in their own way."""
    yield node
    if isinstance(node, tree.Elementary) and node.name in {*exact.JUMPS, *exact.COUNTS, "rank"}:
        return
    waiting: list[object] = [getattr(node, name) for name in type(node).__dataclass_fields__ if name not in _COUNTED]
    for one in waiting:
        if isinstance(one, tuple):
            waiting += one
        elif isinstance(one, Node) and not isinstance(one, tree.Condition):
            yield from valued(one)


def _drowned(part: Node, side: Node, look: Look) -> bool:
    """Whether a term of a sum is at every point less than the sum's rounding, and not nothing."""
    if not isinstance(part, tree.Operation) or part.symbol not in "+-":
        return False
    averaged = (name for one in tree.parts(side) if isinstance(one, tree.Averaged) for name in look.scopes[0].averaged(one.name))
    if mentions(part, binds(side).union(averaged)):
        return False
    for scope in look.scopes:
        small, large = sorted(size(evaluate(one, scope).value) for one in (part.left, part.right))
        if not 0 < small < HIDDEN * large:
            return False
    return True


def _hides(part: Node) -> bool:
    """Whether a number, printed without symbols, is next to one with few digits, and is another one."""
    if any(not isinstance(one, tree.Number | tree.Operation | tree.Negative | tree.Elementary) for one in tree.parts(part)):
        return False
    with flint.ctx.workprec(BITS):
        try:
            found = evaluate(part, Scope({}, {}), BALLS)
        except (Unenclosed, ShapeError, TypeError, AttributeError, ValueError):
            return False
        if not isinstance(found, flint.arb) or not found.is_finite() or not math.isfinite(float(found.mid())):
            return False
        number = float(found.mid())
        short = Rationals().short(number)
        difference = found - flint.arb(short.numerator) / flint.arb(short.denominator)
        near = abs(float(difference.mid())) <= OWN * abs(number)
        return near and not difference.contains(0) and _simple(short)


def _simple(number: Fraction) -> bool:
    """Whether a number has so few digits, but for zeros behind them, that another one lies by chance as near to it as rounding goes."""
    above = str(abs(number.numerator)).rstrip("0") or "0"
    return number.denominator <= LARGEST_DENOMINATOR and len(above) + len(str(number.denominator)) <= MOST_DIGITS


def _short(side: Node) -> bool:
    parts = list(tree.parts(side))
    ranges = any(isinstance(one, _RANGES) for one in parts)
    return len(parts) <= MOST_PARTS and not ranges


def _ties(index: int, look: Look, table: Table) -> Iterator[int]:
    """The first points at which the sides are equal to rounding."""
    count = 0
    for number, case in enumerate(table.relation(index, range(len(look.points)))):
        if abs(case.deviation) <= case.tolerance and not np.ndim(case.left):
            yield number
            count += 1
        if count == POINTS:
            return


def _unexplained(symbol: str, sides: tuple[Node, ...], scope: Scope) -> str | None:
    """By how much the sides break the relation, where the errors of their symbols do not account for it."""
    with flint.ctx.workprec(BITS):
        seen: dict[str, float] = {}
        difference = _difference(sides, scope, "", seen)
        if difference is None or not _broken(symbol, difference):
            return None
        moved = flint.arb(0)
        for name in [*seen]:
            other = _difference(sides, scope, name, {})
            if other is None:
                return None
            moved += abs(other - difference)
        found: str = abs(difference).str(1, radius=False)
        return found if abs(difference) > EXPLAINED * moved else None


def _difference(sides: tuple[Node, ...], scope: Scope, moved: str, seen: Mapping[str, float]) -> Any:
    leaves = Leaves(scope, moved)
    try:
        left, right = (evaluate(side, leaves, DIGITS) for side in sides)
        found = left - right
    except (Unenclosed, ShapeError, TypeError, AttributeError, ValueError, KeyError):
        return None
    if isinstance(seen, dict):
        seen.update(leaves.seen)
    return found if isinstance(found, flint.arb) and found.is_finite() else None


def _broken(symbol: str, difference: Any) -> bool:
    if symbol == "=":
        return not difference.contains(0)
    over = -difference if symbol in FLIPPED else difference
    return bool(over > 0)
