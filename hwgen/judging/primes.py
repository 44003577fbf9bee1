"""Whether what a claim binds to a prime is the derivative of what it binds to the function: a page that prints f' means that.

Difference quotients are compared where the formula asks for the derivative. Nothing here judges a relation.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.judging.independence import where
from hwgen.judging.look import Parted
from hwgen.model import Approx, Bindings, Claim, Function, Point
from hwgen.reading import Chain

# At so many points of the domain, and of so many arguments at each.
_POINTS, _ARGUMENTS = 4, 25
# Steps of the difference quotients, and how far from them a derivative may be, of both; with none of them there is no derivative.
_STEPS, _NEAR = (1e-3, 1e-4, 1e-5), 1e-3
# Fewer arguments than this tell nothing.
_FEW = 3


class _Noting(Scope):
    """A scope that notes at which numbers the formula asks for which derivative."""

    def __init__(self, bindings: Bindings, point: Point) -> None:
        super().__init__(bindings, point)
        self.noted: dict[tuple[str, int], set[float]] = {}

    def call(self, name: str, order: int, arguments: tuple[Approx, ...]) -> Approx:
        """What the function says, noted."""
        if order and len(arguments) == 1 and np.ndim(arguments[0].value) == 0:
            self.noted.setdefault((name, order), set()).add(float(arguments[0].value))
        return super().call(name, order, arguments)


def mistaken(claim: Claim, chain: Chain, parted: Parted) -> str:
    """What is said of a prime that stands for no derivative; empty if each does, as far as it can be told."""
    primed = [name for name in chain.symbols if isinstance(one := parted.bindings.get(name), Function) and one.derivatives]
    told: dict[tuple[str, int], list[str]] = {}
    for scope in parted.look.scopes[:_POINTS] if primed else ():
        for (name, order), arguments in _asked(chain, scope).items():
            beside = Scope(scope.bindings, scope.point)
            told.setdefault((name, order), []).extend(_apart(beside, name, order, one) for one in sorted(arguments)[:_ARGUMENTS])
    for (name, order), found in told.items():
        wrong = [one for one in found if one]
        if len(wrong) >= _FEW and 2 * len(wrong) > len(found):
            binding = parted.bindings[name]
            assert isinstance(binding, Function)
            symbol = name + "'" * order
            said = f"{symbol}, at {where(binding.derivatives[order - 1])}, is not the derivative of {symbol[:-1]}"
            return f"{claim.name}: {said}: {wrong[0]}; expected the derivative, which is what a prime says"
    return ""


def _asked(chain: Chain, scope: Scope) -> dict[tuple[str, int], set[float]]:
    """Where a formula asks for derivatives at one point of the domain."""
    noting = _Noting(scope.bindings, scope.point)
    try:
        with np.errstate(all="ignore"):
            for side in chain.sides:
                evaluate(side, noting)
    except Exception:  # that a side has no value is told elsewhere
        return {}
    return noting.noted


def _apart(scope: Scope, name: str, order: int, at: float) -> str:
    """What a prime says at a number, where no difference quotient is near it; empty where one is, or none has a value."""

    def said(which: int, there: float) -> Approx:
        return scope.call(name, which, (Approx(value=there, error=0.0),))

    try:
        here = float(said(order, at).value)
        quotients = list(_quotients(said, order - 1, at))
    except Exception:  # beside the argument it may not be defined
        return ""
    if not math.isfinite(here) or not quotients:
        return ""
    if any(abs(one - here) <= _NEAR * (abs(one) + abs(here)) + noise for one, noise in quotients):
        return ""
    return f"at {at:g} it says {here:.6g}, and a difference quotient is {quotients[1][0]:.6g}"


def _quotients(said: Any, order: int, at: float) -> Iterator[tuple[float, float]]:
    """Central difference quotients, each with what the errors of its values leave open of it. Nothing where one has no value."""
    for step in _STEPS:
        size = step * (1 + abs(at))
        ends = [said(order, at + size), said(order, at - size)]
        values = [float(one.value) for one in ends]
        if not all(map(math.isfinite, values)):
            return
        noise = sum(float(one.error) for one in ends) + 1e-14 * sum(map(abs, values))
        yield (values[0] - values[1]) / (2 * size), noise / size + 1e-9
