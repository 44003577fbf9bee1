"""The value of a formula's tree at a point, in plain floating point: written from the meaning of each node, not from the judge's code.

Tolerances are not computed here: whoever asks moves the symbols and the roundings, and looks what follows.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from scipy import integrate, optimize

from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node
from hwgen.verify.functions import FUNCTIONS, power, product, same, whole
from hwgen.verify.values import Unknown, Values

MOST_TERMS = 20_000
GRID = 401
TIE = 1e-12


def value(node: Node, at: Values) -> Any:
    """The value of a node: a number or an array. Raises Unknown for what is not evaluated here."""
    if type(node) not in _MEANING:
        raise Unknown(f"{type(node).__name__.lower()} is not evaluated here")
    return at.rounded(_MEANING[type(node)](node, at))


def holds(chain: Chain, at: Values) -> bool:
    """Whether every relation of a chain holds; what differs by rounding only is equal."""
    sides = [value(side, at) for side in chain.sides]
    return all(_compared(one.symbol, *pair) for one, pair in zip(chain.relations, itertools.pairwise(sides), strict=True))


def _compared(symbol: str, left: Any, right: Any) -> bool:
    tie = bool(np.all(np.abs(left - right) <= TIE * np.maximum(np.maximum(np.abs(left), np.abs(right)), TIE)))
    less = bool(np.all(left < right))
    more = bool(np.all(left > right))
    return {"=": tie, r"\le": tie or less, r"\ge": tie or more, "<": less and not tie, ">": more and not tie}[symbol]


def _number(node: tree.Number, at: Values) -> float:
    return {"pi": math.pi, "inf": math.inf}.get(node.text) or float(node.text)


def _index(node: tree.Index, at: Values) -> Any:
    array = at.symbol(node.name)
    places = tuple(whole(value(one, at)) - 1 for one in node.indices)
    if any(not 0 <= place < size for place, size in zip(places, np.shape(array), strict=False)) or len(places) > np.ndim(array):
        raise Unknown(f"{node.name} has no entry {[place + 1 for place in places]}")
    found = array[places]
    return float(found) if np.ndim(found) == 0 else found


def _apply(node: tree.Apply, at: Values) -> Any:
    return at.call(node.name, node.order, [value(one, at) for one in node.arguments])


def _elementary(node: tree.Elementary, at: Values) -> Any:
    if node.name not in FUNCTIONS:
        raise Unknown(f"{node.name} is not evaluated here")
    found = FUNCTIONS[node.name](*(value(one, at) for one in node.arguments))
    return float(found) if np.ndim(found) == 0 else found


def _operation(node: tree.Operation, at: Values) -> Any:
    left, right = value(node.left, at), value(node.right, at)
    match node.symbol:
        case "+":
            return same(left, right) + right
        case "-":
            return same(left, right) - right
        case "*":
            return product(left, right)
        case "/":
            return left / right if right else math.nan
    return np.linalg.matrix_power(left, whole(right)) if np.ndim(left) else power(left, right)


def _matrix(node: tree.Matrix, at: Values) -> Any:
    return np.array([[value(entry, at) for entry in row] for row in node.rows])


def _within(part: Node | Chain, at: Values, **names: Any) -> Any:
    """The value of a node, or whether a chain holds, with some names bound."""
    before = dict(at.local)
    at.local |= names
    try:
        return holds(part, at) if isinstance(part, Chain) else value(part, at)
    finally:
        at.local = before


_GATHER: Mapping[str, Callable[[list[Any]], Any]] = {
    "sum": sum,
    "product": lambda x: math.prod(x),
    "max": max,
    "min": min,
    "sup": max,
    "inf": min,
}


def _indexed(node: tree.Indexed, at: Values) -> Any:
    if any(isinstance(high, tree.Number) and high.text == "inf" for high in node.highs):
        return _series(node, at)
    spans = [range(_low(node, place, at), _high(node, place, at) + 1) for place in range(len(node.indices))]
    if math.prod(len(span) for span in spans) > MOST_TERMS:
        raise Unknown(f"a {node.kind} of more than {MOST_TERMS} terms")
    named = (dict(zip(node.indices, map(float, values), strict=True)) for values in itertools.product(*spans))
    found = [_within(node.body, at, **names) for names in named if all(_allowed(one, at, names) for one in node.conditions)]
    return _GATHER[node.kind](found) if found or node.kind in {"sum", "product"} else math.nan


def _low(node: tree.Indexed, place: int, at: Values) -> int:
    low = node.lows[place]
    return 1 if low is None else whole(value(low, at))


def _high(node: tree.Indexed, place: int, at: Values) -> int:
    high, name = node.highs[place], node.indices[place]
    if high is not None:
        return whole(value(high, at))
    used = [(one.name, axis) for one in tree.parts(node.body) if isinstance(one, tree.Index) for axis, index in enumerate(one.indices)
            if isinstance(index, tree.Symbol) and index.name == name]  # fmt: skip
    sizes = {np.shape(at.symbol(array))[axis] for array, axis in used}
    if len(sizes) != 1:
        raise Unknown(f"how far {name} runs is not said")
    return int(sizes.pop())


def _allowed(condition: tree.Condition, at: Values, names: Mapping[str, float]) -> bool:
    left, right = (_within(side, at, **names) for side in (condition.left, condition.right))
    return bool({"<": left < right, "<=": left <= right, "!=": left != right}[condition.symbol])


def _series(node: tree.Indexed, at: Values) -> float:
    """An infinite sum whose terms fall off fast, term by term."""
    total, first = 0.0, _low(node, 0, at)
    for k in range(first, first + MOST_TERMS):
        term = float(_within(node.body, at, **{node.indices[0]: float(k)}))
        total += term
        # Not at once, as the first terms of a series may vanish.
        if k > first + 8 and abs(term) < 1e-18 * abs(total):
            return total
    raise Unknown("an infinite sum whose terms fall off slowly")


def _chosen(node: tree.Chosen, at: Values) -> Any:
    elements = list(value(node.elements[0], at)) if node.declared else [value(one, at) for one in node.elements]
    count = 1 if node.power is None else whole(value(node.power, at))
    if len(elements) ** count > MOST_TERMS:
        raise Unknown(f"a {node.kind} over more than {MOST_TERMS} elements")
    chosen = [values[0] if node.power is None else np.array(values) for values in itertools.product(elements, repeat=count)]
    return _GATHER[node.kind]([_within(node.body, at, **{node.variable: one}) for one in chosen])


def _ranging(node: tree.Ranging, at: Values) -> float:
    low, high = value(node.low, at), value(node.high, at)

    def body(u: float) -> float:
        return float(_within(node.body, at, **{node.variable: float(u)}))

    if node.kind == "integral":
        return float(integrate.quad(body, low, high, epsabs=1e-13, epsrel=1e-12, limit=400)[0])
    if any(node.open) and not low < high:
        raise Unknown("an extremum over nothing")
    if not (math.isfinite(low) and math.isfinite(high)):
        raise Unknown("an extremum over an unbounded range")
    return _extremum(body, low, high, 1.0 if node.kind in {"inf", "min"} else -1.0)


def _extremum(body: Callable[[float], float], low: float, high: float, sign: float) -> float:
    """The extremum on a grid, then between the neighbours of the best of its points."""
    # No enclosure, on purpose: a second opinion takes another way than the first.
    grid = np.linspace(low, high, GRID)
    found = [sign * body(u) for u in grid]
    best = int(np.argmin(found))
    ends = grid[max(best - 1, 0)], grid[min(best + 1, GRID - 1)]
    near = optimize.minimize_scalar(lambda u: sign * body(u), bounds=ends, method="bounded", options={"xatol": 1e-12})
    return sign * min(found[best], float(near.fun))


def _cases(node: tree.Cases, at: Values) -> Any:
    for piece, condition in node.pieces:
        if condition is None or holds(condition, at):
            return value(piece, at)
    raise Unknown("none of the cases holds")


def _averaged(node: tree.Averaged, at: Values) -> Any:
    weights, columns, binding = at.law(node.name)
    used = {name for part in (node.body, node.given) if part for name in _names(part)} & set(columns)
    weights, atoms = _atoms(weights, {name: columns[name] for name in columns if name in used})
    if node.given is not None:
        weights = np.array([weight if _within(node.given, at, **atom) else 0.0 for weight, atom in zip(weights, atoms, strict=True)])
        weights = weights / np.sum(weights)
    more = 1 + binding.error if node.name == at.moved else 1.0
    if isinstance(node.body, Chain):
        return more * math.fsum(weight for weight, atom in zip(weights, atoms, strict=True) if _within(node.body, at, **atom))
    found = [_within(node.body, at, **atom) for atom in atoms]
    mean: Any = sum(weight * one for weight, one in zip(weights, found, strict=True))
    if binding.moment == "variance":
        return more * sum(weight * (one - mean) ** 2 for weight, one in zip(weights, found, strict=True))
    return more * mean


def _names(part: Node | Chain) -> Iterator[str]:
    return (one.name for one in tree.parts(part) if isinstance(one, tree.Symbol | tree.Index))


def _atoms(weights: Any, columns: Mapping[str, Any]) -> tuple[Any, list[dict[str, Any]]]:
    """Atoms that differ in nothing that is asked for are one."""
    together: dict[tuple[bytes, ...], list[int]] = {}
    for number in range(len(weights)):
        together.setdefault(tuple(column[number].tobytes() for column in columns.values()), []).append(number)
    firsts = [numbers[0] for numbers in together.values()]
    summed = np.array([math.fsum(weights[numbers]) for numbers in together.values()])
    return summed, [{name: (float(column[k]) if column.ndim == 1 else column[k]) for name, column in columns.items()} for k in firsts]


_MEANING: Mapping[type, Callable[[Any, Values], Any]] = {
    tree.Number: _number,
    tree.Symbol: lambda node, at: at.symbol(node.name),
    tree.Index: _index,
    tree.Apply: _apply,
    tree.Elementary: _elementary,
    tree.Operation: _operation,
    tree.Negative: lambda node, at: -value(node.of, at),
    tree.Matrix: _matrix,
    tree.Indexed: _indexed,
    tree.Chosen: _chosen,
    tree.Ranging: _ranging,
    tree.Cases: _cases,
    tree.Averaged: _averaged,
}
