"""What a formula's tree denotes at a point: all arithmetic goes through an algebra, all symbols through a scope.

A scope is made from the bindings of a claim at one point of its domain; nothing is guessed, broadcast or rounded away.
"""

from __future__ import annotations

import functools
import inspect
import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from hwgen.evidence.algebra import APPROX, EPS, Algebra, ShapeError
from hwgen.model import Approx, Bindings, Expectation, Function, Point, Value, Variable
from hwgen.model.errors import ContentError
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

# An argument known better than this (relatively) is passed to an oracle as it is; a worse one is passed at both its ends too.
EXACT = 1e-12
# Two numbers of a discrete law nearer than this count as equal: ties belong to \le, not to <.
TIE = 1e-12


class Scope:
    """The symbols at one point: values, functions and heads computed when first asked for, then remembered."""

    def __init__(self, bindings: Bindings, point: Point) -> None:
        self.bindings, self.point = bindings, point
        self.local: dict[str, Any] = {}
        self._values: dict[str, Any] = {}
        self._calls: dict[tuple[str, int, Any], Approx] = {}
        self._laws: dict[str, tuple[Any, dict[str, Any]]] = {}

    def value(self, name: str) -> Any:
        """The value of a symbol: bound by an operator, a variable of the domain, or an oracle's result."""
        if name in self.local:
            return self.local[name]
        if name not in self._values:
            binding = self.bindings[name]
            if isinstance(binding, Variable):
                self._values[name] = APPROX.of(self.point[binding.name])
            elif isinstance(binding, Value):
                self._values[name] = _approx(binding.compute(**_wanted(binding.compute, self.point)), binding.error)
            else:
                raise ContentError(f"{name} is a function or a head, used as a value")
        return self._values[name]

    def call(self, name: str, order: int, arguments: tuple[Approx, ...]) -> Approx:
        """A declared function at the given arguments; their errors are carried through by evaluating at both ends."""
        value = self._called(name, order, tuple(argument.value for argument in arguments))
        error = value.error
        for index, argument in enumerate(arguments):
            if not isinstance(argument.value, np.ndarray) and argument.error > EXACT * max(abs(argument.value), EXACT):
                ends = [
                    self._called(name, order, tuple(one.value + step * (k == index) for k, one in enumerate(arguments))).value
                    for step in (-argument.error, argument.error)
                ]
                error += max((float(np.max(np.abs(end - value.value))) for end in ends if np.all(np.isfinite(end))), default=0.0)
        return Approx(value=value.value, error=error)

    def _called(self, name: str, order: int, values: tuple[Any, ...]) -> Approx:
        key = (name, order, tuple(value.tobytes() if isinstance(value, np.ndarray) else value for value in values))
        if key not in self._calls:
            binding = self.bindings[name]
            assert isinstance(binding, Function)
            compute = (binding.call, *binding.derivatives)[order]
            given = {variable: self.point[variable] for variable in binding.of}
            finite = all(np.all(np.isfinite(value)) for value in values)
            self._calls[key] = _approx(compute(*values, **given), binding.error) if finite else Approx(value=math.nan, error=math.nan)
        return self._calls[key]

    def law(self, name: str, symbols: frozenset[str]) -> tuple[Any, list[dict[str, Any]]]:
        """The weights of a head's law and the values of `symbols` atom by atom; atoms that differ in other symbols only are one."""
        if name not in self._laws:
            binding = self.bindings[name]
            assert isinstance(binding, Expectation)
            weights, *columns = binding.law(**_wanted(binding.law, self.point))
            if len(columns) != len(binding.symbols):
                raise ContentError(f"the law of {name} returns {len(columns)} symbols; expected {', '.join(binding.symbols)}")
            self._laws[name] = (np.asarray(weights, float), dict(zip(binding.symbols, columns, strict=True)))
        weights, named = self._laws[name]
        return _atoms(weights, {symbol: np.asarray(column, float) for symbol, column in named.items() if symbol in symbols})

    def average(self, node: tree.Averaged, algebra: Algebra[Any]) -> Approx:
        """What a head says of its body: a probability, a mean or a variance under its law."""
        weights, atoms = self.law(node.name, frozenset(_names(node.body)))
        binding = self.bindings[node.name]
        assert isinstance(binding, Expectation)
        if isinstance(node.body, Chain):
            held = [_holds(node.body, self, atom) for atom in atoms]
            value = float(np.sum(weights[np.array(held, bool)]))
            return Approx(value=value, error=binding.error * max(value, TIE) + EPS * len(atoms) * value)
        found = []
        for atom in atoms:
            with _Bound(self, atom):
                found.append(evaluate(node.body, self))
        return _moment(binding, weights, found)


def _moment(binding: Expectation, weights: Any, found: list[Approx]) -> Approx:
    values = np.array([one.value for one in found])
    mean = np.tensordot(weights, values, axes=1)
    inherited = float(np.abs(weights) @ np.array([one.error for one in found]))
    size = float(np.max(np.tensordot(np.abs(weights), np.abs(values), axes=1)))
    if binding.moment == "variance":
        mean = np.tensordot(weights, (values - mean) ** 2, axes=1)
        inherited *= 4 * float(np.max(np.abs(values)))
        size = max(size, float(np.max(np.abs(mean))))
    return Approx(value=mean, error=inherited + (binding.error + EPS * math.sqrt(len(found))) * size)


def _atoms(weights: Any, columns: Mapping[str, Any]) -> tuple[Any, list[dict[str, Any]]]:
    flat = np.hstack([np.zeros((len(weights), 1)), *(column.reshape(len(weights), -1) for column in columns.values())])
    _, first, inverse = np.unique(flat, axis=0, return_index=True, return_inverse=True)
    merged = np.bincount(inverse.ravel(), weights=weights)
    return merged, [{symbol: APPROX.of(column[k]) for symbol, column in columns.items()} for k in first]


def scope_at(bindings: Bindings, point: Point) -> Scope:
    """The meaning of every declared symbol at one point of the domain."""
    return Scope(bindings, point)


@functools.cache
def _parameters(compute: Callable[..., Any]) -> frozenset[str] | None:
    parameters = inspect.signature(compute).parameters.values()
    return None if any(one.kind is one.VAR_KEYWORD for one in parameters) else frozenset(one.name for one in parameters)


def _wanted(compute: Callable[..., Any], point: Point) -> dict[str, Any]:
    try:
        names = _parameters(compute)
    except TypeError:
        names = _parameters.__wrapped__(compute)
    return dict(point) if names is None else {name: value for name, value in point.items() if name in names}


def _approx(result: Any, relative: float) -> Approx:
    if isinstance(result, Approx):
        return APPROX.of(result)
    plain = APPROX.of(result)
    size = abs(plain.value) if isinstance(plain.value, float) else float(np.max(np.abs(plain.value), initial=0.0))
    return Approx(value=plain.value, error=relative * size)


def evaluate(node: Node, scope: Scope, algebra: Algebra[Any] = APPROX) -> Any:
    """The value of a side of a formula in the scope, by the rules of the algebra."""
    try:
        return _VISIT[type(node)](node, scope, algebra)
    except ShapeError as error:
        error.span = error.span or node.span
        raise


def _number(node: tree.Number, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.number(node.text)


def _symbol(node: tree.Symbol, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.of(scope.value(node.name))


def _index(node: tree.Index, scope: Scope, algebra: Algebra[Any]) -> Any:
    array = algebra.of(scope.value(node.name))
    places = [algebra.whole(evaluate(index, scope, algebra)) - 1 for index in node.indices]
    shape = algebra.shape(array)
    if len(places) > len(shape) or any(not 0 <= place < size for place, size in zip(places, shape, strict=False)):
        raise ShapeError(f"{node.name} has shape {shape}; its index {[place + 1 for place in places]} is outside")
    return algebra.entry(array, places)


def _apply(node: tree.Apply, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.of(scope.call(node.name, node.order, tuple(evaluate(argument, scope, algebra) for argument in node.arguments)))


def _elementary(node: tree.Elementary, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.elementary(node.name, [evaluate(argument, scope, algebra) for argument in node.arguments])


def _operation(node: tree.Operation, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.operate(node.symbol, evaluate(node.left, scope, algebra), evaluate(node.right, scope, algebra))


def _negative(node: tree.Negative, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.negative(evaluate(node.of, scope, algebra))


def _matrix(node: tree.Matrix, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.matrix([[evaluate(entry, scope, algebra) for entry in row] for row in node.rows])


class _Bound:
    """Within: a variable of an operator has a value in the scope."""

    def __init__(self, scope: Scope, values: Mapping[str, Any]) -> None:
        self.scope, self.values = scope, values

    def __enter__(self) -> None:
        self.before = dict(self.scope.local)
        self.scope.local.update(self.values)

    def __exit__(self, *_: object) -> None:
        self.scope.local = self.before


def _indexed(node: tree.Indexed, scope: Scope, algebra: Algebra[Any]) -> Any:
    found = []
    for values in _ranges(node, scope, algebra):
        with _Bound(scope, {name: algebra.number(str(value)) for name, value in values.items()}):
            found.append(evaluate(node.body, scope, algebra))
    if node.kind in {"max", "min"}:
        if not found:
            raise ShapeError(f"a {node.kind} over nothing")
        return algebra.elementary(node.kind, found)
    symbol = "+" if node.kind == "sum" else "*"
    start = algebra.number("0" if symbol == "+" else "1")
    return functools.reduce(lambda x, y: algebra.operate(symbol, x, y), found[1:], found[0]) if found else start


def _ranges(node: tree.Indexed, scope: Scope, algebra: Algebra[Any]) -> Iterator[dict[str, int]]:
    if node.low is not None:
        low = algebra.whole(evaluate(node.low, scope, algebra))
        high = (
            algebra.whole(evaluate(node.high, scope, algebra)) if node.high is not None else _extent(node, node.indices[0], scope, algebra)
        )
        spans = [range(low, high + 1)]
    else:
        spans = [range(1, _extent(node, name, scope, algebra) + 1) for name in node.indices]
    for values in itertools.product(*spans):
        if _related(node.relation, values):
            yield dict(zip(node.indices, values, strict=True))


def _related(relation: str, values: tuple[int, ...]) -> bool:
    if not relation:
        return True
    first, second = values
    return {"<": first < second, "<=": first <= second, "!=": first != second}[relation]


def _extent(node: tree.Indexed, name: str, scope: Scope, algebra: Algebra[Any]) -> int:
    """How far an index runs: the extent of the arrays that it indexes, which must agree."""
    shapes = [(algebra.shape(algebra.of(scope.value(array))), axis) for array, axis in _uses(node.body, name)]
    extents = {shape[axis] if axis < len(shape) else 0 for shape, axis in shapes}
    if len(extents) != 1:
        problem = "indexes no declared array" if not extents else f"runs over different extents {sorted(extents)}"
        raise ShapeError(f"the index {name} {problem}; write its limits")
    return int(extents.pop())


def _uses(node: Any, name: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, tree.Index):
        for axis, index in enumerate(node.indices):
            if isinstance(index, tree.Symbol) and index.name == name:
                yield node.name, axis
    if isinstance(node, Node | Chain):
        for field in type(node).__dataclass_fields__:
            yield from _uses(getattr(node, field), name)
    elif isinstance(node, tuple):
        for part in node:
            yield from _uses(part, name)


def _names(node: Any) -> Iterator[str]:
    """Every name that occurs in a tree."""
    if isinstance(node, tree.Symbol | tree.Index):
        yield node.name
    if isinstance(node, Node | Chain):
        for field in type(node).__dataclass_fields__:
            yield from _names(getattr(node, field))
    elif isinstance(node, tuple):
        for part in node:
            yield from _names(part)


def _ranging(node: tree.Ranging, scope: Scope, algebra: Algebra[Any]) -> Any:
    low, high = evaluate(node.low, scope, algebra), evaluate(node.high, scope, algebra)

    def body(u: Any) -> Any:
        with _Bound(scope, {node.variable: u}):
            return evaluate(node.body, scope, algebra)

    if node.kind == "integral":
        return algebra.integral(body, low, high)
    return algebra.extremum("max" if node.kind in {"sup", "max"} else "min", body, low, high)


def _averaged(node: tree.Averaged, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.of(scope.average(node, algebra))


def _holds(chain: Chain, scope: Scope, atom: Mapping[str, Any]) -> bool:
    with _Bound(scope, atom):
        values = [float(evaluate(side, scope).value) for side in chain.sides]
    return all(
        _compared(relation.symbol, left, right) for relation, (left, right) in zip(chain.relations, itertools.pairwise(values), strict=True)
    )


def _compared(symbol: str, left: float, right: float) -> bool:
    tie = abs(left - right) <= TIE * max(abs(left), abs(right), TIE)
    return {
        "=": tie,
        r"\le": tie or left < right,
        r"\ge": tie or left > right,
        "<": not tie and left < right,
        ">": not tie and left > right,
    }[symbol]


_VISIT: dict[type, Callable[[Any, Scope, Algebra[Any]], Any]] = {
    tree.Number: _number,
    tree.Symbol: _symbol,
    tree.Index: _index,
    tree.Apply: _apply,
    tree.Elementary: _elementary,
    tree.Operation: _operation,
    tree.Negative: _negative,
    tree.Matrix: _matrix,
    tree.Indexed: _indexed,
    tree.Ranging: _ranging,
    tree.Averaged: _averaged,
}
