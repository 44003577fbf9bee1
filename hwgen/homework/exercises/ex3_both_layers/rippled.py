r"""Activations whose derivatives have suprema other than 1, or none, so that no factor and no power can hide."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from hwgen.homework.maths import activations
from hwgen.homework.maths.activations import Activation


def rippled_call(z: Any) -> Any:
    r""":math:`\frac7{10}z^2+\frac12\cos z`."""
    return 0.7 * np.asarray(z) ** 2 + np.cos(z) / 2


def rippled_first(z: Any) -> Any:
    r""":math:`\frac75z-\frac12\sin z`."""
    return 1.4 * np.asarray(z) - np.sin(z) / 2


def rippled_second(z: Any) -> Any:
    r""":math:`\frac75-\frac12\cos z`, between 0.9 and 1.9."""
    return 1.4 - np.cos(z) / 2


def rippled_third(z: Any) -> Any:
    r""":math:`\frac12\sin z`."""
    return np.sin(z) / 2


rippled = Activation(
    name="rippled",
    call=rippled_call,
    first=rippled_first,
    second=rippled_second,
    third=rippled_third,
    sup_first=math.inf,
    sup_second=1.9,
)


def parabola_call(z: Any) -> Any:
    r""":math:`\frac{17}{20}z^2`."""
    return 0.85 * np.asarray(z) ** 2


def parabola_first(z: Any) -> Any:
    r""":math:`\frac{17}{10}z`."""
    return 1.7 * np.asarray(z)


def parabola_second(z: Any) -> Any:
    r""":math:`\frac{17}{10}`."""
    return np.full_like(np.asarray(z, float), 1.7)


def parabola_third(z: Any) -> Any:
    """0, in the shape of z."""
    return np.zeros_like(np.asarray(z, float))


parabola = Activation(
    name="parabola",
    call=parabola_call,
    first=parabola_first,
    second=parabola_second,
    third=parabola_third,
    sup_first=math.inf,
    sup_second=1.7,
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
        sup_first=height * rate * base.sup_first,
        sup_second=height * rate**2 * base.sup_second,
    )


gentle = scaled("gentle", activations.tanh, 1.5, 0.8)
swift = scaled("swift", activations.sine, 1.0, 1.3)
rapid = scaled("rapid", activations.sine, 0.5, 2.5)
slanted = scaled("slanted", activations.identity, 1.0, 1.3)
