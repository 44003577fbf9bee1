"""The kernel of the first layer of a ReLU network: its limit at infinite width, and its estimates at finite width.

Pure functions of the data and of the drawn weights; nothing here knows a bound.
"""

from typing import Any

import numpy as np
import scipy
from numpy.typing import ArrayLike

from hwgen.homework.maths import Array

# The trapezoidal rule in log u is geometric in the step: 1/8 leaves less than exp(-39) (strip of half-width pi/4). A dyadic
# step from a whole number gives nodes without rounding.
STEP = 0.125
LOG_FAR = 2.5
LOG_NEAR = -40.0


def wedge_probability(slope: ArrayLike) -> Any:
    r"""Probability :math:`\int_0^\infty \varphi(u)\,\Phi(tu)\,du` of the wedge {u > 0, v < t u} for independent standard Gaussians u, v.

    slope : (...,) float64, t in [-inf, inf], or complex with Re(1 + t^2) >= 1/2 for its analytic continuation; dimensionless.
    Returns (...,) of the same type, in [0, 1/2] if real; absolute error below 1e-14.
    """
    t = np.asarray(slope)[..., None]
    near = np.floor(LOG_NEAR - np.log1p(np.where(np.isfinite(t), np.abs(t), 0.0)).max(initial=0.0))
    u = np.exp(np.arange(near, LOG_FAR, STEP))
    density = np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi)
    return STEP * np.sum(u * density * scipy.special.ndtr(t * u), axis=-1)


def arc_cosine_kernel_0(rho: ArrayLike) -> Array:
    r"""Probability that a standard Gaussian vector sees both inputs, :math:`\tfrac12 - \tfrac1{2\pi}\arccos\rho`.

    rho : (...,) float64 in [-1, 1], cosine of the angle between the inputs; dimensionless.
    Returns (...,) float64 in [0, 1/2]. Ill-conditioned at rho = ±1: an error d there moves the value by about sqrt(2 d) / (2 pi).
    Raises ValueError if any |rho| > 1.
    Source: Sheppard (1899); Cho and Saul (2009), section 2, n = 0.
    """
    cosine = np.asarray(rho, float)
    if np.any(np.abs(cosine) > 1):
        raise ValueError("a cosine lies in [-1, 1]")
    return np.asarray(0.5 - np.arccos(cosine) / (2 * np.pi))


def cosines(X: ArrayLike) -> Array:
    r"""Cosines :math:`\langle x_i, x_j\rangle / (\|x_i\| \|x_j\|)`, clipped to [-1, 1], and 1 on the diagonal; 0 for zero vectors.

    X : (n, d) float64. Returns (n, n) float64.
    """
    data = np.asarray(X, float)
    norms = np.linalg.norm(data, axis=1)
    units = data / np.where(norms > 0, norms, 1.0)[:, None]
    rho = np.clip(units @ units.T, -1.0, 1.0)
    np.fill_diagonal(rho, np.where(norms > 0, 1.0, 0.0))
    return np.asarray(rho)


def ntk_matrix(X: ArrayLike) -> Array:
    r"""The kernel matrix :math:`K_{ij} = \langle x_i, x_j\rangle (\tfrac12 - \tfrac1{2\pi}\vartheta_{ij})` of first-layer training.

    X : (n, d) float64, rows are inputs; units of x squared. Zero rows give zero rows and columns. Returns (n, n) float64, symmetric.
    """
    data = np.asarray(X, float)
    return np.asarray((data @ data.T) * arc_cosine_kernel_0(cosines(data)))


def empirical_ntk(X: ArrayLike, W: ArrayLike, a: ArrayLike) -> Array:
    r"""The kernel of p neurons, :math:`\hat K_{ij} = \frac1p\langle x_i, x_j\rangle\sum_k a_k^2 s_{ki} s_{kj}`, where
    :math:`s_{ki} = \sigma'(\langle w_k, x_i\rangle)`.

    X : (n, d), W : (p, d), a : (p,), float64. Returns (n, n) float64; sigma'(z) = 1 for z > 0, else 0.
    """
    data, signs = np.asarray(X, float), np.asarray(a, float)
    seen = (data @ np.asarray(W, float).T > 0).astype(float)
    return np.asarray((data @ data.T) * ((seen * signs**2) @ seen.T) / signs.size)


def empirical_ntk_stream(X: ArrayLike, p: int, seed: int, chunk: int = 8192, dtype: Any = np.float32) -> Array:
    r"""The kernel of p neurons with :math:`w_k \sim N(0, I_d)`, :math:`a_k = \pm1`, drawn chunk by chunk; memory is independent of p.

    X : (n, d). One product of (n, d) by (d, chunk) and one of (n, chunk) by (chunk, n) a chunk; a_k^2 = 1 needs no draw.
    dtype : float32 or float64, of the weights and products; counts stay exact in float32 as chunk <= 2^24. Returns (n, n) float64.
    Raises ValueError unless p >= 1 and 1 <= chunk <= 2^24.
    """
    if p < 1 or not 1 <= chunk <= 2**24:
        raise ValueError(f"expected p >= 1 and 1 <= chunk <= 2^24; found p = {p}, chunk = {chunk}")
    data = np.asarray(X, dtype)
    n, d = data.shape
    rng = np.random.default_rng(seed)
    weights = np.empty((d, min(chunk, p)), dtype)
    seen = np.empty((n, weights.shape[1]), dtype)
    both = np.zeros((n, n))
    for start in range(0, p, chunk):
        width = min(chunk, p - start)
        w, z = weights.ravel()[: d * width].reshape(d, width), seen.ravel()[: n * width].reshape(n, width)
        rng.standard_normal(out=w, dtype=dtype)
        np.matmul(data, w, out=z)
        np.greater(z, 0, out=z, casting="unsafe")
        both += z @ z.T
    exact = np.asarray(X, float)
    return np.asarray((exact @ exact.T) * both / p)


def sign_arcs(X: ArrayLike) -> tuple[Array, Array]:
    r"""The exact law of the signs of :math:`(\langle w, x_i\rangle)_i` for :math:`w\sim N(0, I_2)` and inputs in the plane.

    X : (n, 2) float64, no zero row. The signs are constant on k <= 2 n arcs of directions of w.
    Returns (probabilities of the arcs (k,), the unit vectors at their middles (k, 2)).
    Raises ValueError if a row is zero or not in the plane.
    """
    data = np.asarray(X, float)
    if data.shape[1] != 2 or np.any(np.all(data == 0, axis=1)):
        raise ValueError("expected non-zero inputs in the plane")
    angles = np.arctan2(data[:, 1], data[:, 0])
    edges = np.unique(np.concatenate([angles + np.pi / 2, angles - np.pi / 2]) % (2 * np.pi))
    lengths = np.diff(edges, append=edges[0] + 2 * np.pi)
    middles = edges + lengths / 2
    return lengths / (2 * np.pi), np.stack([np.cos(middles), np.sin(middles)], axis=1)
