"""Activation functions with their derivatives and the suprema of these, as closed forms.

Owns nothing but these formulas. All functions are vectorised; `call` also takes complex arguments (except relu), so that
it can be differentiated by Cauchy's formula without any use of the derivatives written here.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[Any]
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

    def __call__(self, z: Any) -> Any:
        """The activation itself."""
        return self.call(z)


def tanh_first(z: Any) -> Any:
    r""":math:`\tanh'=1-\tanh^2`, without cancellation."""
    return np.cosh(z) ** -2.0


def tanh_second(z: Any) -> Any:
    r""":math:`\tanh''=-2\tanh(1-\tanh^2)`."""
    return -2 * np.tanh(z) * tanh_first(z)


def tanh_third(z: Any) -> Any:
    r""":math:`\tanh'''=(6\tanh^2-2)(1-\tanh^2)`."""
    return (6 * np.tanh(z) ** 2 - 2) * tanh_first(z)


def erf_call(z: Any) -> Any:
    """The error function; SciPy loads what it needs for it when it is first asked."""
    return scipy.special.erf(z)


def erf_first(z: Any) -> Any:
    r""":math:`\mathrm{erf}'(z)=\frac{2}{\sqrt\pi}e^{-z^2}`."""
    return 2 / math.sqrt(math.pi) * np.exp(-np.square(z))


def erf_second(z: Any) -> Any:
    r""":math:`\mathrm{erf}''(z)=-2z\,\mathrm{erf}'(z)`."""
    return -2 * np.asarray(z) * erf_first(z)


def erf_third(z: Any) -> Any:
    r""":math:`\mathrm{erf}'''(z)=(4z^2-2)\,\mathrm{erf}'(z)`."""
    return (4 * np.square(z) - 2) * erf_first(z)


def softplus_call(z: Any) -> Any:
    r""":math:`\log(1+e^z)`, for real or complex z away from its singularities at odd multiples of :math:`i\pi`."""
    positive = np.real(z) > 0
    folded = np.where(positive, -np.asarray(z), z)
    return np.where(positive, z, 0) + np.log1p(np.exp(folded))


def sigmoid_call(z: Any) -> Any:
    r""":math:`1/(1+e^{-z})=\frac12(1+\tanh\frac z2)`, for real or complex z."""
    return (1 + np.tanh(np.asarray(z) / 2)) / 2


def sigmoid_first(z: Any) -> Any:
    r""":math:`s(1-s)`."""
    return tanh_first(np.asarray(z) / 2) / 4


def sigmoid_second(z: Any) -> Any:
    r""":math:`s(1-s)(1-2s)`."""
    return tanh_second(np.asarray(z) / 2) / 8


def sigmoid_third(z: Any) -> Any:
    r""":math:`s(1-s)(1-6s+6s^2)`."""
    return tanh_third(np.asarray(z) / 2) / 16


def minus_sine(z: Any) -> Any:
    r""":math:`-\sin z`."""
    return -np.sin(z)


def minus_cosine(z: Any) -> Any:
    r""":math:`-\cos z`."""
    return -np.cos(z)


def half_square(z: Any) -> Any:
    r""":math:`z^2/2`."""
    return np.asarray(z) ** 2 / 2


def sixth_cube(z: Any) -> Any:
    r""":math:`z^3/6`."""
    return np.asarray(z) ** 3 / 6


def same(z: Any) -> Any:
    """z itself."""
    return np.asarray(z)


def one(z: Any) -> Any:
    """1, in the shape of z."""
    return np.ones_like(np.asarray(z, float))


def zero(z: Any) -> Any:
    """0, in the shape of z."""
    return np.zeros_like(np.asarray(z, float))


def positive_part(z: Any) -> Any:
    r""":math:`\max(z,0)`, real z only."""
    return np.maximum(z, 0)


def step(z: Any) -> Any:
    """1 where z > 0, otherwise 0: the derivative of relu away from 0."""
    return np.asarray(np.asarray(z) > 0, float)


tanh = Activation(
    name="tanh",
    call=np.tanh,
    first=tanh_first,
    second=tanh_second,
    third=tanh_third,
    sup_first=1.0,
    sup_second=4 / (3 * math.sqrt(3)),
)
erf = Activation(
    name="erf",
    call=erf_call,
    first=erf_first,
    second=erf_second,
    third=erf_third,
    sup_first=2 / math.sqrt(math.pi),
    sup_second=2 * math.sqrt(2 / (math.pi * math.e)),
)
softplus = Activation(
    name="softplus",
    call=softplus_call,
    first=sigmoid_call,
    second=sigmoid_first,
    third=sigmoid_second,
    sup_first=1.0,
    sup_second=0.25,
)
sigmoid = Activation(
    name="sigmoid",
    call=sigmoid_call,
    first=sigmoid_first,
    second=sigmoid_second,
    third=sigmoid_third,
    sup_first=0.25,
    sup_second=1 / (6 * math.sqrt(3)),
)
sine = Activation(name="sine", call=np.sin, first=np.cos, second=minus_sine, third=minus_cosine, sup_first=1.0, sup_second=1.0)
quadratic = Activation(name="quadratic", call=half_square, first=same, second=one, third=zero, sup_first=math.inf, sup_second=1.0)
cubic = Activation(name="cubic", call=sixth_cube, first=half_square, second=same, third=one, sup_first=math.inf, sup_second=math.inf)
identity = Activation(name="identity", call=same, first=one, second=zero, third=zero, sup_first=1.0, sup_second=0.0)
exponential = Activation(
    name="exponential", call=np.exp, first=np.exp, second=np.exp, third=np.exp, sup_first=math.inf, sup_second=math.inf
)
# Not differentiable at 0: first is one choice of derivative there, and no bound on a second derivative exists.
relu = Activation(name="relu", call=positive_part, first=step, second=zero, third=zero, sup_first=1.0, sup_second=math.inf)
