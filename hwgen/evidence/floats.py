"""Floating-point arithmetic with a running error bound: the algebra of numerical evidence. No formula is known here."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hwgen.analysis import calculus, ends, reach, series
from hwgen.arithmetic import matrices, scalars
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS, LARGEST, UNDEFINED, lost, number, scalar, size, written
from hwgen.model import Approx


def _simple(value: Any) -> Any:
    """A float for what has no shape (or one entry after a product), an array otherwise."""
    if isinstance(value, (float, int)):  # no union, which would be made anew each time
        return float(value)
    array = np.asarray(value, dtype=float)
    return float(array) if array.ndim == 0 else array


# Named, and not bound: a table of methods would be made anew for each of millions of operations.
_BINARY = {"+": "_add", "-": "_subtract", "*": "_multiply", "/": "_divide", "^": "_power"}


@functools.cache
def _read(text: str) -> Approx:
    if text == "pi":
        return Approx(value=math.pi, error=EPS * 2)
    if text == "inf":
        return Approx(value=math.inf, error=0.0)
    return Approx(value=float(text), error=written(text))


def _signed(sign: float, found: Approx) -> Approx:
    """What is made as small as can be: a number, or its opposite."""
    return Approx(value=sign * scalar(found, "an extremum"), error=found.error)


def _nothing(x: Approx) -> bool:
    """Whether a factor is exactly zero."""
    return x.error == 0 and size(x.value) == 0


class RunningError:
    """Float64 with a bound on the absolute error of every result, from the errors of its operands and the rounding.

    Values are Approx: a float, a vector (n,), a row (1, n) or a matrix (m, n), with one bound for all entries.
    """

    def number(self, text: str) -> Approx:
        return _read(text)

    def of(self, given: Any) -> Approx:
        if isinstance(given, Approx):
            if type(given.value) is float and type(given.error) is float:
                return given
            return Approx(value=_simple(given.value), error=float(given.error))
        return Approx(value=_simple(given), error=0.0)

    def negative(self, x: Approx) -> Approx:
        return Approx(value=-x.value, error=x.error)

    def operate(self, symbol: str, x: Approx, y: Approx) -> Approx:
        work: Callable[[Approx, Approx], Approx] = getattr(self, _BINARY[symbol])
        return work(x, y)

    def _add(self, x: Approx, y: Approx) -> Approx:
        if not (type(x.value) is float is type(y.value)) and np.shape(x.value) != np.shape(y.value):
            raise ShapeError(f"a sum of shapes {np.shape(x.value)} and {np.shape(y.value)}; expected equal shapes")
        total = x.value + y.value
        return Approx(value=total, error=x.error + y.error + EPS * size(total))

    def _subtract(self, x: Approx, y: Approx) -> Approx:
        return self._add(x, self.negative(y))

    def _multiply(self, x: Approx, y: Approx) -> Approx:
        scalars = not isinstance(x.value, np.ndarray) or not isinstance(y.value, np.ndarray)
        terms = 1 if scalars else matrices.columns(x.value).shape[-1]
        value = x.value * y.value if scalars else matrices.product(x.value, y.value)
        sizes = size(x.value), size(y.value)
        error = terms * (sizes[0] * y.error + sizes[1] * x.error + x.error * y.error)
        tiny = lost(value, exact=_nothing(x) or _nothing(y))
        return Approx(value=value, error=error + tiny + EPS * (terms * sizes[0] * sizes[1] if terms > 1 else size(value)))

    def _divide(self, x: Approx, y: Approx) -> Approx:
        if isinstance(y.value, np.ndarray):
            raise ShapeError(f"a division by an array of shape {y.value.shape}; expected a number")
        if y.value == 0 or abs(y.value) <= y.error or not math.isfinite(y.value):
            zero = math.isinf(y.value) and math.isfinite(size(x.value))
            # What is too large for a float is known to be at least the largest one.
            return Approx(value=x.value * (0.0 if zero else math.nan), error=(size(x.value) + x.error) / LARGEST if zero else math.nan)
        value = x.value / y.value
        error = (x.error + size(value) * y.error) / (abs(y.value) - y.error)
        return Approx(value=value, error=error + lost(value, exact=_nothing(x)) + EPS * size(value))

    def _power(self, x: Approx, y: Approx) -> Approx:
        if isinstance(x.value, np.ndarray):
            return matrices.power(x, y)
        return scalars.power(x, Approx(value=scalar(y, "exponent"), error=y.error))

    def elementary(self, name: str, arguments: Sequence[Approx]) -> Approx:
        if name in scalars.FUNCTIONS:
            return scalars.function(name, arguments[0])
        if name in {"max", "min"}:
            return scalars.extreme(name, arguments)
        if name in matrices.OPERATIONS:
            return matrices.OPERATIONS[name](*arguments)
        return scalars.OPERATIONS[name](*arguments)

    def matrix(self, rows: Sequence[Sequence[Approx]]) -> Approx:
        value = np.array([[scalar(entry, "matrix entry") for entry in row] for row in rows])
        return Approx(value=value, error=max(entry.error for row in rows for entry in row))

    def shape(self, x: Approx) -> tuple[int, ...]:
        return np.shape(x.value)

    def entry(self, x: Approx, places: Sequence[int]) -> Approx:
        return self.of(Approx(value=x.value[tuple(places)], error=x.error))

    def vector(self, entries: Sequence[Approx]) -> Approx:
        value = np.array([scalar(entry, "entry of a vector") for entry in entries])
        return Approx(value=value, error=max(entry.error for entry in entries))

    def compare(self, symbol: str, x: Approx, y: Approx) -> bool | None:
        return scalars.compared(symbol, x, y)

    def series(self, term: Callable[[int], Approx], first: int, beyond: Any = None) -> Approx:
        def work() -> Approx:
            return series.series(lambda k: number(term(k), "a term of a series"), first, beyond)

        return beyond.once(first, work) if beyond is not None else work()

    def over_ball(self, kind: str, body: Callable[[Approx], Approx], dimension: int, radius: Approx, norm: str, sphere: bool) -> Approx:
        if radius.value < 0:
            return UNDEFINED  # of an empty set
        sign = -1.0 if kind == "max" else 1.0
        ball = reach.Reach(dimension=dimension, radius=scalar(radius, "radius"), norm=norm, sphere=sphere)
        found = reach.least_in_ball(lambda u: _signed(sign, body(Approx(value=u, error=0.0))), ball)
        return Approx(value=sign * found.value, error=found.error)

    def whole(self, x: Approx) -> int:
        if not isinstance(x.value, float) or not x.value.is_integer():
            raise ShapeError(f"an index is a whole number; found {x.value}")
        return int(x.value)

    def beyond(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Any:
        from hwgen.evidence import certain

        return certain.beyond(node, scope, evaluate)

    def enclosed(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Approx | None:
        from hwgen.evidence import between_samples, certain  # FLINT, which only these need

        found = certain.ranging(node, scope, evaluate)
        if found is None:
            between_samples.between_samples(node, scope, evaluate)
        return found

    def limit(self, node: Any, scope: Any, evaluate: Callable[..., Any]) -> Approx:
        from hwgen.evidence import tending

        return tending.limit(node, scope, evaluate)

    def integral(self, body: Callable[[Approx], Approx], low: Approx, high: Approx) -> Approx:
        def at(u: float) -> Approx:
            return number(body(Approx(value=u, error=0.0)), "an integrand")

        found = calculus.integral(at, *(scalar(end, "an end of a range") for end in (low, high)))
        return Approx(value=found.value, error=found.error + sum(ends.moved(at, end, least=False) for end in (low, high)))

    def extremum(
        self, kind: str, body: Callable[[Approx], Approx], low: Approx, high: Approx, left_out: tuple[bool, bool] = (False, False)
    ) -> Approx:
        if high.value < low.value:
            return UNDEFINED  # of an empty set
        sign = -1.0 if kind == "max" else 1.0

        def at(u: float) -> Approx:
            return _signed(sign, body(Approx(value=u, error=0.0)))

        limits = scalar(low, "an end of a range"), scalar(high, "an end of a range")
        found = ends.with_ends(calculus.least(at, *ends.inside(*limits, left_out)), at, *limits, left_out)
        return Approx(value=sign * found.value, error=found.error + sum(ends.moved(at, end, least=True) for end in (low, high)))


APPROX = RunningError()
