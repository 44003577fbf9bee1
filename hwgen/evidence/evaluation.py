"""What a formula's tree denotes at a point: all arithmetic goes through an algebra, all symbols through a scope."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import Algebra, ShapeError, Undecided
from hwgen.arithmetic.rounding import EPS, UNDEFINED, lost
from hwgen.arithmetic.scalars import TIE
from hwgen.evidence import exact, operators, ties
from hwgen.evidence.floats import APPROX
from hwgen.evidence.scope import Bound, Scope, scope_at
from hwgen.evidence.shapes import varying_parts
from hwgen.model import Approx, Expectation
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

__all__ = ["Bound", "Scope", "evaluate", "scope_at"]
# An evaluation of more nodes than this takes longer than an author waits.
MOST_STEPS = 40_000
# An integral takes as long as so many nodes, and so does an extremum over a continuum.
INTEGRAL, EXTREMUM = 100, 25


def evaluate(node: Node, scope: Scope, algebra: Algebra[Any] = APPROX) -> Any:
    """The value of a side of a formula in the scope, by the rules of the algebra."""
    # From the outermost call on: one scope serves many sides.
    before = scope.steps if scope.depth else 0
    kept = scope.kept
    key = None if kept is None else kept.key(node, scope.local, algebra)
    if key is not None and (known := kept.known.get(key)) is not None:
        scope.steps = before + known.steps
        return known.found
    scope.steps = before + (_steps(node) if type(node) is tree.Ranging else 1) if scope.depth else 0
    scope.depth += 1
    try:
        if scope.steps > MOST_STEPS:
            raise ShapeError(f"takes more than {MOST_STEPS} steps to evaluate; write less of it as sums, integrals or suprema")
        found = _VISIT[type(node)](node, scope, algebra)
    except ShapeError as error:
        error.span = error.span or node.span
        raise
    finally:
        scope.depth -= 1
    if key is not None:
        kept.keep(key, found, scope.steps - before, scope.local)
    return found


def _steps(node: tree.Ranging) -> int:
    return INTEGRAL if node.kind == "integral" else EXTREMUM


def _number(node: tree.Number, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.number(node.text)


def _symbol(node: tree.Symbol, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.of(scope.value(node.name))


def _index(node: tree.Index, scope: Scope, algebra: Algebra[Any]) -> Any:
    array = algebra.of(scope.value(node.name))
    places = [exact.whole(index, scope, algebra, evaluate) - 1 for index in node.indices]
    shape = algebra.shape(array)
    digits = node.indices[0].text if len(node.indices) == 1 and isinstance(node.indices[0], tree.Number) else ""
    if len(digits) > 1 and len(shape) > 1:
        raise ShapeError(f"{node.name} has shape {shape}, and its index {digits} can be read as one number or several; write commas")
    if len(places) > len(shape) or any(not 0 <= place < size for place, size in zip(places, shape, strict=False)):
        raise ShapeError(f"{node.name} has shape {shape}; its index {[place + 1 for place in places]} is outside")
    return algebra.entry(array, places)


def _apply(node: tree.Apply, scope: Scope, algebra: Algebra[Any]) -> Any:
    given = [exact.counted(argument, evaluate(argument, scope, algebra), scope) for argument in node.arguments]
    for index in given[: node.members]:
        exact.no_fraction(index, node.name)
    return algebra.of(scope.call(node.name, node.order, tuple(given)))


def _elementary(node: tree.Elementary, scope: Scope, algebra: Algebra[Any]) -> Any:
    arguments = [evaluate(argument, scope, algebra) for argument in node.arguments]
    if node.name in exact.COUNTS:
        arguments = [exact.settled(one, found, scope, evaluate) for one, found in zip(node.arguments, arguments, strict=True)]
    found = algebra.elementary(node.name, arguments)
    if node.name == "rank":
        return ties.ranked(node.arguments[0], arguments[0], found, scope, evaluate)
    return exact.jumped(node, found, scope, evaluate) if node.name in exact.JUMPS else found


def _operation(node: tree.Operation, scope: Scope, algebra: Algebra[Any]) -> Any:
    """The operations down the left side one after the other, so that a sum of many terms is no deep recursion."""
    spine = [node]
    while isinstance(spine[-1].left, tree.Operation):
        spine.append(spine[-1].left)
    value = evaluate(spine[-1].left, scope, algebra)
    for one in reversed(spine):
        try:
            if one.symbol == "^" and isinstance(one.right, tree.Symbol) and one.right.name == "T" and algebra.shape(value):
                raise ShapeError("a power T of an array is a transpose to a reader, and T is declared; write ^\\top")
            right = evaluate(one.right, scope, algebra)
            if one.symbol == "^" and exact.needs_whole(value):
                right = exact.settled(one.right, right, scope, evaluate)
            if one.symbol == "*" and (
                (_is_column(_last(one.left)) and algebra.shape(right)) or (_is_column(one.right) and algebra.shape(value))
            ):
                raise ShapeError("a \\binom beside an array prints as a column of two numbers; write its value, or bind it as a symbol")
            value = algebra.operate(one.symbol, value, right)
        except ShapeError as error:
            error.span = error.span or one.span
            raise
    return value


def _last(product: tree.Node) -> tree.Node:
    """The factor of a product that the next one is printed beside."""
    return product.right if isinstance(product, tree.Operation) and product.symbol == "*" else product


def _is_column(factor: tree.Node) -> bool:
    r"""Whether it is a \binom, which prints as a column of two numbers."""
    return isinstance(factor, tree.Elementary) and factor.name == "binom"


def _negative(node: tree.Negative, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.negative(evaluate(node.of, scope, algebra))


def _matrix(node: tree.Matrix, scope: Scope, algebra: Algebra[Any]) -> Any:
    return algebra.matrix([[evaluate(entry, scope, algebra) for entry in row] for row in node.rows])


def _averaged(node: tree.Averaged, scope: Scope, algebra: Algebra[Any]) -> Any:
    special = scope.average(node, algebra)
    return algebra.of(_average(node, scope) if special is None else special)


def _average(node: tree.Averaged, scope: Scope) -> Approx:
    """What a head says of its body: a probability, a mean or a variance under its law."""
    weights, atoms = scope.law(node.name, frozenset([*tree.names(node.body), *(tree.names(node.given) if node.given else ())]))
    binding = scope.bindings[node.name]
    assert isinstance(binding, Expectation)
    shown(node, binding, scope)
    if node.given is not None:
        conditions = [_held(node.given, scope, atom) for atom in atoms]
        if None in conditions:
            return UNDEFINED
        kept = np.array(conditions, bool)
        whole = float(np.sum(weights[kept]))
        if whole <= 0:
            raise ShapeError(f"{node.name} given what has probability 0; expected a condition that can hold")
        weights, atoms = weights[kept] / whole, [atom for atom, keep in zip(atoms, kept, strict=True) if keep]
    if isinstance(node.body, Chain):
        return _probability(node.body, scope, binding, weights, atoms)
    found = []
    for atom in atoms:
        with Bound(scope, atom):
            found.append(evaluate(node.body, scope))
    return _moment(binding, weights, found)


def _probability(event: Chain, scope: Scope, binding: Expectation, weights: Any, atoms: Sequence[Any]) -> Approx:
    """How likely a chain of relations is; atoms of which rounding would decide may be in it or not, by half their weight each way."""
    found = [event_at(event, scope, atom) for atom in atoms]
    unsure = np.where([one is Undecided for one in found], weights / 2, 0.0)
    held = [False if one is Undecided else one for one in found]
    if None in held:
        return UNDEFINED
    if np.all(unsure > 0):
        raise Undecided("an event that rounding decides at every atom of its law")
    value = float(np.sum(weights[np.array(held, bool)]) + np.sum(unsure))
    return Approx(value=value, error=binding.error * max(value, TIE) + EPS * len(atoms) * value + float(np.sum(unsure)))


def event_at(event: Chain, scope: Scope, atom: dict[str, Any]) -> bool | type[Undecided] | None:
    """Whether an event holds at an atom of its law; None where a side has no value, Undecided where rounding decides."""
    try:
        return _held(event, scope, atom)
    except Undecided:
        return Undecided


def shown(node: tree.Averaged, binding: Expectation, scope: Scope) -> None:
    """Raises ShapeError where what is averaged varies between the atoms of a law in a way that they do not show."""
    if isinstance(node.body, Node) and any(True for _ in varying_parts(node.body, frozenset(binding.symbols))):
        from hwgen.evidence import between_samples  # FLINT, which only this needs

        between_samples.between_atoms(node, binding.symbols, scope, evaluate)


def _moment(binding: Expectation, weights: Any, found: list[Approx]) -> Approx:
    values = np.array([one.value for one in found])
    mean = np.tensordot(weights, values, axes=1)
    inherited = float(np.abs(weights) @ np.array([one.error for one in found]))
    # Of the moduli: what cancels between atoms was rounded at its full size.
    size = float(np.max(np.tensordot(np.abs(weights), np.abs(values), axes=1)))
    if binding.moment == "variance":
        mean = np.tensordot(weights, (values - mean) ** 2, axes=1)
        largest = max(one.error for one in found)
        inherited = inherited * 4 * float(np.max(np.abs(values))) + 4 * largest**2 + lost(0.0, exact=largest == 0 and not np.any(mean))
        size = max(float(np.max(np.tensordot(np.abs(weights), values**2, axes=1))), float(np.max(np.abs(mean))))
    return Approx(value=mean, error=inherited + (binding.error + EPS * math.sqrt(len(found))) * size)


def _held(chain: Chain, scope: Scope, atom: dict[str, Any]) -> bool | None:
    with Bound(scope, atom):
        return operators.holds(chain, scope, APPROX, evaluate, atoms=True)


_VISIT: dict[type, Callable[[Any, Scope, Algebra[Any]], Any]] = {
    tree.Number: _number,
    tree.Symbol: _symbol,
    tree.Index: _index,
    tree.Apply: _apply,
    tree.Elementary: _elementary,
    tree.Operation: _operation,
    tree.Negative: _negative,
    tree.Matrix: _matrix,
    tree.Indexed: partial(operators.indexed, evaluate=evaluate),
    tree.Chosen: partial(operators.chosen, evaluate=evaluate),
    tree.Ranging: partial(operators.ranging, evaluate=evaluate),
    tree.Ball: partial(operators.ball, evaluate=evaluate),
    tree.Limit: lambda node, scope, algebra: algebra.limit(node, scope, evaluate),
    tree.Cases: partial(operators.cases, evaluate=evaluate),
    tree.Averaged: _averaged,
}
