"""The symbols of a claim at one point of its domain: values, functions and laws, computed when first asked for, then remembered.

Nothing is guessed, broadcast or rounded away; nothing here knows what a formula says of them.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS, UNDEFINED, is_finite, size
from hwgen.evidence.floats import APPROX
from hwgen.evidence.unfit import UnfitError, real, shown, weighed
from hwgen.model import Approx, Bindings, Expectation, Function, Point, Value, Variable
from hwgen.model.errors import ContentError
from hwgen.reading import tree

# What is whole times one of these is a number of few digits.
_SHORT = (1e6, 2.0**30)
# What rounding leaves of a probability that is 0.
_NOTHING = 1e-12
# Floats hold whole numbers up to here.
_EXACT = 2.0**53
Asked = dict[tuple[str, str], Approx]


class Scope:
    """The symbols at one point: values, functions and heads computed when first asked for, then remembered.

    `asked`: what oracles have said at other points of the same problem, by the variables that they take; `kept`: what parts of
    formulas were found to be, if that is kept.
    """

    kept: Any = None

    def __init__(self, bindings: Bindings, point: Point, asked: Asked | None = None) -> None:
        self.bindings, self.point, self.asked = bindings, point, asked
        self.local: dict[str, Any] = {}
        self._values: dict[str, Any] = {}
        self._calls: dict[tuple[str, int, Any], Approx] = {}
        self._laws: dict[str, tuple[Any, dict[str, Any]]] = {}
        self._merged: dict[tuple[str, frozenset[str]], tuple[Any, list[dict[str, Any]]]] = {}
        self.depth, self.steps = 0, 0
        # Integrals and extrema that were enclosed here, by what they say, and how often what lies between samples was looked at.
        self.solved: dict[Any, Any] = {}
        self.looks = 0

    def value(self, name: str) -> Any:
        """The value of a symbol: bound by an operator, a variable of the domain, or an oracle's result."""
        if name in self.local:
            return self.local[name]
        if name not in self._values:
            binding = self.bindings[name]
            if isinstance(binding, Variable):
                self._values[name] = APPROX.of(self.point[binding.name])
            elif isinstance(binding, Value):
                self._values[name] = self._said(name, binding)
            else:
                raise ContentError(f"{name} is a function or a head, used as a value")
        return self._values[name]

    def _said(self, name: str, binding: Value) -> Approx:
        """What an oracle says: asked once at all points that differ in no variable that it takes."""
        given = _wanted(binding.compute, self.point)
        if self.asked is None:
            return _approx(real(name, binding.compute, binding.compute(**given)), binding.error)
        key = name, point_key(given)
        if key not in self.asked:
            self.asked[key] = _approx(real(name, binding.compute, binding.compute(**given)), binding.error)
        return self.asked[key]

    def call(self, name: str, order: int, arguments: tuple[Approx, ...]) -> Approx:
        """A declared function at the given arguments; their errors are carried through by evaluating at both ends, however near."""
        values = tuple(argument.value for argument in arguments)
        found = self._called(name, order, values)
        error = found.error
        for index, argument in enumerate(arguments):
            if not isinstance(argument.value, np.ndarray) and argument.error > 0:
                beside = [(*values[:index], argument.value + step, *values[index + 1 :]) for step in (-argument.error, argument.error)]
                error += max(self._moved(name, order, end, found) for end in beside)
        return Approx(value=found.value, error=error)

    def _moved(self, name: str, order: int, end: tuple[Any, ...], found: Approx) -> float:
        """How far a function is from its value at an end of an argument's error; 0 where it has none there."""
        try:
            there = self._called(name, order, end).value
        except (ValueError, ArithmeticError):  # an oracle outside of where it is defined
            return 0.0
        return size(there - found.value) if is_finite(there) else 0.0

    def _called(self, name: str, order: int, values: tuple[Any, ...]) -> Approx:
        key = (name, order, tuple(value.tobytes() if isinstance(value, np.ndarray) else value for value in values))
        if key not in self._calls:
            binding = self.bindings[name]
            assert isinstance(binding, Function)
            compute = (binding.call, *binding.derivatives)[order]
            given = {variable: self.point[variable] for variable in binding.of}
            _takes(name, compute, len(values), given)
            finite = all(map(is_finite, values))
            self._calls[key] = _approx(real(name, compute, _asked(name, compute, values, given)), binding.error) if finite else UNDEFINED
        return self._calls[key]

    def width(self, name: str) -> float:
        """The largest part of a value that is left open by an error of what a symbol said here; of a head the one that is declared."""
        binding = self.bindings[name]
        if isinstance(binding, Expectation):
            return binding.error
        said = [self._values[name]] if name in self._values else [one for key, one in self._calls.items() if key[0] == name]
        return max((one.error / size(one.value) for one in said if size(one.value) > 0), default=0.0)

    def averaged(self, name: str) -> tuple[str, ...]:
        """The symbols that a head averages over."""
        binding = self.bindings.get(name)
        return binding.symbols if isinstance(binding, Expectation) else ()

    def law(self, name: str, symbols: frozenset[str]) -> tuple[Any, list[dict[str, Any]]]:
        """The weights of a head's law and the values of `symbols` atom by atom; atoms that differ in other symbols only are one."""
        if name not in self._laws:
            binding = self.bindings[name]
            assert isinstance(binding, Expectation)
            weights, *columns = _drawn(name, binding, self.point)
            if len(columns) != len(binding.symbols):
                raise ContentError(f"the law of {name} returns {len(columns)} symbols; expected {', '.join(binding.symbols)}")
            # A rule of quadrature for means may have negative weights.
            least = -_NOTHING if binding.moment == "probability" else -np.inf
            weights = weighed(name, binding.law, weights, binding.error, least)
            self._laws[name] = (weights, dict(zip(binding.symbols, columns, strict=True)))
        weights, named = self._laws[name]
        key = name, frozenset(named.keys() & symbols)
        if key not in self._merged:
            self._merged[key] = _atoms(
                weights, {symbol: np.asarray(column, float) for symbol, column in named.items() if symbol in symbols}
            )
        return self._merged[key]

    def average(self, node: tree.Averaged, algebra: Any) -> Any:
        """What a head says of its body, where the scope knows it otherwise than by a law of numbers; None here."""
        del node, algebra


class Bound:
    """Within: a variable of an operator has a value in the scope."""

    def __init__(self, scope: Scope, values: Mapping[str, Any]) -> None:
        self.scope, self.values = scope, values

    def __enter__(self) -> None:
        # A copy, since an inner operator may bind a name that an outer one has bound.
        self.before = dict(self.scope.local)
        self.scope.local.update(self.values)

    def __exit__(self, *_: object) -> None:
        self.scope.local = self.before


def scope_at(bindings: Bindings, point: Point, asked: Asked | None = None) -> Scope:
    """The meaning of every declared symbol at one point of the domain."""
    return Scope(bindings, point, asked)


def point_key(point: Point) -> str:
    """The point, told apart from every other one."""
    return repr([(name, one.tobytes() if isinstance(one, np.ndarray) else one) for name, one in point.items()])


@functools.cache
def _parameters(compute: Callable[..., Any]) -> frozenset[str] | None:
    parameters = inspect.signature(compute).parameters.values()
    return None if any(one.kind is one.VAR_KEYWORD for one in parameters) else frozenset(one.name for one in parameters)


def _wanted(compute: Callable[..., Any], point: Point) -> dict[str, Any]:
    try:
        names = _parameters(compute)
    except TypeError:
        # What has no hash cannot be remembered.
        names = _parameters.__wrapped__(compute)
    return dict(point) if names is None else {name: value for name, value in point.items() if name in names}


def takes(compute: Callable[..., Any], names: Set[str]) -> bool:
    """Whether an oracle takes one of these variables, as far as it says."""
    return bool(_wanted(compute, dict.fromkeys(names, 0.0)))


def _approx(result: Any, relative: float) -> Approx:
    if isinstance(result, Approx):
        return APPROX.of(result)
    plain = APPROX.of(result)
    return Approx(value=plain.value, error=0.0 if _counted(result) else relative * size(plain.value))


def _counted(result: Any) -> bool:
    """Whether an oracle gives whole numbers as such, as what it counts: these are exact."""
    whole = np.asarray(result).dtype.kind in "biu" if isinstance(result, int | np.integer | np.ndarray) else False
    return whole and size(np.asarray(result, float)) < _EXACT


def _asked(name: str, compute: Callable[..., Any], values: Sequence[Any], given: Mapping[str, Any]) -> Any:
    """What an oracle says. An array where it takes a number is the formula's fault, and named; anything else is the oracle's own."""
    try:
        return compute(*values, **given)
    except (TypeError, ValueError) as error:
        shapes = [value.shape for value in values if isinstance(value, np.ndarray)]
        if not shapes:
            raise
        raise ShapeError(f"{name} is applied to an array of shape {shapes[0]}, and raises {type(error).__name__}: {error}") from error


def _drawn(name: str, binding: Expectation, point: Point) -> list[Any]:
    """The weights and the values of a law at one point."""
    made = binding.law(**_wanted(binding.law, point))
    try:
        parts = list(made)
    except TypeError:
        expected = f"expected its weights, and the values of {', '.join(binding.symbols)}"
        raise UnfitError(name, binding.law, f"{shown(made)}; {expected}") from None
    return [real(name, binding.law, one) for one in parts]


def _atoms(weights: Any, columns: Mapping[str, Any]) -> tuple[Any, list[dict[str, Any]]]:
    flat = np.hstack([np.zeros((len(weights), 1)), *(column.reshape(len(weights), -1) for column in columns.values())])
    # The column of zeros makes one atom of a law of which no symbol is printed.
    _, first, inverse = np.unique(flat, axis=0, return_index=True, return_inverse=True)
    merged = np.bincount(inverse.ravel(), weights=weights)
    errors = {symbol: _own_error(column) for symbol, column in columns.items()}
    return merged, [
        {symbol: APPROX.of(Approx(value=column[k], error=errors[symbol][k])) for symbol, column in columns.items()} for k in first
    ]


def _own_error(column: Any) -> list[float]:
    """How far rounding may have moved each atom: not at all where it is a short decimal or binary number, as one that is typed is."""
    entries = np.abs(column.reshape(len(column), -1))
    with np.errstate(all="ignore"):
        short = functools.reduce(np.logical_or, [entries * scale == np.round(entries * scale) for scale in _SHORT])
        largest = np.max(np.where(short, 0.0, entries), axis=1, initial=0.0)
    return [float(one) if np.isfinite(one) else 0.0 for one in 2 * EPS * largest]


def _takes(name: str, compute: Callable[..., Any], count: int, given: Mapping[str, Any]) -> None:
    """Raises ShapeError unless the function takes that many printed arguments."""
    try:
        fits = _fits(compute, count, tuple(given))
    except TypeError:  # it cannot be remembered
        fits = _fits.__wrapped__(compute, count, tuple(given))
    if not fits:
        raise ShapeError(f"{name} is applied to {count} argument{'s' * (count != 1)}, which is not what it takes")


@functools.cache
def _fits(compute: Callable[..., Any], count: int, names: tuple[str, ...]) -> bool:
    """Asked at every abscissa of an integral and of a supremum, always of the same few functions."""
    if isinstance(compute, np.ufunc):  # its signature names what it may write into as well
        return count == compute.nin and not names
    try:
        inspect.signature(compute).bind(*range(count), **dict.fromkeys(names))
    except TypeError:
        return False
    except ValueError:  # a function of C that does not say
        return True
    return True
