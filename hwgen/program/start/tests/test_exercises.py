"""Your own tests: what the checks compute is right, in cases that are known otherwise. Run them by python -m pytest."""

from pathlib import Path

from exercises.ex1_descent.problem import Problem, descend
from hwgen.program import build

ROOT = Path(__file__).parents[1]


def test_a_step_of_one_over_the_curvature_finds_the_minimum() -> None:
    assert descend(Problem(), start=2.0, step=0.5, curvature=2.0, steps=3) == [2.0, 0.0, 0.0, 0.0]


def test_every_relation_holds_as_printed() -> None:
    ledger = build.check(build.read(build.Request(root=ROOT, jobs=1)))
    assert ledger.findings
    assert [finding.name for finding in ledger.short] == []
