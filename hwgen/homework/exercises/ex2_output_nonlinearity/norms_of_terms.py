"""Question 2(b), for every width: the operator norms of the two terms, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np

from hwgen.homework.exercises.ex2_output_nonlinearity.hessian_of_g import output
from hwgen.homework.exercises.ex2_output_nonlinearity.problem import (
    NARROW,
    SATURATED,
    SEEDS,
    WIDE,
    Problem,
    differentiated,
    exercise,
    largest_curvature,
    norm,
    setting,
)
from hwgen.model import Approx, Binding, Bindings, binds_at, cases, function, value

CASES = cases(*SEEDS, SATURATED, NARROW, WIDE)


def neurons(problem: Problem) -> dict[str, Binding]:
    """What the sums and maxima over the neurons range over."""
    return {
        "p": value(lambda case: float(setting(problem, case).network.width)),
        "r": value(lambda case: norm(setting(problem, case))),
        "a": value(lambda case: setting(problem, case).a),
        "z": value(lambda case: setting(problem, case).network.preactivations(setting(problem, case).x)),
    }


def slope_at(problem: Problem, order: int) -> Any:
    """The derivative of that order of the activation of the case's network."""

    def call(z: Any, *, case: Any) -> Any:
        sigma = setting(problem, case).network.activation
        return (sigma.call, sigma.first, sigma.second)[order](z)

    return call


def activation_of_case(problem: Problem) -> Binding:
    """The activation as a printed function."""
    return function(*(slope_at(problem, order) for order in range(3)), of=("case",))


def curvature(problem: Problem, case: Any) -> Approx:
    """sup |sigma''|, by maximisation."""
    return Approx(value=largest_curvature(setting(problem, case).network.activation), error=1e-12)


def outer_product(problem: Problem, case: Any) -> Approx:
    """The matrix of products of two partial derivatives of f."""
    found = differentiated(problem, case, "gradient f")
    size = float(np.max(np.abs(found.value)))
    return Approx(value=np.outer(found.value, found.value), error=3 * size * found.error + found.error**2)


@exercise.claim(domain={"case": CASES}, changed={"prefactor": 1.0}, sharp=[binds_at("case", SATURATED, NARROW, WIDE)])
def hessian_norm(problem: Problem) -> Bindings:
    """The norm of the network's Hessian is the largest of its blocks', and the bound by the largest curvature."""
    return {
        "H": value(lambda case: differentiated(problem, case, "hessian f")),
        **neurons(problem),
        r"\sigma": activation_of_case(problem),
        "M": value(lambda case: curvature(problem, case)),
    }


@exercise.claim(domain={"case": CASES}, changed={"prefactor": 1.0})
def gradient_norm(problem: Problem) -> Bindings:
    """The norm of the rank-one matrix is the squared norm of the gradient, a mean over the neurons."""
    return {
        "N": value(lambda case: outer_product(problem, case)),
        r"\nabla f": value(lambda case: differentiated(problem, case, "gradient f")),
        **neurons(problem),
        r"\sigma": activation_of_case(problem),
    }


def link_of(problem: Problem) -> Binding:
    """The link as a printed function."""
    link = setting(problem, SEEDS[0]).link
    return function(link.call, link.first, link.second)


@exercise.claim(domain={"case": CASES}, changed={"prefactor": 1.0})
def first_term(problem: Problem) -> Bindings:
    """The norm of the term with the Hessian of the network."""

    def term(case: Any) -> Approx:
        found, slope = differentiated(problem, case, "hessian f"), setting(problem, case).link.first(output(problem, case))
        return Approx(value=float(np.linalg.norm(slope * found.value, 2)), error=len(found.value) * abs(slope) * found.error + 1e-14)

    return {
        "T_1": value(term),
        r"\phi": link_of(problem),
        "f": value(lambda case: output(problem, case)),
        **neurons(problem),
        r"\sigma": activation_of_case(problem),
    }


@exercise.claim(domain={"case": CASES}, changed={"prefactor": 1.0})
def second_term(problem: Problem) -> Bindings:
    """The norm of the rank-one term."""

    def term(case: Any) -> Approx:
        found, bend = outer_product(problem, case), setting(problem, case).link.second(output(problem, case))
        return Approx(value=float(np.linalg.norm(bend * found.value, 2)), error=len(found.value) * abs(bend) * found.error + 1e-14)

    return {
        "T_2": value(term),
        r"\phi": link_of(problem),
        "f": value(lambda case: output(problem, case)),
        **neurons(problem),
        r"\sigma": activation_of_case(problem),
    }
