"""1(a): what the symbols of the kernel's displays are bound to. No inverse circular function occurs in any oracle."""

from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, closed, function, integers, probability, value, vectors
from hwgen.homework.maths import Array
from hwgen.homework.maths.differentiation import taylor_coefficients
from hwgen.homework.maths.kernels import sign_arcs

from .problem import Problem, exercise, mean_product, scaling

# Wider than the page promises: its hypotheses cut from it what is claimed.
ANY = {"x": vectors(3, norm=closed(0, 2.5)), "y": vectors(3, norm=closed(0, 2.5))}
INPUTS = {"x": vectors(3, norm=closed(0.3, 2.5)), "y": vectors(3, norm=closed(0.3, 2.5))}
# Radius of Cauchy's circle about 0: kappa is analytic in the unit disc.
CIRCLE = 0.45
# Errors of the quadrature, relative, and of a cosine that was computed.
QUADRATURE, COSINE = 1e-11, 1e-15


def kappa_of(problem: Problem, rho: Any) -> Any:
    """The mean for two inputs in the plane, the first on the first axis, at an angle of cosine rho."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return mean_product(problem, rho / (problem.spread * np.sqrt((1 - rho) * (1 + rho))))


def kappa_at(problem: Problem, rho: float) -> Approx:
    """The same at a cosine that was computed: beside rho = -1 and 1, where it is steep, the rounding of the cosine is what counts."""
    found = float(kappa_of(problem, rho))
    ends = kappa_of(problem, np.clip([rho - COSINE, rho + COSINE], -1, 1))
    return Approx(value=found, error=QUADRATURE * abs(found) + float(np.max(np.abs(ends - found))))


def _coefficient(problem: Problem, m: int) -> Approx:
    r"""Coefficient of rho^(2 m + 1) in 2 pi kappa(rho), of which there is none for m < 0."""
    if m < 0:
        return Approx(value=np.nan, error=0.0)
    found, error = taylor_coefficients(lambda rho: kappa_of(problem, rho[:, 0]), np.zeros(1), np.ones((1, 1)), 2 * m + 1, CIRCLE)
    return Approx(value=2 * np.pi * float(found[0]), error=2 * np.pi * error)


def _law(problem: Problem, x: Array, y: Array) -> tuple[Array, Array]:
    """Weights and values of w: one w for each pattern of signs that it can show to x and y, with the pattern's probability.

    An input that is 0 shows it no sign.
    """
    if not (x.any() and y.any()):
        return np.ones(1), np.zeros((1, x.size))
    scales = scaling(problem, x.size)
    basis = np.linalg.qr(np.stack([scales * x, scales * y], axis=1))[0]
    weights, middles = sign_arcs(np.stack([scales * x, scales * y]) @ basis)
    return weights, middles @ basis.T * scales


@exercise.claim(r"\rho, \kappa", domain={"rho": closed(-1.4, 1.4)}, source="Sheppard 1899", changed={"spread": 2.0})
def kappa() -> None:
    """Probability that a Gaussian vector has positive inner product with both inputs."""


BETWEEN = {r"0<\vartheta": "two inputs span a plane there only; the relation holds at 0, too"}


@exercise.claim(r"\vartheta", domain={"angle": closed(-1, 4.5)}, source="rotation invariance", kept=BETWEEN, changed={"spread": 2.0})
def polar_angle() -> Bindings:
    """The probability is the length of an arc of polar angles, over the length of the circle."""
    return {r"\kappa": function(kappa_at)}


@exercise.claim(r"x, x', K_{\mathrm{NTK}}, \mathbb{P}", domain=ANY, source="Cho and Saul 2009, n = 0", changed={"modulus": 0.6})
def ntk_kernel() -> Bindings:
    """The limiting kernel of first-layer training, for inputs of any norm."""
    return {r"\mathbb{P}": probability(_law, "w")}


@exercise.claim(
    r"x, x', K_{\mathrm{NTK}}",
    domain=INPUTS,
    false=True,
    quotes=r"K_{\mathrm{NTK}}(x,x') = \frac12-\frac{1}{2\pi}\arccos\frac{\langle x,x'\rangle}{\|x\|\,\|x'\|}",
)
def handout_kernel() -> None:
    """Equation (2) as the handout prints it, without the inner product."""


@exercise.claim("m, c_m", domain={"m": integers(-2, 8)}, source="binomial series", changed={"spread": 2.0})
def series_coefficients() -> Bindings:
    """Power series of the kernel probability: all its coefficients are positive."""
    return {"c_m": value(_coefficient)}
