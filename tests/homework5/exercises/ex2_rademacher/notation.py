"""What the symbols of Exercise 2 mean."""

from typing import Any

from hwgen.authors import expectation, value

from . import problem
from .problem import Problem, inputs


def count(problem: Problem, draw: Any) -> int:
    """How many inputs there are."""
    return len(inputs(problem, draw))


problem.exercise.notation(
    __name__,
    {
        "x": value(problem.inputs),
        "n": value(count),
        r"\mathbb{E}": expectation(problem.law, r"\epsilon"),
        r"\hat{\mathfrak R}": value(problem.complexity, error=1e-11),
    },
)
