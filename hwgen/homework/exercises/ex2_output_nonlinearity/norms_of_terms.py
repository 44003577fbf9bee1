"""Question 2(b), for every width: the operator norms of the two terms, exactly; beyond, the cubic, whose curvature has no bound."""

from dataclasses import replace
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, cases, value
from hwgen.homework.oracles import activated, activation, largest

from .problem import ANY_WEIGHTS, BOUNDED, CASES, OF_F, SEEDS, Problem, derivative, differentiated, exercise, saturated, setting

OF_A_TERM: dict[str, Any] = {"domain": {"case": CASES}, **OF_F}


def curvature(problem: Problem, case: Any) -> Approx:
    """sup |sigma''|, by maximisation."""
    return Approx(value=largest(setting(problem, case).network.activation.second), error=1e-12)


def outer_product(problem: Problem, case: Any) -> Approx:
    """The matrix of products of two partial derivatives of f."""
    found = differentiated(problem, case, "gradient f")
    size = float(np.max(np.abs(found.value)))
    return Approx(value=np.outer(found.value, found.value), error=3 * size * found.error + found.error**2)


@exercise.claim(
    r"H, p, r, a, z, \sigma, M_2", domain={"case": ANY_WEIGHTS}, changed={"prefactor": 1.0}, sharp=[saturated()], in_words=BOUNDED
)
def hessian_norm() -> None:
    """The norm of the network's Hessian is the largest of its blocks', and the bound by the largest curvature."""


@exercise.claim(r"N, \nabla f, p, r, a, z, \sigma", **OF_A_TERM)
def gradient_norm() -> Bindings:
    """The norm of the rank-one matrix is the squared norm of the gradient, a mean over the neurons."""
    return {"N": value(outer_product)}


def norm_of_term(problem: Problem, case: Any, order: int, found: Approx) -> Approx:
    """The operator norm of a matrix times that derivative of the link at f."""
    here = setting(problem, case)
    factor = here.link.derivative(order)(here.f)
    return Approx(value=float(np.linalg.norm(factor * found.value, 2)), error=len(found.value) * abs(factor) * found.error + 1e-14)


def linked(problem: Problem, link: str) -> Problem:
    """The problem with that link."""
    return problem if link == "own" else replace(problem, link=link)


# The slopes of links have both signs.
LINKS: dict[str, Any] = OF_A_TERM | {"domain": {"case": CASES, "link": cases("own", "falling")}}


@exercise.claim(r"T_1, \phi, f, p, r, a, z, \sigma", **LINKS)
def first_term() -> Bindings:
    """The norm of the term with the Hessian of the network."""

    def norm(problem: Problem, case: Any, link: str) -> Approx:
        return norm_of_term(linked(problem, link), case, 1, differentiated(problem, case, "hessian f"))

    return {"T_1": value(norm), r"\phi": activated(lambda problem, link: activation(linked(problem, link).link), of=["link"])}


@exercise.claim(r"T_2, \phi, f, p, r, a, z, \sigma", **OF_A_TERM)
def second_term() -> Bindings:
    """The norm of the rank-one term."""
    return {"T_2": value(lambda problem, case: norm_of_term(problem, case, 2, outer_product(problem, case)))}


def cubic_hessian(problem: Problem, case: int) -> Approx:
    """The Hessian of the network of that case with the activation z^3/6, by differentiation."""
    here = setting(problem, case)
    return derivative(replace(here, network=replace(here.network, activation=activation("cubic"))), "hessian f")


@exercise.claim("H, p, r, a, z", domain={"case": cases(*SEEDS)}, changed={"prefactor": 1.0}, in_words=[r"for $\sigma(z)=z^3/6$"])
def cubic_norm() -> Bindings:
    """The norm of the Hessian for a cubic activation."""
    return {"H": value(cubic_hessian)}
