"""The setting of the exercise. A claim is also judged on a changed problem, where it must fail: so its check can fail."""

from dataclasses import dataclass

from hwgen.authors import Exercise


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a changed problem may change."""

    momentum: float = 0.0


exercise = Exercise("ex1_descent", title="Gradient descent on a parabola", problem=Problem())


def descend(problem: Problem, start: float, step: float, curvature: float, steps: int) -> list[float]:
    """The iterates of gradient descent on curvature * x^2 / 2, from the start on."""
    xs, last = [start], start
    for _ in range(steps):
        x = xs[-1]
        xs.append(x - step * curvature * x + problem.momentum * (x - last))
        last = x
    return xs
