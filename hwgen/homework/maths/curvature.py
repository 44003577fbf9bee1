r"""How often :math:`|a\,\sigma''(z)|` comes close to its largest value, for a uniform on [-1, 1] and z Gaussian.

For activations whose :math:`|\sigma''|` is even and rises to one peak on the positive axis and falls behind it, as those of erf and
tanh do. Owns no asymptotics: the probability at each level is exact up to quadrature.
"""

import math
from functools import cache
from typing import Any

import numpy as np
import scipy

from hwgen.homework.maths import Array
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.maximisation import highest

FAR = 12.0


@cache
def peak(sigma: Activation) -> float:
    r"""The z > 0 at which :math:`|\sigma''|` is largest, to about 1e-8 (a height error of about 1e-16)."""
    return highest(lambda z: np.abs(sigma.second(z)), np.linspace(0.0, 4.0, 801), 1e-12)[1]


def shortfall(sigma: Activation, z: Any) -> Any:
    r""":math:`1-|\sigma''(z)|/M`, elementwise."""
    return 1 - np.abs(sigma.second(z)) / abs(float(sigma.second(peak(sigma))))


def exceedance(sigma: Activation, deviation: float, eta: float) -> tuple[float, float]:
    r""":math:`P(|a\sigma''(z)|>M(1-\eta))`, z with the given standard deviation, 0 < eta < 1, and a bound on the error.

    Given z, |a| must exceed :math:`(1-\eta)/(1-v)`, v the shortfall: the mean of :math:`((\eta-v)/(1-v))_+`
    over the two intervals where v < eta.
    """
    top = peak(sigma)
    low, high = (scipy.optimize.brentq(lambda z: shortfall(sigma, z) - eta, *ends, xtol=1e-14) for ends in ((0.0, top), (top, FAR)))

    def density(z: float) -> float:
        v = float(shortfall(sigma, z))
        return max(eta - v, 0.0) / (1 - v) * math.exp(-((z / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))

    found, error = scipy.integrate.quad(density, low, high, points=[top], epsabs=1e-15, epsrel=1e-9, limit=200)
    return 2 * found, 2 * error


def mean_shortfalls(sigma: Activation, deviation: float, widths: Array) -> tuple[Array, Array]:
    r""":math:`\mathbb E[1-\max_{j\le p}|a_j\sigma''(z_j)|/M]=\int_0^1(1-P(\eta))^p\,d\eta` for each width p, and bounds on the errors.

    With eta = t^2 the integrand is smooth at 0; composite Gauss-Legendre rules with 24 and 32 nodes, common to all widths, are compared.
    """
    narrow, wide = np.min(widths) ** (-1 / 3), np.max(widths) ** (-1 / 3)
    edges = np.concatenate([[0.0], np.geomspace(0.2 * wide, 0.9999, 4 + math.ceil(math.log2(narrow / wide)))])

    def by(count: int) -> Array:
        nodes, weights = np.polynomial.legendre.leggauss(count)
        middle, half = (edges[1:] + edges[:-1])[:, None] / 2, np.diff(edges)[:, None] / 2
        t, area = (middle + half * nodes).ravel(), (half * weights).ravel()
        beyond = np.array([exceedance(sigma, deviation, float(one**2))[0] for one in t])
        return np.asarray((2 * t * area) @ (1 - beyond)[:, None] ** widths)

    fine, rest = by(32), 2e-4 * (1 - exceedance(sigma, deviation, 0.9998)[0]) ** widths
    return fine, np.abs(fine - by(24)) + rest + 1e-10
