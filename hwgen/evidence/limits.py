r"""Evidence for sentences about limits: what is found at one width, against the limit, within what theory allows at that width."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from hwgen.model import Evidence, Kind, Verdict

# Chance that an empirical law is further from its own than `sampling` says, at each use.
FALSE_ALARM = 1e-12


def near(deviation: float, tolerance: float, *, method: str, cases: int, reason: str, seed: int | None = None) -> Evidence:
    """SUPPORTED if a deviation is within its tolerance, REFUTED if it is not, UNDECIDED if it is no number."""
    verdict = Verdict.SUPPORTED if deviation <= tolerance else Verdict.REFUTED
    return Evidence(
        kind=Kind.NUMERIC,
        method=method,
        verdict=verdict if math.isfinite(deviation) and math.isfinite(tolerance) else Verdict.UNDECIDED,
        cases=cases,
        deviation=deviation,
        tolerance=tolerance,
        reason=reason,
        counterexample=f"{method}: {deviation:.4g}, allowed {tolerance:.4g}" if verdict is Verdict.REFUTED else "",
        seed=seed,
    )


def kolmogorov(count: int) -> float:
    """How far the distribution function of `count` draws may be from that of their law, but for FALSE_ALARM; Massart (1990)."""
    return math.sqrt(math.log(2 / FALSE_ALARM) / (2 * count))


def sampling(count: int, span: float) -> float:
    """How far in Wasserstein-1 distance `count` sorted draws, of values in an interval of length `span`, may be from middle quantiles."""
    return span * (kolmogorov(count) + 1 / count)


def middles(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The levels of the middle quantiles, (k + 1/2) / count."""
    return (np.arange(count) + 0.5) / count


def wasserstein(first: ArrayLike, second: ArrayLike) -> float:
    """Wasserstein-1 distance of two samples of one size."""
    return float(np.mean(np.abs(np.sort(first) - np.sort(second))))
