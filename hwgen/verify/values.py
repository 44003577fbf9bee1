"""What symbols are at one point: what the content says, moved a little where asked. Independent of the judge's scopes."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from hwgen.model import Approx, Binding, Bindings, Expectation, Function, Value, Variable

ROUNDING = 4e-16


class Unknown(Exception):
    """What is not evaluated here, in words."""


class Values:
    """The symbols of a claim at a point; the one called `moved` by its error, and each operation by its rounding where `noise` is given."""

    def __init__(self, bindings: Bindings, point: Mapping[str, Any], *, moved: str = "", noise: random.Random | None = None) -> None:
        self.bindings, self.point, self.moved, self.noise = bindings, point, moved, noise
        self.local: dict[str, Any] = {}
        self.known: dict[str, Any] = {}

    def otherwise(self, *, moved: str = "", noise: random.Random | None = None) -> Values:
        """The same point, a symbol or the roundings moved; what the content computed there is not computed again."""
        other = Values(self.bindings, self.point, moved=moved, noise=noise)
        other.known = self.known
        return other

    def may_move(self, name: str) -> bool:
        """Whether a symbol is known with an error; of a function it is known only where it is called."""
        binding = self._binding(name)
        if not isinstance(binding, Value):
            return isinstance(binding, Function)
        found = self._computed(name, binding.compute)
        return bool(found.error) if isinstance(found, Approx) else bool(binding.error) and not _counts(plain(found))

    def symbol(self, name: str) -> Any:
        """The value of a symbol, a number or an array."""
        if name in self.local:
            return self.local[name]
        binding = self._binding(name)
        if isinstance(binding, Variable):
            return plain(self.point[binding.name])
        if not isinstance(binding, Value):
            raise Unknown(f"{name} is a function, used as a value")
        return self._moved(name, self._computed(name, binding.compute), binding.error)

    def call(self, name: str, order: int, arguments: Sequence[Any]) -> Any:
        """A function of the content, or one of its derivatives."""
        binding = self._binding(name)
        if not isinstance(binding, Function):
            raise Unknown(f"{name} is applied, and is no function")
        given = {variable: self.point[variable] for variable in binding.of}
        return self._moved(name, (binding.call, *binding.derivatives)[order](*arguments, **given), binding.error)

    def law(self, name: str) -> tuple[Any, dict[str, Any], Expectation]:
        """The weights of a head's law and the values of its symbols."""
        binding = self._binding(name)
        if not isinstance(binding, Expectation):
            raise Unknown(f"{name} is no head")
        weights, *columns = self._computed(name, binding.law)
        named = {symbol: np.asarray(column, float) for symbol, column in zip(binding.symbols, columns, strict=True)}
        return np.asarray(weights, float), named, binding

    def _computed(self, name: str, compute: Callable[..., Any]) -> Any:
        if name not in self.known:
            self.known[name] = compute(**self._wanted(compute))
        return self.known[name]

    def _binding(self, name: str) -> Binding:
        if name not in self.bindings:
            raise Unknown(f"{name} is bound to nothing in the content: the ledger is of another one")
        return self.bindings[name]

    def _wanted(self, compute: Callable[..., Any]) -> dict[str, Any]:
        parameters = inspect.signature(compute).parameters.values()
        if any(one.kind is one.VAR_KEYWORD for one in parameters):
            return dict(self.point)
        return {one.name: self.point[one.name] for one in parameters if one.name in self.point}

    def _moved(self, name: str, found: Any, relative: float) -> Any:
        value = plain(found.value if isinstance(found, Approx) else found)
        if name != self.moved or (not isinstance(found, Approx) and _counts(value)):
            return value
        return value + (found.error if isinstance(found, Approx) else relative * np.max(np.abs(value), initial=0.0))

    def rounded(self, value: Any) -> Any:
        """A result of an operation, moved by about its rounding if this is asked for."""
        if self.noise is None or isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
            return value
        return value * (1 + ROUNDING * self.noise.choice((-1.0, 1.0)))


def _counts(value: Any) -> bool:
    """Whether a value may count or index, so that it would mean something else if it moved."""
    return isinstance(value, float) and value.is_integer()


def plain(value: Any) -> Any:
    """A number as a float, anything else as an array of floats."""
    array = np.asarray(value, float)
    return float(array) if array.ndim == 0 else array
