r"""What algebra and calculus prove of Exercise 2, each from the definition of its symbols. What has the name of a claim proves it.

An entry of a Hessian concerns two coordinates, so that two of them, for an undetermined function of both, stand for any number.
"""

from typing import Any

import sympy as sp

from hwgen.authors.proofs import EXPRESSIONS, Law, Proof, Unproved
from hwgen.homework.two_neurons import WEIGHTS, block_proofs, gradient_proof, undetermined

ALPHA, BETA = sp.symbols("alpha beta", real=True)
F, PHI = sp.Function("f")(ALPHA, BETA), sp.Function("phi")
A, G, TAU, V = sp.symbols("a g tau v", real=True)
RADIUS, R, MEAN_SQUARE = sp.symbols("r R mean", positive=True)
REACH = sp.Symbol("T", nonnegative=True)
NORMAL = (G, sp.exp(-(G**2) / 2) / sp.sqrt(2 * sp.pi), -sp.oo, sp.oo)
UNIFORM = (A, sp.Rational(1, 2), sp.Integer(-1), sp.Integer(1))
MEAN = Law(densities={"a": UNIFORM, "G": NORMAL})


# For undetermined phi and f: any two coordinates, equal or not.
output_hessian = Proof(
    meanings={
        "H_g": sp.hessian(PHI(F), (ALPHA, BETA)).doit(),
        "H": sp.hessian(F, (ALPHA, BETA)),
        "f": F,
        r"\nabla f": sp.Matrix([sp.diff(F, ALPHA), sp.diff(F, BETA)]),
        r"\phi": undetermined(PHI),
    },
    method="differentiation of an undetermined phi(f), entry by entry",
)


PSI = undetermined(PHI)[1](F)
chain_rule = Proof(
    meanings={
        r"\partial_\beta\partial_\alpha g": sp.diff(PHI(F), ALPHA, BETA).doit(),
        r"\partial_\beta\psi": sp.diff(PSI, BETA).doit(),
        r"\partial_\alpha f": sp.diff(F, ALPHA),
        r"\partial_\beta f": sp.diff(F, BETA),
        r"\partial_\beta\partial_\alpha f": sp.diff(F, ALPHA, BETA),
        r"\psi": PSI,
        "f": F,
        r"\phi": undetermined(PHI),
    },
    method="differentiation of an undetermined phi(f)",
)

# The density of the uniform law, integrated.
second_moment = Proof(meanings={r"\mathbb{E}": MEAN}, method="integration in closed form")
fourth_moment = second_moment


# The departure of u^2/2 from its tangent is tau^2/2 wherever it is taken; its largest value is at the end.
DEPARTURE = sp.expand((V + TAU) ** 2 / 2 - V**2 / 2 - V * TAU)
quadratic_gap = Proof(
    meanings={
        r"\Delta_\phi": (lambda at, reach: EXPRESSIONS.extremum("max", lambda tau: DEPARTURE.subs(TAU, tau), -reach, reach),),
        "v": V,
        "R": R,
        "L": RADIUS**2 * MEAN_SQUARE / 3,
        "r": RADIUS,
        r"\sigma": (None, lambda _: sp.sqrt(MEAN_SQUARE)),
        r"\mathbb{E}": Law(densities={"G": NORMAL}),
    },
    method="the supremum of a square, exactly; the mean of the squared slope undetermined",
)


def _largest_of_tanh(at: Any, reach: Any) -> Any:
    """The departure at 0 is odd, and tau - tanh tau rises for tau >= 0."""
    if at != 0:
        raise Unproved("only at the inflection point")
    return EXPRESSIONS.extremum("max", lambda tau: tau - sp.tanh(tau), sp.Integer(0), reach)


tanh_gap = Proof(meanings={r"\Delta_\phi": (_largest_of_tanh,), "b": REACH}, method="a derivative of one sign")

# For the weights of a neuron, and of two.
neuron_gradient = gradient_proof(r"\nabla_{w_j}f", WEIGHTS[0, :], {})
neuron_block = block_proofs((WEIGHTS[0, :], WEIGHTS[1, :]), {})
