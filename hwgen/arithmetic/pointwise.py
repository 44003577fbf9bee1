"""What each operation of a formula does to batches of values: arrays over many points, with the error bound of each point.

The same bounds as for one point, entry by entry. Nothing here remembers or ranges.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hwgen.arithmetic import matrices, scalars
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.batch import Batch, Floats, by_element, raised_to, stacked
from hwgen.arithmetic.rounding import EPS, LARGEST, LEAST, TINY, ULPS, written
from hwgen.model import Approx

_DOMAINS = {"arccos": (-1, 1), "arcsin": (-1, 1), "log": (0, math.inf), "arccosh": (1, math.inf), "arctanh": (-1, 1)}
_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    name: getattr(np, name)
    for name in (
        *("exp", "log", "sin", "cos", "tan", "arcsin", "arccos", "arctan"),
        *("sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"),
    )
} | {
    # One at a time: SciPy's are too far from the right digits in the tails for the bound that every function gets.
    "erf": np.vectorize(math.erf, otypes=[float]),
    "erfc": np.vectorize(math.erfc, otypes=[float]),
}


def _size(value: Floats, rank: int) -> Floats:
    axes = tuple(range(rank, value.ndim))
    return np.abs(value) if not axes else np.max(np.abs(value), axis=axes, initial=0.0)


def _lost(value: Floats, rank: int, exact: Any) -> Any:
    """What results may have lost to underflow, as for one of them."""
    size = _size(value, rank)
    if value.ndim > rank:
        return np.where(exact & (size == 0), 0.0, TINY)
    return np.where((size >= LEAST) | (exact & (size == 0)), 0.0, TINY)


def _columns(value: Floats, shape: tuple[int, ...]) -> Floats:
    return value[..., None] if len(shape) == 1 else value


def number(text: str) -> Batch:
    if text in {"pi", "inf"}:
        return Batch(np.array(math.pi if text == "pi" else math.inf), np.array(EPS * 2 if text == "pi" else 0.0))
    number = float(text)
    return Batch(np.array(number), np.array(written(text)))


def scalars_of(x: Batch, rank: int) -> tuple[Floats, Floats]:
    if x.shape:
        raise ShapeError(f"an array of shape {x.shape}; expected a number")
    return raised_to(x, rank, 0)


def add(x: Batch, y: Batch) -> Batch:
    if x.shape != y.shape:
        raise ShapeError(f"a sum of shapes {x.shape} and {y.shape}; expected equal shapes")
    rank = max(x.rank, y.rank)
    (a, ea), (b, eb) = (raised_to(one, rank, len(x.shape)) for one in (x, y))
    total = a + b
    return Batch(total, ea + eb + EPS * _size(total, rank))


def subtract(x: Batch, y: Batch) -> Batch:
    return add(x, Batch(-y.value, y.error))


def multiply(x: Batch, y: Batch) -> Batch:
    scalars = not x.shape or not y.shape
    rank, entries = max(x.rank, y.rank), max(len(x.shape), len(y.shape)) if scalars else 0
    a, ea = raised_to(x, rank, entries if scalars else len(x.shape))
    b, eb = raised_to(y, rank, entries if scalars else len(y.shape))
    terms = 1 if scalars else (x.shape[1] if len(x.shape) > 1 else 1)
    value = a * b if scalars else _matrix_product(a, b, x.shape, y.shape)
    sizes = _size(a, rank), _size(b, rank)
    error = terms * (sizes[0] * eb + sizes[1] * ea + ea * eb)
    nothing = ((sizes[0] == 0) & (ea == 0)) | ((sizes[1] == 0) & (eb == 0))
    tiny = _lost(value, rank, nothing)
    return Batch(value, error + tiny + EPS * (terms * sizes[0] * sizes[1] if terms > 1 else _size(value, rank)))


def _matrix_product(a: Floats, b: Floats, left: tuple[int, ...], right: tuple[int, ...]) -> Floats:
    x, y = _columns(a, left), _columns(b, right)
    if x.shape[-1] != y.shape[-2]:
        raise ShapeError(f"a product of shapes {left} and {right}; expected inner dimensions that agree")
    product = x @ y
    if product.shape[-2:] == (1, 1) and right != (1, 1):
        return product[..., 0, 0]
    return product[..., 0] if product.shape[-1] == 1 and len(right) == 1 else product


def divide(x: Batch, y: Batch) -> Batch:
    rank = max(x.rank, y.rank)
    b, eb = scalars_of(y, rank)
    a, ea = raised_to(x, rank, len(x.shape))
    entries = (1,) * len(x.shape)
    wide = b.reshape(b.shape + entries)
    bad = (b == 0) | (np.abs(b) <= eb) | ~np.isfinite(b)
    zero = np.isinf(b) & np.isfinite(_size(a, rank))
    value = np.where(bad.reshape(bad.shape + entries), a * np.where(zero, 0.0, np.nan).reshape(zero.shape + entries), a / wide)
    size = _size(value, rank)
    tiny = _lost(value, rank, (ea == 0) & (_size(a, rank) == 0))
    error = (ea + size * eb) / (np.abs(b) - eb) + tiny + EPS * size
    least = (_size(a, rank) + ea) / LARGEST  # what is too large for a float is at least the largest one
    return Batch(value, np.where(bad, np.where(zero, least, np.nan), error))


def _reached(x: Floats, error: Floats) -> list[Floats]:
    """Uncertain numbers and the ends of where they may be, rounded outwards, as for one of them."""
    if not np.any(error > 0):
        return [x]
    low, high = x - error, x + error
    outwards = np.where(x - low < error, np.nextafter(low, -np.inf), low), np.where(high - x < error, np.nextafter(high, np.inf), high)
    return [x, *outwards]


def power(x: Batch, y: Batch) -> Batch:
    rank = max(x.rank, y.rank)
    (a, ea), (b, eb) = scalars_of(x, rank), scalars_of(y, rank)
    zero = np.abs(a) <= ea
    bases = _reached(a, ea)
    bases += [np.where(zero, 0.0, a)] if np.any(zero) else []
    value, *ends = (np.power(base, exponent) for base in bases for exponent in _reached(b, eb))
    spread: Any = functools.reduce(np.fmax, [np.abs(end - value) for end in ends], np.zeros(()))
    unsure = zero & (((eb > 0) & (np.abs(b) <= eb)) | ((ea > 0) & (b < 0)))  # 0^0 is 1, 0 to what is more 0, to what is less nothing
    unsure = unsure | np.isnan(a) | np.isnan(b) | np.isnan(ea) | np.isnan(eb)
    unsure = unsure | np.isinf(spread) | (np.isinf(value) & np.isfinite(a) & np.isfinite(b))
    tiny = _lost(value, rank, (a == 0) & (ea == 0))
    return Batch(np.where(unsure, np.nan, value), np.where(unsure, np.nan, spread + tiny + ULPS * EPS * np.abs(value)))


def _call(name: str, x: Floats) -> Floats:
    found: Floats = _FUNCTIONS[name](x)
    if name == "exp":
        return found
    value: Floats = np.where(np.isinf(found) & np.isfinite(x), np.nan, found)
    return value


def _function(name: str, x: Batch) -> Batch:
    number, error = scalars_of(x, x.rank)
    low, high = _DOMAINS.get(name, (-math.inf, math.inf))
    inside = np.clip(number, low, high)
    value, *ends = (_call(name, np.clip(one, low, high)) for one in _reached(inside, error))
    spread: Any = functools.reduce(np.maximum, [np.abs(end - value) for end in ends], np.zeros(()))
    outside = (np.abs(number - inside) > error) | (name in scalars.PERIODIC) & (error > scalars.QUARTER)
    if name == "tan" and ends:
        outside = outside | (ends[0] > ends[1])  # it rises, but for a pole
    tiny = _lost(value, x.rank, (error == 0) & (name not in scalars.VANISHING))
    return Batch(np.where(outside, np.nan, value), np.where(outside, np.nan, spread + tiny + ULPS * EPS * np.abs(value)))


def _absolute(x: Batch) -> Batch:
    value, error = scalars_of(x, x.rank)
    return Batch(np.abs(value), error)


def _root(x: Batch, degree: Batch) -> Batch:
    rank = max(x.rank, degree.rank)
    (number, error), (n, apart) = scalars_of(x, rank), scalars_of(degree, rank)
    odd = (apart == 0) & (n % 2 == 1)

    def taken(base: Any, of: Any) -> Any:
        return np.where(odd, np.copysign(np.abs(base) ** (1 / of), base), np.maximum(base, 0.0) ** (1 / of))

    value = taken(number, n)
    ends = [taken(one, other) for one in _reached(number, error) for other in _reached(n, apart)]
    spread: Any = functools.reduce(np.fmax, [np.abs(end - value) for end in ends], np.zeros(()))
    bad = ((number < -error) & ~odd) | ~(n - apart > 0)
    tiny = _lost(value, rank, (number == 0) & (error == 0))
    return Batch(np.where(bad, np.nan, value), np.where(bad, np.nan, spread + tiny + ULPS * EPS * np.abs(value)))


def _one_by_one(work: Callable[..., Approx], arguments: Sequence[Batch]) -> Batch:
    """An operation of one point, at every element of the leading axes in turn."""
    rank = max(one.rank for one in arguments)
    raised = [raised_to(one, rank, len(one.shape)) for one in arguments]
    lead = np.broadcast_shapes(*(value.shape[:rank] for value, _ in raised), *(error.shape for _, error in raised))
    columns = [
        by_element(Batch(np.broadcast_to(value, lead + one.shape), np.broadcast_to(error, lead)))
        for one, (value, error) in zip(arguments, raised, strict=True)
    ]
    return stacked([work(*given) for given in zip(*columns, strict=True)], lead)


def _extreme(choose: Any, x: Sequence[Batch]) -> Batch:
    rank = max(one.rank for one in x)
    values, errors = zip(*(scalars_of(one, rank) for one in x), strict=True)
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
    axes = tuple(range(x.rank, x.value.ndim))
    largest: Any = np.max(np.abs(x.value), axis=axes, initial=0.0)
    scale: Any = np.where(largest < matrices.SMALLEST, matrices.SMALLEST, 1.0)  # so that no square is lost to underflow
    norm = scale * np.sqrt(np.sum((x.value / scale.reshape(scale.shape + (1,) * len(axes))) ** 2, axis=axes))
    return Batch(norm, math.sqrt(entries) * x.error + EPS * entries * norm)


def _operator_norm(x: Batch) -> Batch:
    if not x.shape:
        raise ShapeError("an operator norm of a number; expected a matrix")
    matrix = _columns(x.value, x.shape)
    finite: Any = np.isfinite(matrix).all(axis=(-2, -1))
    # LAPACK raises for what is not finite: zeros stand in for it, and their norm is not used.
    norm = np.where(finite, np.linalg.norm(np.where(finite[..., None, None], matrix, 0.0), 2, axis=(-2, -1)), np.nan)
    return Batch(norm, math.sqrt(math.prod(x.shape)) * x.error + 10 * EPS * max(matrix.shape[-2:]) * norm)


def _inner(x: Batch, y: Batch) -> Batch:
    if x.shape != y.shape or len(x.shape) != 1:
        raise ShapeError(f"an inner product of shapes {x.shape} and {y.shape}; expected two vectors of one length")
    return multiply(_transpose(x), y)


def _transpose(x: Batch) -> Batch:
    if not x.shape:
        raise ShapeError("a transpose of a number; expected a vector or a matrix")
    if len(x.shape) == 2 and x.shape[0] == 1:
        return Batch(x.value[..., 0, :], x.error)
    return Batch(np.swapaxes(_columns(x.value, x.shape), -1, -2), x.error)


def matrix(rows: Sequence[Sequence[Batch]]) -> Batch:
    found = [vector(row) for row in rows]
    rank = max(row.rank for row in found)
    raised = [raised_to(row, rank, 1) for row in found]
    lead = np.broadcast_shapes(*(error.shape for _, error in raised))
    value = np.stack([np.broadcast_to(one, lead + one.shape[rank:]) for one, _ in raised], axis=-2)
    return Batch(value, functools.reduce(np.maximum, [np.broadcast_to(error, lead) for _, error in raised]))


def vector(entries: Sequence[Batch]) -> Batch:
    rank = max(entry.rank for entry in entries)
    found = [scalars_of(entry, rank) for entry in entries]
    lead = np.broadcast_shapes(*(one.shape for pair in found for one in pair))
    value = np.stack([np.broadcast_to(one, lead) for one, _ in found], axis=-1)
    return Batch(value, functools.reduce(np.maximum, [np.broadcast_to(error, lead) for _, error in found]))


_OPERATIONS: dict[str, Callable[..., Batch]] = {
    "absolute": _absolute,
    "root": _root,
    "max": lambda *x: _extreme(np.maximum, x),
    "min": lambda *x: _extreme(np.minimum, x),
    "norm": _norm,
    "norm_2": _norm,
    "norm_F": _frobenius,
    "norm_op": _operator_norm,
    "inner": _inner,
    "transpose": _transpose,
}


def elementary(name: str, arguments: Sequence[Batch]) -> Batch:
    """A function by name: on arrays where there is one for them, else as at one point, at each element in turn."""
    if name in _FUNCTIONS:
        return _function(name, *arguments)
    if name in _OPERATIONS:
        return _OPERATIONS[name](*arguments)
    return _one_by_one(matrices.OPERATIONS.get(name) or scalars.OPERATIONS[name], arguments)


BINARY: dict[str, Callable[[Batch, Batch], Batch]] = {"+": add, "-": subtract, "*": multiply, "/": divide, "^": power}
