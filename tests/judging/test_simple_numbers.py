"""Simple numbers of a range, 0, 1 and its ends, are tried though no hypothesis names them and no sample meets them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from judging.hypothetical import ROOT, stated

from hwgen.model import Claim, Verdict, closed, value, variable


def _but_at(gone: float) -> Claim:
    """A number by a longer road, but at one, where it is another."""
    bindings = {"t": variable("t"), "f": value(_roundabout(gone))}
    return replace(ROOT, domain={"t": closed(-1.7, 2.9)}, fixed=("f",), bind=lambda problem: bindings)


def _roundabout(gone: float) -> Any:
    return lambda t: t + 1 if t == gone else math.copysign(math.exp(math.log(abs(t))), t) if t else 0.0


@pytest.mark.parametrize("hypotheses", [(), (r"t\le\frac{29}{10}",)])
@pytest.mark.parametrize("gone", [0.0, 1.0, -1.0, -1.7, 2.9])
def test_a_relation_that_fails_at_one_simple_number_is_found_out(gone: float, hypotheses: tuple[str, ...]) -> None:
    """No printed hypothesis names it, and no sample meets it."""
    assert stated(_but_at(gone), "f = t", *hypotheses).verdict is Verdict.REFUTED
    assert stated(_but_at(3.5), "f = t", *hypotheses).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize("hypotheses", [(), (r"t\le\frac{29}{10}",)])
@pytest.mark.parametrize("text", [r"f = \frac{t^2}{t}", r"f = \frac{t^2-t}{t-1}", r"f = \frac{t(t+1)}{t+1}"])
def test_a_formula_without_a_value_at_one_simple_number_is_no_pass(text: str, hypotheses: tuple[str, ...]) -> None:
    found = stated(_but_at(3.5), text, *hypotheses)
    assert found.verdict <= Verdict.UNDECIDED
    assert "has no value" in found.complaint
