"""The operations of a formula at many points at once: the form of the algebra over batches.

A result is remembered by its operands, so that formulas which share a part compute it once. What an operator ranges over lies
along one leading axis more. Nothing here knows formulas or oracles.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from hwgen.analysis import abscissae
from hwgen.arithmetic import pointwise, scalars
from hwgen.arithmetic.batch import Batch, Floats, Uneven, by_element, full, stacked
from hwgen.evidence.scope import Bound

# More numbers than this are not held at once, and not remembered together.
WIDEST = 2**21
MOST_REMEMBERED = 2**25
# Integrals and extrema are enclosed one at a time, so many on one array at most.
MOST_ENCLOSED = 2**10


class TooWide(Exception):
    """More points, abscissae and atoms than are held at once."""


class Arrays:
    """Float64 at many points, with a bound on the absolute error of each result; `lead`: how long the leading axes are now."""

    def __init__(self, points: int) -> None:
        self.lead: tuple[int, ...] = (points,)
        self._kept: dict[Any, tuple[Batch, Any]] = {}
        self._passing: dict[Any, tuple[Batch, Any]] | None = None
        self._held = 0

    @property
    def full(self) -> bool:
        """Whether no more is remembered."""
        return self._held >= MOST_REMEMBERED

    @contextmanager
    def passing(self) -> Iterator[None]:
        """What is computed inside is forgotten afterwards; what was computed before is used."""
        self._passing = {}
        try:
            yield
        finally:
            self._passing = None
            self.lead = self.lead[:1]

    def once(self, key: Any, operands: Sequence[Any], compute: Callable[[], Batch]) -> Batch:
        """The result under a key that holds the identities of the operands, which are kept alive with it."""
        found = self._kept.get(key) or (self._passing.get(key) if self._passing is not None else None)
        if found is None:
            found = compute(), operands
            if self._passing is not None:
                self._passing[key] = found
            elif not self.full:
                self._kept[key] = found
                self._held += found[0].value.size
        return found[0]

    def number(self, text: str) -> Batch:
        return self.once(("number", text), (), lambda: pointwise.number(text))

    def of(self, given: Any) -> Batch:
        if not isinstance(given, Batch):
            raise Uneven
        return given

    def negative(self, x: Batch) -> Batch:
        return self.once(("-", id(x)), (x,), lambda: Batch(-x.value, x.error))

    def operate(self, symbol: str, x: Batch, y: Batch) -> Batch:
        work = pointwise.BINARY[symbol]
        return self.once((symbol, id(x), id(y)), (x, y), lambda: work(x, y))

    def elementary(self, name: str, arguments: Sequence[Batch]) -> Batch:
        return self.once((name, *map(id, arguments)), tuple(arguments), lambda: pointwise.elementary(name, arguments))

    def matrix(self, rows: Sequence[Sequence[Batch]]) -> Batch:
        entries = [entry for row in rows for entry in row]
        return self.once(("matrix", len(rows), *map(id, entries)), entries, lambda: pointwise.matrix(rows))

    def vector(self, entries: Sequence[Batch]) -> Batch:
        return self.once(("vector", *map(id, entries)), tuple(entries), lambda: pointwise.vector(entries))

    def compare(self, symbol: str, x: Batch, y: Batch) -> bool | None:
        if math.prod(self.lead) > MOST_ENCLOSED:
            raise Uneven
        pairs = zip(by_element(full(x, self.lead)), by_element(full(y, self.lead)), strict=True)
        answers = [scalars.compared(symbol, *pair) for pair in pairs]
        if len(set(answers)) != 1:
            # To each answer its points, if it is one for a point; it is another relation's affair how it would part them.
            raise Uneven(answers if len(self.lead) == 1 else (), lasting=False)
        return answers[0]

    def series(self, term: Callable[[int], Batch], first: int, beyond: Any = None) -> Batch:
        raise Uneven

    def over_ball(self, kind: str, body: Callable[[Batch], Batch], dimension: int, radius: Batch, norm: str, sphere: bool) -> Batch:
        raise Uneven

    def shape(self, x: Batch) -> tuple[int, ...]:
        return x.shape

    def entry(self, x: Batch, places: Sequence[int]) -> Batch:
        place = (slice(None),) * x.rank + tuple(places)
        return self.once(("entry", id(x), *places), (x,), lambda: Batch(x.value[place], x.error))

    def whole(self, x: Batch) -> int:
        if x.value.ndim == 0 and float(x.value).is_integer():
            return int(x.value)
        numbers = np.unique(x.value)
        if x.shape or not np.all(np.mod(numbers, 1) == 0) or not numbers.size:
            raise Uneven
        if numbers.size > 1:
            # To split the points helps only if the number varies along them alone, and not along what an operator ranges over.
            raise Uneven(np.broadcast_to(x.value, self.lead).tolist() if x.rank == 1 == len(self.lead) else ())
        return int(numbers[0])

    def beyond(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Any:
        return None

    def enclosed(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Batch | None:
        from hwgen.evidence import between_samples, certain

        known = certain.known(node)
        if known and math.prod(self.lead) > MOST_ENCLOSED:
            raise Uneven
        inside = {name: by_element(full(one, self.lead)) for name, one in scope.local.items() if certain.mentions(node, frozenset({name}))}
        found = []
        for number in range(math.prod(self.lead)):
            here = scope.scopes[number * len(scope.scopes) // math.prod(self.lead)]
            with Bound(here, {name: next(column) for name, column in inside.items()}):
                if known:
                    found.append(certain.ranging(node, here, evaluate))
                elif here.looks <= between_samples.MOST_LOOKS:
                    between_samples.between_samples(node, here, evaluate)
        return stacked([one for one in found if one is not None], self.lead) if known else None

    def limit(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Batch:
        raise Uneven

    def integral(self, body: Callable[[Batch], Batch], low: Batch, high: Batch) -> Batch:
        return self._ranging(abscissae.integrals, body, low, high, 1.0)

    def extremum(
        self, kind: str, body: Callable[[Batch], Batch], low: Batch, high: Batch, left_out: tuple[bool, bool] = (False, False)
    ) -> Batch:
        return self._ranging(functools.partial(abscissae.least, left_out=left_out), body, low, high, -1.0 if kind == "max" else 1.0)

    def _ranging(self, work: Any, body: Callable[[Batch], Batch], low: Batch, high: Batch, sign: float) -> Batch:
        """The work on the body at every element of the leading axes, the abscissae on one axis more."""
        pairs = [pointwise.scalars_of(end, len(self.lead)) for end in (low, high)]
        limits = [tuple(np.ravel(np.broadcast_to(one, self.lead)) for one in pair) for pair in pairs]

        def at(u: Floats) -> tuple[Floats, Floats]:
            lead = (*self.lead, u.shape[1])
            given = self.once(("abscissae", lead, u.tobytes()), (), lambda: Batch(u.reshape(lead), np.zeros((1,) * len(lead))))
            with self.ranging_over(u.shape[1]):
                found = body(given)
                values, errors = (np.broadcast_to(one, lead).reshape(u.shape) for one in pointwise.scalars_of(found, len(lead)))
                return sign * values, errors

        value, error = work(at, *limits)
        # Remembered by what it is: the same integrals of another formula are then the same operand.
        return self.once(
            ("found", self.lead, value.tobytes(), error.tobytes(), sign),
            (),
            lambda: Batch(sign * value.reshape(self.lead), error.reshape(self.lead)),
        )

    @contextmanager
    def ranging_over(self, count: int) -> Iterator[None]:
        """One leading axis more, of that length."""
        if math.prod(self.lead) * count > WIDEST:
            raise TooWide
        self.lead = (*self.lead, count)
        try:
            yield
        finally:
            self.lead = self.lead[:-1]
