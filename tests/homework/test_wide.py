"""Oracles of the homework that declare an error: what is wrong by a hundredth is found out, whatever error it declares for itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hwgen.homework import exercises
from hwgen.homework.exercises.ex1_ntk import kernel_formula
from hwgen.judging.claim import finding_of
from hwgen.model import Approx, Bindings, Claim, Formula, Verdict, catalog, function

CONTENT = catalog.load(exercises.__name__)
WRONG = 1.01


@pytest.mark.parametrize("declared", [True, False])
def test_a_kernel_that_is_too_large_by_a_hundredth_is_found_out_whatever_error_it_declares(
    declared: bool, formula: Callable[[str], Formula]
) -> None:
    def scaled(problem: object, rho: float) -> Approx:
        found = kernel_formula.kappa_at(problem, rho)  # type: ignore[arg-type]  # the exercise's own problem
        return Approx(value=WRONG * found.value, error=found.error + declared * (WRONG - 1) * found.value)

    def bind() -> Bindings:
        return {r"\kappa": function(scaled)}

    claim = replace(CONTENT.of(Claim)["polar_angle"], bind=bind)
    found = finding_of(claim, formula("polar_angle"), CONTENT.problem(claim))
    assert not found.passed
    if declared:
        assert "test_wide.py:" in found.complaint
        assert "expected an error of at most 1e-06 of it" in found.complaint
    else:
        assert found.verdict is Verdict.REFUTED
