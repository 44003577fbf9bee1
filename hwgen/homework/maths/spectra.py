"""Eigenvalues of structured matrices, and the nullity of kernel matrices: by linear algebra, and by counting directions.

The two nullities are computed on different roads on purpose; neither calls the other.
"""

import numpy as np
from numpy.typing import ArrayLike

from hwgen.homework.maths import Array

# Unit vectors whose cosine is this close to ±1 count as collinear: far above rounding, far below any angle that the data have.
COLLINEAR = 1e-9


def smallest_eigenvalue(matrix: ArrayLike) -> float:
    """The smallest eigenvalue of a symmetric (n, n) matrix; absolute error below n times 1e-15 times its norm."""
    return float(np.linalg.eigvalsh(np.asarray(matrix, float))[0])


def numerical_nullity(matrix: ArrayLike, tolerance: float = 1e-9) -> int:
    """Number of eigenvalues of a symmetric matrix below `tolerance` times the largest one (all of them, for the zero matrix)."""
    values = np.linalg.eigvalsh(np.asarray(matrix, float))
    return int(np.sum(np.abs(values) <= tolerance * np.abs(values).max(initial=0.0)))


def directions(X: ArrayLike) -> tuple[int, int, int]:
    """Distinct directions of the non-zero rows, lines that carry two opposite ones, dimension of the span of these lines.

    X : (n, d) float64, rows are inputs. Two rows are taken as collinear if their cosine is within 1e-9 of ±1.
    """
    data = np.asarray(X, float)
    norms = np.linalg.norm(data, axis=1)
    units = data[norms > 0] / norms[norms > 0, None]
    distinct: list[Array] = []
    for unit in units:
        if all(unit @ other < 1 - COLLINEAR for other in distinct):
            distinct.append(unit)
    paired = [u for i, u in enumerate(distinct) if any(u @ v < COLLINEAR - 1 for v in distinct[i + 1 :])]
    return len(distinct), len(paired), int(np.linalg.matrix_rank(np.array(paired), tol=1e-9)) if paired else 0


def counted_nullity(X: ArrayLike) -> int:
    r"""Dimension of the null space of the ReLU tangent kernel matrix, :math:`(n - D) + (r - s)` with (D, r, s) of `directions`.

    X : (n, d) float64, rows are inputs.
    """
    distinct, opposite, span = directions(X)
    return len(np.asarray(X)) - distinct + opposite - span
