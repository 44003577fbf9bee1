"""Whether two formulas are the same in other words: their sides at points, and at values that are moved from them.

Nothing here decides what becomes of a wrong version.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwgen.arithmetic.batch import Batch
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.evidence.sampling import seed_of
from hwgen.evidence.scope import takes
from hwgen.judging.conditions import Condition
from hwgen.model import Approx, Bindings, Point, Value, Variable
from hwgen.model.errors import ContentError
from hwgen.reading import Chain

# Kronecker's delta and the identity: not moved where it is asked whether a square changes anything.
OWN_SQUARE = re.compile(r"I(_.+)?|\\delta_.+")


def finite(side: Batch) -> Any:
    """At which points of a batch a side has a finite value."""
    return np.isfinite(side.value).all(axis=tuple(range(1, side.value.ndim)))


def same_values(left: Batch, right: Batch) -> Any:
    """At which points two sides have the same value, to the rounding."""
    if left.shape != right.shape:
        return np.zeros(len(left.error), bool)
    entries = tuple(range(1, left.value.ndim))
    with np.errstate(all="ignore"):
        apart = np.max(np.abs(left.value - right.value), axis=entries, initial=0.0)
        size = np.max(np.abs(left.value), axis=entries, initial=0.0)
        return np.isfinite(apart) & (apart <= 1e-12 * size + np.minimum(left.error, right.error))


def within(given: Sequence[Condition], moved: Scope) -> bool:
    """Whether the hypotheses hold of moved values, too, or cannot be asked: a moved number of inputs fits no matrix of inputs any more."""
    try:
        return all(one.at(moved).held for one in given)
    except ContentError:
        return True


class Shaken(Scope):
    """A scope with every declared value moved by an amount of its own: what agrees only on the domain, at r = 1 say, differs here.

    `along`: 1 or -1 moves the entries of lists apart, the last or the first one least, and no whole number, which may be how many they
    are: by 0 a list keeps its shape, and where whole numbers count its entries the formula has no value.
    """

    def __init__(self, bindings: Bindings, point: Point, along: int = 0) -> None:
        super().__init__(bindings, point)
        self.along = along

    def value(self, name: str) -> Any:
        """The moved value; whole numbers stay whole, since they may count or index, and what is by its name its own square stays so."""
        found = super().value(name)
        if name in self.local or OWN_SQUARE.fullmatch(name):
            return found
        if isinstance(found.value, float) and found.value.is_integer():
            # By another amount for each name: what agrees where m = n must not agree everywhere.
            return found if self.along else Approx(value=found.value + 1 + seed_of(name) % 3, error=found.error)
        factors: Any = 0.7 + 0.25 * seed_of(name) / 2**32
        if self.along and np.ndim(found.value) == 1:
            factors = np.linspace(0.2, 0.95, len(found.value))[:: self.along]
        return Approx(value=found.value * factors, error=found.error)


class Negated(Scope):
    """A scope in which one symbol, or what a function says, has the other sign: bars around what is never negative say nothing."""

    def __init__(self, bindings: Bindings, point: Point, name: str) -> None:
        super().__init__(bindings, point)
        self.name = name

    def value(self, name: str) -> Any:
        """The value, with its other sign if it is the one."""
        found = super().value(name)
        return found if name != self.name or name in self.local else Approx(value=-found.value, error=found.error)

    def call(self, name: str, order: int, arguments: tuple[Approx, ...]) -> Approx:
        """What a function says, with its other sign if it is the one."""
        found = super().call(name, order, arguments)
        return found if name != self.name else Approx(value=-found.value, error=found.error)


def of_either_sign(bindings: Bindings) -> frozenset[str]:
    """The symbols that may have either sign, for all that is printed: not those that follow from variables which are printed, too."""
    printed = {one.name for one in bindings.values() if isinstance(one, Variable)}
    return frozenset(name for name, one in bindings.items() if not isinstance(one, Value) or not takes(one.compute, printed))


class Scaled(Scope):
    """A scope with the entries of all arrays times one number: these are computed from listed cases, between which nothing is tried."""

    def __init__(self, bindings: Bindings, point: Point, scale: float) -> None:
        # Nothing of what was asked elsewhere: the values that a scope has been given take no variable, and would be those of all points.
        super().__init__(bindings, point)
        self.scale = scale

    def value(self, name: str) -> Any:
        """The value, its entries moved."""
        found = super().value(name)
        if name in self.local or not isinstance(found, Approx) or not np.ndim(found.value):
            return found
        return Approx(value=found.value * self.scale, error=found.error * self.scale)


def sides_equal(left: Sequence[Any], other: Chain, scope: Scope) -> bool:
    """Whether sides that have values are those of another formula at one point, to the rounding."""
    right = values(other, scope) if left else []
    return bool(left and right) and all(_equal(one, two) for one, two in zip(left, right, strict=True))


def values(chain: Chain, scope: Scope) -> list[Any]:
    """The sides at one point; none where they have no finite value."""
    try:
        with np.errstate(all="ignore"):
            found = [evaluate(side, scope) for side in chain.sides]
    except Exception:  # moved values may leave the domain of an oracle
        return []
    return found if all(np.all(np.isfinite(one.value)) for one in found) else []


def _equal(left: Any, right: Any) -> bool:
    if np.shape(left.value) != np.shape(right.value):
        return False
    size = float(np.max(np.abs(left.value), initial=0.0))
    difference = float(np.max(np.abs(np.asarray(left.value) - np.asarray(right.value)), initial=0.0))
    return math.isfinite(difference) and difference <= 1e-12 * size + min(left.error, right.error)
