"""Question 2(b), beyond: the laziness ratio, the norm of the Hessian over the squared norm of the gradient."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from hwgen.homework.exercises.ex2_output_nonlinearity.problem import SEEDS, Problem, Setting, activation, exercise, setting
from hwgen.homework.maths import differentiation
from hwgen.model import Approx, Binding, Bindings, Binds, cases, closed, function, value, variable

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


def link_of_point(problem: Problem) -> Binding:
    """The link that the point names, as a printed function."""

    def order(index: int) -> Any:
        def call(u: Any, *, link: str) -> Any:
            outer = setting(problem, SEEDS[0], link).link
            return (outer.call, outer.first, outer.second)[index](u)

        return call

    return function(*(order(index) for index in range(3)), of=("link",))


@exercise.claim(
    domain={"case": cases(*SEEDS, SINGLE), "link": LINKS},
    changed={"skip": 0.7},
    sharp=[Binds(at={"case": SINGLE, "link": "own"})],
    source="Chizat, Oyallon, Bach (2019)",
    points=24,
)
def lazy_ratio(problem: Problem) -> Bindings:
    """The laziness ratio of the composition, against that of the network."""
    return {
        r"\kappa_g": value(lambda case, link: ratio(problem, case, link, "g")),
        r"\kappa_f": value(lambda case, link: ratio(problem, case, link, "f")),
        r"\phi": link_of_point(problem),
        "f": value(lambda case, link: at(problem, case, link).network.output(at(problem, case, link).x)),
    }


@exercise.claim(domain={"y": closed(-1.7, 1.9)}, changed={"link": "sigmoid"})
def tanh_ratio(problem: Problem) -> Bindings:
    """The limit of the laziness ratio for the hyperbolic tangent."""
    link = activation(problem.link)
    return {r"\phi": function(link.call, link.first, link.second), "y": variable("y")}
