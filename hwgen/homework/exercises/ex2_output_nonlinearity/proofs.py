r"""What algebra and calculus prove of Exercise 2, each from the definition of its symbols. What has the name of a claim proves it.

An entry of a Hessian concerns two coordinates, so that two of them, for an undetermined function of both, stand for any number.
"""

from typing import Any

import sympy as sp

from hwgen.authors.proofs import EXPRESSIONS, Law, Proof, Unproved
from hwgen.homework.two_neurons import WEIGHTS, block_proofs, gradient_proof, undetermined

ALPHA, BETA = sp.symbols("alpha beta", real=True)
F, PHI = sp.Function("f")(ALPHA, BETA), sp.Function("phi")
A, G, TAU = sp.symbols("a g tau", real=True)
RADIUS, R = sp.symbols("r R", positive=True)
REACH = sp.Symbol("T", nonnegative=True)
NORMAL = (G, sp.exp(-(G**2) / 2) / sp.sqrt(2 * sp.pi), -sp.oo, sp.oo)
UNIFORM = (A, sp.Rational(1, 2), sp.Integer(-1), sp.Integer(1))
MEAN = Law(densities={"a": UNIFORM, "G": NORMAL})


def _hessian(function: Any) -> Any:
    return sp.hessian(function, (ALPHA, BETA))


# For undetermined phi and f: any two coordinates, equal or not.
output_hessian = Proof(
    meanings={
        "H_g": _hessian(PHI(F)).doit(),
        "H": _hessian(F),
        "f": F,
        r"\nabla f": sp.Matrix([sp.diff(F, ALPHA), sp.diff(F, BETA)]),
        r"\phi": undetermined(PHI),
    },
    method="differentiation of an undetermined phi(f), entry by entry",
)


def chain_rule() -> Proof:
    """For undetermined phi and f."""
    slope = undetermined(PHI)[1](F)
    meanings = {
        r"\partial_\beta\partial_\alpha g": sp.diff(PHI(F), ALPHA, BETA).doit(),
        r"\partial_\beta\psi": sp.diff(slope, BETA).doit(),
        r"\partial_\alpha f": sp.diff(F, ALPHA),
        r"\partial_\beta f": sp.diff(F, BETA),
        r"\partial_\beta\partial_\alpha f": sp.diff(F, ALPHA, BETA),
        r"\psi": slope,
        "f": F,
        r"\phi": undetermined(PHI),
    }
    return Proof(meanings=meanings, method="differentiation of an undetermined phi(f)")


# The density of the uniform law, integrated.
second_moment = Proof(meanings={r"\mathbb{E}": MEAN}, method="integration in closed form")
# The density of the uniform law, integrated.
fourth_moment = Proof(meanings={r"\mathbb{E}": MEAN}, method="integration in closed form")


def quadratic_gap() -> Proof:
    """The departure of u^2/2 from its tangent is tau^2/2 wherever it is taken; its largest value is at the end."""
    mean = sp.Symbol("mean", positive=True)
    tangent = RADIUS**2 * mean / 3
    v = sp.Symbol("v", real=True)
    departure = sp.expand((v + TAU) ** 2 / 2 - v**2 / 2 - v * TAU)

    def largest(at: Any, reach: Any) -> Any:
        del at
        return EXPRESSIONS.extremum("max", lambda tau: departure.subs(TAU, tau), -reach, reach)

    meanings = {
        r"\Delta_\phi": (largest,),
        "v": v,
        "R": R,
        "L": tangent,
        "r": RADIUS,
        r"\sigma": (None, lambda _: sp.sqrt(mean)),
        r"\mathbb{E}": Law(densities={"G": NORMAL}),
    }
    return Proof(meanings=meanings, method="the supremum of a square, exactly; the mean of the squared slope undetermined")


def tanh_gap() -> Proof:
    """The departure at 0 is odd, and tau - tanh tau rises for tau >= 0."""

    def largest(at: Any, reach: Any) -> Any:
        if at != 0:
            raise Unproved("only at the inflection point")
        return EXPRESSIONS.extremum("max", lambda tau: tau - sp.tanh(tau), sp.Integer(0), reach)

    return Proof(meanings={r"\Delta_\phi": (largest,), "b": REACH}, method="a derivative of one sign")


def neuron_gradient() -> Proof:
    """For the weights of a neuron."""
    return gradient_proof(r"\nabla_{w_j}f", WEIGHTS[0, :], {})


def neuron_block() -> tuple[Proof, ...]:
    """For the weights of two neurons."""
    return block_proofs((WEIGHTS[0, :], WEIGHTS[1, :]), {})
