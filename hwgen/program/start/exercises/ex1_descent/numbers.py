"""A study is computed once and kept; constants and figures are cheap views of it. Templates print \\VAR{constants.steps_needed}."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from hwgen.authors import Estimate

from .problem import Problem, descend, exercise

SMALL = 1e-3


@exercise.study
def descent(problem: Problem) -> Mapping[str, Any]:
    """The distance to the minimum, step by step."""
    return {"distance": np.abs(descend(problem, 1.0, 0.3, 1.0, 30))}


@exercise.constant(of=[descent])
def steps_needed(data: Mapping[str, Any]) -> Estimate:
    """The first step after which the distance is below a thousandth; a count, so without an error."""
    return Estimate(value=float(np.argmax(data["distance"] < SMALL)), error=0.0)


@exercise.figure(of=[descent], height=2.0)
def distance(figure: Any, data: Mapping[str, Any]) -> None:
    """The distance to the minimum against the step."""
    axes = figure.subplots()
    axes.semilogy(data["distance"], "o-")
    axes.axhline(SMALL, color="0.6")
    axes.set(xlabel="step $k$", ylabel=r"$|x_k|$")
