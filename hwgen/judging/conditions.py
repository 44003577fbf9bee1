"""The relations of a claim's printed hypotheses, and which of them hold at a point: with the same symbols, bound as in its formula.

A hypothesis that has no value at a point excludes it; where its value is not known it neither holds nor fails. Nothing here chooses points.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import ShapeError, Undecided
from hwgen.arithmetic.rounding import is_finite, size
from hwgen.arithmetic.scalars import TIE
from hwgen.evidence import finer
from hwgen.evidence.evaluation import Scope, evaluate, scope_at
from hwgen.evidence.scope import Asked, point_key
from hwgen.model import Approx, Bindings, Formula, Place, Point, Variable
from hwgen.model.errors import ContentError
from hwgen.reading import Vocabulary, tree
from hwgen.reading.hypotheses import Hypothesis, hypotheses

UNEQUAL = r"\ne"


@dataclass(frozen=True)
class Condition:
    """One relation of a hypothesis, as printed, with the number of its hypothesis among those of the claim."""

    text: str
    place: Place
    left: tree.Node
    symbol: str
    right: tree.Node
    hypothesis: int

    @property
    def strict(self) -> bool:
        """Whether its boundary lies outside of it."""
        return self.symbol in {"<", ">", UNEQUAL}

    def at(self, scope: Scope) -> Standing:
        """How it stands at a point. Raises ContentError at its place for what has no order."""
        try:
            left, right = (evaluate(side, scope) for side in (self.left, self.right))
        except Undecided:  # whether a condition inside of it holds there is not known: it has no value
            return Standing(None, math.nan)
        except ShapeError as error:
            raise ContentError(f"\\for: {error.of(self.text)}", self.place) from None
        except ContentError:
            raise
        except Exception:  # an oracle that refuses its arguments says nothing
            return Standing(None, math.nan)
        if any(
            not is_finite(one.value) and np.any(np.isnan(one.value)) and finer.valueless(side, scope)
            for side, one in ((self.left, left), (self.right, right))
        ):
            return Standing(False, math.nan)
        return self._standing(left, right)

    def _standing(self, left: Approx, right: Approx) -> Standing:
        difference = _difference(left, right)
        several = not isinstance(difference, float) and bool(np.ndim(difference))
        if difference is None or (several and self.symbol not in {"=", UNEQUAL}):
            raise self._refused("compares what has no order; expected numbers, or = and \\ne")
        largest = max(size(left.value), size(right.value))
        gap = float(np.max(np.abs(difference))) if several else float(difference)
        # With a slack also where both sides are 0.
        slack = left.error + right.error + TIE * max(largest, TIE)
        if not (math.isfinite(gap) and math.isfinite(slack)):
            return Standing(None, math.nan)
        tie, meets = abs(gap) <= slack, gap == 0
        gap = 0.0 if tie else -gap if self.symbol in {"<", r"\le"} else gap
        held = {"=": tie, UNEQUAL: not tie, r"\le": gap >= 0, r"\ge": gap >= 0, "<": gap > 0, ">": gap > 0}[self.symbol]
        return Standing(held, gap, largest, meets)

    def _refused(self, message: str) -> ContentError:
        return ContentError(f"\\for: '{self.text}' {message}", self.place)


@dataclass(frozen=True)
class Standing:
    r"""Whether a condition holds at a point (None: not known), and how far its sides are apart, growing inwards; 0 on a tie.

    They are no number apart (NaN) where that is not known, or one has no value: there the condition does not hold.
    `size`: of the larger one. `meets`: they are the same float, not only equal to their errors.
    Of = and \ne the sign tells which side is the greater, if they are numbers.
    """

    held: bool | None
    gap: float
    size: float = 0.0
    meets: bool = False

    @property
    def apart(self) -> float:
        """How far the sides are apart in modulus; endlessly where that is no number."""
        return math.inf if math.isnan(self.gap) else abs(self.gap)


def _difference(left: Approx, right: Approx) -> Any:
    """left - right; an array is compared with 0 entry by entry."""
    if isinstance(left.value, float) and isinstance(right.value, float):
        return float(left.value) - float(right.value)
    shapes = np.shape(left.value), np.shape(right.value)
    if shapes[0] != shapes[1] and not (not shapes[0] and left.value == 0) and not (not shapes[1] and right.value == 0):
        return None
    with np.errstate(invalid="ignore"):
        return np.asarray(left.value) - np.asarray(right.value)


def conditions(printed: Sequence[Formula], words: Vocabulary) -> tuple[Condition, ...]:
    r"""Every relation that these \for print, in their order. Raises ContentError at the template's place."""
    found = [one for formula in printed for one in hypotheses(formula, words)]
    return tuple(one for number, hypothesis in enumerate(found) for one in _relations(hypothesis, number))


def moving(condition: Condition, bindings: Bindings, names: Collection[str]) -> frozenset[str]:
    """The variables, of those named, on which it may depend: its own where it has no other symbol, all of them otherwise."""
    own = own_variables(condition, bindings)
    return frozenset(names) if own is None else own


def own_variables(condition: Condition, bindings: Bindings) -> frozenset[str] | None:
    """The variables that it prints; None if it prints any other symbol."""
    named = tree.Symbol | tree.Index | tree.Apply | tree.Averaged
    found = [bindings.get(one.name) for side in (condition.left, condition.right) for one in tree.parts(side) if isinstance(one, named)]
    own = [one.name for one in found if isinstance(one, Variable)]
    return frozenset(own) if len(own) == len(found) else None


def symbols(printed: Sequence[Formula], words: Vocabulary) -> frozenset[str]:
    """The declared symbols that the hypotheses print."""
    return frozenset(name for formula in printed for one in hypotheses(formula, words) for name in one.chain.symbols)


def _relations(hypothesis: Hypothesis, number: int) -> Iterator[Condition]:
    chain = hypothesis.chain
    for index, relation in enumerate(chain.relations):
        symbol = UNEQUAL if hypothesis.unequal else relation.symbol
        text = hypothesis.text if len(chain.relations) == 1 else f"{chain.side_text(index)}{_spaced(symbol)}{chain.side_text(index + 1)}"
        yield Condition(text, hypothesis.place, chain.sides[index], symbol, chain.sides[index + 1], number)


def _spaced(symbol: str) -> str:
    return f"{symbol} " if symbol.startswith("\\") else symbol


@dataclass(frozen=True, eq=False)
class Stood:
    """A point of the universe, and how each condition stands there: evaluated when it is asked for, as a search asks for one only."""

    point: Point
    of: Sequence[Condition]
    scope: Scope
    _known: dict[int, Standing] = field(default_factory=dict)

    def standing(self, index: int) -> Standing:
        """How one condition stands. Raises ContentError at its place for what has no order."""
        if index not in self._known:
            self._known[index] = self.of[index].at(self.scope)
        return self._known[index]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """How each condition stands."""
        return tuple(map(self.standing, range(len(self.of))))

    @property
    def key(self) -> str:
        """The point, told apart from every other one."""
        return point_key(self.point)

    @property
    def inside(self) -> bool:
        """Whether every hypothesis holds."""
        return all(self.standing(index).held for index in range(len(self.of)))

    @property
    def outside(self) -> bool:
        """Whether a hypothesis fails, certainly."""
        return any(one.held is False for one in self.standings)

    def violates_only(self, index: int) -> bool:
        """Whether this condition fails here, and every other one holds."""
        return self.standing(index).held is False and all(self.standing(k).held for k in range(len(self.of)) if k != index)


def stand(of: Sequence[Condition], bindings: Bindings, point: Point, asked: Asked | None = None) -> Stood:
    """How the conditions stand at a point."""
    return Stood(point, of, scope_at(bindings, point, asked))
