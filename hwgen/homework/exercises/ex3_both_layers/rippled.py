r"""Activations whose derivatives have suprema other than 1, or none, so that no factor and no power can hide."""

import math
from dataclasses import replace

import numpy as np

from hwgen.homework.maths import activations
from hwgen.homework.maths.activations import Activation

# 0.7 z^2 + cos(z)/2, whose second derivative is between 0.9 and 1.9.
rippled = Activation(
    name="rippled",
    call=lambda z: 0.7 * np.asarray(z) ** 2 + np.cos(z) / 2,
    first=lambda z: 1.4 * np.asarray(z) - np.sin(z) / 2,
    second=lambda z: 1.4 - np.cos(z) / 2,
    third=lambda z: np.sin(z) / 2,
    sup_first=math.inf,
    sup_second=1.9,
)
parabola = activations.parabola("parabola", 0.0, 1.7)


def scaled(name: str, base: Activation, height: float, rate: float) -> Activation:
    r""":math:`h\,\sigma(kz)`, h = height and k = rate."""
    return replace(
        base,
        name=name,
        call=lambda z: height * base.call(rate * np.asarray(z)),
        first=lambda z: height * rate * base.first(rate * np.asarray(z)),
        second=lambda z: height * rate**2 * base.second(rate * np.asarray(z)),
        third=lambda z: height * rate**3 * base.third(rate * np.asarray(z)),
        sup_first=height * rate * base.sup_first,
        sup_second=height * rate**2 * base.sup_second,
    )


gentle = scaled("gentle", activations.tanh, 1.5, 0.8)
swift = scaled("swift", activations.sine, 1.0, 1.3)
rapid = scaled("rapid", activations.sine, 0.5, 2.5)
slanted = scaled("slanted", activations.identity, 1.0, 1.3)
