"""Derivatives of real-analytic functions from their values alone, by Cauchy's formula on a small circle.

A road of its own to gradients and Hessians: it uses no derivative written elsewhere, and states its error.
"""

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

from hwgen.homework.maths import Array

# (k, n) complex points to (k,) complex values
Field = Callable[[Array], Array]

NODES = 64


def extrapolated(found: Sequence[float], *factors: float) -> tuple[float, float]:
    """The limit of what is found at lengths that halve, and how far the last two values of it are apart.

    factors : by how much the terms of the error shrink when the length halves, in turn: 4 and 16 for second and fourth powers of it.
    """
    for factor in factors:
        found, coarser = [(factor * fine - coarse) / (factor - 1) for coarse, fine in itertools.pairwise(found)], found
    return found[-1], abs(coarser[-1] - coarser[-2])


def taylor_coefficients(field: Field, at: Array, directions: Array, order: int, radius: float) -> tuple[Array, float]:
    r""":math:`c_m` in :math:`F(\theta+tv)=\sum_m c_mt^m` for every row v of `directions`, m = order, and a bound on the error.

    field : (k, n) complex -> (k,) complex, analytic for :math:`|t|\le2\,`radius along each direction.
    at : (n,) real; directions : (q, n) real. Returns ((q,) real, error).
    error = aliasing :math:`2\max_{|t|=2\rho}|F|\,(2\rho)^{-m}2^{-N}` + rounding :math:`8\varepsilon\max_{|t|=\rho}|F|\rho^{-m}`, N = 64.
    """
    roots = np.exp(2j * math.pi * np.arange(NODES) / NODES)
    upper = roots[: NODES // 2 + 1]
    found = _on_circle(field, at, directions, radius * upper)
    # What is real on the real line has conjugate values at conjugate points: those of the lower half are known.
    values = np.concatenate([found, found[:, -2:0:-1].conj()], axis=1)
    outside = float(np.max(np.abs(_on_circle(field, at, directions, 2 * radius * upper))))
    coefficients = (values @ roots**-order).real / NODES / radius**order
    aliasing = 2 * outside / (2 * radius) ** order * 0.5**NODES
    rounding = 8 * float(np.finfo(float).eps) * float(np.max(np.abs(values))) / radius**order
    return coefficients, aliasing + rounding


def _on_circle(field: Field, at: Array, directions: Array, steps: Array) -> Array:
    points = at + steps[None, :, None] * directions[:, None, :]
    return np.reshape(field(points.reshape(-1, at.size)), points.shape[:2])


def gradient(field: Field, at: Array, *, radius: float = 0.25) -> tuple[Array, float]:
    """The gradient (n,) of `field` at the real point `at`, and a bound on the error of each entry."""
    return taylor_coefficients(field, at, np.eye(at.size), 1, radius)


def hessian(field: Field, at: Array, *, radius: float = 0.2) -> tuple[Array, float]:
    r"""The Hessian (n, n) of `field` at the real point `at`, and a bound on the error of each entry.

    By polarisation, :math:`H_{ij}=\frac12\big(c_2(e_i+e_j)-c_2(e_i-e_j)\big)`, with second Taylor coefficients along directions.
    """
    size = at.size
    rows, columns = np.triu_indices(size)
    unit = np.eye(size)
    plus, error_plus = taylor_coefficients(field, at, unit[rows] + unit[columns], 2, radius)
    minus, error_minus = taylor_coefficients(field, at, unit[rows] - unit[columns], 2, radius)
    assembled = np.zeros((size, size))
    assembled[rows, columns] = assembled[columns, rows] = (plus - minus) / 2
    return assembled, (error_plus + error_minus) / 2


def complex_step(field: Field, at: Array) -> Array:
    r"""The gradients (k, n) of `field` at the k real points `at` (k, n), :math:`\mathrm{Im}F(\theta+ihe_i)/h` with h = 1e-20.

    Error: rounding only, since :math:`h^2F'''` is far below it.
    """
    step = 1e-20
    columns = [field(at + 1j * step * direction).imag / step for direction in np.eye(at.shape[1])]
    return np.column_stack(columns)
