"""One run of gradient descent, its number of steps and its picture."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, DASHES, Estimate

from .problem import Array, Problem, descend, exercise, interpolator, matrix, singular_values, target

DRAW, STEPS, SMALL = 4, 60, 1e-3


def _sizes() -> dict[str, float]:
    """The steps of the picture, by what its legend calls them; the second is the best one."""
    largest, least = singular_values(DRAW)[[0, -1]] ** 2
    return {r"\eta\sigma_1^2 = 1": 1 / largest, r"\eta = \eta^\star": 2 / (largest + least), r"\eta\sigma_1^2 = 1.9": 1.9 / largest}


@exercise.study
def runs(problem: Problem) -> Mapping[str, Any]:
    """The relative distance to the interpolator, by step size and step, and the proved factor to the power of the step."""
    A, b, x = matrix(DRAW), target(DRAW), interpolator(problem, DRAW)
    s = singular_values(DRAW)
    xs = [descend(problem, A, b, np.zeros(A.shape[1]), step, STEPS) for step in _sizes().values()]
    factors = np.array([np.max(np.abs(1 - step * s**2)) for step in _sizes().values()])
    return {
        "distance": np.array([np.linalg.norm(one - x, axis=1) / np.linalg.norm(x) for one in xs]),
        "bound": factors[:, None] ** np.arange(STEPS + 1),
    }


def _steps_until_small(distance: Array) -> Estimate:
    return Estimate(value=float(np.argmax(distance <= SMALL)), error=0.0)


@exercise.constant(of=[runs])
def steps_of_best(data: Mapping[str, Any]) -> Estimate:
    """Steps of the best size until the relative distance is below a thousandth; a count, so without an error."""
    return _steps_until_small(data["distance"][1])


@exercise.constant(of=[runs])
def steps_of_simple(data: Mapping[str, Any]) -> Estimate:
    """The same for the step 1 / sigma_1^2."""
    return _steps_until_small(data["distance"][0])


exercise.named(steps_of_best="takes {} steps", steps_of_simple="and {} of size")


@exercise.figure(of=[runs], height=2.4)
def convergence(figure: Any, data: Mapping[str, Any]) -> None:
    """Relative distance to the interpolator against the step, with the proved bounds."""
    axes = figure.subplots()
    for name, colour, dash, distance, bound in zip(_sizes(), COLOURS, DASHES, data["distance"], data["bound"], strict=False):
        axes.semilogy(distance, dash, color=colour, label=f"${name}$")
        axes.semilogy(bound, ":", color=colour, linewidth=0.7)
    axes.set(xlabel="step $k$", ylabel=r"$\|x_k-x^\star\| / \|x^\star\|$", ylim=(1e-7, 2))
    axes.legend()
