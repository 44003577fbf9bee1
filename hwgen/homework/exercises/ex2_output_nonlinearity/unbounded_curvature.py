"""Question 2(b), beyond: second derivatives without a bound, with the cubic as the example."""

import itertools
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import scipy

from hwgen.homework.maths import differentiation
from hwgen.model import Approx, Bindings, Ratio, cases, function, value

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


def product_tail(problem: Problem, t: Any) -> Any:
    """P(|aG| > t), G with the problem's deviation, by integrating the normal tail over the law of |a|."""

    def chance(u: float) -> Any:
        return scipy.special.erfc(t / (u * problem.spread * np.sqrt(2)))

    # The integrand changes where u is of the order of t, which may be far below 1.
    parts = np.unique(np.clip(t * np.array([0.0, 0.3, 1.0, 4.0, 30.0, np.inf]), 0.0, 1.0)) if t else np.array([0.0, 1.0])
    return sum(scipy.integrate.quad(chance, *ends, epsabs=1e-15, epsrel=1e-12)[0] for ends in itertools.pairwise(parts))


# The ratios at t = 0.001, eta = 0.99.
@exercise.claim(
    r"Q, Q_0, t, \eta",
    domain={"t": cases(0.001, 0.05, 0.3, 0.7, 1.1, 2.0), "eta": cases(0.1, 0.3, 0.6, 0.9, 0.99)},
    changed={"spread": 0.5},
    sharp=[Ratio(largest=0.98930932, within=1e-7), Ratio(largest=0.99990768, within=1e-7)],
)
def product_sandwich() -> Bindings:
    """The tail of the product of a uniform and a normal variable, between two normal ones."""
    return {"Q": function(product_tail, error=1e-10), "Q_0": function(lambda t: scipy.special.erfc(t / np.sqrt(2)))}
