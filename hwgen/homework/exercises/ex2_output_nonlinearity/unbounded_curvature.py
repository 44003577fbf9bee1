"""Question 2(b), beyond: second derivatives without a bound, with the cubic as the example."""

from dataclasses import replace
from functools import cache

from hwgen.authors import Approx, Bindings, cases, value
from hwgen.homework.maths import differentiation

from .problem import SEEDS, Problem, activation, exercise, setting

CASES = cases(*SEEDS)


@cache
def cubic_hessian(problem: Problem, case: int) -> Approx:
    """The Hessian of the network of that case with the activation z^3/6, by differentiation."""
    here = setting(problem, case)
    network = replace(here.network, activation=activation("cubic"))
    found, error = differentiation.hessian(network.field_first(here.x), network.first_layer())
    return Approx(value=found, error=error)


@exercise.claim("H, p, r, a, z", domain={"case": CASES}, changed={"prefactor": 1.0})
def cubic_norm() -> Bindings:
    """The norm of the Hessian for a cubic activation."""
    return {"H": value(cubic_hessian)}
