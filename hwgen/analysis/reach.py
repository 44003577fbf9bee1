"""Extrema over the vectors of a ball or a sphere in floating point, with an estimate of what the search misses.

Nothing here knows formulas.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from hwgen.analysis.seen import Seen
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.rounding import UNDEFINED
from hwgen.model import Approx

STARTS = 4
LARGEST_DIMENSION = 50
# A cube has so many corners at most; a function is taken for concave after so many midpoints.
MOST_CORNERS, MIDPOINTS = 256, 40
# Searches that end farther apart than this part of what they ran through have found extrema that are not the only ones.
APART = 0.01


@dataclass(frozen=True, kw_only=True)
class Reach:
    """The vectors of a ball, or of its sphere, in a norm."""

    dimension: int
    radius: float
    norm: str
    sphere: bool

    def into(self, y: Any) -> Any:
        """A vector of the ball for any vector: itself, or the one of its direction on the sphere."""
        length = float(np.linalg.norm(y, {"norm_1": 1.0, "norm_inf": np.inf}.get(self.norm, 2.0)))
        return y * (self.radius / (length if self.sphere and length > 0 else max(length, 1.0)))

    def corners(self) -> Any:
        """The corners of a ball that has corners, not too many."""
        if self.norm == "norm_1":
            return self.radius * np.vstack([np.eye(self.dimension), -np.eye(self.dimension)])
        if self.norm == "norm_inf" and 2**self.dimension <= MOST_CORNERS:
            return self.radius * np.array(list(itertools.product((-1.0, 1.0), repeat=self.dimension)))
        return np.empty((0, self.dimension))


def least_in_ball(body: Callable[[Any], Approx], reach: Reach) -> Approx:
    """The least value over a ball or sphere: at a corner for a concave function, else searched for from several starts.

    The error of a search is estimated from how far its best ends differ. Raises ShapeError where its ends show more minima than one.
    """
    if not (math.isfinite(reach.radius) and reach.radius >= 0) or reach.dimension > LARGEST_DIMENSION:
        raise ShapeError(f"an extremum over a ball of radius {reach.radius:g} in dimension {reach.dimension} is not searched")
    seen = Seen()

    def at(u: Any) -> float:
        found = body(u)
        seen.note([0.0], [found.value], [found.error])
        return float(found.value)

    corners = reach.corners()
    if len(corners) and _concave(at, corners):
        best, missed = min(at(one) for one in corners), 0.0
    else:
        best, missed = _searched(at, reach)
    return UNDEFINED if math.isnan(best) else Approx(value=best, error=missed + float(seen.doubt(np.array([best]))[0]))


def _concave(at: Callable[[Any], float], corners: Any) -> bool:
    """Whether a function lies above the middle of its values at pairs of vectors between the corners, as one does that is least there."""
    # A concave function over the convex hull of finitely many points is least at one of them: no search could miss less.
    chosen = np.random.default_rng(21)
    weights = chosen.dirichlet(np.full(len(corners), 0.5), size=(MIDPOINTS, 2))
    for first, other in weights @ corners:
        ends, middle = (at(first) + at(other)) / 2, at((first + other) / 2)
        if not middle >= ends - 1e-12 * max(abs(ends), abs(middle)):
            return False
    return True


def _searched(at: Callable[[Any], float], reach: Reach) -> tuple[float, float]:
    """The least value that searches from several starts find, and an estimate of what they miss."""
    from scipy.optimize import minimize

    def free(y: Any) -> float:
        return at(reach.into(y))

    starts = np.random.default_rng(20).standard_normal((STARTS, reach.dimension))
    tight = {"maxiter": 40, "ftol": 1e-15, "gtol": 1e-8}
    found = [minimize(free, start, method="L-BFGS-B", options=tight) for start in starts]
    nearest = min(found, key=lambda one: float(one.fun)).x
    # L-BFGS takes slopes by differences, which mean nothing beside a kink; Nelder and Mead's search asks for values alone.
    finer = {"maxiter": 20 * reach.dimension, "xatol": 1e-9, "fatol": 1e-14}
    polished = minimize(free, nearest, method="Nelder-Mead", options=finer)
    best = sorted([float(polished.fun), *(float(one.fun) for one in found)])
    if any(math.isnan(one) for one in best):
        return math.nan, math.nan
    if best[-1] - best[0] > APART * (max(map(free, starts)) - best[0]):
        raise ShapeError("may have more extrema in this ball than a search finds; write the extremum's value")
    # Beside a kink the value moves with the place, and that is known to about 1e-8.
    places = (sign * 1e-8 * max(reach.radius, 1e-300) * axis for axis in np.eye(reach.dimension) for sign in (1, -1))
    kink = max(abs(free(polished.x + step) - best[0]) for step in places)
    return best[0], 10 * abs(best[1] - best[0]) + 1e-8 * max(abs(best[0]), abs(best[-1] - best[0])) + 2 * kink
