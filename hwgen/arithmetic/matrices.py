"""Vectors and matrices in floating point: products, powers, norms, spectra, each with a bound on its error. Nothing is broadcast."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import EPS, TINY, UNDEFINED, lost, scalar, size
from hwgen.model import Approx

# The squares of numbers below SMALLEST are lost.
# Entries are known to ZERO of the largest singular value; one between LOST (what rounding leaves of a zero) and CLEAR may be either.
SMALLEST = 1e-140
ZERO, LOST, CLEAR = 1e-11, 16 * EPS, 1e-7


def columns(value: Any) -> Any:
    """Arrays as matrices: a vector is a column."""
    return value[:, None] if isinstance(value, np.ndarray) and value.ndim == 1 else value


def product(x: Any, y: Any) -> Any:
    """The product of two arrays whose inner dimensions agree; a number where only one entry is left."""
    left, right = columns(x), columns(y)
    if left.ndim != 2 or right.ndim != 2 or left.shape[1] != right.shape[0]:
        raise ShapeError(f"a product of shapes {np.shape(x)} and {np.shape(y)}; expected inner dimensions that agree")
    found = left @ right
    # A row times a column is a number to a reader; one matrix of one entry times another stays a matrix.
    if found.shape == (1, 1) and np.shape(y) != (1, 1):
        return float(found[0, 0])
    return found[:, 0] if found.shape[1] == 1 and y.ndim == 1 else found


def _array(x: Approx, what: str) -> Any:
    if not isinstance(x.value, np.ndarray):
        raise ShapeError(f"{what} of a number; expected a vector or a matrix")
    return x.value


def _square(x: Approx, what: str) -> Any:
    value = _array(x, what)
    if value.ndim != 2 or value.shape[0] != value.shape[1]:
        raise ShapeError(f"{what} of shape {value.shape}; expected a square matrix")
    return value


def power(x: Approx, y: Approx) -> Approx:
    """A whole power of a square matrix; the power -1 is the inverse."""
    value = _square(x, "a power of an array")
    exponent = scalar(y, "exponent")
    if not exponent.is_integer() or abs(exponent) > 100:
        raise ShapeError(f"a power of an array with the exponent {exponent:g}; expected a whole number up to 100")
    base = inverse(x) if exponent < 0 else x
    if not isinstance(base.value, np.ndarray):
        return UNDEFINED
    if not np.all(np.isfinite(value)):
        return UNDEFINED
    found = Approx(value=np.eye(len(value)), error=0.0)
    for _ in range(abs(int(exponent))):
        sizes = [float(np.max(np.abs(one.value), initial=0.0)) for one in (found, base)]
        moved = sizes[0] * base.error + sizes[1] * found.error + found.error * base.error
        error = len(value) * (moved + TINY + EPS * len(value) * math.prod(sizes))
        found = Approx(value=found.value @ base.value, error=error)
    return found


def inverse(x: Approx) -> Approx:
    """The inverse of a square matrix; undefined where its error may make it singular."""
    value = _square(x, "an inverse of an array")
    if not np.all(np.isfinite(value)):
        return UNDEFINED
    smallest, n = float(np.linalg.svd(value, compute_uv=False)[-1]), len(value)
    moved = n * x.error + 10 * n * EPS * float(np.linalg.norm(value, 2))
    # By Weyl's inequality a singular value moves by no more than the norm of the error.
    if smallest <= moved:
        return UNDEFINED
    with np.errstate(all="ignore"):
        # Of A^-1 - (A + E)^-1 = A^-1 E (A + E)^-1, by the norms of the three.
        error = float(np.float64(moved) / (np.float64(smallest) * (smallest - moved)))
    return Approx(value=np.linalg.inv(value), error=error) if math.isfinite(error) else UNDEFINED


def norm(x: Approx) -> Approx:
    """The Euclidean norm of a vector."""
    if not isinstance(x.value, np.ndarray) or (x.value.ndim == 2 and 1 not in x.value.shape):
        raise ShapeError(f"a Euclidean norm of shape {np.shape(x.value)}; expected a vector, or a norm with _F or _{{op}}")
    return frobenius(x)


def frobenius(x: Approx) -> Approx:
    """The square root of the sum of squares of the entries."""
    if not isinstance(x.value, np.ndarray):
        raise ShapeError("a norm of a number; write an absolute value")
    scale = SMALLEST if size(x.value) < SMALLEST else 1.0  # so that no square is lost to underflow
    found = scale * math.sqrt(((x.value / scale) ** 2).sum())
    return Approx(value=found, error=math.sqrt(x.value.size) * x.error + EPS * x.value.size * found)


def _vector_norm(order: float) -> Callable[[Approx], Approx]:
    def of(x: Approx) -> Approx:
        value = _array(x, "a norm")
        if value.ndim != 1:
            raise ShapeError(f"a norm _{'1' if order == 1 else chr(92) + 'infty'} of shape {value.shape}; expected a vector")
        found = float(np.linalg.norm(value, order))
        return Approx(value=found, error=(value.size if order == 1 else 1) * x.error + EPS * value.size * found)

    return of


def _weighted(x: Approx, weight: Approx) -> Approx:
    """The root of x^T A x."""
    sizes = [float(np.max(np.abs(one.value), initial=0.0)) for one in (x, weight)]
    fits = np.ndim(x.value) == 1 and np.shape(weight.value) == 2 * np.shape(x.value)
    if fits and not (min(sizes) > 0 and math.isfinite(sum(sizes))):
        return Approx(value=0.0, error=math.sqrt(x.value.size * sizes[1]) * x.error) if 0.0 in sizes and not weight.error else UNDEFINED
    if not np.ndim(weight.value):
        raise ShapeError(
            r"a norm whose index is a number, which is read as written only: \|x\|_1, \|x\|_2, \|x\|_\infty; or a sum of powers"
        )
    if not fits or not _positive(weight, sizes[1]):
        raise ShapeError("a norm with a matrix that is not symmetric and positive, or whose shape does not fit; expected both")
    # Both near to one, so that no square is lost to underflow.
    one, matrix = x.value / sizes[0], weight.value / sizes[1]
    found, n = math.sqrt(max(float(one @ matrix @ one), 0.0)), x.value.size
    error = n**2 * (2 * x.error / sizes[0] + weight.error / sizes[1] + 2 * n * EPS)
    whole = sizes[0] * math.sqrt(sizes[1])
    return Approx(value=whole * found, error=whole * (error / found if found > 0 else math.sqrt(error)))


def _positive(weight: Approx, size: float) -> bool:
    """Whether a matrix is symmetric and has no negative eigenvalue, as far as it is known."""
    apart = 2 * weight.error + 10 * EPS * size
    symmetric = bool(np.all(np.abs(weight.value - weight.value.T) <= apart))
    return symmetric and float(np.linalg.eigvalsh(weight.value)[0]) >= -len(weight.value) * apart


def operator_norm(x: Approx) -> Approx:
    """The largest singular value."""
    if not isinstance(x.value, np.ndarray):
        raise ShapeError("an operator norm of a number; expected a matrix")
    matrix = columns(x.value)
    if not np.all(np.isfinite(matrix)):
        return UNDEFINED
    # The singular values of LAPACK are those of a matrix a few roundings of the norm away.
    found = float(np.linalg.norm(matrix, 2))
    return Approx(value=found, error=math.sqrt(matrix.size) * x.error + 10 * EPS * max(matrix.shape) * found)


def inner(x: Approx, y: Approx) -> Approx:
    """The inner product of two vectors."""
    if np.shape(x.value) != np.shape(y.value) or np.ndim(x.value) != 1:
        raise ShapeError(f"an inner product of shapes {np.shape(x.value)} and {np.shape(y.value)}; expected two vectors of one length")
    sizes = [float(np.max(np.abs(one.value), initial=0.0)) for one in (x, y)]
    count = x.value.size
    error = count * (
        lost(0.0, exact=(sizes[0] == x.error == 0) or (sizes[1] == y.error == 0))
        + sizes[0] * y.error
        + sizes[1] * x.error
        + x.error * y.error
        + EPS * sizes[0] * sizes[1]
    )
    return Approx(value=float(x.value @ y.value), error=error)


def transposed(value: Any) -> Any:
    """The transpose of an array; a row becomes a vector."""
    return value[0] if value.ndim == 2 and value.shape[0] == 1 else columns(value).T


def transpose(x: Approx) -> Approx:
    """The transpose; a row becomes a vector."""
    if not isinstance(x.value, np.ndarray):
        raise ShapeError("a transpose of a number; expected a vector or a matrix")
    return Approx(value=transposed(x.value), error=x.error)


def determinant(x: Approx) -> Approx:
    """The determinant, its error by Hadamard's inequality for the rows."""
    value = _square(x, "a determinant")
    if not np.all(np.isfinite(value)):
        return UNDEFINED
    n = len(value)
    # Rows near to one, so that no product of pivots is lost to underflow before the last.
    powers = [math.frexp(float(np.max(np.abs(row))))[1] for row in value]
    scaled = np.array([np.ldexp(row, -one) for row, one in zip(value, powers, strict=True)])
    rows = [float(np.linalg.norm(row)) for row in scaled]
    with np.errstate(all="ignore"):
        whole = math.prod(row + math.sqrt(n) * float(np.ldexp(x.error, -one)) for row, one in zip(rows, powers, strict=True))
        error, found = whole - math.prod(rows) + 10 * n**3 * EPS * whole, float(np.linalg.det(scaled))
        found, error = (float(np.ldexp(one, sum(powers))) for one in (found, error))
    return Approx(value=found, error=error + lost(found, exact=whole == 0)) if math.isfinite(found) else UNDEFINED


def trace(x: Approx) -> Approx:
    """The sum of the diagonal."""
    value = _square(x, "a trace")
    return Approx(value=float(np.trace(value)), error=len(value) * (x.error + EPS * float(np.max(np.abs(value), initial=0.0))))


def _eigenvalue(place: int) -> Callable[[Approx], Approx]:
    def of(x: Approx) -> Approx:
        value = _square(x, "an eigenvalue")
        if not np.all(np.isfinite(value)):
            return UNDEFINED
        if not np.all(np.abs(value - value.T) <= 2 * x.error + 10 * EPS * np.max(np.abs(value), initial=0.0)):
            raise ShapeError("a smallest or largest eigenvalue of a matrix that is not symmetric")
        found = float(np.linalg.eigvalsh(value)[place])
        # By Weyl again: the norm of an error is at most n times its largest entry.
        return Approx(value=found, error=len(value) * (x.error + 10 * EPS * float(np.max(np.abs(value), initial=0.0))))

    return of


def rank(x: Approx) -> Approx:
    """The number of singular values that are not zero; undefined where one may be either."""
    if not np.all(np.isfinite(_array(x, "a rank"))):
        return UNDEFINED
    values = np.linalg.svd(columns(x.value), compute_uv=False)
    largest = float(values[0]) if values.size else 0.0
    scale = max(np.shape(x.value))
    doubtful = [one for one in values if scale * (LOST * largest + x.error) < one < CLEAR * largest]
    if doubtful or x.error > ZERO * largest:
        return UNDEFINED
    found = int(np.sum(values > CLEAR * largest))
    # If scaling changes it, what was counted was the size of the rows.
    return Approx(value=float(found), error=0.0) if found == _balanced_rank(columns(x.value)) else UNDEFINED


def _balanced_rank(value: Any) -> int:
    """The rank after every row and column is scaled to one: a small row counts as much as a large one, and an exact zero as none."""
    for axis in (1, 0):
        largest = np.max(np.abs(value), axis=axis, keepdims=True, initial=0.0)
        value = value / np.where(largest > 0, largest, 1.0)
    values = np.linalg.svd(value, compute_uv=False)
    return int(np.sum(values > CLEAR * np.max(values, initial=0.0)))


def _diagonal(x: Approx) -> Approx:
    value = _array(x, "diag")
    if value.ndim != 1:
        raise ShapeError(f"diag of shape {value.shape}; expected a vector, of which it makes a diagonal matrix")
    return Approx(value=np.diag(value), error=x.error)


def _entrywise(x: Approx, y: Approx) -> Approx:
    left, right = _array(x, "an entrywise product"), _array(y, "an entrywise product")
    if left.shape != right.shape:
        raise ShapeError(f"an entrywise product of shapes {left.shape} and {right.shape}; expected equal shapes")
    return Approx(value=left * right, error=_product_error(x, y))


def _kronecker(x: Approx, y: Approx) -> Approx:
    left, right = _array(x, "a tensor product"), _array(y, "a tensor product")
    if left.ndim != right.ndim:
        raise ShapeError(f"a tensor product of shapes {left.shape} and {right.shape}; expected two vectors or two matrices")
    return Approx(value=np.kron(left, right), error=_product_error(x, y))


def _product_error(x: Approx, y: Approx) -> float:
    sizes = [float(np.max(np.abs(one.value), initial=0.0)) for one in (x, y)]
    tiny = lost(0.0, exact=(sizes[0] == x.error == 0) or (sizes[1] == y.error == 0))
    return sizes[0] * y.error + sizes[1] * x.error + x.error * y.error + EPS * sizes[0] * sizes[1] + tiny


OPERATIONS: Mapping[str, Callable[..., Approx]] = {
    "norm": norm,
    "norm_2": norm,
    "norm_1": _vector_norm(1),
    "norm_inf": _vector_norm(np.inf),
    "norm_F": frobenius,
    "norm_op": operator_norm,
    "norm_weighted": _weighted,
    "inner": inner,
    "transpose": transpose,
    "det": determinant,
    "trace": trace,
    "lambda_min": _eigenvalue(0),
    "lambda_max": _eigenvalue(-1),
    "rank": rank,
    "diag": _diagonal,
    "hadamard": _entrywise,
    "kron": _kronecker,
}
