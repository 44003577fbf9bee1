"""What a span holds before an operation, its result holds after it; and of even powers it holds nothing below zero."""

from __future__ import annotations

import itertools

import flint
import pytest

from hwgen.arithmetic import powers
from hwgen.arithmetic.spans import Span, function, power

ENDS = [-(2.0**40), -3.0, -1.0, -0.25, 0.0, 0.25, 1.0, 3.0, 2.0**40]
SPANS = list(itertools.combinations(ENDS, 2))


@pytest.mark.parametrize("exponent", [1, 2, 3, 4, 5, -1, -2, -3])
@pytest.mark.parametrize(("low", "high"), SPANS)
def test_a_power_of_every_number_of_a_span_is_in_the_power_of_the_span(low: float, high: float, exponent: int) -> None:
    found = power(Span(flint.arb(low), flint.arb(high)), flint.arb(exponent), powers.power)
    inside = [low + (high - low) * k / 16 for k in range(17)]
    if exponent < 0 and low <= 0 <= high:
        assert not (found.low.is_finite() and found.high.is_finite())
        return
    for one in inside:
        exact = flint.arb(one) ** exponent
        assert found.low <= exact.upper()
        assert exact.lower() <= found.high


@pytest.mark.parametrize("exponent", [2, 4])
@pytest.mark.parametrize(("low", "high"), SPANS)
def test_an_even_power_is_as_tight_as_the_ends_make_it(low: float, high: float, exponent: int) -> None:
    found = power(Span(flint.arb(low), flint.arb(high)), flint.arb(exponent), powers.power)
    least = 0.0 if low <= 0 <= high else min(abs(low), abs(high)) ** exponent
    assert float(found.low) == pytest.approx(least, abs=0.0, rel=1e-12)
    assert float(found.high) == pytest.approx(max(abs(low), abs(high)) ** exponent, rel=1e-12)


def test_a_negative_span_of_many_powers_of_ten_has_a_square_by_its_ends() -> None:
    far = Span(-(flint.arb(2) ** 2000), -(flint.arb(2) ** 1000))
    square = power(far, flint.arb(2), powers.power)
    assert square.low == flint.arb(2) ** 2000
    assert square.high == flint.arb(2) ** 4000


FAR, FARTHER = flint.arb(2) ** 70, flint.arb(2) ** (2**30)


@pytest.mark.parametrize("name", ["exp", "sinh", "cosh"])
@pytest.mark.parametrize("end", [FAR, FARTHER, flint.arb("inf")])
def test_what_grows_far_out_lies_between_a_large_number_and_no_end(name: str, end: flint.arb) -> None:
    found = function(name, Span(flint.arb(1000), end), lambda x: getattr(x, name)())
    assert found.low <= getattr(flint.arb(1000), name)()
    assert found.low > getattr(flint.arb(999), name)()
    assert found.high > 10**300
    beyond = function(name, Span(end, end), lambda x: getattr(x, name)())
    assert beyond.low > 10**300
    near = Span(flint.arb(1), flint.arb(1)) / beyond
    assert near.low >= 0
    assert near.high < flint.arb(10) ** -300


def test_what_falls_far_out_stays_above_zero() -> None:
    found = function("exp", Span(-FARTHER, -FAR), lambda x: x.exp())
    assert found.low == 0
    assert 0 < found.high < flint.arb(10) ** -300
    assert function("sinh", Span(-FARTHER, -FAR), lambda x: x.sinh()).high < -(10**300)
    assert function("cosh", Span(-FARTHER, -FAR), lambda x: x.cosh()).low > 10**300


def test_no_number_is_infinite_but_what_is_unknown_stays_so() -> None:
    endless, nothing = Span(flint.arb(1), flint.arb("inf")), Span(flint.arb(0), flint.arb(1))
    assert (nothing * endless).low == 0
    assert (endless / endless).low == 0
    assert not (endless - endless).high.is_finite()
    assert not (nothing * Span(flint.arb("nan"), flint.arb("nan"))).high.is_finite()
    assert power(flint.arb(2), Span(FAR, FARTHER), powers.power).low > 10**300
