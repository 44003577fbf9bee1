"""What samples cannot show: whether a part of a formula that is printed in full does between them what it does at them.

Where a declared function or a law is sampled, the parts beside it are enclosed between neighbouring samples, and refused where
they leave what these show. Nothing here samples a declared function.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flint

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rounding import scalar
from hwgen.arithmetic.slopes import Slope
from hwgen.evidence.certain import BITS, Constants
from hwgen.evidence.nearing import Body, seen_to
from hwgen.evidence.reduced import Evaluate, Reduced, binds, by_oracle, mentions, reduced
from hwgen.evidence.scope import Bound, Scope
from hwgen.evidence.shapes import varying_parts
from hwgen.evidence.straight import Around, parts_around
from hwgen.reading import tree
from hwgen.reading.spelled import said
from hwgen.reading.tree import Node

# An interval is looked at in so many cells, each in so many pieces, which are halved so often.
CELLS, PIECES, HALVINGS = 64, 4, 4
# How far beyond its neighbouring samples a part may go, as a part of all that the samples show.
FURTHER = 0.25
# So many times in one place, for an operator that stands below another one.
MOST_LOOKS = 32
# Fewer atoms than this are a law of its own, no rule that stands for a density; so are whole numbers.
FEWEST_ATOMS = 8
# So many of a law's atoms say how large a part is.
ATOMS = 64


def between_samples(node: tree.Ranging, scope: Scope, evaluate: Evaluate) -> None:
    """Raises ShapeError where a printed part of the body varies faster than samples over its range show."""
    averaged = frozenset(name for one in tree.parts(node.body) if isinstance(one, tree.Averaged) for name in scope.averaged(one.name))
    averaged -= {*scope.local, node.variable}
    _refuse_mixed(node, averaged)
    parts = _parts(node.body, node.variable, averaged)
    around = [one for one in parts_around(node.body, node.variable) if _holds_more(one, node)]
    if not (parts or around) or scope.looks > MOST_LOOKS:
        return
    scope.looks += 1
    low, high = (scalar(evaluate(one, scope), "an end of a range") for one in (node.low, node.high))
    if not low < high:
        return
    places = _cells(low, high)
    for part in parts:
        _look(part, node.variable, places, scope, evaluate, ranged=node)
    for part in around:
        _look_around(Around(part=part, variable=node.variable, places=places, scope=scope, evaluate=evaluate), node)


def _holds_more(part: Node, node: tree.Ranging) -> bool:
    """Whether a part is more than what the page prints of the variable alone."""
    names = binds(node.body) | {node.variable}
    return by_oracle(part, names) or isinstance(part, tree.Indexed | tree.Chosen) or mentions(part, binds(node.body) - binds(part))


def _refuse_mixed(node: tree.Ranging, averaged: frozenset[str]) -> None:
    """Raises ShapeError for a printed part that varies with the variable and with what a head below the operator averages over."""
    for part in varying_parts(node.body, binds(node.body) | {node.variable} | averaged):
        if mentions(part, averaged) and mentions(part, frozenset({node.variable})):
            error = ShapeError(f"varies with {node.variable} and with what is averaged, where no samples show it; write its value")
            error.span = part.span
            raise error


def between_atoms(node: tree.Averaged, symbols: Sequence[str], scope: Scope, evaluate: Evaluate) -> None:
    """Raises ShapeError where a printed part of the body varies faster than the atoms of the law show."""
    if not isinstance(node.body, Node) or scope.looks > MOST_LOOKS:
        return
    varying = {name: parts for name in symbols if (parts := _parts(node.body, name))}
    if not varying:
        return
    scope.looks += 1
    _, atoms = scope.law(node.name, frozenset(symbols))
    for name, parts in varying.items():
        places = sorted({float(atom[name].value) for atom in atoms if isinstance(atom[name].value, float)})
        if len(places) < FEWEST_ATOMS or all(one.is_integer() for one in places):
            continue
        some = atoms[:: max(len(atoms) // ATOMS, 1)]
        others = [{other: value for other, value in atoms[k * (len(atoms) - 1) // 4].items() if other != name} for k in range(5)]
        for part in parts:
            _look(part, name, places, scope, evaluate, others if others[0] else [{}], some)


def _parts(body: Node, variable: str, averaged: frozenset[str] = frozenset()) -> list[Node]:
    """The printed parts that vary with this name and with no other one that is bound around them."""
    names = binds(body) | {variable} | averaged
    found = varying_parts(body, names)
    return [one for one in found if mentions(one, frozenset({variable})) and not mentions(one, names - binds(one) - {variable})]


def _cells(low: float, high: float) -> list[float]:
    """The places between which a range is looked at; far ends in steps that double."""
    if math.isfinite(low) and math.isfinite(high):
        return [low + (high - low) * k / CELLS for k in range(CELLS + 1)]
    steps = [*(k / 16 for k in range(16)), *(2.0**power * (8 + part) / 8 for power in range(24) for part in range(8))]
    if math.isfinite(low):
        return [low + one for one in steps]
    if math.isfinite(high):
        return [high - one for one in reversed(steps)]
    return [*(-one for one in reversed(steps[1:])), *steps]


def _largest(part: Node, atoms: Sequence[Mapping[str, Any]], scope: Scope, evaluate: Evaluate) -> float:
    """The largest modulus of the part at these atoms."""
    found = []
    for atom in atoms:
        with Bound(scope, atom):
            found.append(abs(float(evaluate(part, scope).value)))
    return max((one for one in found if math.isfinite(one)), default=0.0)


def _look(
    part: Node,
    variable: str,
    places: Sequence[float],
    scope: Scope,
    evaluate: Evaluate,
    others: Sequence[Mapping[str, Any]] = ({},),
    sizes: Sequence[Mapping[str, Any]] = (),
    ranged: tree.Ranging | None = None,
) -> None:
    """Look at a part with what else varies held at each of `others` in turn; of how large it is at the atoms `sizes` it may go beyond."""
    insides = []
    for other in others:
        with Bound(scope, other):
            insides.append(reduced(part, binds(part) | {variable}, scope, evaluate))
    key = ("unseen", said(insides[0].node), len(places), places[0], places[-1], *(one for inside in insides for one in _numbers(inside)))
    if key not in scope.solved:
        size = _largest(part, sizes, scope, evaluate)
        with flint.ctx.workprec(BITS):
            scope.solved[key] = _shown([_body(inside, variable, evaluate) for inside in insides], places, size, ranged=ranged)
    if not scope.solved[key]:
        raise _unseen(part, variable)


def _look_around(around: Around, node: tree.Ranging) -> None:
    """Look at a part that holds a declared function, which is straight between its samples; what it bends there, halfway, is allowed."""
    middles = [(one + other) / 2 for one, other in itertools.pairwise(around.places)]
    try:
        with flint.ctx.workprec(BITS):
            at = around.straight()
            bent = [abs(around.real(one) - float(at(flint.arb(one)).mid())) for one in middles if math.isfinite(one)]
            shown = _shown([at], around.places, 0.0, max((one for one in bent if math.isfinite(one)), default=0.0), node)
    except (Unenclosed, TypeError, AttributeError):
        return  # what another operator ranges over in it is sampled there
    if not shown:
        raise _unseen(around.part, around.variable)


def _unseen(part: Node, variable: str) -> ShapeError:
    error = ShapeError(f"varies with {variable} faster than samples of what stands beside it show; write its value")
    error.span = part.span
    return error


def _numbers(inside: Reduced) -> list[Any]:
    return [one.value.tobytes() if hasattr(one.value, "tobytes") else one.value for one in inside.constants.values()]


def _shown(bodies: Sequence[Body], places: Sequence[float], size: float, bent: float = 0.0, ranged: tree.Ranging | None = None) -> bool:
    """Whether the part stays between its neighbouring values, or near to them beside all that the samples show."""
    try:
        values = [[float(at(flint.arb(one)).mid()) for one in places] for at in bodies]
        shown = [one for row in values for one in row if math.isfinite(one)]
        if not (shown or size or ranged):
            return True  # it has no value at any atom: what it stands in has none
        # By what the samples show over the whole range: a part that is small beside the others may do more in a cell.
        allowed = FURTHER * max(size, max(shown) - min(shown)) + 1e-9 * max(map(abs, shown)) + 2 * bent if shown else 0.0
        return all(
            _all_stay(at, Samples(places, row, allowed, ranged), range(len(places) - 1)) for at, row in zip(bodies, values, strict=True)
        )
    except (Unenclosed, TypeError, AttributeError):
        return False


def _body(inside: Reduced, variable: str, evaluate: Evaluate) -> Body:
    scope = Constants(inside.constants)

    def at(u: Any) -> Any:
        scope.local = {variable: u}
        return evaluate(inside.node, scope, BALLS)

    return at


@dataclass(frozen=True)
class Samples:
    """What a part is at some places, how far beyond it may go between them, and the operator that ranges over them."""

    places: Sequence[float]
    values: Sequence[float]
    allowed: float
    ranged: tree.Ranging | None

    def between(self, cell: int) -> tuple[float, float] | None:
        """What the part may reach in a cell, by the samples at its ends and beside these; None where none of them has a value."""
        near = [one for one in self.values[max(cell - 1, 0) : cell + 3] if math.isfinite(one)]
        return (min(near) - self.allowed, max(near) + self.allowed) if near else None


def _all_stay(at: Body, samples: Samples, cells: range) -> bool:
    """Whether the part stays near its values in each of the cells: in all of them at once if one enclosure says so, or in either half."""
    if _fits(at, samples.places[cells[0]], samples.places[cells[-1] + 1], [samples.between(cell) for cell in cells]):
        return True
    if len(cells) == 1:
        return _stays(at, samples, cells[0])
    middle = len(cells) // 2
    return all(_all_stay(at, samples, some) for some in (cells[:middle], cells[middle:]))


def _fits(at: Body, first: float, last: float, between: Sequence[tuple[float, float] | None]) -> bool:
    """Whether the enclosure of the part on this interval lies between all of these."""
    known = [one for one in between if one is not None]
    if len(known) < len(between):
        return False
    try:
        found = _enclosed(at, first, last)
    except (Unenclosed, TypeError, AttributeError):  # on a smaller interval it may have one
        return False
    return bool(found.is_finite()) and all(low <= float(found.lower()) and float(found.upper()) <= high for low, high in known)


def _stays(at: Body, samples: Samples, cell: int) -> bool:
    places, between = samples.places, samples.between(cell)
    ends = [end for end, outermost in ((cell, 0), (cell + 1, len(places) - 1)) if end == outermost]
    if between is None:
        return bool(ends)
    cuts = [places[cell] + (places[cell + 1] - places[cell]) * k / PIECES for k in range(PIECES + 1)]
    for first, last in itertools.pairwise(cuts):
        # A part may be unbounded at an end, where samples are densest.
        beside = next((end for end in ends if places[end] in {first, last}), None)
        if beside is not None and not _enclosed(at, first, last).is_finite():
            inwards = last - first if beside == cell else first - last
            if samples.ranged is not None and not seen_to(at, places[beside], inwards, between, samples.ranged.kind == "integral"):
                return False
        elif not _inside(at, first, last, between, HALVINGS):
            return False
    return True


def _inside(at: Body, first: float, last: float, between: tuple[float, float], halvings: int) -> bool:
    """Whether the part stays between these on an interval, by one enclosure or by those of its parts."""
    found = _enclosed(at, first, last)
    if found.is_finite() and float(found.lower()) >= between[0] and float(found.upper()) <= between[1]:
        return True
    middle = (first + last) / 2
    return halvings > 0 and all(_inside(at, *some, between, halvings - 1) for some in ((first, middle), (middle, last)))


def _enclosed(at: Body, low: float, high: float) -> Any:
    """The values on an interval, from the middle by the slope where there is one."""
    part, middle = flint.arb.union(flint.arb(low), flint.arb(high)), flint.arb((low + high) / 2)
    plain = at(part)
    try:
        sloped = at(Slope(part, flint.arb(1)))
    except (Unenclosed, TypeError):
        return plain
    if not isinstance(sloped, Slope) or not sloped.slope.is_finite():
        return plain
    by_slope = at(middle) + sloped.slope * (part - middle)
    return by_slope if not plain.is_finite() or by_slope.rad() < plain.rad() else plain
