r"""Integrals of how likely something is that the variable decides, as in \int\mathbb P(D>u)\,du: constant but for where it jumps.

It jumps at the atoms of its law, which say where. Piece by piece what is left is an integral like every other.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator
from typing import Any

from hwgen.arithmetic.algebra import Algebra
from hwgen.arithmetic.batch import Uneven
from hwgen.arithmetic.rounding import EPS, scalar
from hwgen.evidence import windows
from hwgen.evidence.reduced import Evaluate, binds, mentions
from hwgen.evidence.scope import Bound, Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

# A law of more atoms, or an integral of more pieces, is refused.
MOST_ATOMS = 400
WHAT, WHERE = "an integral", "which may jump elsewhere than at single atoms of its law"


def integral(node: tree.Ranging, scope: Scope, algebra: Algebra[Any], evaluate: Evaluate) -> Any:
    """The integral piece by piece; None where no event decides. Raises ShapeError where it is not seen where one jumps."""
    events = list(windows.events(node.body, node.variable))
    if not events:
        return None
    ends = [evaluate(end, scope, algebra) for end in (node.low, node.high)]
    if any(not isinstance(end, Approx) for end in ends):
        raise Uneven
    if not all(_readable(one, event, node, scope) for one, event in events):
        windows.refuse_all(node.body, node.variable, WHAT, WHERE)
    low, high = (scalar(end, "an end of a range") for end in ends)
    places = [place for one, event in events for place in _jumps(one, event, node.variable, scope, evaluate)]
    between = sorted((one for one in places if min(low, high) < one[0] < max(low, high)), reverse=low > high)
    if math.isnan(low) or math.isnan(high) or len(between) > MOST_ATOMS:
        windows.refuse_all(node.body, node.variable, WHAT, WHERE)
    total = Approx(value=0.0, error=0.0)
    for first, last in itertools.pairwise([_end(ends[0], places), *_apart(between), _end(ends[1], places)]):
        total = algebra.operate("+", total, _piece(node, [one for one, _ in events], first, last, scope, evaluate))
    return total


def _readable(averaged: Node, event: Chain, node: tree.Ranging, scope: Scope) -> bool:
    """Whether an event has one threshold, which nothing moves but the variable, and few atoms to jump at."""
    assert isinstance(averaged, tree.Averaged)
    body = averaged.body
    varies = isinstance(body, Node) and mentions(body, frozenset({node.variable}))
    inner = binds(node.body) - {node.variable}
    if varies or mentions(event, inner) or not windows.one_threshold(event, node.variable):
        return False
    return len(scope.law(averaged.name, frozenset(tree.names(event)))[1]) <= MOST_ATOMS


def _jumps(averaged: Node, event: Chain, name: str, scope: Scope, evaluate: Evaluate) -> Iterator[tuple[float, float]]:
    """Where the sides of an event, which differ by a straight line, meet at an atom; and how far that may be off."""
    assert isinstance(averaged, tree.Averaged)
    for atom in scope.law(averaged.name, frozenset(tree.names(event)))[1]:
        heights = [_difference(event, {**atom, name: Approx(value=one, error=0.0)}, scope, evaluate) for one in (0.0, 1.0)]
        slope = heights[1].value - heights[0].value
        if slope and math.isfinite(slope):
            place = -heights[0].value / slope
            doubt = sum(one.error for one in heights) * (1 + abs(place)) + EPS * (abs(heights[0].value) + abs(heights[1].value))
            yield place, doubt / abs(slope) + EPS * abs(place)


def _difference(event: Chain, given: dict[str, Any], scope: Scope, evaluate: Evaluate) -> Approx:
    with Bound(scope, given):
        left, right = (evaluate(side, scope) for side in event.sides)
    return Approx(value=scalar(left, "an event") - scalar(right, "an event"), error=left.error + right.error)


def _end(end: Approx, places: list[tuple[float, float]]) -> Approx:
    """An end of the range, no better known than a jump that may be on either side of it."""
    beside = [doubt for place, doubt in places if abs(place - end.value) <= doubt]
    return Approx(value=end.value, error=max([end.error, *(2 * one for one in beside)]))


def _apart(places: list[tuple[float, float]]) -> list[Approx]:
    """The jumps in their order; those that may be one are one."""
    found: list[Approx] = []
    for place, doubt in places:
        if found and abs(place - found[-1].value) <= doubt + found[-1].error:
            found[-1] = Approx(value=found[-1].value, error=found[-1].error + 2 * doubt)
        else:
            found.append(Approx(value=place, error=doubt))
    return found


def _piece(node: tree.Ranging, averaged: list[Node], low: Approx, high: Approx, scope: Scope, evaluate: Evaluate) -> Approx:
    """The integral between two jumps, with the value that every event has in the middle."""
    with Bound(scope, {node.variable: Approx(value=_middle(float(low.value), float(high.value)), error=0.0)}):
        heights = {f"\2{number}": evaluate(one, scope) for number, one in enumerate(averaged)}
    names = dict(zip(map(id, averaged), heights, strict=True))
    ends = {"\2low": low, "\2high": high}
    inside = dataclasses.replace(
        node,
        low=tree.Symbol(name="\2low", span=node.low.span) if math.isfinite(low.value) else node.low,
        high=tree.Symbol(name="\2high", span=node.high.span) if math.isfinite(high.value) else node.high,
        body=_named(node.body, names),
    )
    with Bound(scope, {**heights, **ends}):
        found = evaluate(inside, scope)
    assert isinstance(found, Approx)
    return found


def _middle(low: float, high: float) -> float:
    if math.isfinite(low) and math.isfinite(high):
        return (low + high) / 2
    finite = low if math.isfinite(low) else high
    return 0.0 if not math.isfinite(finite) else finite + math.copysign(1 + abs(finite), high if finite == low else low)


def _named(part: Any, names: dict[int, str]) -> Any:
    """The tree with a symbol for each of the nodes."""
    if isinstance(part, tuple):
        return tuple(_named(one, names) for one in part)
    if not isinstance(part, Node | Chain):
        return part
    if isinstance(part, Node) and id(part) in names:
        return tree.Symbol(name=names[id(part)], span=part.span)
    inside = {one.name: _named(getattr(part, one.name), names) for one in dataclasses.fields(part) if one.name not in {"span", "symbols"}}
    return dataclasses.replace(part, **inside)
