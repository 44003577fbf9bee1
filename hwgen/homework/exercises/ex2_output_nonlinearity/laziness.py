"""Question 2(b), beyond: the laziness ratio, the norm of the Hessian over the squared norm of the gradient."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from hwgen.homework.maths import differentiation
from hwgen.model import Approx, Bindings, Binds, cases, closed, value

from .problem import SEEDS, Problem, Setting, activated, exercise, setting

LINKS = cases("own", "identity", "exponential")


SINGLE = "single"  # one neuron: the two terms of the Hessian are multiples of one matrix, here of the same sign for tanh


@cache
def at(problem: Problem, case: Any, link: str) -> Setting:
    """The network of that case."""
    here = setting(problem, SEEDS[0] if case == SINGLE else case, link)
    if case != SINGLE:
        return here
    a, W = np.array([0.8]), here.x[None] / float(here.x @ here.x) * 0.7
    return replace(here, network=replace(here.network, a=a, W=W), a=a)


def ratio(problem: Problem, case: Any, link: str, what: str) -> Approx:
    """The laziness ratio of f or g, both derivatives from values alone."""
    here = at(problem, case, link)
    field, theta = here.network.field_first(here.x, here.output if what == "g" else None), here.network.first_layer()
    (gradient, first), (hessian, second) = differentiation.gradient(field, theta), differentiation.hessian(field, theta)
    top, square = float(np.linalg.norm(hessian, 2)), float(np.sum(gradient**2))
    size = len(gradient)
    slack = size * second / top + 2 * size * first / float(np.sqrt(square))
    return Approx(value=top / square, error=2 * slack * top / square + 1e-14)


@exercise.claim(
    domain={"case": cases(*SEEDS, SINGLE), "link": LINKS},
    changed={"skip": 0.7},
    sharp=[Binds(at={"case": SINGLE, "link": "own"})],
    source="Chizat, Oyallon, Bach (2019)",
    points=24,
)
def lazy_ratio() -> Bindings:
    """The laziness ratio of the composition, against that of the network."""
    return {
        r"\kappa_g": value(lambda problem, case, link: ratio(problem, case, link, "g")),
        r"\kappa_f": value(lambda problem, case, link: ratio(problem, case, link, "f")),
        r"\phi": activated(lambda problem, link: setting(problem, SEEDS[0], link).link, of=["link"]),
        "f": value(lambda problem, case, link: at(problem, case, link).network.output(at(problem, case, link).x)),
    }


@exercise.claim(r"\phi, y", domain={"y": closed(-1.7, 1.9)}, changed={"link": "sigmoid"})
def tanh_ratio() -> None:
    """The limit of the laziness ratio for the hyperbolic tangent."""
