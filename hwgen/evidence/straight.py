"""What a page prints around a declared function, looked at as if the function were straight between its samples.

A printed function of a declared one's value may be narrow in that value; what the declared one does between samples is not seen.
"""

from __future__ import annotations

import bisect
import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flint

from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rounding import scalar
from hwgen.arithmetic.slopes import Slope
from hwgen.evidence.certain import Constants
from hwgen.evidence.reduced import Evaluate, binds, mentions, reduced
from hwgen.evidence.scope import Bound, Scope
from hwgen.evidence.shapes import below, gentle
from hwgen.model import Approx
from hwgen.model.errors import ContentError
from hwgen.reading import tree
from hwgen.reading.tree import Node

# Where a function has no value at an end, its sample is this part of a cell inside of it.
BESIDE = 1e-6


def parts_around(node: Node, variable: str) -> Iterator[Node]:
    """The largest parts that are more than sums, products and moduli, and that no look at what is printed alone sees."""
    name = frozenset({variable})
    if not mentions(node, name) or isinstance(node, tree.Averaged):
        return
    if not gentle(node, name):
        if not any(isinstance(one, tree.Averaged) and mentions(one, name) for one in tree.parts(node)):
            yield node
        return
    found = [part for one in below(node) for part in parts_around(one, variable)]
    if isinstance(node, tree.Ranging | tree.Ball | tree.Limit):  # their own samples see what varies with their own variable
        yield from (part for part in found if not mentions(part, binds(node)))
    elif isinstance(node, tree.Indexed | tree.Chosen) and any(mentions(part, binds(node)) for part in found):
        yield node
    else:
        yield from found


@dataclass(frozen=True, kw_only=True)
class Around:
    """A part of a body, and its values where every declared function in it is straight between the samples at some places."""

    part: Node
    variable: str
    places: Sequence[float]
    scope: Scope
    evaluate: Evaluate

    def straight(self) -> Callable[[Any], Any]:
        """The part, as a function of a ball."""
        calls: dict[str, Node] = {}

        def named(node: Node) -> str:
            if not isinstance(node, tree.Apply) or not mentions(node, names):
                return ""
            calls[name := f"\1{len(calls)}"] = node
            return name

        names = binds(self.part) | {self.variable}
        inside = reduced(self.part, names, self.scope, self.evaluate, named)
        # Without their errors: only how the part varies is asked, and a difference of equal things is nothing.
        exact = {name: Approx(value=one.value, error=0.0) for name, one in inside.constants.items()}
        scope = _Straight(exact, calls, self)

        def at(u: Any) -> Any:
            scope.local = {self.variable: u}
            return self.evaluate(inside.node, scope, BALLS)

        return at

    def real(self, place: float) -> float:
        """The part itself at a place; NaN where it has no value."""
        return self.asked(self.part, {self.variable: place})

    def asked(self, node: Node, given: Mapping[str, float]) -> float:
        """What the claim's own scope says of a node where these names have these values."""
        with Bound(self.scope, {name: Approx(value=one, error=0.0) for name, one in given.items()}):
            try:
                return scalar(self.evaluate(node, self.scope), "a declared function")
            except (ContentError, ValueError, ArithmeticError):  # an oracle outside of where it is defined
                return math.nan


class _Straight(Constants):
    """A scope of balls where the declared functions, each under a name of its own, are straight between their samples."""

    def __init__(self, constants: dict[str, Approx], calls: Mapping[str, Node], around: Around) -> None:
        super().__init__(constants)
        self.calls, self.around = calls, around
        self.samples: dict[Any, list[float]] = {}

    def value(self, name: str) -> Any:
        if name not in self.calls:
            return super().value(name)
        others = {one: _exactly(ball) for one, ball in self.local.items() if one != self.around.variable}
        key = name, *others.items()
        if key not in self.samples:
            self.samples[key] = self._sampled(self.calls[name], others)
        return _between(self.around.places, self.samples[key], self.local[self.around.variable])

    def _sampled(self, call: Node, others: Mapping[str, float]) -> list[float]:
        places = self.around.places
        values = [self.around.asked(call, {**others, self.around.variable: place}) for place in places]
        for end, inwards in ((0, 1), (-1, -2)):
            if math.isnan(values[end]):
                place = places[end] + BESIDE * (places[inwards] - places[end])
                values[end] = self.around.asked(call, {**others, self.around.variable: place})
        return values


def _exactly(ball: Any) -> float:
    if not isinstance(ball, flint.arb) or not ball.is_exact():
        raise Unenclosed("a declared function of what another operator ranges over")
    return float(ball)


def _between(places: Sequence[float], values: Sequence[float], u: Any) -> Any:
    """What is straight between samples: within a cell by its rate, over several cells between the least and the largest."""
    ball = u.value if isinstance(u, Slope) else u
    first = max(bisect.bisect_right(places, float(ball.lower())) - 1, 0)
    last = min(max(bisect.bisect_left(places, float(ball.upper())), first + 1), len(places) - 1)
    first = min(first, last - 1)
    rates = [(flint.arb(values[k + 1]) - values[k]) / (flint.arb(places[k + 1]) - places[k]) for k in range(first, last)]
    rate = functools.reduce(flint.arb.union, rates)
    if len(rates) <= 2:  # from the sample between two cells, which rounding alone may make of one
        pivot = last - 1 if len(rates) == 2 else first
        return (u - flint.arb(places[pivot])) * rate + flint.arb(values[pivot])
    held = functools.reduce(flint.arb.union, map(flint.arb, values[first : last + 1]))
    return Slope(held, rate) if isinstance(u, Slope) else held
