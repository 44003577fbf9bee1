r"""What algebra and calculus prove of Exercise 2, each from the definition of its symbols. What has the name of a claim proves it.

An entry of a Hessian concerns two coordinates, so that two of them, for an undetermined function of both, stand for any number.
"""

from functools import cache
from typing import Any

import sympy as sp

from hwgen.evidence.expressions import EXPRESSIONS, Unproved
from hwgen.evidence.proof import Law, Proof
from hwgen.evidence.signs import nonnegative

ALPHA, BETA, U = sp.symbols("alpha beta u", real=True)
F, PHI = sp.Function("f")(ALPHA, BETA), sp.Function("phi")
A, G, Z, TAU = sp.symbols("a g z tau", real=True)
RADIUS, R, WIDTH = sp.symbols("r R p", positive=True)
REACH = sp.Symbol("T", nonnegative=True)
NORMAL = (G, sp.exp(-(G**2) / 2) / sp.sqrt(2 * sp.pi), -sp.oo, sp.oo)
UNIFORM = (A, sp.Rational(1, 2), sp.Integer(-1), sp.Integer(1))
MEAN = Law(densities={"a": UNIFORM, "G": NORMAL})


def _of(function: Any, orders: int, variable: Any = U) -> tuple[Any, ...]:
    """A function of one variable and its derivatives, as callables."""
    derivatives = [sp.diff(function, variable, order) if order else function for order in range(orders)]
    return tuple(lambda at, one=one: one.subs(variable, at).doit() for one in derivatives)


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


SIGMOID = _of(sp.erf(U), 4)


@cache
def _mean_slope() -> Any:
    """E sigma'(rG)^2 for the error function."""
    return EXPRESSIONS.integral(lambda g: 2 * SIGMOID[1](RADIUS * g) ** 2 * NORMAL[1].subs(G, g), sp.Integer(0), sp.oo)


# Gaussian integrals.
erf_slope = Proof(meanings={r"\sigma": SIGMOID, r"\mathbb{E}": MEAN, "r": RADIUS}, method="Gaussian integrals in closed form")


def erf_tangent() -> Proof:
    """r^2 E a^2 E sigma'(rG)^2, integrated."""
    second = sp.integrate(A**2 * UNIFORM[1], (A, -1, 1))
    return Proof(meanings={"L": RADIUS**2 * second * _mean_slope(), "r": RADIUS}, method="Gaussian integrals in closed form")


# Differentiation.
erf_second = Proof(meanings={r"\sigma": SIGMOID, "z": U}, method="differentiation")
# Differentiation.
tanh_second = Proof(meanings={r"\sigma": _of(sp.tanh(U), 4), "z": U}, method="differentiation")


def erf_curvature() -> Proof:
    """|sigma''| is even; its maximum over z >= 0 is at a stationary point, as it vanishes at 0 and at infinity."""
    z = sp.Symbol("z", positive=True)
    height = sp.Abs(sp.diff(sp.erf(z), z, 2))
    stationary = sp.solve(sp.diff(height, z), z)
    assert sp.limit(height, z, sp.oo) == 0
    (most,) = (height.subs(z, point) for point in stationary)
    return Proof(meanings={"M_2": most}, method="the only stationary value, exactly")


def tanh_curvature() -> Proof:
    """In t = |tanh z| in [0, 1[, where |tanh''| = 2t(1 - t^2)."""
    t = sp.Symbol("t", positive=True)
    height = 2 * t * (1 - t**2)
    (most,) = (height.subs(t, point) for point in sp.solve(sp.diff(height, t), t))
    return Proof(meanings={"M_2": most}, method="the only stationary value, exactly")


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


def exponential_gap() -> Proof:
    """e^tau - 1 - tau has one sign; of its stationary value and those at both ends, the one at T is the largest."""
    y, v = sp.Symbol("y", real=True), sp.Symbol("v", nonnegative=True)
    if not (nonnegative(sp.exp(v) - 1 - v) and nonnegative(sp.exp(-v) - 1 + v)):
        raise Unproved("the departure may change its sign")
    most = EXPRESSIONS.extremum("max", lambda tau: sp.exp(tau) - 1 - tau, -REACH, REACH)
    meanings = {r"\Delta_\phi": (lambda at, reach: sp.exp(at) * most.subs(REACH, reach),), "y": y, "b": REACH}
    return Proof(meanings=meanings, method="stationary values compared")


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


class SquareMean(sp.Function):  # type: ignore[misc]
    """E erf(rG)^2 as a function of r, known by its derivative and its value at 0."""

    @classmethod
    def eval(cls, r: Any) -> Any:
        return sp.Integer(0) if r == 0 else None

    def fdiff(self, argindex: int = 1) -> Any:
        """E[2 erf(rG) erf'(rG) G]: by parts, the factor g exp(-b g^2) integrated and erf differentiated."""
        del argindex
        r, b, g = RADIUS, sp.Symbol("b", positive=True), NORMAL[0]
        integrand = sp.simplify(2 * SIGMOID[1](r * g) * g * NORMAL[1] / (g * sp.exp(-b * g**2)))
        constant = sp.simplify(integrand.subs(b, r**2 + sp.Rational(1, 2)))
        parts = sp.integrate(sp.exp(-b * g**2) / (2 * b) * r * SIGMOID[1](r * g), (g, -sp.oo, sp.oo))
        return (constant * parts.subs(b, r**2 + sp.Rational(1, 2))).subs(r, self.args[0])


def erf_output() -> Proof:
    """Equal derivatives in r, equal values at 0."""
    second = sp.integrate(A**2 * UNIFORM[1], (A, -1, 1))
    meanings = {"s": sp.sqrt(second * SquareMean(RADIUS)), "r": RADIUS}
    return Proof(meanings=meanings, along=(RADIUS, 0), method="equal derivatives in r, equal values at 0")
