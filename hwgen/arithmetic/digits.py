"""The operations of a formula in many digits, over balls that hold one number each: those of all balls, and besides what only such have.

Determinants, inverses, powers, spectra and norms of small arrays, and sums without end whose terms fall geometrically.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import flint
import numpy as np

from hwgen.arithmetic import vectors
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.balls import Balls
from hwgen.arithmetic.matrices import columns
from hwgen.arithmetic.powers import Unenclosed, whole

Ball = Any  # flint.arb
Array = Any  # numpy array of balls
# Larger arrays have no spectrum here, and no determinant.
MOST_ROWS, MOST_POWER = 6, 100
# Terms of a sum are added until they are this small a part of it; they must fall by this factor at least.
_PARTS = frozenset({"floor", "ceil"})
MOST_TERMS, TAIL, SLOWEST = 2000, flint.arb(2) ** -400, 0.95


class Digits(Balls):
    """Balls that hold one number each."""

    def operate(self, symbol: str, x: Ball, y: Ball) -> Ball:
        return _power(x, y) if symbol == "^" and isinstance(x, np.ndarray) else super().operate(symbol, x, y)

    def elementary(self, name: str, arguments: Sequence[Ball]) -> Ball:
        if name in _OPERATIONS and all(isinstance(one, np.ndarray) for one in arguments):
            return _OPERATIONS[name](*arguments)
        if name in _PARTS and isinstance(arguments[0], flint.arb):
            return _part(name, arguments[0])
        if name in vectors.OPERATIONS and name != "transpose":
            arguments = [_vector(one) for one in arguments]
        return super().elementary(name, arguments)

    def series(self, term: Callable[[int], Ball], first: int, beyond: Any = None) -> Ball:
        terms = [term(first)]
        total = gross = terms[0]
        for k in range(first + 1, first + MOST_TERMS):
            terms.append(term(k))
            total, gross = total + terms[-1], abs(gross) + abs(terms[-1])
            if 0 < abs(terms[-1]) <= TAIL * gross and abs(terms[-1]) <= SLOWEST * abs(terms[-2]):
                return total + flint.arb(0, (abs(terms[-1]) * 2 / (1 - SLOWEST)).upper())
        raise Unenclosed("an infinite sum whose terms fall slowly")


def _part(name: str, x: Ball) -> Ball:
    """The integer part of a number, where the digits show which one it is."""
    found = getattr(x, name)()
    if not found.is_exact():
        raise Unenclosed(f"a {name} of what may be whole")
    return found


def _vector(x: Any) -> Any:
    """A column or a row as the vector that it is to a norm."""
    return x.ravel() if isinstance(x, np.ndarray) and x.ndim == 2 and 1 in x.shape else x


def _matrix(x: Array) -> Any:
    if x.ndim != 2 or x.shape[0] != x.shape[1]:
        raise ShapeError(f"an array of shape {x.shape}; expected a square matrix")
    if len(x) > MOST_ROWS:
        raise Unenclosed("a large matrix")
    return flint.arb_mat([list(row) for row in x])


def _array(found: Any) -> Array:
    return vectors.array(found.entries(), (found.nrows(), found.ncols()))


def _power(x: Array, y: Ball) -> Array:
    exponent = whole(y)
    if exponent is None or abs(exponent) > MOST_POWER:
        raise Unenclosed("a power of an array that is not counted out")
    base = _inverse(x) if exponent < 0 else _matrix(x)
    identity = flint.arb_mat(len(x), len(x), [int(row == column) for row in range(len(x)) for column in range(len(x))])
    return _array(functools.reduce(operator.mul, [base] * abs(exponent), identity))


def _inverse(x: Array) -> Any:
    try:
        return _matrix(x).inv()
    except ZeroDivisionError:
        raise Unenclosed("an inverse of a matrix that may be singular") from None


def _spectrum(x: Array) -> list[Ball]:
    """The eigenvalues of a symmetric matrix, which are real."""
    matrix = _matrix(x)
    if any(not (x[i, j] - x[j, i]).contains(0) for i in range(len(x)) for j in range(i)):
        raise Unenclosed("a spectrum of a matrix that is not symmetric")
    return [one.real for one in flint.acb_mat(matrix).eig(multiple=True)]


def _extreme(kind: str, found: Sequence[Ball]) -> Ball:
    return functools.reduce(lambda x, y: getattr(x, kind)(y), found)


def _operator_norm(x: Array) -> Ball:
    matrix = columns(x)
    smaller = matrix.T if matrix.shape[0] < matrix.shape[1] else matrix
    return _extreme("max", _spectrum(vectors.operate("*", smaller.T, smaller).reshape(2 * smaller.shape[1:]))).sqrt()


def _diagonal(x: Array) -> Array:
    found = [one if row == column else flint.arb(0) for row, one in enumerate(x.ravel()) for column in range(x.size)]
    return vectors.array(found, (x.size, x.size))


_OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "det": lambda x: _matrix(x).det(),
    "lambda_min": lambda x: _extreme("min", _spectrum(x)),
    "lambda_max": lambda x: _extreme("max", _spectrum(x)),
    "norm_op": _operator_norm,
    "norm_weighted": lambda x, weight: vectors.operate("*", vectors.operate("*", _vector(x), weight), _vector(x)).sqrt(),
    "diag": _diagonal,
    "hadamard": lambda x, y: x * y,
    "kron": np.kron,
}
DIGITS = Digits()
