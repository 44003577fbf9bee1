"""What the operations of a formula do to values. One protocol, and here its floating-point form with a running error bound.

Symbolic and interval arithmetic implement the same protocol elsewhere; no formula is known here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

import numpy as np

from hwgen.evidence import calculus
from hwgen.model import Approx
from hwgen.model.errors import ContentError

V = TypeVar("V")
EPS = float(np.finfo(float).eps)
# libm and numpy stay within this many units in the last place for the functions below.
ULPS = 4.0
# What a product, a quotient, a power or a function may lose to underflow.
TINY = 1e-300


class ShapeError(ContentError):
    """Shapes that do not match exactly; nothing is broadcast. `span`: the part of the formula that is at fault, once it is known."""

    span: tuple[int, int] | None = None


class Algebra(Protocol[V]):
    """The operations that a formula is made of, over values of one kind."""

    def number(self, text: str) -> V:
        """A decimal number, "pi" or "inf"."""

    def of(self, given: Any) -> V:
        """A value of the algebra from what a scope holds."""

    def negative(self, x: V) -> V:
        """-x"""

    def operate(self, symbol: str, x: V, y: V) -> V:
        """x + y, x - y, x * y, x / y, x ^ y, by the operator's symbol."""

    def elementary(self, name: str, arguments: Sequence[V]) -> V:
        """exp, log, …, absolute, root, binom, max, min, norm_2, inner, transpose, by name."""

    def matrix(self, rows: Sequence[Sequence[V]]) -> V:
        """A matrix of scalars."""

    def shape(self, x: V) -> tuple[int, ...]:
        """The shape of an array, () for a number."""

    def entry(self, x: V, places: Sequence[int]) -> V:
        """One entry of an array, or one of its rows; places from 0."""

    def whole(self, x: V) -> int:
        """An exact whole number as such. Raises ShapeError for anything else."""

    def integral(self, body: Callable[[V], V], low: V, high: V) -> V:
        """The integral of `body` from low to high."""

    def extremum(self, kind: str, body: Callable[[V], V], low: V, high: V) -> V:
        """The supremum ("max") or infimum ("min") of `body` over [low, high]."""


def _clipped(name: str, x: float) -> float:
    low, high = {"arccos": (-1, 1), "arcsin": (-1, 1), "log": (0, math.inf), "arccosh": (1, math.inf), "arctanh": (-1, 1)}.get(
        name, (-math.inf, math.inf)
    )
    return min(max(x, low), high)


def _erf(x: float) -> float:
    return math.erf(x)


_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "arcsinh": math.asinh,
    "arccosh": math.acosh,
    "arctanh": math.atanh,
    "erf": _erf,
    "erfc": math.erfc,
    "sign": lambda x: float((x > 0) - (x < 0)),
}


def _call(name: str, x: float) -> float:
    try:
        return _FUNCTIONS[name](x)
    except (ValueError, OverflowError):
        return math.inf if name == "exp" else -math.inf if name == "log" and x == 0 else math.nan


def _size(value: Any) -> float:
    return abs(value) if isinstance(value, float) else float(np.max(np.abs(value), initial=0.0))


def _simple(value: Any) -> Any:
    """A float for what has no shape (or one entry after a product), an array otherwise."""
    if isinstance(value, float | int):
        return float(value)
    array = np.asarray(value, dtype=float)
    return float(array) if array.ndim == 0 else array


def _row_or_column(value: Any) -> Any:
    """Arrays as matrices: a vector is a column."""
    return value[:, None] if isinstance(value, np.ndarray) and value.ndim == 1 else value


class RunningError:
    """Float64 with a bound on the absolute error of every result, from the errors of its operands and the rounding.

    Values are Approx: a float, a vector (n,), a row (1, n) or a matrix (m, n), with one bound for all entries.
    """

    def number(self, text: str) -> Approx:
        if text == "pi":
            return Approx(value=math.pi, error=EPS * 2)
        if text == "inf":
            return Approx(value=math.inf, error=0.0)
        number = float(text)
        return Approx(value=number, error=0.0 if number.is_integer() else EPS * abs(number))

    def of(self, given: Any) -> Approx:
        if isinstance(given, Approx):
            return Approx(value=_simple(given.value), error=float(given.error))
        return Approx(value=_simple(given), error=0.0)

    def negative(self, x: Approx) -> Approx:
        return Approx(value=-x.value, error=x.error)

    def operate(self, symbol: str, x: Approx, y: Approx) -> Approx:
        return {"+": self._add, "-": self._subtract, "*": self._multiply, "/": self._divide, "^": self._power}[symbol](x, y)

    def _add(self, x: Approx, y: Approx) -> Approx:
        if np.shape(x.value) != np.shape(y.value):
            raise ShapeError(f"a sum of shapes {np.shape(x.value)} and {np.shape(y.value)}; expected equal shapes")
        total = x.value + y.value
        return Approx(value=total, error=x.error + y.error + EPS * _size(total))

    def _subtract(self, x: Approx, y: Approx) -> Approx:
        return self._add(x, self.negative(y))

    def _multiply(self, x: Approx, y: Approx) -> Approx:
        scalars = not isinstance(x.value, np.ndarray) or not isinstance(y.value, np.ndarray)
        terms = 1 if scalars else _row_or_column(x.value).shape[-1]
        value = x.value * y.value if scalars else self._matrix_product(x.value, y.value)
        sizes = _size(x.value), _size(y.value)
        error = terms * (sizes[0] * y.error + sizes[1] * x.error + x.error * y.error)
        return Approx(value=value, error=error + TINY + EPS * (terms * sizes[0] * sizes[1] if terms > 1 else _size(value)))

    def _matrix_product(self, x: Any, y: Any) -> Any:
        left, right = _row_or_column(x), _row_or_column(y)
        if left.shape[1] != right.shape[0]:
            raise ShapeError(f"a product of shapes {np.shape(x)} and {np.shape(y)}; expected inner dimensions that agree")
        product = left @ right
        if product.shape == (1, 1) and np.shape(y) != (1, 1):
            return float(product[0, 0])
        return product[:, 0] if product.shape[1] == 1 and y.ndim == 1 else product

    def _divide(self, x: Approx, y: Approx) -> Approx:
        if isinstance(y.value, np.ndarray):
            raise ShapeError(f"a division by an array of shape {y.value.shape}; expected a number")
        if y.value == 0 or abs(y.value) <= y.error or not math.isfinite(y.value):
            zero = math.isinf(y.value) and math.isfinite(_size(x.value))
            return Approx(value=x.value * 0.0 if zero else x.value * math.nan, error=0.0 if zero else math.nan)
        value = x.value / y.value
        error = (x.error + _size(value) * y.error) / (abs(y.value) - y.error)
        return Approx(value=value, error=error + TINY + EPS * _size(value))

    def _power(self, x: Approx, y: Approx) -> Approx:
        if isinstance(x.value, np.ndarray) or isinstance(y.value, np.ndarray):
            raise ShapeError("a power of an array; expected a number")
        value = _raised(x.value, y.value)
        ends = [_raised(x.value + dx, y.value + dy) for dx in (0.0, *_around(x.error)) for dy in (0.0, *_around(y.error))]
        spread = max((abs(end - value) for end in ends if not math.isnan(end)), default=0.0)
        return Approx(value=value, error=spread + TINY + ULPS * EPS * abs(value))

    def elementary(self, name: str, arguments: Sequence[Approx]) -> Approx:
        if name in _FUNCTIONS:
            return self._function(name, arguments[0])
        operations: dict[str, Callable[..., Approx]] = {
            "absolute": self._absolute,
            "root": self._root,
            "binom": self._binomial,
            "max": lambda *x: self._extreme(max, x),
            "min": lambda *x: self._extreme(min, x),
            "norm": self._norm,
            "norm_2": self._norm,
            "norm_F": self._frobenius,
            "norm_op": self._operator_norm,
            "inner": self._inner,
            "transpose": self._transpose,
        }
        return operations[name](*arguments)

    def _scalar(self, x: Approx, what: str) -> float:
        if isinstance(x.value, np.ndarray):
            raise ShapeError(f"{what} of an array of shape {x.value.shape}; expected a number")
        return float(x.value)

    def _function(self, name: str, x: Approx) -> Approx:
        number = self._scalar(x, name)
        inside = _clipped(name, number)
        if abs(number - inside) > x.error + ULPS * EPS:
            return Approx(value=math.nan, error=math.nan)
        value = _call(name, inside)
        spread = max((abs(_call(name, _clipped(name, inside + step)) - value) for step in _around(x.error)), default=0.0)
        return Approx(value=value, error=spread + TINY + ULPS * EPS * abs(value))

    def _absolute(self, x: Approx) -> Approx:
        return Approx(value=abs(self._scalar(x, "absolute value")), error=x.error)

    def _root(self, x: Approx, degree: Approx) -> Approx:
        number, n = self._scalar(x, "root"), self._scalar(degree, "degree")
        if number < -x.error or n <= 0:
            return Approx(value=math.nan, error=math.nan)
        value = max(number, 0.0) ** (1 / n)
        spread = max((abs(max(number + step, 0.0) ** (1 / n) - value) for step in _around(x.error)), default=0.0)
        return Approx(value=value, error=spread + TINY + ULPS * EPS * value)

    def _binomial(self, n: Approx, k: Approx) -> Approx:
        whole = [self._scalar(x, "binomial") for x in (n, k)]
        if any(not x.is_integer() or x < 0 for x in whole):
            return Approx(value=math.nan, error=math.nan)
        value = float(math.comb(int(whole[0]), int(whole[1])))
        return Approx(value=value, error=EPS * value)

    def _extreme(self, choose: Callable[..., float], x: Sequence[Approx]) -> Approx:
        numbers = [self._scalar(one, "maximum or minimum") for one in x]
        if any(math.isnan(number) for number in numbers):
            return Approx(value=math.nan, error=math.nan)
        return Approx(value=choose(numbers), error=max(one.error for one in x))

    def _norm(self, x: Approx) -> Approx:
        if not isinstance(x.value, np.ndarray) or (x.value.ndim == 2 and 1 not in x.value.shape):
            raise ShapeError(f"a Euclidean norm of shape {np.shape(x.value)}; expected a vector, or a norm with _F or _{{op}}")
        return self._frobenius(x)

    def _frobenius(self, x: Approx) -> Approx:
        if not isinstance(x.value, np.ndarray):
            raise ShapeError("a norm of a number; write an absolute value")
        norm = float(np.sqrt(np.sum(x.value**2)))
        return Approx(value=norm, error=math.sqrt(x.value.size) * x.error + EPS * x.value.size * norm)

    def _operator_norm(self, x: Approx) -> Approx:
        if not isinstance(x.value, np.ndarray):
            raise ShapeError("an operator norm of a number; expected a matrix")
        matrix = _row_or_column(x.value)
        if not np.all(np.isfinite(matrix)):
            return Approx(value=math.nan, error=math.nan)
        norm = float(np.linalg.norm(matrix, 2))
        return Approx(value=norm, error=math.sqrt(matrix.size) * x.error + 10 * EPS * max(matrix.shape) * norm)

    def _inner(self, x: Approx, y: Approx) -> Approx:
        if np.shape(x.value) != np.shape(y.value) or np.ndim(x.value) != 1:
            raise ShapeError(f"an inner product of shapes {np.shape(x.value)} and {np.shape(y.value)}; expected two vectors of one length")
        return self._multiply(self._transpose(x), y)

    def _transpose(self, x: Approx) -> Approx:
        if not isinstance(x.value, np.ndarray):
            raise ShapeError("a transpose of a number; expected a vector or a matrix")
        if x.value.ndim == 2 and x.value.shape[0] == 1:
            return Approx(value=x.value[0], error=x.error)
        return Approx(value=_row_or_column(x.value).T, error=x.error)

    def matrix(self, rows: Sequence[Sequence[Approx]]) -> Approx:
        value = np.array([[self._scalar(entry, "matrix entry") for entry in row] for row in rows])
        return Approx(value=value, error=max(entry.error for row in rows for entry in row))

    def shape(self, x: Approx) -> tuple[int, ...]:
        return np.shape(x.value)

    def entry(self, x: Approx, places: Sequence[int]) -> Approx:
        return self.of(Approx(value=x.value[tuple(places)], error=x.error))

    def whole(self, x: Approx) -> int:
        if not isinstance(x.value, float) or not x.value.is_integer():
            raise ShapeError(f"an index is a whole number; found {x.value}")
        return int(x.value)

    def integral(self, body: Callable[[Approx], Approx], low: Approx, high: Approx) -> Approx:
        return calculus.integral(lambda u: float(body(Approx(value=u, error=0.0)).value), float(low.value), float(high.value))

    def extremum(self, kind: str, body: Callable[[Approx], Approx], low: Approx, high: Approx) -> Approx:
        sign = -1.0 if kind == "max" else 1.0
        found = calculus.least(lambda u: sign * float(body(Approx(value=u, error=0.0)).value), float(low.value), float(high.value))
        return Approx(value=sign * found.value, error=found.error)


def _around(error: float) -> tuple[float, ...]:
    return (-error, error) if error > 0 else ()


def _raised(base: float, exponent: float) -> float:
    try:
        power = base**exponent
        return float(power) if not isinstance(power, complex) else math.nan
    except (OverflowError, ZeroDivisionError, ValueError):
        return math.nan


APPROX = RunningError()
