"""The symbols of a claim as exact numbers, for a second look in many digits: each as the float that it is, or moved by its error.

Nothing here compares sides or gives a verdict.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import flint
import numpy as np

from hwgen.arithmetic import vectors
from hwgen.arithmetic.digits import DIGITS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.rounding import EPS
from hwgen.evidence import exact
from hwgen.evidence.evaluation import evaluate, event_at
from hwgen.evidence.scope import Bound, Scope
from hwgen.model import Approx, Expectation
from hwgen.reading import tree
from hwgen.reading.spelled import said
from hwgen.reading.tree import Chain, Node

# A symbol's own rounding.
OWN = 4 * EPS
# A law of more atoms is one number: what it says of its body, with its error.
MOST_ATOMS = 64
_DECIDED = frozenset({*exact.JUMPS, *exact.COUNTS, "rank"})


class Leaves(Scope):
    """The symbols of a scope as exact numbers, those of one name moved by their error."""

    def __init__(self, scope: Scope, moved: str = "") -> None:
        super().__init__({}, {})
        self.scope, self.moved, self.seen = scope, moved, dict[str, float]()

    def value(self, name: str) -> Any:
        return self.local[name] if name in self.local else self.leaf(name, self.scope.value(name))

    def call(self, name: str, order: int, arguments: tuple[Any, ...]) -> Any:
        return self.leaf(name, self.scope.call(name, order, tuple(_rounded(one) for one in arguments)))

    def average(self, node: tree.Averaged, algebra: Any) -> Any:
        """A mean or a variance atom by atom; a probability, and what a law of many atoms says, as one number."""
        names = frozenset([*tree.names(node.body), *(tree.names(node.given) if node.given else ())])
        weights, atoms = self.scope.law(node.name, names)
        if isinstance(node.body, Chain) or _decides(node.body) or len(atoms) > MOST_ATOMS:
            return self.leaf(said(node), evaluate(node, self.scope))
        kept = [one for one in zip(weights, atoms, strict=True) if self._holds(node.given, one[1])]
        binding = self.scope.bindings[node.name]
        assert isinstance(binding, Expectation)
        values = []
        for _, atom in kept:
            with Bound(self, {name: self.leaf(name, given) for name, given in atom.items()}):
                values.append(evaluate(node.body, self, DIGITS))
        found, spread = _moment(self._shares(node.name, [float(one) for one, _ in kept]), values, binding.moment)
        self.seen[said(node)] = binding.error * spread
        return DIGITS.operate("+", found, flint.arb(binding.error * spread)) if self.moved == said(node) else found

    def _holds(self, given: Chain | None, atom: dict[str, Any]) -> bool:
        found = True if given is None else event_at(given, self.scope, atom)
        if not isinstance(found, bool):
            raise Unenclosed("a condition that rounding decides")
        return found

    def _shares(self, name: str, weights: Sequence[float]) -> list[Any]:
        """The weights of a law, whose sum is 1."""
        key = f"{name} weighs"
        self.seen[key] = OWN
        step = OWN if self.moved == key else 0.0
        # Not all in one direction, which the division by their sum would undo.
        moved = [flint.arb(one) * (1 + flint.arb(step if place % 3 else -step)) for place, one in enumerate(weights)]
        whole = vectors.sum_of(moved)
        return [one / whole for one in moved]

    def leaf(self, name: str, given: Approx) -> Any:
        """A symbol's value as exact numbers, moved by its error if it is the one."""
        entries = np.asarray(given.value, float)
        # Whole numbers without an error were not rounded; moved, they would be no numbers of terms.
        whole = given.error == 0 and np.array_equal(entries, np.rint(entries))
        error = 0.0 if whole else max(float(given.error), OWN * float(np.max(np.abs(entries), initial=0.0)))
        self.seen[name] = error
        step = error if name == self.moved else 0.0
        # Signs that no sum of entries cancels.
        found = [flint.arb(float(one)) + step * (1 if place % 3 else -1) for place, one in enumerate(entries.ravel())]
        return vectors.array(found, entries.shape) if entries.ndim else found[0]


def _rounded(argument: Any) -> Approx:
    """An argument as the float next to it, which an oracle takes, and how far that is from it."""
    value = float(argument.mid())
    apart = float((argument - value).abs_upper())
    return Approx(value=value, error=max(apart, EPS * abs(value)) if apart else 0.0)  # less would be no other float


def _decides(body: Node) -> bool:
    """Whether something in the body is decided, where exact numbers of computed atoms decide what nobody wrote."""
    return any(isinstance(one, tree.Cases) or (isinstance(one, tree.Elementary) and one.name in _DECIDED) for one in tree.parts(body))


def _moment(shares: Sequence[Any], values: Sequence[Any], moment: str) -> tuple[Any, float]:
    """The mean, or the variance, and how far the values are from it: a constant is averaged without an error."""
    mean = _mean(shares, values)
    if moment == "variance":
        values = [DIGITS.operate("^", one - mean, flint.arb(2)) for one in values]
        mean = _mean(shares, values)
    apart = [float(np.max([abs(float(entry.mid())) for entry in np.ravel(one - mean)])) for one in values]
    return mean, sum(float(share.mid()) * one for share, one in zip(shares, apart, strict=True))


def _mean(shares: Sequence[Any], values: Sequence[Any]) -> Any:
    products = [DIGITS.operate("*", share, one) for share, one in zip(shares, values, strict=True)]
    return functools.reduce(lambda x, y: DIGITS.operate("+", x, y), products)
