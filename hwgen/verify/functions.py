"""Elementary functions of numbers and arrays, by the names that the reader gives them; vectors are columns, nothing is broadcast."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy import special

from hwgen.verify.values import Unknown

_BY_NAME = "exp log sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh sign floor ceil trace diag kron"


def whole(number: Any) -> int:
    """A whole number as such. Raises Unknown for anything else."""
    if np.ndim(number) or not float(number).is_integer():
        raise Unknown(f"an index is {number}, which is no whole number")
    return int(number)


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{
        name: getattr(np, name)
        for name in ("exp", "log", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "sign")
    },
    **{name: getattr(np, name) for name in _BY_NAME.split()},
    "absolute": abs,
    "erf": special.erf,
    "erfc": special.erfc,
    "root": lambda x, degree: -((-x) ** (1 / degree)) if x < 0 and degree % 2 == 1 else x ** (1 / degree),
    "binom": lambda n, k: float(math.comb(whole(n), whole(k))),
    "factorial": lambda n: float(math.factorial(whole(n))),
    "max": lambda *x: max(x),
    "min": lambda *x: min(x),
    "inner": lambda x, y: float(np.sum(x * y)),
    "transpose": lambda x: x[None, :] if np.ndim(x) == 1 else np.transpose(x),
    "det": np.linalg.det,
    "rank": lambda x: float(np.linalg.matrix_rank(x)),
    "hadamard": lambda x, y: x * y,
    "norm": np.linalg.norm,
    "norm_2": np.linalg.norm,
    "norm_F": np.linalg.norm,
    "norm_1": lambda x: np.sum(np.abs(x)),
    "norm_inf": lambda x: np.max(np.abs(x)),
    "norm_op": lambda x: np.linalg.svd(np.atleast_2d(x), compute_uv=False)[0],
    "norm_weighted": lambda x, weight: math.sqrt(float(x @ weight @ x)),
    "lambda_min": lambda x: np.linalg.eigvalsh(x)[0],
    "lambda_max": lambda x: np.linalg.eigvalsh(x)[-1],
}


def same(left: Any, right: Any) -> Any:
    """The left term of a sum whose terms have one shape."""
    if np.shape(left) != np.shape(right):
        raise Unknown(f"a sum of shapes {np.shape(left)} and {np.shape(right)}")
    return left


def power(base: float, exponent: float) -> float:
    """A power of a number; none where it is not real."""
    try:
        found = base**exponent
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return math.nan if isinstance(found, complex) else found


def product(left: Any, right: Any) -> Any:
    """A product of numbers and arrays, vectors being columns; one entry alone is a number."""
    if np.ndim(left) == 0 or np.ndim(right) == 0:
        return left * right
    columns = [one[:, None] if one.ndim == 1 else one for one in (left, right)]
    if columns[0].shape[1] != columns[1].shape[0]:
        raise Unknown(f"a product of shapes {np.shape(left)} and {np.shape(right)}")
    found = columns[0] @ columns[1]
    if found.shape == (1, 1) and np.shape(right) != (1, 1):
        return float(found[0, 0])
    return found[:, 0] if right.ndim == 1 and found.shape[1] == 1 else found
