"""Eigenvalues and nullity of kernel matrices: by linear algebra, and by counting directions.

The two nullities are computed on different roads on purpose; neither calls the other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

# Unit vectors whose cosine is this close to ±1 count as collinear: far above rounding, far below any angle that the data have.
COLLINEAR = 1e-9


def smallest_eigenvalue(matrix: ArrayLike) -> float:
    """The smallest eigenvalue of a symmetric (n, n) matrix; absolute error below n times 1e-15 times its norm."""
    return float(np.linalg.eigvalsh(np.asarray(matrix, float))[0])


def numerical_nullity(matrix: ArrayLike, tolerance: float = 1e-9) -> int:
    """Number of eigenvalues of a symmetric matrix below `tolerance` times the largest one (all of them, for the zero matrix)."""
    values = np.linalg.eigvalsh(np.asarray(matrix, float))
    return int(np.sum(np.abs(values) <= tolerance * np.abs(values).max(initial=0.0)))


def counted_nullity(X: ArrayLike) -> int:
    r"""Dimension of the kernel of the ReLU tangent kernel matrix, :math:`n_0 + (n - n_0 - D) + (m - \mathrm{rank}(v_1,\dots,v_m))`.

    n_0 : zero inputs; D : distinct directions of the others; v_1, …, v_m : one direction for each line that carries both.
    X : (n, d) float64, rows are inputs. Two rows are taken as collinear if their cosine is within 1e-9 of ±1.
    """
    data = np.asarray(X, float)
    norms = np.linalg.norm(data, axis=1)
    units = data[norms > 0] / norms[norms > 0, None]
    directions: list[Array] = []
    for unit in units:
        if all(unit @ other < 1 - COLLINEAR for other in directions):
            directions.append(unit)
    paired = [u for i, u in enumerate(directions) if any(u @ v < COLLINEAR - 1 for v in directions[i + 1 :])]
    rank = int(np.linalg.matrix_rank(np.array(paired), tol=1e-9)) if paired else 0
    return int(len(data) - len(units)) + len(units) - len(directions) + len(paired) - rank
