"""A chain of relations at many points at once: the points sorted into parts on which arrays can be evaluated, and the sides there.

Where arrays cannot be used (an oracle raises, an index range of its own at each abscissa), there is no answer: the caller walks
the tree point by point. Nothing here judges.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from hwgen.arithmetic.batch import Batch, Floats, Uneven, by_element, full, padded, stacked
from hwgen.arithmetic.rounding import EPS, TINY
from hwgen.arithmetic.scalars import TIE
from hwgen.evidence import events
from hwgen.evidence.arrays import Arrays, TooWide
from hwgen.evidence.carried import carried, checked
from hwgen.evidence.evaluation import Scope, evaluate, shown
from hwgen.evidence.scope import Bound
from hwgen.evidence.subtrees import Kept, Subtrees
from hwgen.model import Approx, Expectation, Function
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

# The first points are looked at before the others: most false relations fail there, and their integrals at the others are saved.
FIRST = 4


class ManyScopes(Scope):
    """The symbols at many points: each a batch of what the scopes of the points say, asked for once."""

    def __init__(self, scopes: Sequence[Scope], subtrees: Subtrees) -> None:
        super().__init__({}, {})
        self.scopes, self.arrays = scopes, Arrays(len(scopes))
        self.kept = Kept(subtrees, self.arrays)
        self._stacked: dict[str, Batch] = {}
        self._drawn: dict[Any, tuple[Floats, Floats, Mapping[str, Batch]]] = {}

    def value(self, name: str) -> Any:
        """The values of a symbol, or what an operator bound it to."""
        if name in self.local:
            return self.local[name]
        if name not in self._stacked:
            self._stacked[name] = stacked([scope.value(name) for scope in self.scopes], (len(self.scopes),))
        return self._stacked[name]

    def averaged(self, name: str) -> tuple[str, ...]:
        """The symbols that a head averages over, at any of the points."""
        return self.scopes[0].averaged(name)

    def call(self, name: str, order: int, arguments: tuple[Any, ...]) -> Any:
        """A declared function at every point and abscissa; one that is the same at all points is asked once for equal arguments."""
        key = ("call", name, order, *map(id, arguments))
        return self.arrays.once(key, arguments, lambda: self._asked(name, order, arguments))

    def _asked(self, name: str, order: int, arguments: tuple[Batch, ...]) -> Batch:
        binding = self.scopes[0].bindings[name]
        assert isinstance(binding, Function)
        rank = max(one.rank for one in arguments)
        # What takes variables of the point differs from one to the next, though its argument does not.
        if rank == 0 and binding.of:
            rank = 1
        here = (len(self.scopes),) + (1,) * (rank - 1) if binding.of else (1,) * rank
        lead = np.broadcast_shapes(here, *(one.value.shape[: one.rank] + (1,) * (rank - one.rank) for one in arguments))
        lead = np.broadcast_shapes(lead, *(one.error.shape + (1,) * (rank - one.rank) for one in arguments))
        if binding.vectorised and not any(one.shape for one in arguments):
            return self._asked_on_arrays(name, order, arguments, lead)
        columns = [by_element(full(one, lead)) for one in arguments]
        found = []
        each = math.prod(lead[1:])
        for number, given in enumerate(zip(*columns, strict=True)):
            scope = self.scopes[number // each if binding.of else 0]
            found.append(scope.call(name, order, given))
        return stacked(found, lead)

    def _asked_on_arrays(self, name: str, order: int, arguments: Sequence[Batch], lead: tuple[int, ...]) -> Batch:
        """One call for all points at which `of` has the same values; errors of arguments are carried through as at one point."""
        binding = self.scopes[0].bindings[name]
        assert isinstance(binding, Function)
        wide = [full(one, lead) for one in arguments]
        groups: dict[tuple[Any, ...], list[int]] = {}
        for number in range(lead[0] if binding.of else 1):
            groups.setdefault(tuple(self.scopes[number].point[name] for name in binding.of), []).append(number)
        value, error = np.empty(lead), np.empty(lead)
        for given, numbers in groups.items():
            compute = partial((binding.call, *binding.derivatives)[order], **dict(zip(binding.of, given, strict=True)))
            rows: Any = numbers if binding.of else ...
            value[rows], error[rows] = carried(
                partial(checked, name, compute), binding.error, [one.value[rows] for one in wide], [one.error[rows] for one in wide]
            )
        return Batch(value, error)

    def average(self, node: tree.Averaged, algebra: Any) -> Any:
        """What a head says of its body at every point: its atoms lie along one axis more."""
        binding = self.scopes[0].bindings[node.name]
        if node.given is not None or not isinstance(binding, Expectation):
            raise Uneven
        if not self.local:
            for scope in self.scopes:
                shown(node, binding, scope)
        weights, counts, atoms = self._law(node.name, frozenset(tree.names(node.body)))
        rank = len(algebra.lead)
        counts = counts.reshape(-1, *(1,) * (rank - 1))
        bound = {name: self._at_rank(atom, rank) for name, atom in atoms.items()}
        weights = weights.reshape(weights.shape[0], *(1,) * (rank - 1), weights.shape[-1])
        with algebra.ranging_over(weights.shape[-1]):
            if isinstance(node.body, Chain):
                sides = [self._inside(side, bound, algebra) for side in node.body.sides]
                held, unsure = events.held(node, sides, None if self.local else self.scopes, counts.ravel(), weights.shape)
                rest = np.sum(unsure * weights, axis=-1)
                value = np.sum(held * weights, axis=-1) + rest
                return Batch(value, binding.error * np.maximum(value, TIE) + EPS * counts * value + rest)
            body = self._inside(node.body, bound, algebra)
        key = ("average", node.name, id(body), rank)
        return algebra.once(key, (body,), lambda: _moment(binding, weights, counts, body, rank))

    def _at_rank(self, atom: Batch, rank: int) -> Batch:
        """The atoms on the axis after the first `rank`."""
        if rank == 1:
            return atom
        points, count = atom.error.shape
        lead = (points, *(1,) * (rank - 1), count)
        key = ("atoms", id(atom), rank)
        return self.arrays.once(key, (atom,), lambda: Batch(atom.value.reshape(lead + atom.shape), atom.error.reshape(lead)))

    def _inside(self, node: Node, bound: Mapping[str, Batch], algebra: Any) -> Batch:
        with Bound(self, bound):
            found: Batch = evaluate(node, self, algebra)
            return found

    def _law(self, name: str, symbols: frozenset[str]) -> tuple[Floats, Floats, Mapping[str, Batch]]:
        """Weights (points, atoms), how many atoms there are, and the symbols' values; the first atom fills up, with weight 0."""
        if (name, symbols) not in self._drawn:
            laws = [scope.law(name, symbols) for scope in self.scopes]
            shapes = [tuple((symbol, np.shape(atom.value)) for symbol, atom in atoms[0].items()) for _, atoms in laws]
            if len(set(shapes)) > 1:
                raise Uneven(shapes)
            most = max(len(weights) for weights, _ in laws)
            if most * len(laws) > 2**21:
                raise TooWide
            weights = np.array([np.pad(np.asarray(one, float), (0, most - len(one))) for one, _ in laws])
            lead = (len(laws), most)
            named = {
                symbol: stacked([atom[symbol] for _, atoms in laws for atom in [*atoms, *atoms[:1] * (most - len(atoms))]], lead)
                for symbol in laws[0][1][0]
            }
            self._drawn[name, symbols] = weights, np.array([float(len(one)) for one, _ in laws]), named
        return self._drawn[name, symbols]


def _moment(binding: Expectation, weights: Floats, counts: Any, body: Batch, rank: int) -> Batch:
    """The mean or variance along the last leading axis, with the bound of one point."""
    entries = (1,) * len(body.shape)
    values = padded(body.value, body.rank, rank + 1)
    errors = padded(body.error, body.rank, rank + 1)
    wide = weights.reshape(weights.shape + entries)
    mean = np.sum(wide * values, axis=rank)
    inherited = np.sum(np.abs(weights) * errors, axis=rank)
    last = tuple(range(rank, rank + len(entries)))
    size = np.max(np.sum(np.abs(wide) * np.abs(values), axis=rank), axis=last)
    if binding.moment == "variance":
        mean = np.sum(wide * (values - np.expand_dims(mean, rank)) ** 2, axis=rank)
        largest: Any = np.max(errors, axis=rank)
        inherited = inherited * 4 * np.max(np.abs(values), axis=(rank, *(one + 1 for one in last))) + 4 * largest**2
        inherited = inherited + np.where((largest == 0) & ~np.any(mean, axis=last), 0.0, TINY)
        size = np.maximum(np.max(np.sum(np.abs(wide) * values**2, axis=rank), axis=last), np.max(np.abs(mean), axis=last))
    error = inherited + (binding.error + EPS * np.sqrt(counts)) * size
    return Batch(mean, np.broadcast_to(error, mean.shape[:rank]))


class Part:
    """Points whose symbols have equal shapes and index ranges, by their numbers."""

    def __init__(self, numbers: Sequence[int], scopes: Sequence[Scope], subtrees: Subtrees) -> None:
        self.numbers = tuple(numbers)
        self.scope = ManyScopes([scopes[number] for number in numbers], subtrees)
        # By where the side's tree lies, which is kept with it.
        self._known: dict[int, tuple[Node, Batch]] = {}

    def sides(self, chain: Chain, keep: bool = True) -> list[Batch]:
        """Every side of the chain, with all points on its first axis; each is computed once, if it is to be kept."""
        arrays = self.scope.arrays
        arrays.lead = (len(self.numbers),)
        self.scope.local, self.scope.kept.open = {}, keep
        with np.errstate(all="ignore"):
            return [self._side(side, keep) for side in chain.sides]

    def _side(self, side: Node, keep: bool) -> Batch:
        if id(side) in self._known:
            return self._known[id(side)][1]
        found = _everywhere(evaluate(side, self.scope, self.scope.arrays), len(self.numbers))
        if keep:
            self._known[id(side)] = side, found
        return found


def _everywhere(side: Batch, points: int) -> Batch:
    value, error = padded(side.value, side.rank, 1), padded(side.error, side.rank, 1)
    return Batch(np.broadcast_to(value, (points, *side.shape)), np.broadcast_to(error, (points,)))


class Batches:
    """Scopes sorted into parts, the first of each group apart; what one chain has computed on a part, the next one finds there."""

    def __init__(self, *groups: Sequence[Scope]) -> None:
        self.scopes = [scope for group in groups for scope in group]
        self.parts: list[Part] = []
        self.subtrees = Subtrees()
        # What the first chain computes is kept for the others, which are forgotten one by one.
        self.kept = False
        start = 0
        for group in groups:
            numbers = range(start, start + len(group))
            start += len(group)
            self.parts += [Part(some, self.scopes, self.subtrees) for some in (numbers[:FIRST], numbers[FIRST:]) if some]

    def sides(self, chain: Chain, numbers: range, needed: Callable[[int], bool]) -> Iterator[tuple[tuple[int, ...], list[Batch] | None]]:
        """Part after part of the scopes with these numbers, while its first one is needed: which they are, and the sides there.

        None stands for sides that arrays cannot hold. A part that is found uneven is split, and stays so.
        """
        index = 0
        while index < len(self.parts):
            part = self.parts[index]
            if part.numbers[0] not in numbers or not needed(part.numbers[0]):
                index += 1
                continue
            try:
                found = self._sides(part, chain)
            except _Split as split:
                parts = [Part(group, self.scopes, self.subtrees) for group in split.groups]
                if split.lasting:
                    self.parts[index : index + 1] = parts
                    continue
                yield from ((one.numbers, self._or_none(one, chain)) for one in parts if needed(one.numbers[0]))
            else:
                yield part.numbers, found
            index += 1

    def _or_none(self, part: Part, chain: Chain) -> list[Batch] | None:
        try:
            return self._sides(part, chain)
        except _Split:
            return None

    def _sides(self, part: Part, chain: Chain) -> list[Batch] | None:
        if self.subtrees.sides is not chain.sides:
            self.subtrees.take(chain.sides, stays=not self.kept)
        try:
            if not self.kept:
                return part.sides(chain)
            with part.scope.arrays.passing():
                return part.sides(chain, keep=False)
        except Uneven as error:
            labels = dict.fromkeys(error.labels)
            if len(labels) < 2:
                return None
            raise _Split(
                [[number for number, one in zip(part.numbers, error.labels, strict=True) if one == label] for label in labels],
                error.lasting,
            ) from None
        # Halves until they fit: memory bounds how many points there are at once, not how many there are.
        except TooWide:
            middle = len(part.numbers) // 2
            if not middle:
                return None
            raise _Split([part.numbers[:middle], part.numbers[middle:]]) from None
        except Exception:  # whatever an oracle raises is raised again where the tree is walked point by point
            return None


class _Split(Exception):
    def __init__(self, groups: Sequence[Sequence[int]], lasting: bool = True) -> None:
        super().__init__(groups)
        self.groups, self.lasting = groups, lasting


def at_point(batch: Batch, row: int) -> Approx:
    """What a batch holds at one of its points."""
    value = batch.value[row]
    return Approx(value=value if batch.shape else float(value), error=float(batch.error[row]))
