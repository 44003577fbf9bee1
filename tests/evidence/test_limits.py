"""Deviations from a limit and what is allowed: three answers, and the sampling bound against draws of a known law."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.evidence.limits import kolmogorov, middles, near, sampling, wasserstein
from hwgen.model import Verdict


@pytest.mark.parametrize(
    ("deviation", "tolerance", "verdict"),
    [
        (0.1, 0.2, Verdict.SUPPORTED),
        (0.0, 0.0, Verdict.SUPPORTED),
        (0.3, 0.2, Verdict.REFUTED),
        (math.nan, 0.2, Verdict.UNDECIDED),
        (0.1, math.inf, Verdict.UNDECIDED),
    ],
)
def test_three_answers(deviation: float, tolerance: float, verdict: Verdict) -> None:
    found = near(deviation, tolerance, method="distance", cases=3, reason="theory")
    assert found.verdict is verdict
    assert (found.deviation, found.tolerance) == pytest.approx((deviation, tolerance), nan_ok=True)


def test_a_refusal_says_what_was_found_and_allowed() -> None:
    assert near(0.3, 0.2, method="distance", cases=3, reason="theory").counterexample == "distance: 0.3, allowed 0.2"


def test_draws_of_the_law_itself_are_within_what_sampling_allows_and_those_of_another_are_not() -> None:
    rng, count = np.random.default_rng(0), 2000
    assert wasserstein(rng.uniform(0, 3, count), 3 * middles(count)) < sampling(count, 3.0)
    assert wasserstein(rng.uniform(0.5, 3.5, count), 3 * middles(count)) > sampling(count, 3.0)


def test_the_distance_of_shifted_samples_is_the_shift_in_any_order() -> None:
    values = np.random.default_rng(1).standard_normal(50)
    assert wasserstein(values, values[::-1] + 0.25) == pytest.approx(0.25)


def test_more_draws_allow_less() -> None:
    assert kolmogorov(400) == pytest.approx(2 * kolmogorov(1600))
