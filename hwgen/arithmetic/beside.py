"""Spans of numbers beside an end or far out, of which the Taylor model is known too: what neither holds is no value.

Nothing here knows formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import flint

from hwgen.arithmetic import expansions, spans
from hwgen.arithmetic.expansions import Expansion, Lost
from hwgen.arithmetic.spans import ZERO, Span, span_of

Ball = Any  # flint.arb


@dataclass(frozen=True, slots=True, eq=False)
class Beside(Span):
    """All numbers from low to high that the expansion allows."""

    model: Expansion

    def __neg__(self) -> Span:
        return _known(-Span(self.low, self.high), lambda: expansions.negative(self.model))

    def __add__(self, other: Any) -> Span:
        return _known(Span.__add__(self, other), lambda: expansions.added(self.model, self._of(other)))

    def __sub__(self, other: Any) -> Span:
        return _known(
            Span.__add__(self, Span(-span_of(other).high, -span_of(other).low)),
            lambda: expansions.added(self.model, expansions.negative(self._of(other))),
        )

    def __mul__(self, other: Any) -> Span:
        return _known(Span.__mul__(self, other), lambda: expansions.multiplied(self.model, self._of(other)))

    def __truediv__(self, other: Any) -> Span:
        return _known(Span.__truediv__(self, other), lambda: expansions.multiplied(self.model, expansions.inverse(self._of(other))))

    def __rtruediv__(self, other: Any) -> Span:
        plain = Span.__truediv__(span_of(other), Span(self.low, self.high))
        return _known(plain, lambda: expansions.multiplied(self._of(other), expansions.inverse(self.model)))

    def _of(self, other: Any) -> Expansion:
        """Another operand as an expansion. Raises Lost for a span without one."""
        if isinstance(other, Span):
            if not isinstance(other, Beside):
                raise Lost
            return other.model
        return expansions.constant(other, self.model.v)


def far(sign: int, near: Ball, farther: Ball) -> Beside:
    """The numbers of that sign between two distances from zero, both large."""
    v = Span((1 / farther).lower(), (1 / near).upper())
    ends = (near.lower(), farther.upper()) if sign > 0 else (-farther.upper(), -near.lower())
    return Beside(*ends, expansions.affine(ZERO, flint.arb(sign), -1, v))


def near(end: Ball, sign: int, distance: Ball, farther: Ball) -> Beside:
    """The numbers on one side of an end between two distances from it."""
    v = Span(distance.lower(), farther.upper())
    ends = [(end + sign * one) for one in ((distance, farther) if sign > 0 else (farther, distance))]
    return Beside(ends[0].lower(), ends[1].upper(), expansions.affine(end, flint.arb(sign), 1, v))


def function(name: str, x: Span, of_ball: Callable[[Ball], Ball]) -> Span:
    """A function of a span, by its expansion too."""
    plain = spans.function(name, x, of_ball)
    if not isinstance(x, Beside):
        return plain
    if name == "absolute":
        return x if x.low >= 0 else -x if x.high <= 0 else plain
    return _known(plain, lambda: expansions.function(name, x.model))


def power(x: Any, y: Any, raised: Callable[[Ball, Ball], Ball]) -> Span:
    """x to the y, by expansions too where one of them is a number."""
    plain = spans.power(x, y, raised)
    if isinstance(x, Beside) and not isinstance(y, Span):
        return _known(plain, lambda: expansions.to_the(x.model, y))
    if isinstance(y, Beside) and not isinstance(x, Span) and x > 0:
        return _known(plain, lambda: expansions.exponential(expansions.multiplied(y.model, expansions.constant(x.log(), y.model.v))))
    return plain


def _known(plain: Span, work: Callable[[], Expansion]) -> Span:
    """What both the plain span and the expansion allow."""
    try:
        model = work()
        bounds = model.range()
    except Lost:
        return Span(plain.low, plain.high)
    if bounds.low.is_nan() or bounds.high.is_nan():
        return Span(plain.low, plain.high)
    if plain.low.is_nan() or plain.high.is_nan():
        return Beside(bounds.low, bounds.high, model)
    return Beside(plain.low.max(bounds.low), plain.high.min(bounds.high), model)
