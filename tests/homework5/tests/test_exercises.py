"""What the checks compute is right in cases that are known otherwise, and the page holds as printed. Run by python -m pytest."""

from pathlib import Path

import numpy as np
import pytest

from exercises.ex1_least_squares import problem as descent
from exercises.ex2_rademacher import problem as rademacher
from hwgen.program import build

ROOT = Path(__file__).parents[1]


def test_one_step_of_the_inverse_curvature_solves_one_equation() -> None:
    A, b = np.array([[3.0, 4.0]]), np.array([5.0])
    xs = descent.descend(descent.Problem(), A, b, np.zeros(2), 1 / 25, 2)
    assert xs == pytest.approx(np.array([[0, 0], [0.6, 0.8], [0.6, 0.8]]))


@pytest.mark.parametrize("draw", [1, 2, 5, "flat", ("last", 2)])
def test_the_drawn_matrix_has_the_drawn_singular_values(draw: object) -> None:
    assert np.linalg.svd(descent.matrix(draw), compute_uv=False) == pytest.approx(descent.singular_values(draw))
    solved = np.linalg.lstsq(descent.matrix(draw), descent.target(draw), rcond=None)[0]
    assert descent.interpolator(descent.Problem(), draw) == pytest.approx(solved)


def test_two_equal_inputs_have_half_the_complexity_of_one() -> None:
    length = float(np.linalg.norm(rademacher.inputs(rademacher.Problem(), "equal 2")[0]))
    assert rademacher.complexity(rademacher.Problem(), "equal 2", 2.0) == pytest.approx(length)


def test_every_relation_holds_as_printed() -> None:
    ledger = build.check(build.read(build.Request(root=ROOT, jobs=1)))
    assert len(ledger.findings) == 19
    assert [finding.name for finding in ledger.short] == []
