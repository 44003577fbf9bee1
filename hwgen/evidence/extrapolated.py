"""The limit of a declared function, extrapolated from what it is beside a place, or at numbers that double.

What the function does nearer, or farther out, than that is not seen. Nothing printed around it is looked at here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from hwgen.analysis.settling import NOT_SETTLED, falls, shanks, sides_agree
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS, scalar
from hwgen.evidence import exact
from hwgen.evidence.reduced import Evaluate
from hwgen.evidence.scope import Bound, Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.inequalities import endless
from hwgen.reading.tree import Node

# Places are 2^-k away for these k; far out they are 2^k, where whole numbers may take an oracle long.
NEAR, WHOLE_OUT, REAL_OUT = range(4, 27), range(2, 12), range(4, 31)
# A limit is known to this part of what the values ran through, at least.
COARSEST = 1e-4
# A printed argument must come this much nearer to its limit on the way.
NEARER = 0.02


def declared(node: tree.Limit, part: tree.Apply, moving: Sequence[tuple[Node, float]], scope: Scope, evaluate: Evaluate) -> Approx:
    """The limit of a declared function as it is applied; `moving`: its printed arguments with their limits."""

    def at(place: float) -> Approx:
        with Bound(scope, {node.variable: Approx(value=place, error=0.0)}):
            given = (exact.counted(one, evaluate(one, scope), scope) for one in part.arguments)
            found = scope.call(part.name, part.order, tuple(given))
        return Approx(value=scalar(found, f"a limit of {part.name}"), error=found.error)

    def argument_at(one: Node, place: float) -> float:
        with Bound(scope, {node.variable: Approx(value=place, error=0.0)}):
            return scalar(evaluate(one, scope), "an argument")

    on_the_way = list(ways(node, scope, evaluate))
    for one, end in moving:
        for places in on_the_way:
            first, last = (abs(argument_at(one, place) - end) for place in (places[0], places[-1]))
            if not last <= NEARER * first:
                error = ShapeError(
                    f"is still far from its limit where {part.name} is looked at; declare it as one function of {node.variable}"
                )
                error.span = one.span
                raise error
    return sides_agree([_extrapolated([at(place) for place in places]) for places in on_the_way])


def ways(node: tree.Limit, scope: Scope, evaluate: Evaluate) -> list[list[float]]:
    """The places on each way to where the variable tends."""
    if endless(node.to):
        sign = -1.0 if isinstance(node.to, tree.Negative) else 1.0
        # Odd numbers too: a sign that alternates is no limit.
        return [[sign * (2.0**k + odd) for k in (WHOLE_OUT if node.whole else REAL_OUT)] for odd in (0.0, 1.0)]
    end = scalar(evaluate(node.to, scope), "where a limit tends")
    signs = {"+": (1.0,), "-": (-1.0,), "": (1.0, -1.0)}[node.side]
    return [[end + sign * 2.0**-k for k in NEAR] for sign in signs]


def _extrapolated(found: Sequence[Approx]) -> Approx:
    values = [one.value for one in found]
    if not all(math.isfinite(one) for one in values):
        raise ShapeError(NOT_SETTLED)
    inherited = max(one.error for one in found)
    if not falls(values, 4 * inherited):
        raise ShapeError(NOT_SETTLED)
    value, error = shanks(values)
    if not error <= COARSEST * max(abs(value), max(values) - min(values)):
        raise ShapeError(NOT_SETTLED)
    return Approx(value=value, error=error + 10 * inherited + EPS * abs(value))
