"""Activation functions with their derivatives and the suprema of these, as closed forms.

Owns nothing but these formulas. All functions are vectorised; `call` also takes complex arguments (except relu), so that
it can be differentiated by Cauchy's formula without any use of the derivatives written here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy

Scalar = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Activation:
    r"""A function of one real variable with three derivatives, :math:`M_1=\sup|\sigma'|` and :math:`M_2=\sup|\sigma''|`.

    call, first, second, third : arrays or numbers to arrays of the same shape; dimensionless.
    sup_first, sup_second : suprema over the real line, `inf` where there is none.
    """

    name: str
    call: Scalar
    first: Scalar
    second: Scalar
    third: Scalar
    sup_first: float
    sup_second: float
    # The second derivative from z and the first one, where that spares an exponential.
    second_by_first: Callable[[Any, Any], Any] | None = None

    def derivative(self, number: int) -> Scalar:
        """The derivative of that order, from 0 to 3."""
        return (self.call, self.first, self.second, self.third)[number]

    def slopes(self, z: Any) -> tuple[Any, Any]:
        """The first and the second derivative."""
        first = self.first(z)
        return first, self.second_by_first(z, first) if self.second_by_first else self.second(z)


def _like(number: float) -> Scalar:
    """A constant, in the shape of z."""
    return lambda z: np.full_like(np.asarray(z, float), number)


def _exp(z: Any) -> Any:
    return np.exp(z)


def tanh_first(z: Any) -> Any:
    r""":math:`\tanh'=1-\tanh^2`, without cancellation."""
    return np.cosh(z) ** -2.0


def erf_first(z: Any) -> Any:
    r""":math:`\mathrm{erf}'(z)=\frac{2}{\sqrt\pi}e^{-z^2}`."""
    return 2 / math.sqrt(math.pi) * np.exp(-np.square(z))


def softplus_call(z: Any) -> Any:
    r""":math:`\log(1+e^z)`, for real or complex z away from its singularities at odd multiples of :math:`i\pi`."""
    positive = np.real(z) > 0
    folded = np.where(positive, -np.asarray(z), z)
    return np.where(positive, z, 0) + np.log1p(np.exp(folded))


tanh = Activation(
    name="tanh",
    call=lambda z: np.tanh(z),
    first=tanh_first,
    second=lambda z: -2 * np.tanh(z) * tanh_first(z),
    third=lambda z: (6 * np.tanh(z) ** 2 - 2) * tanh_first(z),
    sup_first=1.0,
    sup_second=4 / (3 * math.sqrt(3)),
    second_by_first=lambda z, first: -2 * np.tanh(z) * first,
)
erf = Activation(
    name="erf",
    call=lambda z: scipy.special.erf(z),  # SciPy loads what it needs for it when it is first asked
    first=erf_first,
    second=lambda z: -2 * np.asarray(z) * erf_first(z),
    third=lambda z: (4 * np.square(z) - 2) * erf_first(z),
    sup_first=2 / math.sqrt(math.pi),
    sup_second=2 * math.sqrt(2 / (math.pi * math.e)),
    second_by_first=lambda z, first: -2 * np.asarray(z) * first,
)
sigmoid = Activation(
    name="sigmoid",
    call=lambda z: (1 + np.tanh(np.asarray(z) / 2)) / 2,  # 1 / (1 + e^-z), for real or complex z
    first=lambda z: tanh.first(np.asarray(z) / 2) / 4,
    second=lambda z: tanh.second(np.asarray(z) / 2) / 8,
    third=lambda z: tanh.third(np.asarray(z) / 2) / 16,
    sup_first=0.25,
    sup_second=1 / (6 * math.sqrt(3)),
)
softplus = Activation(
    name="softplus", call=softplus_call, first=sigmoid.call, second=sigmoid.first, third=sigmoid.second, sup_first=1.0, sup_second=0.25
)
sine = Activation(
    name="sine",
    call=lambda z: np.sin(z),
    first=lambda z: np.cos(z),
    second=lambda z: -np.sin(z),
    third=lambda z: -np.cos(z),
    sup_first=1.0,
    sup_second=1.0,
)
exponential = Activation(name="exponential", call=_exp, first=_exp, second=_exp, third=_exp, sup_first=math.inf, sup_second=math.inf)
# Its slope is negative everywhere.
falling = Activation(
    name="falling",
    call=lambda z: -np.tanh(z),
    first=lambda z: -tanh_first(z),
    second=lambda z: 2 * np.tanh(z) * tanh_first(z),
    third=lambda z: (2 - 6 * np.tanh(z) ** 2) * tanh_first(z),
    sup_first=1.0,
    sup_second=4 / (3 * math.sqrt(3)),
)
# Real z only, and not differentiable at 0: first is one choice of derivative there, and no bound on a second derivative exists.
relu = Activation(
    name="relu",
    call=lambda z: np.maximum(z, 0),
    first=lambda z: np.asarray(np.asarray(z) > 0, float),
    second=_like(0.0),
    third=_like(0.0),
    sup_first=1.0,
    sup_second=math.inf,
)
# Its second derivative is between 0.9 and 1.9, its first has no bound.
rippled = Activation(
    name="rippled",
    call=lambda z: 0.7 * np.asarray(z) ** 2 + np.cos(z) / 2,
    first=lambda z: 1.4 * np.asarray(z) - np.sin(z) / 2,
    second=lambda z: 1.4 - np.cos(z) / 2,
    third=lambda z: np.sin(z) / 2,
    sup_first=math.inf,
    sup_second=1.9,
)


def polynomial(name: str, *derivatives: float) -> Activation:
    r""":math:`\sum_kd_kz^k/k!`, d = `derivatives` at 0 from the value on, at most four of them."""

    def order(k: int) -> Scalar:
        terms = [(d, n, math.factorial(n)) for n, d in enumerate(derivatives[k:]) if d]

        def derivative(z: Any) -> Any:
            z = np.asarray(z)
            return sum((d * z**n if n else d) / by for d, n, by in terms) + 0.0 * z

        return derivative

    def supremum(k: int) -> float:
        return math.inf if any(derivatives[k + 1 :]) else abs(sum(derivatives[k : k + 1]))

    return Activation(
        name=name, call=order(0), first=order(1), second=order(2), third=order(3), sup_first=supremum(1), sup_second=supremum(2)
    )


def scaled(name: str, base: Activation, height: float, rate: float) -> Activation:
    r""":math:`h\,\sigma(kz)`, h = height and k = rate."""
    return replace(
        base,
        name=name,
        call=lambda z: height * base.call(rate * np.asarray(z)),
        first=lambda z: height * rate * base.first(rate * np.asarray(z)),
        second=lambda z: height * rate**2 * base.second(rate * np.asarray(z)),
        third=lambda z: height * rate**3 * base.third(rate * np.asarray(z)),
        second_by_first=None,
        sup_first=height * rate * base.sup_first,
        sup_second=height * rate**2 * base.sup_second,
    )


identity, quadratic = polynomial("identity", 0.0, 1.0), polynomial("quadratic", 0.0, 0.0, 1.0)
cubic = polynomial("cubic", 0.0, 0.0, 0.0, 1.0)
# With suprema other than 1, so that no factor and no power can hide.
gentle, swift, rapid = scaled("gentle", tanh, 1.5, 0.8), scaled("swift", sine, 1.0, 1.3), scaled("rapid", sine, 0.5, 2.5)
slanted, parabola = polynomial("slanted", 0.0, 1.3), polynomial("parabola", 0.0, 0.0, 1.7)
_SMOOTH = (tanh, erf, sigmoid, softplus, sine, exponential, falling, rippled)
# All of them, by name.
NAMED = {one.name: one for one in (*_SMOOTH, relu, identity, quadratic, cubic, gentle, swift, rapid, slanted, parabola)}
