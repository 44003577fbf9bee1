"""What a claim is looked at on: the part of its universe where its printed hypotheses hold, with the oracles' values there, and the rest.

The tables of values come from the store if they are there. Nothing here judges.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hwgen.evidence.agreement import points_of
from hwgen.evidence.cases import Look, place_of
from hwgen.evidence.evaluation import Scope, scope_at
from hwgen.evidence.sampling import seed_of
from hwgen.evidence.scope import Asked
from hwgen.evidence.sharpness import binding_points
from hwgen.freshness import kept
from hwgen.freshness.dependencies import dependencies_of_claim, digest, fingerprint, in_full, libraries, scaling
from hwgen.freshness.stamps import interpreter
from hwgen.freshness.store import Store
from hwgen.judging import heard
from hwgen.judging.conditions import Condition, Stood, conditions, stand
from hwgen.judging.universe import Universe, universe
from hwgen.model import Approx, Binding, Bindings, Claim, Formula, Point, Value, effort
from hwgen.model.errors import ContentError
from hwgen.reading import vocabulary

Row = dict[str, Approx]
# What was parted last, with that by which it was parted: the wrong versions of a relation are judged right after it, at the same points.
_LATELY: deque[tuple[Claim, Any, tuple[Any, ...], Asked, Universe]] = deque(maxlen=2)


def look_at(claim: Claim, problem: Any, store: Store | None = None, seed: int | None = None, formula: Formula | None = None) -> Look:
    """The scopes of a claim on a problem, where the hypotheses hold that are printed for the formula."""
    return Parted(claim, problem, store, formula, seed).look


@dataclass
class Parted:
    """A claim's universe on a problem, parted by the hypotheses of a formula."""

    claim: Claim
    problem: Any
    store: Store | None
    formula: Formula | None
    other_seed: int | None = None

    @property
    def seed(self) -> int:
        """The seed of the claim's name, or another one."""
        return seed_of(self.claim.name) if self.other_seed is None else self.other_seed

    @cached_property
    def bindings(self) -> Bindings:
        """What the printed symbols mean."""
        return self.claim.bindings(self.problem)

    @cached_property
    def asked(self) -> Asked:
        """What the oracles have said on this problem, by the variables that each takes: most take few, and points differ in others."""
        return {}

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The relations of the printed hypotheses."""
        return conditions(self.formula.hypotheses if self.formula else (), vocabulary(self.bindings))

    @cached_property
    def universe(self) -> Universe:
        """The points, inside and outside of the hypotheses."""
        by = (self.formula, self.seed, effort.current())
        for claim, problem, then, asked, known in _LATELY:
            if claim is self.claim and problem is self.problem and then == by:
                self.asked.update(asked)
                return known
        found = universe(self.claim.domain, self.claim.points, self.seed, self.conditions, self.bindings, self.asked)
        _LATELY.append((self.claim, self.problem, by, self.asked, found))
        return found

    @cached_property
    def look(self) -> Look:
        """The scopes at the points inside, and at those where an inequality is said to bind."""
        points, bound = self.points()
        table = self._table([*points, *bound.values()], _row)
        scopes = [_scope(self.bindings, row, point) for row, point in zip(table, [*points, *bound.values()], strict=True)]
        return Look(
            points=points,
            scopes=tuple(scopes[: len(points)]),
            bound=dict(zip(bound, zip(bound.values(), scopes[len(points) :], strict=True), strict=True)),
            sharp=self.claim.sharpness(self.problem),
            seed=self.seed,
            fixed=None if self.claim.proof or self.claim.false else frozenset(self.claim.fixed),
        )

    @cached_property
    def outside(self) -> tuple[tuple[Stood, Scope | None], ...]:
        """The points outside with their scopes; None where an oracle raises an exception."""
        points = [one.point for one in self.universe.outside]
        rows = self._table(points, _row_or_none) if points else []
        scopes = [None if row is None else _scope(self.bindings, row, point) for row, point in zip(rows, points, strict=True)]
        return tuple(zip(self.universe.outside, scopes, strict=True))

    def points(self) -> tuple[tuple[Point, ...], dict[tuple[int, int], Point]]:
        """The points inside, and those at which an inequality is said to bind."""
        if not self.conditions:
            return points_of(self.claim.domain, self.claim.points, self.claim.sharp, self.seed)
        points = tuple(one.point for one in self.universe.inside)
        # The first two points are corners of the domain; of the third most coordinates are inside of their ranges.
        fillings = [*points[2:3], *points] or [{}]
        bound = {key: self._inside([binding_points(self.claim.sharp, filling)[key] for filling in fillings]) for key in self._keys(points)}
        return points, bound

    def _keys(self, points: tuple[Point, ...]) -> list[tuple[int, int]]:
        return list(binding_points(self.claim.sharp, points[0])) if points else []

    def _inside(self, candidates: list[Point]) -> Point:
        """The first of these points where the hypotheses hold. Raises ContentError if none is."""
        for point in candidates:
            if stand(self.conditions, self.bindings, point, self.asked).inside:
                return point
        raise ContentError(f"{self.claim.name} is said to bind {place_of(candidates[0])}, where its printed hypotheses do not hold")

    def _table(self, points: list[Point], row: Any) -> list[Any]:
        """The oracles' values at these points, from the store if they are there."""
        reached = dependencies_of_claim(self.claim)
        claim = self.claim
        given = (claim.domain, claim.points, claim.sharp, self.problem, self.seed, *scaling(reached, effort.current()))
        # Without hypotheses the points follow from the rest of the key.
        parameters = in_full((*given, points) if self.conditions else given)
        code = [*reached.items(), *(fingerprint(one) for one in (type(self.problem), points_of, row))]
        key = digest("table", *code, parameters, libraries(), interpreter())
        bind = self.claim.bind
        known = kept.recalled(self.store, key, f"{bind.__module__}.{bind.__qualname__}") if self.store else None
        if known:
            heard.again(dict(known.heard))
            return list(known.result)
        with heard.hearing() as warned:
            table = [row(self.bindings, point, self.asked) for point in points]
        if self.store:
            kept.keep(self.store, key, reached, table, warned)
        return table


def _row(bindings: Bindings, point: Point, asked: Asked) -> Row:
    """The oracle values at one point, by symbol."""
    values = {symbol: binding for symbol, binding in bindings.items() if isinstance(binding, Value)}
    scope = scope_at(values, point, asked)
    return {symbol: scope.value(symbol) for symbol in values}


def _row_or_none(bindings: Bindings, point: Point, asked: Asked) -> Row | None:
    """The same where an oracle need not have a value: None if it raises an exception."""
    try:
        return _row(bindings, point, asked)
    except ContentError:
        raise
    except Exception:  # outside of what the page promises, an oracle need not know an answer
        return None


def _scope(bindings: Bindings, row: Mapping[str, Approx], point: Point) -> Scope:
    known: dict[str, Binding] = {symbol: Value(compute=functools.partial(_given, stored)) for symbol, stored in row.items()}
    return scope_at({**bindings, **known}, point)


def _given(stored: Approx) -> Approx:
    return stored
