"""Integrals whose ends are known to rounding only: what that moves is in the error, however near to each other they are."""

from __future__ import annotations

import flint
import pytest

from hwgen.analysis.areas import area
from hwgen.arithmetic.algebra import ShapeError


@pytest.mark.parametrize(
    ("low", "high", "apart"), [(3.0, 3.0, 0.0), (3.0, 3.0 + 1e-13, 1e-13), (3.0, 3.0 - 1e-13, -1e-13), (2.0, 3.0, 1.0)]
)
def test_ends_that_are_nearer_than_they_are_known_enclose_the_value(low: float, high: float, apart: float) -> None:
    found = area(lambda u: u * flint.arb(0) + flint.arb(2), flint.arb(low, 1e-15), flint.arb(high, 1e-15))
    assert float(found.rad()) <= 2e-14
    assert abs(float(found.mid()) - 2 * apart) <= float(found.rad()) + 1e-16


def test_ends_at_a_pole_have_no_value() -> None:
    with pytest.raises(ShapeError, match="not enclosed"):
        area(lambda u: flint.arb(1) / u, flint.arb(0), flint.arb(0, 1e-16))
