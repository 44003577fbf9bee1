"""An oracle whose source leads far, into libraries or through itself, is looked at in a moment."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import mpmath
import pytest

from hwgen.judging.chains import chain_of
from hwgen.judging.independence import own_oracle
from hwgen.model import Claim, Formula, Place, closed, value, variable


def _integrated(t: float, s: float) -> float:
    """By a library that is written in Python, and calls itself in many ways."""
    with mpmath.workdps(20):
        return float(s**2 * (1 - 2 * mpmath.quad(lambda u: mpmath.exp(-2 * u), [0, t])))


def _refined(t: float, depth: int = 0) -> float:
    """A recursion that calls itself at eleven places."""
    if depth > 3:
        return math.exp(-t)
    if t < 1e-3:
        return _refined(t / 2, depth + 1) * _refined(t / 2, depth + 1)
    if t < 1e-2:
        return _refined(t / 3, depth + 1) * _refined(t / 3, depth + 1) * _refined(t / 3, depth + 1)
    if t < 1:
        return _refined(t / 4, depth + 1) * _refined(t / 4, depth + 1) ** 3
    return _refined(t / 4, depth + 1) * _refined(t / 4, depth + 1) * _refined(t / 4, depth + 1) * _refined(t / 4, depth + 1)


@pytest.mark.parametrize("compute", [_integrated, lambda t, s: s**2 * _refined(2 * t)])
def test_an_oracle_whose_source_leads_far_is_looked_at_in_a_moment(compute: Callable[..., Any]) -> None:
    bindings = {"w": value(compute), "t": variable("t"), "s": variable("s")}
    domain = {"t": closed(0.1, 1), "s": closed(0.5, 2)}
    claim = Claim(name="own", exercise="toy", sentence="", domain=domain, bind=lambda: bindings, identity="toy")
    formula = Formula(macro="checked", name="own", text=r"w = s^2 e^{-2t}", place=Place(file="t.tex.j2", line=7))
    before = time.process_time()
    assert own_oracle(chain_of(claim, formula, None), bindings) == ""
    assert time.process_time() - before < 10
