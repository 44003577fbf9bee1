"""Vectors and matrices of balls: sums, products, transposes, norms and traces, entry by entry. Nothing is broadcast.

Their entries are whatever the balls' algebra works on: real or complex balls, or slopes.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping
from typing import Any

import flint
import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.matrices import columns, transposed

Array = Any  # numpy array of balls
# A function of balls by name, for what a norm needs of its entries.
Named = Callable[[str, list[Any]], Any]


def array(entries: Any, shape: tuple[int, ...]) -> Array:
    """An array of that shape, from its entries one after the other."""
    found = np.empty(len(entries), dtype=object)
    found[:] = entries
    return found.reshape(shape)


def operate(symbol: str, x: Any, y: Any) -> Any:
    """x + y, x - y, x * y or x / y, where one of them is an array at least."""
    if symbol in "+-":
        if np.shape(x) != np.shape(y):
            raise ShapeError(f"a sum of shapes {np.shape(x)} and {np.shape(y)}; expected equal shapes")
        return x + y if symbol == "+" else x - y
    if symbol == "/":
        if isinstance(y, np.ndarray):
            raise ShapeError(f"a division by an array of shape {y.shape}; expected a number")
        return _each(x, lambda one: one / y)
    if symbol == "*" and isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
        return _product(x, y)
    if symbol == "*":
        return _each(x, lambda one: one * y) if isinstance(x, np.ndarray) else _each(y, lambda one: x * one)
    raise ShapeError("a power of an array is not enclosed; write it as products")


def _each(x: Array, change: Callable[[Any], Any]) -> Array:
    return array([change(one) for one in x.ravel()], x.shape)


def _product(x: Array, y: Array) -> Any:
    left, right = columns(x), columns(y)
    if left.shape[1] != right.shape[0]:
        raise ShapeError(f"a product of shapes {x.shape} and {y.shape}; expected inner dimensions that agree")
    sums = [sum_of([a * b for a, b in zip(row, column, strict=True)]) for row in left for column in right.T]
    if len(sums) == 1 and y.shape != (1, 1):
        return sums[0]
    shape = (left.shape[0],) if right.shape[1] == 1 and y.ndim == 1 else (left.shape[0], right.shape[1])
    return array(sums, shape)


def sum_of(entries: list[Any]) -> Any:
    """The sum of some balls."""
    return functools.reduce(operator.add, entries, flint.arb(0))


def _root_of_squares(x: Array, named: Named) -> Any:
    return named("root", [sum_of([named("square", [one]) for one in x.ravel()]), flint.arb(2)])


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "transpose": lambda named, x: transposed(x),
    "norm": lambda named, x: _root_of_squares(_vector(x), named),
    "norm_2": lambda named, x: _root_of_squares(_vector(x), named),
    "norm_F": lambda named, x: _root_of_squares(x, named),
    "norm_1": lambda named, x: sum_of([named("absolute", [one]) for one in _vector(x)]),
    "norm_inf": lambda named, x: named("max", [named("absolute", [one]) for one in _vector(x)]),
    "inner": lambda named, x, y: _product(transposed(_vector(x)), _vector(y)),
    "trace": lambda named, x: sum_of([x[k, k] for k in range(x.shape[0])]),
}


def _vector(x: Array) -> Array:
    if x.ndim != 1:
        raise ShapeError(f"a norm of shape {x.shape}; expected a vector")
    return x
