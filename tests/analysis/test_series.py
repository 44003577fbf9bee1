r"""An infinite sum has a value where its terms settle, known to what their own errors and their cancelling leave."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import flint
import pytest

from hwgen.analysis.series import series
from hwgen.analysis.tails import Beyond
from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence import floats
from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Approx, Formula, Place, variable
from hwgen.reading import read, vocabulary

UNSETTLED: dict[str, Callable[[int], float]] = {
    "one term far out": lambda k: float(k == 50),
    "begins late": lambda k: float(k > 20) * 2.0**-k if k < 30 else 0.0,
    "whole parts": lambda k: float(k // 100),
    "a bump": lambda k: math.exp(-k) + math.exp(-((k - 100.0) ** 2)),
    "alternating": lambda k: (-1.0) ** k,
    "alternating, to one": lambda k: (-1.0) ** k * k / (k + 1),
    "harmonic": lambda k: 1 / k,
}
SETTLED: dict[str, tuple[Callable[[int], float], float]] = {
    "geometric": (lambda k: 2.0**-k, 1.0),
    "exponential": (lambda k: 1 / math.factorial(k) if k < 150 else 0.0, math.e - 1),
    "begins at zero": (lambda k: math.comb(k, 20) * 2.0**-k if k < 1000 else 0.0, 2.0),
    "squares": (lambda k: 1 / k**2, math.pi**2 / 6),
}


@pytest.mark.parametrize("what", list(UNSETTLED))
def test_a_sum_that_does_not_settle_has_no_value(what: str) -> None:
    with pytest.raises(ShapeError, match="whose tail is not bounded"):
        series(known(UNSETTLED[what]), 1)


@pytest.mark.parametrize("what", list(SETTLED))
def test_a_sum_that_settles_has_its_value_within_its_error(what: str) -> None:
    term, value = SETTLED[what]
    found = series(known(term), 1)
    assert abs(found.value - value) <= found.error < 1e-6


def known(term: Callable[[int], float], error: float = 0.0) -> Callable[[int], Approx]:
    """Terms that are all known to one relative error; none where they are beyond all numbers."""

    def at(k: int) -> Approx:
        try:
            value = term(k)
        except OverflowError:
            value = math.nan
        return Approx(value=value, error=error * abs(value))

    return at


@pytest.mark.parametrize("x", [1.0, 5.0, 8.0, 15.0, 25.0])
def test_terms_that_cancel_leave_their_rounding_in_the_error(x: float) -> None:
    found = series(known(lambda k: (-x) ** k / math.factorial(k), 1e-15), 0)
    assert abs(found.value - math.exp(-x)) <= found.error < 1e-13 * math.exp(x)


def test_a_sum_that_vanishes_is_zero_within_its_error() -> None:
    found = series(known(lambda k: (-1) ** k * math.pi ** (2 * k + 1) / math.factorial(2 * k + 1), 1e-15), 0)
    assert abs(found.value) <= found.error < 1e-12


@pytest.mark.parametrize("term", [lambda k: 2.0**-k, lambda k: 1 / k**2], ids=["geometric", "extrapolated"])
def test_what_is_not_known_of_the_terms_is_not_known_of_their_sum(term: Callable[[int], float]) -> None:
    found = series(known(term, 1e-11), 1)
    assert found.error >= 1e-11 * found.value


def test_a_part_that_diverges_is_seen_however_small_it_is() -> None:
    both = Beyond(term=lambda k: flint.arb(2) ** -60 / k, bits=192)
    falling = Beyond(term=lambda k: flint.arb(1) / (k * k), bits=192)
    assert math.isinf(both.bound(100))
    assert 1 / 101 <= falling.bound(100) <= 4 / 101


@pytest.mark.parametrize(("text", "times"), [(r"\sum_{k=1}^{\infty}\frac{3}{7^{k}}", 1), (r"\sum_{k=1}^{\infty}\frac{t}{7^{k}}", 2)])
def test_a_sum_is_found_once_for_all_points_at_which_nothing_in_it_differs(text: str, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    worked: list[int] = []
    found = floats.series.series

    def counted(*given: Any) -> Approx:
        worked.append(1)
        return found(*given)

    monkeypatch.setattr(floats.series, "series", counted)
    bound = {"t": variable("t")}
    chain = read(Formula(macro="checked", name="once", text=f"t = {text}", place=Place(file="t.tex.j2", line=1)), vocabulary(bound))
    values = [evaluate(chain.sides[1], scope_at(bound, {"t": point})).value for point in (2.0, 4.0)]
    assert len(worked) == times
    assert values == pytest.approx([0.5, 0.5] if times == 1 else [2 / 6, 4 / 6])
