r"""What algebra and calculus prove of Exercise 2, each from the definition of its symbols. What has the name of a claim proves it.

An entry of a Hessian concerns two coordinates, so that two of them, for an undetermined function of both, stand for any number.
"""

from typing import Any

import sympy as sp

from hwgen.authors.proofs import EXPRESSIONS, Law, Proof, Unproved

ALPHA, BETA, U = sp.symbols("alpha beta u", real=True)
F, PHI = sp.Function("f")(ALPHA, BETA), sp.Function("phi")
A, G, Z, TAU = sp.symbols("a g z tau", real=True)
RADIUS, R, WIDTH = sp.symbols("r R p", positive=True)
REACH = sp.Symbol("T", nonnegative=True)
NORMAL = (G, sp.exp(-(G**2) / 2) / sp.sqrt(2 * sp.pi), -sp.oo, sp.oo)
UNIFORM = (A, sp.Rational(1, 2), sp.Integer(-1), sp.Integer(1))
MEAN = Law(densities={"a": UNIFORM, "G": NORMAL})


def _undetermined(function: Any) -> tuple[Any, ...]:
    """An undetermined function of one variable and its first two derivatives, as callables."""
    return (function, *(lambda at, order=order: sp.Subs(sp.diff(function(U), U, order), U, at).doit() for order in (1, 2)))


def _hessian(function: Any) -> Any:
    return sp.hessian(function, (ALPHA, BETA))


# For undetermined phi and f: any two coordinates, equal or not.
output_hessian = Proof(
    meanings={
        "H_g": _hessian(PHI(F)).doit(),
        "H": _hessian(F),
        "f": F,
        r"\nabla f": sp.Matrix([sp.diff(F, ALPHA), sp.diff(F, BETA)]),
        r"\phi": _undetermined(PHI),
    },
    method="differentiation of an undetermined phi(f), entry by entry",
)


def chain_rule() -> Proof:
    """For undetermined phi and f."""
    slope = _undetermined(PHI)[1](F)
    meanings = {
        r"\partial_\beta\partial_\alpha g": sp.diff(PHI(F), ALPHA, BETA).doit(),
        r"\partial_\beta\psi": sp.diff(slope, BETA).doit(),
        r"\partial_\alpha f": sp.diff(F, ALPHA),
        r"\partial_\beta f": sp.diff(F, BETA),
        r"\partial_\beta\partial_\alpha f": sp.diff(F, ALPHA, BETA),
        r"\psi": slope,
        "f": F,
        r"\phi": _undetermined(PHI),
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
    y = sp.Symbol("y", real=True)
    departure = sp.expand((y + TAU) ** 2 / 2 - y**2 / 2 - y * TAU)

    def largest(at: Any, reach: Any) -> Any:
        del at
        return EXPRESSIONS.extremum("max", lambda tau: departure.subs(TAU, tau), -reach, reach)

    meanings = {
        r"\Delta_\phi": (largest,),
        "y": y,
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


# --- two neurons with two inputs stand for any number: a block concerns two neurons, one of its entries two inputs ---

WEIGHTS = sp.Matrix(2, 2, sp.symbols("w_11 w_12 w_21 w_22", real=True))
OUTER = sp.symbols("a_1 a_2", real=True)
INPUT = sp.Matrix(sp.symbols("x_1 x_2", real=True))
REST = sp.Symbol("rest", real=True)
SIGMA = sp.Function("sigma")


def _network() -> Any:
    """f with two neurons written out and the others, which these weights do not enter, in one constant."""
    return (sum(OUTER[j] * SIGMA((WEIGHTS[j, :] * INPUT)[0]) for j in (0, 1)) + REST) / sp.sqrt(WIDTH)


def _neuron(j: int) -> dict[str, Any]:
    return {"p": WIDTH, "x": INPUT, r"\sigma": _undetermined(SIGMA), "z_j": (WEIGHTS[j, :] * INPUT)[0], "a_j": OUTER[j]}


def neuron_gradient() -> Proof:
    """Differentiation for an undetermined sigma."""
    gradient = sp.Matrix([sp.diff(_network(), weight) for weight in WEIGHTS[0, :]]).doit()
    meanings = {**_neuron(0), r"\nabla_{w_j}f": gradient}
    return Proof(meanings=meanings, method="differentiation for an undetermined sigma")


def neuron_block() -> tuple[Proof, ...]:
    """Differentiation for an undetermined sigma, a diagonal block and another one."""

    def block(j: int, k: int) -> Proof:
        entries = [[sp.diff(_network(), one, other).doit() for other in WEIGHTS[k, :]] for one in WEIGHTS[j, :]]
        meanings = {**_neuron(j), "H_{jk}": sp.Matrix(entries), "I_{jk}": sp.Integer(int(j == k))}
        return Proof(meanings=meanings, method="differentiation for an undetermined sigma, a block on and one off the diagonal")

    return block(0, 0), block(0, 1)


# --- the mean square of the error function, by its derivative in r ---
