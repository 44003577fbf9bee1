"""A formula of vectors, matrices, counts or cases that is typed again is found out as one of numbers is."""

from __future__ import annotations

import inspect
import math
from typing import Any

import numpy as np
import pytest
import scipy
from judging.roads import COUNTS, SPACE, bound_to, same
from numpy.typing import NDArray

from hwgen.model import Bindings, value, variable

Array = NDArray[Any]

CASES = r"w = \begin{cases} q & \text{if } q<0.5\\ 1-q^2 & \text{if } q\ge0.5\end{cases}"

OF_VECTORS = {
    r"w = x^\top y": [
        lambda x, y: sum(a * b for a, b in zip(x, y, strict=True)),
        lambda x, y: float(np.sum(x * y)),
        lambda x, y: float(np.einsum("i,i->", x, y)),
        lambda x, y: math.fsum(x[k] * y[k] for k in range(len(x))),
        lambda x, y: float(np.trace(np.outer(x, y))),
        lambda x, y: np.multiply(x, y).sum(),
        lambda x, y: float(np.vdot(x, y)),
        lambda x, y: float(np.add.reduce(x * y)),
        lambda x, y: float(np.tensordot(x, y, axes=1)),
    ],
    r"w = \sum_{i=1}^{3} x_i y_i^2": [
        lambda x, y: sum([x[0] * y[0] ** 2, x[1] * y[1] ** 2, x[2] * y[2] ** 2]),
        lambda x, y: float(x @ (y * y)),
        lambda x, y: float(x @ np.diag(y) @ y),
    ],
    r"w = \|x\|": [
        lambda x, y: math.sqrt(x @ x),
        lambda x, y: float(np.linalg.norm(x)),
        lambda x, y: float(np.linalg.norm(x, ord=2)),
        lambda x, y: math.hypot(*x),
        lambda x, y: math.dist(x, [0, 0, 0]),
        lambda x, y: float(np.sqrt(np.einsum("i,i", x, x))),
        lambda x, y: sum(a**2 for a in x) ** 0.5,
    ],
    r"w = \|x-y\|^2": [
        lambda x, y: float(x @ x + y @ y - 2 * x @ y),
        lambda x, y: math.dist(x, y) ** 2,
        lambda x, y: float(np.sum(np.square(x - y))),
    ],
    r"w = \frac{x^\top y}{\|x\|\,\|y\|}": [
        lambda x, y: float((x / np.linalg.norm(x)) @ (y / np.linalg.norm(y))),
        lambda x, y: float(x @ y / math.sqrt((x @ x) * (y @ y))),
    ],
}


@pytest.mark.parametrize(("text", "compute"), [(text, one) for text, several in OF_VECTORS.items() for one in several])
def test_a_formula_of_vectors_is_found(text: str, compute: Any) -> None:
    bind = bound_to(compute, "x", "y") if "y" in text else bound_to(lambda x: compute(x, x), "x")
    assert same(text, bind, domain=SPACE if "y" in text else {"x": SPACE["x"]}) == "w"


@pytest.mark.parametrize(
    ("text", "compute"),
    [
        (r"w = \binom{n}{2} q^2", lambda n, q: math.comb(n, 2) * q**2),
        (r"w = \binom{n}{2} q^2", lambda n, q: q * q * scipy.special.comb(n, 2)),
        (r"w = n! q", lambda n, q: q * math.factorial(n)),
        (r"w = \sum_{k=1}^{n} q^k", lambda n, q: sum(q**k for k in range(1, n + 1))),
        (r"w = \sum_{k=1}^{n} q^k", lambda n, q: float(np.sum(q ** np.arange(1, n + 1)))),
        (r"w = \prod_{k=1}^{n} (1-q^k)", lambda n, q: math.prod([1 - q**k for k in range(1, n + 1)])),
        (r"w = \mathbf 1\{q<0.5\} n q", lambda n, q: n * q if q < 0.5 else 0.0),
        (CASES, lambda q: q if q < 0.5 else (1 - q) * (1 + q)),
        (r"w = \max(q^2, 1-q)", lambda q: max([q * q, 1 - q])),
        (r"w = |q-0.4|^n", lambda n, q: float(np.abs(q - 0.4)) ** n),
    ],
)
def test_a_formula_of_counts_is_found(text: str, compute: Any) -> None:
    assert same(text, bound_to(compute, *inspect.signature(compute).parameters), domain=COUNTS) == "w"


@pytest.mark.parametrize(
    "compute",
    [
        lambda A, x: np.linalg.inv(A) @ x,
        lambda A, x: np.linalg.solve(A, x),
    ],
)
def test_a_formula_of_matrices_is_found(compute: Any) -> None:
    def matrix(x: Array) -> Any:
        return np.eye(3) + np.outer(x, x)

    def bound() -> Bindings:
        return {"w": value(lambda x: compute(matrix(x), x)), "A": value(matrix), "x": variable("x")}

    assert same("w = A^{-1} x", bound, domain={"x": SPACE["x"]}) == "w"
