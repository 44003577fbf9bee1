"""Points cover the declared domain, and depend on nothing but the domain, the count and the seed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from hwgen.evidence.sampling import at_simple, sample, seed_of
from hwgen.model import Range, cases, closed, integers, log_closed, vectors


def test_both_ends_of_every_interval_occur() -> None:
    points = sample({"rho": closed(-1, 1), "n": integers(2, 9)}, 20, 3)
    for name, low, high in (("rho", -1, 1), ("n", 2, 9)):
        assert min(point[name] for point in points) == low
        assert max(point[name] for point in points) == high


def test_integers_stay_integers_and_all_occur() -> None:
    assert {point["n"] for point in sample({"n": integers(1, 5)}, 60, 0)} == {1, 2, 3, 4, 5}
    assert all(type(point["n"]) is int for point in sample({"n": integers(1, 5)}, 9, 0))


@pytest.mark.parametrize("points", [5, 6, 60])
def test_a_short_integer_interval_is_enumerated_without_repetition(points: int) -> None:
    assert sorted(point["d"] for point in sample({"d": integers(1, 5)}, points, 11)) == [1, 2, 3, 4, 5]


def test_a_longer_integer_interval_keeps_both_ends() -> None:
    values = [point["d"] for point in sample({"d": integers(1, 50)}, 9, 11)]
    assert (min(values), max(values), len(values)) == (1, 50, 9)


def test_few_combinations_of_integers_and_cases_all_occur() -> None:
    points = sample({"seed": cases("a", "b"), "j": integers(0, 2), "k": integers(0, 1), "r": closed(0, 1)}, 12, 4)
    assert len({(point["seed"], point["j"], point["k"]) for point in points}) == 12


def test_too_many_combinations_are_covered_evenly() -> None:
    points = sample({"seed": cases(*range(5)), "j": integers(0, 5), "k": integers(0, 5)}, 36, 4)
    assert len(points) == len({tuple(point.values()) for point in points}) == 36
    assert {(point["j"], point["k"]) for point in points} == {(j, k) for j in range(6) for k in range(6)}
    assert {sum(point[name] == value for point in points) for name in "jk" for value in range(6)} == {6}


def test_the_spread_is_even() -> None:
    values = np.sort([point["x"] for point in sample({"x": closed(0, 1)}, 200, 7)])
    assert np.max(np.diff(values)) < 0.02


def test_a_logarithmic_range_is_even_in_the_logarithm() -> None:
    values = [point["p"] for point in sample({"p": log_closed(1, 10**6)}, 100, 1)]
    assert 35 < sum(value < 1000 for value in values) < 65


def test_vectors_have_the_declared_norms() -> None:
    norms = [np.linalg.norm(point["x"]) for point in sample({"x": vectors(3, norm=closed(0.5, 2))}, 50, 1)]
    assert min(norms) >= 0.5 - 1e-12
    assert max(norms) <= 2 + 1e-12
    assert max(norms) - min(norms) > 1.3


def test_every_combination_of_cases_occurs() -> None:
    points = sample({"seed": cases(1, 2, 3), "phi": cases("a", "b"), "r": closed(0, 1)}, 2, 0)
    assert {(point["seed"], point["phi"]) for point in points} == {(s, f) for s in (1, 2, 3) for f in "ab"}


def test_a_domain_without_variables_is_one_point() -> None:
    assert sample({}, 48, 0) == ({},)


@pytest.mark.parametrize("empty", [closed(2, 1), integers(5, 2), closed(0, math.nan), cases(), vectors(3, norm=closed(2, 1))])
def test_a_domain_with_an_empty_range_has_no_point(empty: Range) -> None:
    assert sample({"x": closed(0, 1), "y": empty}, 48, 0) == ()


def test_the_seed_is_that_of_the_name() -> None:
    assert seed_of("kappa") == seed_of("kappa") != seed_of("kapa")
    assert sample({"x": closed(0, 1)}, 9, 1) == sample({"x": closed(0, 1)}, 9, 1) != sample({"x": closed(0, 1)}, 9, 2)


def test_simple_numbers_are_added_where_a_range_has_them_between_its_ends_and_no_point_yet() -> None:
    domain = {"s": closed(-2, 0.5), "t": closed(0, 3), "n": integers(0, 5), "case": cases("a", "b")}
    points = sample(domain, 30, 1)
    added = list(at_simple(domain, points))
    assert [(one["s"] in (0.0, -1.0), one["t"] == 1.0) for one in added] == [(True, False), (True, False), (False, True)]
    assert all(set(one) == set(domain) for one in added)
    assert list(at_simple(domain, [*points, *added])) == []
    assert list(at_simple(domain, ())) == []
