"""An oracle that is wrong and declares an error as large is found out: by how coarsely the sides are then known, at its own line."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from judging.hypothetical import stated

from hwgen.model import (
    Approx,
    Bindings,
    Binds,
    Claim,
    Derived,
    Finding,
    Ratio,
    Verdict,
    closed,
    expectation,
    function,
    integers,
    value,
    variable,
)

HERE = Path(__file__).name
WRONG, SURE = 1.01, 1e-12
CLAIM = Claim(name="trial", exercise="toy", sentence="", domain={"t": closed(0.5, 3)}, bind=lambda: None, identity="trial", points=12)


def _wave(t: float) -> float:
    """The exponential by its series."""
    return sum(t**k / math.factorial(k) for k in range(60))


def _wide(t: float, wrong: float = WRONG, honest: float = WRONG) -> Approx:
    """The same times some factor, with an error that covers another one."""
    return Approx(value=wrong * _wave(t), error=SURE + (honest - 1) * WRONG * _wave(t))


def _bound(w: Any) -> Callable[[], Bindings]:
    return lambda: {"w": w, "t": variable("t")}


def _atoms(error: float) -> Callable[[], Bindings]:
    """Two atoms, whose weights are too large by a hundredth."""
    weights = np.array([0.3, 0.7]) * (WRONG if error > SURE else 1)
    law = expectation(lambda t: (weights, np.array([t, 3 * t])), "Z", error=error)
    return lambda: {r"\mathbb{E}": law, "t": variable("t")}


def _value(error: float) -> Callable[[], Bindings]:
    wrong = WRONG if error > SURE else 1.0
    return lambda: {"w": value(lambda t: wrong * _wave(t), error=error), "t": variable("t")}


def _function(error: float) -> Callable[[], Bindings]:
    wrong = WRONG if error > SURE else 1.0
    return lambda: {"w": function(lambda t: wrong * _wave(t), error=error), "t": variable("t")}


def _matrix(error: float) -> Callable[[], Bindings]:
    wrong = WRONG if error > SURE else 1.0
    return lambda: {"w": value(lambda t: wrong * np.diag([_wave(t), 1.0]), error=error), "t": variable("t")}


def _tiny(error: float) -> Callable[[], Bindings]:
    wrong = WRONG if error > SURE else 1.0
    return lambda: {"w": value(lambda t: wrong * 1e-11 * _wave(t), error=error), "t": variable("t")}


WAYS = {
    "value": (_value, "w = e^t"),
    "function": (_function, "w(t) = e^t"),
    "expectation": (_atoms, r"\mathbb{E}[Z] = \frac{12}{5} t"),
    "matrix": (_matrix, r"w = \begin{pmatrix} e^t & 0 \\ 0 & 1 \end{pmatrix}"),
    "tiny": (_tiny, "w = e^t/100000000000"),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_oracle_that_is_wrong_by_its_own_error_is_told_with_its_line(way: str) -> None:
    bind, text = WAYS[way]
    found = stated(replace(CLAIM, bind=bind(0.0101)), text)
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, False)
    assert f"{HERE}:" in found.complaint
    assert "leaves 0.01 of a side open" in found.complaint
    assert "expected an error of at most 1e-06 of it, or coarse={" in found.complaint


@pytest.mark.parametrize("way", WAYS)
def test_the_same_oracle_without_the_factor_and_the_error_passes(way: str) -> None:
    bind, text = WAYS[way]
    assert stated(replace(CLAIM, bind=bind(SURE)), text).complaint == ""


@pytest.mark.parametrize("factor", [WRONG, 1 / WRONG, 1 + 1e-5, 1 - 1e-5])
def test_an_oracle_with_a_small_error_is_refuted_where_it_is_scaled(factor: float) -> None:
    assert stated(replace(CLAIM, bind=_bound(value(lambda t: _wide(t, factor, 1.0)))), "w = e^t").verdict is Verdict.REFUTED


def _coarse(part: float, wrong: float, **said: Any) -> Finding:
    """An oracle that is wrong by one part of itself, and declares another."""
    bind = _bound(value(lambda t: (1 + wrong) * _wave(t), error=part))
    return stated(replace(CLAIM, bind=bind, **said), "w = e^t")


def test_a_claim_may_say_how_coarsely_it_is_known_and_why() -> None:
    assert _coarse(1e-3, 5e-4, coarse={1e-3: "a sum over few draws"}).passed


@pytest.mark.parametrize(
    ("part", "wrong", "said"),
    [
        (2e-3, 5e-4, "leaves 0.002 of a side open"),
        (5e-5, 4e-5, "and it says coarse=0.001; expected coarse={5e-05: "),
        (1e-9, 0, "its sides are known to 1e-06 of them; expected no coarse=…"),
    ],
)
def test_a_claim_that_says_it_otherwise_than_it_is_does_not_pass(part: float, wrong: float, said: str) -> None:
    found = _coarse(part, wrong, coarse={1e-3: "a sum over few draws"})
    assert said in found.complaint
    assert not found.passed


def test_an_equality_of_a_bound_is_known_as_well_as_any() -> None:
    """What a bound is where it binds, and what is derived for a side, are compared as an equality is."""
    wide = value(lambda t: WRONG * math.exp(t) if t == 1 else t / 2, error=0.0101)
    bound = replace(CLAIM, bind=_bound(wide), sharp=(Binds(at={"t": 1.0}),))
    assert f"the error of w, at tests/judging/{HERE}:" in stated(bound, r"w \le e^t").complaint
    derived = replace(CLAIM, bind=lambda: {"t": variable("t")}, sharp=(Derived(larger=value(lambda t: WRONG * _wave(t), error=0.0101)),))
    said = stated(derived, r"t \le e^t").complaint
    assert f"what is derived for a side, at tests/judging/{HERE}:" in said
    assert "leaves 0.01 of a side open" in said


def test_sides_that_vanish_somewhere_are_known_by_the_others() -> None:
    def bind() -> Bindings:
        return {"s": value(lambda k: Approx(value=math.cos(math.pi * (k - 1) / 2), error=SURE)), "k": variable("k")}

    spread = replace(CLAIM, domain={"k": integers(0, 9)}, bind=bind, fixed=("s",))
    assert stated(spread, r"s = \sin\frac{\pi k}{2}").passed


def test_a_difference_that_is_nothing_but_its_error_is_as_good_as_0() -> None:
    assert stated(replace(CLAIM, bind=_bound(value(lambda t: (1 + 1e-11) * _wave(t), error=2e-11))), "w - e^t = 0").passed
    flat = value(lambda t: Approx(value=1e-16 * t, error=1e-13))
    assert stated(replace(CLAIM, bind=lambda: {"w": flat}), "w = 0").passed


@pytest.mark.parametrize(("wrong", "error", "passed"), [(1.0, 1e-22, True), (0.2, 9e-10, False), (3.0, 9e-10, False)])
def test_a_tiny_number_that_is_known_is_not_left_open_by_a_larger_error(wrong: float, error: float, passed: bool) -> None:
    """Sides that are everywhere smaller than 1e-9, and than the error of one of them, may not be anything on that account."""
    w = value(lambda t: Approx(value=wrong * 1e-11 * _wave(t), error=error))
    found = stated(replace(CLAIM, bind=_bound(w)), "w = e^t/100000000000")
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, passed)
    assert passed or "leaves inf of a side open" in found.complaint


@pytest.mark.parametrize(
    ("within", "error", "said"),
    [
        (1e-6, 1e-12, ""),
        (1e-12, 1e-9, "leaves 1e-09 of it open"),
        (1e-9, 2e-7, "leaves 2e-07 of it open"),
        (1e-3, 1e-12, "a bound that is weaker by as much has it, too; expected within=1e-06 at most, or coarse={0.001: "),
    ],
)
def test_a_largest_ratio_is_declared_as_exactly_as_its_sides_are_known(within: float, error: float, said: str) -> None:
    sharp = Ratio(largest=1.0, within=within, where={"t": 3.0}, because="in closed form")
    bind = _bound(value(lambda t: _wave(t) * t / 3, error=error))
    found = stated(replace(CLAIM, bind=bind, sharp=((sharp, Binds(at={"t": 3.0})),)), r"w \le e^t")
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, not said)
    assert said in found.complaint
    assert not said or within >= 1e-3 or f"{HERE}:" in found.complaint
