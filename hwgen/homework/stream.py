"""The streaming estimate of the kernel against its floor: the same random numbers and matrix products, and nothing else.

Run as `python -m hwgen.homework.stream P ROUNDS [INPUTS]` (by hwgen.bench), in a process of its own so that its peak memory is its own;
prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.homework.maths.kernels import empirical_ntk_stream

POINTS, DIMENSION, CHUNK, DTYPE = 256, 32, 8192, np.float32


def floor(X: NDArray[Any], p: int, seed: int, chunk: int) -> None:
    """Draw the weights and do the two products of each chunk, in the type of X (n, d); the results are thrown away."""
    n, d = X.shape
    rng = np.random.default_rng(seed)
    width = min(chunk, p)
    weights, products, total = np.empty((d, width), X.dtype), np.empty((n, width), X.dtype), np.empty((n, n), X.dtype)
    for _ in range(max(p // chunk, 1)):
        rng.standard_normal(out=weights, dtype=X.dtype.type)
        np.matmul(X, weights, out=products)
        np.matmul(products, products.T, out=total)


def paired(p: int, rounds: int, n: int = POINTS) -> dict[str, Any]:
    """Seconds of the estimate and of its floor, in turn, and the peak resident bytes of the estimate."""
    X = np.random.default_rng(1).standard_normal((n, DIMENSION)).astype(DTYPE)
    empirical_ntk_stream(X, p, seed=0, chunk=CHUNK, dtype=DTYPE)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    estimate, bare = [], []
    for turn in range(rounds):
        started = time.perf_counter()
        empirical_ntk_stream(X, p, seed=turn, chunk=CHUNK, dtype=DTYPE)
        between = time.perf_counter()
        floor(X, p, turn, CHUNK)
        estimate.append(between - started)
        bare.append(time.perf_counter() - between)
    return {"estimate": estimate, "floor": bare, "peak": peak}


if __name__ == "__main__":
    print(json.dumps(paired(*(int(one) for one in sys.argv[1:]))))
