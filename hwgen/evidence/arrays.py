"""The operations of a formula at many points at once: float64 arrays with a running error bound for each point.

The same bounds as for one point, entry by entry. A result is remembered by its operands, so that formulas which share a part
compute it once. Nothing here knows formulas or oracles.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.evidence import abscissae
from hwgen.evidence.algebra import EPS, TINY, ULPS, ShapeError

Floats = NDArray[np.float64]
# More numbers than this are not held at once, and not remembered together.
WIDEST = 2**21
MOST_REMEMBERED = 2**25
_DOMAINS = {"arccos": (-1, 1), "arcsin": (-1, 1), "log": (0, math.inf), "arccosh": (1, math.inf), "arctanh": (-1, 1)}
_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    name: getattr(np, name)
    for name in (
        *("exp", "log", "sin", "cos", "tan", "arcsin", "arccos", "arctan"),
        *("sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "sign"),
    )
} | {
    # One at a time: SciPy's are too far from the right digits in the tails for the bound that every function gets.
    "erf": np.vectorize(math.erf, otypes=[float]),
    "erfc": np.vectorize(math.erfc, otypes=[float]),
}


class Uneven(Exception):
    """Something that differs from point to point and must not; `labels`: what it is at each point, where splitting by it would help."""

    def __init__(self, labels: Sequence[Any] = ()) -> None:
        super().__init__(labels)
        self.labels = labels


class TooWide(Exception):
    """More points, abscissae and atoms than are held at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """A number, vector or matrix at many points: value (*lead, *shape), and error (*lead) for all entries of a point together.

    The axes of lead are the points, then what the operators around range over, outermost first; an axis may have length 1.
    """

    value: Floats
    error: Floats

    @property
    def rank(self) -> int:
        """How many axes lead."""
        return self.error.ndim

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape at one point."""
        return self.value.shape[self.error.ndim :]


def _raise_to(x: Batch, rank: int, entries: int) -> tuple[Floats, Floats]:
    """Value and error with `rank` leading axes and `entries` axes after them."""
    more = (1,) * (rank - x.rank)
    value = x.value.reshape(x.value.shape[: x.rank] + more + x.shape + (1,) * (entries - len(x.shape)))
    return value, x.error.reshape(x.error.shape + more)


def _size(value: Floats, rank: int) -> Floats:
    axes = tuple(range(rank, value.ndim))
    return np.abs(value) if not axes else np.max(np.abs(value), axis=axes, initial=0.0)


def _columns(value: Floats, shape: tuple[int, ...]) -> Floats:
    return value[..., None] if len(shape) == 1 else value


class Arrays:
    """Float64 at many points, with a bound on the absolute error of each result; `lead`: how long the leading axes are now."""

    def __init__(self, points: int) -> None:
        self.lead: tuple[int, ...] = (points,)
        self._kept: dict[Any, tuple[Batch, Any]] = {}
        self._passing: dict[Any, tuple[Batch, Any]] | None = None
        self._held = 0

    @contextmanager
    def passing(self) -> Iterator[None]:
        """What is computed inside is forgotten afterwards; what was computed before is used."""
        self._passing = {}
        try:
            yield
        finally:
            self._passing = None
            self.lead = self.lead[:1]

    def once(self, key: Any, operands: Sequence[Any], compute: Callable[[], Batch]) -> Batch:
        """The result under a key that holds the identities of the operands, which are kept alive with it."""
        found = self._kept.get(key) or (self._passing.get(key) if self._passing is not None else None)
        if found is None:
            found = compute(), operands
            if self._passing is not None:
                self._passing[key] = found
            elif self._held < MOST_REMEMBERED:
                self._kept[key] = found
                self._held += found[0].value.size
        return found[0]

    def number(self, text: str) -> Batch:
        return self.once(("number", text), (), lambda: _number(text))

    def of(self, given: Any) -> Batch:
        if not isinstance(given, Batch):
            raise Uneven
        return given

    def negative(self, x: Batch) -> Batch:
        return self.once(("-", id(x)), (x,), lambda: Batch(-x.value, x.error))

    def operate(self, symbol: str, x: Batch, y: Batch) -> Batch:
        work = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide, "^": _power}[symbol]
        return self.once((symbol, id(x), id(y)), (x, y), lambda: work(x, y))

    def elementary(self, name: str, arguments: Sequence[Batch]) -> Batch:
        def compute() -> Batch:
            if name in _FUNCTIONS:
                return _function(name, *arguments)
            if name not in _OPERATIONS:
                raise Uneven
            return _OPERATIONS[name](*arguments)

        return self.once((name, *map(id, arguments)), tuple(arguments), compute)

    def matrix(self, rows: Sequence[Sequence[Batch]]) -> Batch:
        entries = [entry for row in rows for entry in row]
        return self.once(("matrix", len(rows), *map(id, entries)), entries, lambda: _matrix(rows))

    def shape(self, x: Batch) -> tuple[int, ...]:
        return x.shape

    def entry(self, x: Batch, places: Sequence[int]) -> Batch:
        place = (slice(None),) * x.rank + tuple(places)
        return self.once(("entry", id(x), *places), (x,), lambda: Batch(x.value[place], x.error))

    def whole(self, x: Batch) -> int:
        numbers = np.unique(x.value)
        if x.shape or not np.all(np.mod(numbers, 1) == 0) or not numbers.size:
            raise Uneven
        if numbers.size > 1:
            raise Uneven(np.broadcast_to(x.value, self.lead).tolist() if x.rank == 1 == len(self.lead) else ())
        return int(numbers[0])

    def integral(self, body: Callable[[Batch], Batch], low: Batch, high: Batch) -> Batch:
        return self._ranging(abscissae.integrals, body, low, high, 1.0)

    def extremum(self, kind: str, body: Callable[[Batch], Batch], low: Batch, high: Batch) -> Batch:
        return self._ranging(abscissae.least, body, low, high, -1.0 if kind == "max" else 1.0)

    def _ranging(self, work: Any, body: Callable[[Batch], Batch], low: Batch, high: Batch, sign: float) -> Batch:
        """The work on the body at every element of the leading axes, the abscissae on one axis more."""
        ends = [np.ravel(np.broadcast_to(_scalar(end, len(self.lead))[0], self.lead)) for end in (low, high)]

        def at(u: Floats) -> Floats:
            lead = (*self.lead, u.shape[1])
            key = (work, lead, u.tobytes())
            given = self.once(key, (), lambda: Batch(u.reshape(lead), np.zeros((1,) * len(lead))))
            with self.ranging_over(u.shape[1]):
                found = body(given)
                return sign * np.broadcast_to(_scalar(found, len(lead))[0], lead).reshape(u.shape)

        value, error = work(at, *ends)
        # Remembered by what it is: the same integrals of another formula are then the same operand.
        return self.once(
            ("found", self.lead, value.tobytes(), error.tobytes(), sign),
            (),
            lambda: Batch(sign * value.reshape(self.lead), error.reshape(self.lead)),
        )

    @contextmanager
    def ranging_over(self, count: int) -> Iterator[None]:
        """One leading axis more, of that length."""
        if math.prod(self.lead) * count > WIDEST:
            raise TooWide
        self.lead = (*self.lead, count)
        try:
            yield
        finally:
            self.lead = self.lead[:-1]


def _number(text: str) -> Batch:
    if text in {"pi", "inf"}:
        return Batch(np.array(math.pi if text == "pi" else math.inf), np.array(EPS * 2 if text == "pi" else 0.0))
    number = float(text)
    return Batch(np.array(number), np.array(0.0 if number.is_integer() else EPS * abs(number)))


def _scalar(x: Batch, rank: int) -> tuple[Floats, Floats]:
    if x.shape:
        raise ShapeError(f"an array of shape {x.shape}; expected a number")
    return _raise_to(x, rank, 0)


def _add(x: Batch, y: Batch) -> Batch:
    if x.shape != y.shape:
        raise ShapeError(f"a sum of shapes {x.shape} and {y.shape}; expected equal shapes")
    rank = max(x.rank, y.rank)
    (a, ea), (b, eb) = (_raise_to(one, rank, len(x.shape)) for one in (x, y))
    total = a + b
    return Batch(total, ea + eb + EPS * _size(total, rank))


def _subtract(x: Batch, y: Batch) -> Batch:
    return _add(x, Batch(-y.value, y.error))


def _multiply(x: Batch, y: Batch) -> Batch:
    scalars = not x.shape or not y.shape
    rank, entries = max(x.rank, y.rank), max(len(x.shape), len(y.shape)) if scalars else 0
    a, ea = _raise_to(x, rank, entries if scalars else len(x.shape))
    b, eb = _raise_to(y, rank, entries if scalars else len(y.shape))
    terms = 1 if scalars else (x.shape[1] if len(x.shape) > 1 else 1)
    value = a * b if scalars else _matrix_product(a, b, x.shape, y.shape)
    sizes = _size(a, rank), _size(b, rank)
    error = terms * (sizes[0] * eb + sizes[1] * ea + ea * eb)
    return Batch(value, error + TINY + EPS * (terms * sizes[0] * sizes[1] if terms > 1 else _size(value, rank)))


def _matrix_product(a: Floats, b: Floats, left: tuple[int, ...], right: tuple[int, ...]) -> Floats:
    x, y = _columns(a, left), _columns(b, right)
    if x.shape[-1] != y.shape[-2]:
        raise ShapeError(f"a product of shapes {left} and {right}; expected inner dimensions that agree")
    product = x @ y
    if product.shape[-2:] == (1, 1) and right != (1, 1):
        return product[..., 0, 0]
    return product[..., 0] if product.shape[-1] == 1 and len(right) == 1 else product


def _divide(x: Batch, y: Batch) -> Batch:
    rank = max(x.rank, y.rank)
    b, eb = _scalar(y, rank)
    a, ea = _raise_to(x, rank, len(x.shape))
    entries = (1,) * len(x.shape)
    wide = b.reshape(b.shape + entries)
    bad = (b == 0) | (np.abs(b) <= eb) | ~np.isfinite(b)
    zero = np.isinf(b) & np.isfinite(_size(a, rank))
    value = np.where(bad.reshape(bad.shape + entries), a * np.where(zero, 0.0, np.nan).reshape(zero.shape + entries), a / wide)
    size = _size(value, rank)
    error = (ea + size * eb) / (np.abs(b) - eb) + TINY + EPS * size
    return Batch(value, np.where(bad, np.where(zero, 0.0, np.nan), error))


def _around(error: Floats) -> tuple[Floats, ...]:
    return (-error, error) if np.any(error > 0) else ()


def _raised(base: Any, exponent: Any) -> Floats:
    power: Floats = np.power(base, exponent)
    found: Floats = np.where(np.isinf(power) & np.isfinite(base) & np.isfinite(exponent), np.nan, power)
    return found


def _power(x: Batch, y: Batch) -> Batch:
    rank = max(x.rank, y.rank)
    (a, ea), (b, eb) = _scalar(x, rank), _scalar(y, rank)
    value = _raised(a, b)
    spread: Any = np.zeros(())
    for dx in (0.0, *_around(ea)):
        for dy in (0.0, *_around(eb)):
            spread = np.fmax(spread, np.abs(_raised(a + np.asarray(dx), b + np.asarray(dy)) - value))
    return Batch(value, spread + TINY + ULPS * EPS * np.abs(value))


def _call(name: str, x: Floats) -> Floats:
    found = _FUNCTIONS[name](x)
    if name == "exp":
        return found
    escaped = np.isinf(found) & np.isfinite(x)
    return np.where(escaped & (x != 0) if name == "log" else escaped, np.nan, found)


def _function(name: str, x: Batch) -> Batch:
    number, error = _scalar(x, x.rank)
    low, high = _DOMAINS.get(name, (-math.inf, math.inf))
    inside = np.clip(number, low, high)
    value = _call(name, inside)
    spread: Any = np.zeros(())
    for step in _around(error):
        spread = np.maximum(spread, np.abs(_call(name, np.clip(inside + step, low, high)) - value))
    outside = np.abs(number - inside) > error + ULPS * EPS
    return Batch(np.where(outside, np.nan, value), np.where(outside, np.nan, spread + TINY + ULPS * EPS * np.abs(value)))


def _absolute(x: Batch) -> Batch:
    value, error = _scalar(x, x.rank)
    return Batch(np.abs(value), error)


def _root(x: Batch, degree: Batch) -> Batch:
    rank = max(x.rank, degree.rank)
    (number, error), (n, _) = _scalar(x, rank), _scalar(degree, rank)
    value = np.maximum(number, 0.0) ** (1 / n)
    spread: Any = np.zeros(())
    for step in _around(error):
        spread = np.maximum(spread, np.abs(np.maximum(number + step, 0.0) ** (1 / n) - value))
    bad = (number < -error) | (n <= 0)
    return Batch(np.where(bad, np.nan, value), np.where(bad, np.nan, spread + TINY + ULPS * EPS * value))


def _binomial(n: Batch, k: Batch) -> Batch:
    rank = max(n.rank, k.rank)
    a, b = np.broadcast_arrays(_scalar(n, rank)[0], _scalar(k, rank)[0])
    whole = (np.mod(a, 1) == 0) & (np.mod(b, 1) == 0) & (a >= 0) & (b >= 0)
    pairs = zip(a.ravel().tolist(), b.ravel().tolist(), whole.ravel().tolist(), strict=True)
    value = np.array([float(math.comb(int(i), int(j))) if known else math.nan for i, j, known in pairs]).reshape(a.shape)
    return Batch(value, EPS * value)


def _extreme(choose: Any, x: Sequence[Batch]) -> Batch:
    rank = max(one.rank for one in x)
    values, errors = zip(*(_scalar(one, rank) for one in x), strict=True)
    value, error = values[0], errors[0]
    for other, apart in zip(values[1:], errors[1:], strict=True):
        value, error = choose(value, other), np.maximum(error, apart)
    return Batch(value, np.where(np.isnan(value), np.nan, error))


def _norm(x: Batch) -> Batch:
    if not x.shape or (len(x.shape) == 2 and 1 not in x.shape):
        raise ShapeError(f"a Euclidean norm of shape {x.shape}; expected a vector, or a norm with _F or _{{op}}")
    return _frobenius(x)


def _frobenius(x: Batch) -> Batch:
    if not x.shape:
        raise ShapeError("a norm of a number; write an absolute value")
    entries = math.prod(x.shape)
    norm = np.sqrt(np.sum(x.value**2, axis=tuple(range(x.rank, x.value.ndim))))
    return Batch(norm, math.sqrt(entries) * x.error + EPS * entries * norm)


def _operator_norm(x: Batch) -> Batch:
    if not x.shape:
        raise ShapeError("an operator norm of a number; expected a matrix")
    matrix = _columns(x.value, x.shape)
    finite: Any = np.isfinite(matrix).all(axis=(-2, -1))
    norm = np.where(finite, np.linalg.norm(np.where(finite[..., None, None], matrix, 0.0), 2, axis=(-2, -1)), np.nan)
    return Batch(norm, math.sqrt(math.prod(x.shape)) * x.error + 10 * EPS * max(matrix.shape[-2:]) * norm)


def _inner(x: Batch, y: Batch) -> Batch:
    if x.shape != y.shape or len(x.shape) != 1:
        raise ShapeError(f"an inner product of shapes {x.shape} and {y.shape}; expected two vectors of one length")
    return _multiply(_transpose(x), y)


def _transpose(x: Batch) -> Batch:
    if not x.shape:
        raise ShapeError("a transpose of a number; expected a vector or a matrix")
    if len(x.shape) == 2 and x.shape[0] == 1:
        return Batch(x.value[..., 0, :], x.error)
    return Batch(np.swapaxes(_columns(x.value, x.shape), -1, -2), x.error)


def _matrix(rows: Sequence[Sequence[Batch]]) -> Batch:
    rank = max(entry.rank for row in rows for entry in row)
    found = [[_scalar(entry, rank) for entry in row] for row in rows]
    lead = np.broadcast_shapes(*(value.shape for row in found for value, _ in row))
    value = np.stack([np.stack([np.broadcast_to(one, lead) for one, _ in row], axis=-1) for row in found], axis=-2)
    error = functools.reduce(np.maximum, [error for row in found for _, error in row])
    return Batch(value, np.broadcast_to(error, lead))


_OPERATIONS: dict[str, Callable[..., Batch]] = {
    "absolute": _absolute,
    "root": _root,
    "binom": _binomial,
    "max": lambda *x: _extreme(np.maximum, x),
    "min": lambda *x: _extreme(np.minimum, x),
    "norm": _norm,
    "norm_2": _norm,
    "norm_F": _frobenius,
    "norm_op": _operator_norm,
    "inner": _inner,
    "transpose": _transpose,
}
