"""Integrals and extrema of what the page itself prints: enclosed, so that nothing between samples is missed, or refused.

Where a declared function or a head says what is ranged over, there is nothing to enclose, and no answer here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import flint
import numpy as np

from hwgen.analysis import areas, boxes, strips, summits
from hwgen.analysis.tails import Beyond
from hwgen.arithmetic import vectors
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import BALLS, Ball
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rounding import EPS, lost, scalar
from hwgen.evidence import extrema
from hwgen.evidence.reduced import Evaluate, Reduced, binds, by_oracle, mentions, reduced
from hwgen.evidence.scope import Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.inequalities import endless
from hwgen.reading.spelled import said
from hwgen.reading.tree import Node

__all__ = ["known", "mentions", "ranging"]
BITS = 192
# More parts of a formula than this, over all intervals that are looked at, take longer than an author waits.
MOST_STEPS = 120_000
# A constant this near to a whole number, relatively, is taken for it: only whole powers have values at negative bases.
WHOLE = 1e-9
# What was enclosed, by all that it depends on: at another point, or in another claim, it is the same.
_SOLVED: dict[Any, Approx | ShapeError] = {}
MOST_SOLVED = 4096


class Constants(Scope):
    """A scope of balls: the constants of a reduced tree. Its steps are counted over all evaluations."""

    def __init__(self, constants: dict[str, Approx]) -> None:
        super().__init__({}, {})
        self.constants = {name: _ball(given) for name, given in constants.items()}
        self.all_steps = 0

    def value(self, name: str) -> Ball:
        if name in self.local:
            return self.local[name]
        return self.constants[name]

    def call(self, name: str, order: int, arguments: tuple[Any, ...]) -> Any:
        raise Unenclosed(f"no enclosure of {name}")

    def average(self, node: tree.Averaged, algebra: Any) -> Any:
        raise Unenclosed(f"no enclosure of {node.name}")


def _ball(given: Approx) -> Any:
    if isinstance(given.value, np.ndarray):
        return vectors.array([_ball(Approx(value=float(one), error=given.error)) for one in given.value.ravel()], given.value.shape)
    value = float(given.value)
    if math.isnan(value) or math.isnan(given.error):
        return flint.arb("nan")
    whole = value.is_integer() and given.error <= WHOLE * max(abs(value), 1.0)
    return flint.arb(value) if whole or math.isinf(value) else flint.arb(value, given.error)


def known(node: Node) -> bool:
    """Whether what the operator ranges over is printed in full."""
    return not by_oracle(node, binds(node))


def ranging(node: tree.Ranging, scope: Scope, evaluate: Evaluate) -> Approx | None:
    """The integral or extremum with a bound on its error; None where an oracle says what it is. Raises ShapeError where it is not known."""
    names = binds(node)
    if by_oracle(node, names):
        return None
    several = _nested(node)
    ends = [(evaluate(one.low, scope), evaluate(one.high, scope)) for one in several]
    inside = reduced(several[-1].body, names, scope, evaluate)
    variables = tuple(one.variable for one in several)
    told = (_told(end) for pair in ends for end in pair)
    key = (node.kind, variables, said(inside.node), *told, *map(_told, inside.constants.values()))
    if key not in _SOLVED:
        work = (
            (lambda: _ranged(node, inside, *ends[0], evaluate)) if len(several) == 1 else lambda: _over_box(several, inside, ends, evaluate)
        )
        if len(_SOLVED) >= MOST_SOLVED:
            # The oldest one goes, since dictionaries keep their order.
            _SOLVED.pop(next(iter(_SOLVED)))
        _SOLVED[key] = _at_bits(work)
    found = _SOLVED[key]
    if isinstance(found, ShapeError):
        raise ShapeError(found.message)
    return found


def _nested(node: tree.Ranging) -> list[tree.Ranging]:
    """An extremum over intervals, and those directly inside of it that are one extremum with it, over a box."""
    found = [node]
    while isinstance(inner := found[-1].body, tree.Ranging) and node.kind != "integral" and inner.kind == node.kind:
        limits = [end for one in (*found, inner) for end in (one.low, one.high)]
        if any(mentions(end, binds(node)) or endless(end) for end in limits):
            break
        found.append(inner)
    return found


def beyond(node: tree.Indexed, scope: Scope, evaluate: Evaluate) -> Beyond | None:
    """What is known of the later terms of an infinite sum over one index; None where an oracle says what they are."""
    names = binds(node)
    if by_oracle(node.body, names):
        return None
    inside = reduced(node.body, names, scope, evaluate)
    with flint.ctx.workprec(BITS):
        key = (node.indices[0], said(inside.node), *map(_told, inside.constants.values()))
        return Beyond(term=_body(node.indices[0], inside, evaluate), bits=BITS, said=key)


def _told(one: Approx) -> tuple[Any, float]:
    return (one.value.tobytes() if isinstance(one.value, np.ndarray) else one.value, one.error)


def _at_bits(work: Callable[[], Approx]) -> Approx | ShapeError:
    """The work in enough digits; what is not enclosed is a refusal."""
    try:
        with flint.ctx.workprec(BITS):
            return work()
    except Unenclosed as error:
        return ShapeError(f"not enclosed, and samples may miss what lies between them: {error}; write its value")
    except ShapeError as error:
        return ShapeError(error.message)


def _ranged(node: tree.Ranging, inside: Reduced, low: Approx, high: Approx, evaluate: Evaluate) -> Approx:
    ends = scalar(low, "an end of a range"), scalar(high, "an end of a range")
    if any(math.isnan(one) for one in (*ends, low.error, high.error)):
        return Approx(value=math.nan, error=math.nan)
    body = _body(node.variable, inside, evaluate)
    if node.kind != "integral" and extrema.periodic(inside.node, node.variable):
        ends = extrema.one_period(*ends)
    if node.kind == "integral":
        found = areas.area(body, _ball(low), _ball(high))
        middle = float(found.mid())
        return Approx(value=middle, error=float(found.rad()) + EPS * abs(middle) + lost(middle, exact=bool(found.mid() == 0)))
    sign = 1.0 if node.kind in {"sup", "max"} else -1.0
    seen = body if sign > 0 else lambda u: -body(u)
    value, error = summits.largest(seen, *ends)
    if node.kind in {"max", "min"} and math.isfinite(value) and not strips.attained(seen, *ends, value - error, summits.STRIP):
        raise ShapeError(f"a {node.kind} {extrema.NOT_ATTAINED}")
    moved = sum(_moved(body, one) for one in (low, high))
    return Approx(value=sign * value, error=error + moved + EPS * abs(value))


def _over_box(several: list[tree.Ranging], inside: Reduced, ends: list[tuple[Approx, Approx]], evaluate: Evaluate) -> Approx:
    """An extremum over several variables, each in an interval of its own."""
    body = _of_several([one.variable for one in several], inside, evaluate)
    sign = 1.0 if several[0].kind in {"sup", "max"} else -1.0
    found = []
    # With the ends as they are, and with all of them moved outwards by their errors.
    for widened in (0.0, 1.0):
        sides = [
            (scalar(low, "an end of a range") - widened * low.error, scalar(high, "an end of a range") + widened * high.error)
            for low, high in ends
        ]
        found.append(boxes.largest(body if sign > 0 else lambda u: -body(u), sides))
    (value, error), (wider, more) = found
    return Approx(value=sign * value, error=abs(wider - value) + error + more)


def _body(variable: str, inside: Reduced, evaluate: Evaluate) -> Callable[[Any], Any]:
    """What is ranged over, as a function of a ball."""
    body = _of_several([variable], inside, evaluate)
    return lambda u: body([u])


def _of_several(variables: Sequence[str], inside: Reduced, evaluate: Evaluate) -> Callable[[Sequence[Any]], Any]:
    """What is ranged over, as a function of a ball for each variable."""
    scope = Constants(inside.constants)

    def at(given: Sequence[Any]) -> Any:
        scope.local = dict(zip(variables, given, strict=True))
        try:
            found = evaluate(inside.node, scope, BALLS)
        except (TypeError, AttributeError):  # an operation that there is for one kind of ball and not for this one
            raise Unenclosed("an operation that is not enclosed") from None
        scope.all_steps += scope.steps + 1
        if scope.all_steps > MOST_STEPS:
            raise ShapeError("takes too many steps to be enclosed; write less of it below one operator, or a smaller range")
        if isinstance(found, np.ndarray):
            raise ShapeError(f"an array of shape {found.shape} below an operator; expected a number")
        return found

    return at


def _moved(body: Callable[[Any], Any], end: Approx) -> float:
    """How far the body moves as an end moves by its own error."""
    if end.error == 0 or math.isinf(end.value):
        return 0.0
    found = body(flint.arb(end.value, end.error))
    return 2 * float(found.rad()) if found.is_finite() else 0.0
