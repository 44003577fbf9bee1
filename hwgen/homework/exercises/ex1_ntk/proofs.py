r"""What algebra and calculus prove of Exercise 1, each from the definition of its symbols. What has the name of a claim proves it.

The definitions: :math:`h(t)=\int_0^\infty\varphi(u)\Phi(tu)\,du` and :math:`\kappa(\rho)=h(\rho/\sqrt{1-\rho^2})`, the probability that
U and :math:`\rho U+\sqrt{1-\rho^2}V` are positive for independent standard Gaussians; :math:`p^\star`, the width that solves
:math:`n(n+1)e^{-2p\epsilon^2/n^2}=\delta`.
"""

from functools import cache
from typing import Any

import flint
import sympy as sp

from hwgen.authors import Evidence
from hwgen.authors.proofs import Box, Proof, prove, verify, zero

U, SLOPE = sp.Symbol("u", positive=True), sp.Symbol("b", positive=True)
RHO, T = sp.symbols("rho t", real=True)
M, S, Q = sp.symbols("m s q", nonnegative=True)
N, DELTA, EPS, P, LAMBDA = sp.symbols("n delta epsilon p lambda", positive=True)
# Where the Gaussian integrals are cut; what is left is enclosed.
CUT = 7
# n >= 2 and 0 < delta <= 1, n running through the reals.
COEFFICIENTS = "positive coefficients after the change of variables n -> n - n_0, delta -> 1/delta - 1"
RATIONAL = {N: 2 + M, DELTA: 1 / (1 + S)}


def _density(u: Any) -> Any:
    """The standard Gaussian density."""
    return sp.exp(-(u**2) / 2) / sp.sqrt(2 * sp.pi)


def _cumulative(u: Any) -> Any:
    """The standard Gaussian distribution function."""
    return (1 + sp.erf(u / sp.sqrt(2))) / 2


@cache
def _wedge_derivative() -> Any:
    """h'(t), the derivative taken inside the integral over u."""
    inside = sp.diff(_density(U) * _cumulative(T * U), T)
    assert zero(inside - U * _density(U) * _density(T * U))
    return sp.integrate(U * sp.exp(-SLOPE * U**2 / 2) / (2 * sp.pi), (U, 0, sp.oo)).subs(SLOPE, 1 + T**2)


@cache
def _quarter() -> Any:
    """h(0) = kappa(0)."""
    return sp.integrate(_density(U) * _cumulative(0), (U, 0, sp.oo))


class Wedge(sp.Function):  # type: ignore[misc] # SymPy has no types
    """h, known by its derivative and its value at 0."""

    @classmethod
    def eval(cls, t: Any) -> Any:
        return _quarter() if t == 0 else None

    def fdiff(self, argindex: int = 1) -> Any:
        return _wedge_derivative().subs(T, self.args[0])


def _orthant(rho: Any) -> Any:
    """kappa by its definition."""
    return Wedge(rho / sp.sqrt(1 - rho**2))


def kappa(chain: Any, problem: Any) -> list[Evidence]:
    """Equal slopes on ]-1, 1[, equal values at 0; at the ends the events are equal and disjoint, and the right side is continuous."""
    del problem

    def ends(sides: Any) -> bool:
        angles = sp.symbols("alpha beta")
        right = sides[-1].subs(dict(zip((sp.acos(RHO), sp.asin(RHO)), angles, strict=True)))
        # A polynomial in arccos and arcsin is continuous as they are: its limits are its values, which take no second to find.
        continuous = right.free_symbols <= {*angles} and right.is_polynomial(*angles)
        return continuous and [sides[-1].subs(RHO, point) for point in (1, -1)] == [sp.Rational(1, 2), 0]

    meanings = {r"\kappa": (_orthant,), r"\rho": RHO}
    inside = {RHO: (1 - S) / (1 + S)}
    calculus = Proof(
        meanings=meanings, along=(RHO, 0), charts=(inside,), also=ends, method="equal slopes, one value, continuity at the ends"
    )
    box = Box(sides={"rho": (-1.0, 1.0)}, meanings={r"\kappa": (_enclosed_orthant,), r"\rho": "rho"}, epsilon=1e-3)
    return [prove(chain, calculus), verify(chain, box, "enclosures of the orthant integral on all of [-1, 1]")]


def _enclosed_orthant(rho: Any) -> Any:
    """kappa on a ball: as it does not fall, between its values at both ends of the ball."""
    return flint.arb.union(_enclosed_at(rho.lower()), _enclosed_at(rho.upper()))


@cache
def _enclosed_at(rho: Any) -> Any:
    """The integral of the definition over [0, CUT], and the Gaussian mass beyond."""
    if rho <= -1 or rho >= 1:
        return flint.arb(0) if rho <= -1 else flint.arb(1) / 2
    t = rho / (1 - rho**2).sqrt()
    root = flint.arb(2).sqrt()
    inner = flint.acb.integral(lambda u, _: (-(u**2) / 2).exp() * (1 + (t * u / root).erf()), 0, CUT, rel_tol=1e-8, abs_tol=1e-8).real
    beyond = (flint.arb(CUT) / root).erfc() / 2
    return inner / (2 * (2 * flint.arb.pi()).sqrt()) + flint.arb.union(flint.arb(0), beyond)


# On ]0, pi[, which arccos maps ]-1, 1[ to.
polar_angle = Proof(
    meanings={r"\kappa": (_orthant,), r"\vartheta": sp.acos(RHO)}, along=(RHO, 0), method="equal slopes on the open interval, one value"
)


@cache
def _width(tolerance: Any) -> Any:
    """The width at which the union bound comes down to delta, for the given tolerance."""
    (found,) = sp.solve(sp.Eq(sp.log(N * (N + 1)) - 2 * P * tolerance**2 / N**2, sp.log(DELTA)), P, simplify=False)
    return found


MEANINGS = {"n": N, r"\delta": DELTA, r"\epsilon": EPS, r"\lambda_0": LAMBDA, "p": P, r"p^\star": _width(EPS)}


def _power_scale(side: Any) -> Any:
    """The exponential of a side divided by n^2 / (2 epsilon^2) > 0."""
    return sp.simplify(sp.exp(sp.expand_log(sp.simplify(side * 2 * EPS**2 / N**2))))


# The defining equation solved for p; the same at half the eigenvalue, and at the eigenvalue.
hoeffding_width = Proof(meanings=MEANINGS, method="the defining equation solved")
half_width = Proof(meanings={**MEANINGS, "p_{1/2}": _width(LAMBDA / 2)}, method="the defining equation solved")
positive_width = Proof(meanings={**MEANINGS, "p_0": _width(LAMBDA)}, method="the defining equation solved")
# With n = 2 + m, delta = 1/(1 + s): the difference of the arguments of the logarithms has positive coefficients.
omega = Proof(meanings=MEANINGS, charts=(RATIONAL,), rising=_power_scale, method=COEFFICIENTS)
# For p = p* + q with q >= 0.
down_to_delta = Proof(meanings=MEANINGS, charts=({P: _width(EPS) + Q},), rising=sp.log, method="logarithms, with p = p* + q")


def series_coefficients() -> Proof:
    """The odd series y of arcsin solves (1 - x^2) y'' = x y', a recurrence for its coefficients, whose first is y'(0)."""
    x, k = sp.Symbol("x"), sp.Symbol("m", positive=True)
    y = sp.asin(x)
    assert zero((1 - x**2) * sp.diff(y, x, 2) - x * sp.diff(y, x))
    ratio = (2 * k + 1) ** 2 / ((2 * k + 2) * (2 * k + 3))

    def solves(term: Any) -> bool:
        found = sp.powsimp(sp.gammasimp(sp.expand_func((term.subs(k, k + 1) / term).rewrite(sp.gamma))))
        return zero(found - ratio) and term.subs(k, 0) == sp.diff(y, x).subs(x, 0)

    solution = sp.gamma(k + sp.Rational(1, 2)) / (sp.sqrt(sp.pi) * sp.gamma(k + 1) * (2 * k + 1))
    assert solves(solution)
    meanings = {"c_m": solution, "m": k}
    return Proof(meanings=meanings, also=lambda sides: solves(sides[-1]), method="recurrence of the series, first term")
