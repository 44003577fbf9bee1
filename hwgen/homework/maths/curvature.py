r"""How often :math:`|a\,\sigma''(z)|` comes close to its largest value, for a uniform on [-1, 1] and z Gaussian.

For activations whose :math:`|\sigma''|` is even and rises to one peak on the positive axis and falls behind it, as those of erf and
tanh do. Owns no asymptotics: the probability at each level is exact up to quadrature.
"""

import itertools
import math
from typing import Any

import numpy as np
import scipy

from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.maximisation import highest

FAR = 12.0


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


def mean_shortfall(sigma: Activation, deviation: float, width: int) -> tuple[float, float]:
    r""":math:`\mathbb E[1-\max_{j\le p}|a_j\sigma''(z_j)|/M]=\int_0^1(1-P(\eta))^p\,d\eta`, and a bound on the error; p = width.

    With eta = t^2 the integrand is smooth at 0; composite Gauss-Legendre rules with 24 and 32 nodes are compared.
    """

    def by(count: int) -> float:
        nodes, weights = np.polynomial.legendre.leggauss(count)
        edges = np.concatenate([[0.0], np.geomspace(0.2 * width ** (-1 / 3), 0.9999, 4)])
        total = 0.0
        for a, b in itertools.pairwise(edges):
            t = (a + b) / 2 + (b - a) / 2 * nodes
            below = np.array([(1 - exceedance(sigma, deviation, float(one**2))[0]) ** width for one in t])
            total += float((b - a) / 2 * weights @ (2 * t * below))
        return total

    fine = by(32)
    return fine, abs(fine - by(24)) + 2e-4 * (1 - exceedance(sigma, deviation, 0.9998)[0]) ** width + 1e-10
