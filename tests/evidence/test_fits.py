"""Fitted slopes and drifts against exact laws, least squares and simulated noise."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from hwgen.evidence.fits import fitted, mean_of, power_law
from hwgen.model import Estimate, Fit, Place


def test_an_exact_power_law_has_its_slope_without_error_or_drift() -> None:
    x = np.array([1.0, 2, 5, 9, 30])
    law = power_law(x, 3 * x**-0.5)
    assert (law.slope, law.error, law.drift, law.drift_error) == pytest.approx((-0.5, 0, 0, 0), abs=1e-7)
    assert law.estimate == Estimate(value=law.slope, error=law.error, statistical=True)
    assert law.drifting == Estimate(value=law.drift, error=law.drift_error, statistical=True)


def _noisy(seed: int, replicates: int) -> np.ndarray[Any, Any]:
    rng = np.random.default_rng(seed)
    return 2 * 2.0 ** (-0.5 * np.arange(3, 10)) * np.exp(0.3 * rng.standard_normal((replicates, 7)))


def test_the_error_from_replicates_covers_the_slope() -> None:
    laws = [power_law(2.0 ** np.arange(3, 10), _noisy(seed, 40)) for seed in range(200)]
    standardised = np.array([(law.slope + 0.5) / law.error for law in laws])
    # 200 draws of about a t variable: 0.95 +- 4 standard deviations of a binomial share, and a scale near one.
    assert 0.88 < np.mean(np.abs(standardised) < 2) <= 1
    assert 0.8 < np.std(standardised) < 1.3


def test_more_replicates_make_the_error_smaller() -> None:
    few, many = (power_law(2.0 ** np.arange(3, 10), _noisy(1, replicates)).error for replicates in (25, 400))
    assert 2.5 < few / many < 6.5


def test_the_error_without_replicates_comes_from_the_residuals() -> None:
    x = 2.0 ** np.arange(8)
    bent = np.exp(-0.5 * np.log(x) + 0.1 * (-1) ** np.arange(8))
    design = np.column_stack([np.ones(8), np.log(x)])
    residual = np.log(bent) - design @ np.linalg.lstsq(design, np.log(bent))[0]
    covariance = residual @ residual / 6 * np.linalg.inv(design.T @ design)
    assert power_law(x, bent).error == pytest.approx(math.sqrt(covariance[1, 1]), rel=1e-9)


def test_a_bent_law_shows_its_drift() -> None:
    x = 2.0 ** np.arange(9)
    bent = np.where(x < 16, x**-0.5, 16**0.5 * x**-1.0)
    law = power_law(x, bent)
    assert law.drift == pytest.approx(-0.5, abs=1e-9)
    assert -1 < law.slope < -0.5


@pytest.mark.parametrize(("count", "halves"), [(8, ([4, 5, 6, 7], [0, 1, 2, 3])), (7, ([3, 4, 5, 6], [0, 1, 2, 3]))])
def test_the_drift_is_the_slope_of_the_wider_half_less_that_of_the_narrower(count: int, halves: tuple[list[int], list[int]]) -> None:
    x = 2.0 ** np.arange(count)
    y = np.exp(np.random.default_rng(3).standard_normal(count))
    wide, narrow = (np.polyfit(np.log(x[half]), np.log(y[half]), 1)[0] for half in halves)
    assert power_law(x, y).drift == pytest.approx(wide - narrow, rel=1e-12)


def test_the_error_of_the_drift_covers_it() -> None:
    laws = [power_law(2.0 ** np.arange(3, 10), _noisy(seed, 40)) for seed in range(200)]
    standardised = np.array([law.drift / law.drift_error for law in laws])
    assert 0.88 < np.mean(np.abs(standardised) < 2) <= 1
    assert 0.8 < np.std(standardised) < 1.3


def test_a_mean_has_its_standard_error() -> None:
    found = mean_of(np.array([1.0, 2.0, 6.0]))
    assert found == Estimate(value=3.0, error=found.error, statistical=True)
    assert found.error == pytest.approx(math.sqrt(7 / 3))


@pytest.mark.parametrize("part", ["slope", "drift"])
def test_a_declared_fit_takes_the_row_of_its_study_or_what_a_function_makes_of_several(part: str) -> None:
    x, y = 2.0 ** np.arange(3, 10), _noisy(1, 5)
    law = power_law(x, y)
    expected = law.estimate if part == "slope" else law.drifting
    place = Place(file="t.py", line=1)
    row = Fit(part=part, x="width", y="error", row=1, place=place)
    made = Fit(part=part, x="width", y=lambda one, other: one["error"][1] * other["unit"], row=None, place=place)
    arrays = ({"width": x, "error": np.stack([0 * y, y])}, {"unit": 1.0})
    assert fitted(row, arrays[:1]) == expected
    assert fitted(made, arrays) == expected


@pytest.mark.parametrize(("x", "y"), [([1, 2, 3], [1, 2, 3]), ([1, 2, 3, 4], [1, 2, 0, 4]), ([1, 2, 3, 4], [1, 2, -3, 4])])
def test_what_is_no_power_law_is_refused(x: list[float], y: list[float]) -> None:
    with pytest.raises(ValueError, match="at least four abscissae and positive means"):
        power_law(x, y)
