"""What a printed formula is made of, as nodes on a tape: the operations of a formula over traced numbers and arrays of them."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.matrices import columns, transposed
from hwgen.evidence.floats import APPROX
from hwgen.evidence.scope import Scope
from hwgen.judging.libraries import asked, nodes, plain
from hwgen.judging.rerun import Rerun
from hwgen.judging.tape import OPERATIONS, Tape, Untraced, done, value_of
from hwgen.model import Approx, Bindings, Function, Point, Value, Variable
from hwgen.reading import tree

_COMPARED = {"=": operator.eq, "<": operator.lt, ">": operator.gt, r"\le": operator.le, r"\ge": operator.ge}


class Traces:
    """The operations of a formula over traced numbers."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape

    def number(self, text: str) -> Any:
        return {"pi": math.pi, "inf": math.inf}.get(text) or float(text)

    def of(self, given: Any) -> Any:
        return given

    def negative(self, x: Any) -> Any:
        return -x

    def operate(self, symbol: str, x: Any, y: Any) -> Any:
        arrays = isinstance(x, np.ndarray), isinstance(y, np.ndarray)
        match symbol:
            case "+":
                return x + y
            case "-":
                return x - y
            case "*":
                return _product(x, y) if all(arrays) else x * y
            case "/":
                return x / y
        return self._power(x, y) if arrays[0] else x**y

    def _power(self, x: Any, y: Any) -> Any:
        whole = self.whole(y)
        base = asked(self.tape, np.linalg.inv, [x], {}) if whole < 0 else x
        found = base
        for _ in range(abs(whole) - 1):
            found = found @ base
        return found if whole else np.eye(len(x))

    def elementary(self, name: str, arguments: Sequence[Any]) -> Any:
        one = arguments[0]
        match name:
            case "absolute":
                return abs(one)
            case "max" | "min":
                return (max if name == "max" else min)(arguments)
            case "root":
                return done("sqrt", one) if value_of(arguments[1]) == 2 else one ** (1 / arguments[1])
            case "transpose":
                return transposed(one)
            case "norm" | "norm_2" | "norm_F":
                return done("sqrt", sum(entry * entry for entry in one.ravel()))
            case "norm_1":
                return sum(abs(entry) for entry in one)
            case "norm_inf":
                return max(abs(entry) for entry in one)
            case "inner" | "trace" | "diag" | "kron":
                return getattr(np, {"inner": "dot"}.get(name, name))(*arguments)
            case "hadamard":
                return arguments[0] * arguments[1]
            case "floor" | "ceil" | "sign":
                return float(getattr(np, name)(value_of(one)))
        if name in OPERATIONS:
            return done(name, one)
        return self._unknown(name, arguments)

    def _unknown(self, name: str, arguments: Sequence[Any]) -> Any:
        found = APPROX.elementary(name, [APPROX.of(plain(one)) for one in arguments])
        return nodes(self.tape, name, [*arguments], found)

    def matrix(self, rows: Sequence[Sequence[Any]]) -> Any:
        return np.array([[*row, None] for row in rows], dtype=object)[:, :-1]

    def shape(self, x: Any) -> tuple[int, ...]:
        return np.shape(x) if isinstance(x, np.ndarray) else ()

    def entry(self, x: Any, places: Sequence[int]) -> Any:
        return x[tuple(places)]

    def vector(self, entries: Sequence[Any]) -> Any:
        return np.array([*entries, None], dtype=object)[:-1]

    def compare(self, symbol: str, x: Any, y: Any) -> bool:
        return bool(_COMPARED[symbol](value_of(x), value_of(y)))

    def whole(self, x: Any) -> int:
        value = value_of(x)
        if value != int(value):
            raise ShapeError(f"an index is a whole number; found {value}")
        return int(value)

    def __getattr__(self, name: str) -> Any:
        """An integral, an extremum, a limit or a sum without end is no operation that is traced."""
        raise Untraced(name)


def _product(x: Any, y: Any) -> Any:
    """The product of two arrays, of which a vector is a column; a number where only one entry is left."""
    found = columns(x) @ columns(y)
    if found.shape == (1, 1) and np.shape(y) != (1, 1):
        return found[0, 0]
    return found[:, 0] if found.shape[1] == 1 and y.ndim == 1 else found


class TracedScope(Scope):
    """The symbols of a formula at one point as traced numbers; of functions that are closed only the value is known."""

    def __init__(self, bindings: Bindings, point: Point, rerun: Rerun) -> None:
        super().__init__(bindings, {name: variable(rerun.tape, name, one) for name, one in point.items()})
        self.rerun = rerun
        # What oracles said, by symbol.
        self.said: dict[str, list[Any]] = {}

    def value(self, name: str) -> Any:
        if name in self.local:
            return self.local[name]
        if name not in self._values:
            binding = self.bindings[name]
            match binding:
                case Variable():
                    self._values[name] = self.point[binding.name]
                case Value():
                    self._values[name] = number(self.rerun.result(binding.compute, self.point))
                    self.said[name] = [self._values[name]]
                case _:
                    raise Untraced(name)
        return self._values[name]

    def call(self, name: str, order: int, arguments: tuple[Any, ...]) -> Any:
        binding = self.bindings[name]
        if not isinstance(binding, Function):
            raise Untraced(name)
        given = {one: self.point[one] for one in binding.of}
        found = number(self.rerun.call((binding.call, *binding.derivatives)[order], *arguments, **given))
        self.said.setdefault(name, []).append(found)
        return found

    def average(self, node: tree.Averaged, algebra: Any) -> Any:
        raise Untraced(node.name)


def variable(tape: Tape, name: str, value: Any) -> Any:
    """A variable of the domain as traced numbers, if it is a number or an array."""
    if isinstance(value, int | float | np.number) and not isinstance(value, bool):
        return tape.atom(name, value if isinstance(value, int) else float(value))
    if isinstance(value, np.ndarray) and value.dtype.kind in "fi":
        entries = [tape.atom((name, place), float(one)) for place, one in enumerate(value.ravel())]
        return np.array([*entries, None], dtype=object)[:-1].reshape(value.shape)
    return value


def number(found: Any) -> Any:
    """What an oracle returned: the value of an Approx, an array of one dimension less than none as its entry."""
    found = found.value if isinstance(found, Approx) else found
    if isinstance(found, list | tuple):
        found = np.array(found, dtype=object)
    return found[()] if isinstance(found, np.ndarray) and found.ndim == 0 else found
