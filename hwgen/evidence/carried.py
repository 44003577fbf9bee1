"""Functions of arrays, with the errors of their arguments carried through: what is asked at one point and at both ends of its errors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hwgen.arithmetic.batch import Floats
from hwgen.evidence.unfit import real


def checked(name: str, compute: Callable[..., Any], *given: Floats) -> Any:
    return real(name, compute, compute(*given))


def carried(compute: Callable[..., Any], relative: float, values: Sequence[Floats], errors: Sequence[Floats]) -> tuple[Floats, Floats]:
    """A function of arrays, with the errors of its arguments carried through by evaluating at both ends."""

    def at(inside: Sequence[Floats]) -> Floats:
        finite = np.logical_and.reduce([np.isfinite(one) for one in inside])
        if finite.all():
            return np.broadcast_to(np.asarray(compute(*inside), float), finite.shape)
        # An oracle is never asked at NaN; some finite argument stands in for it, and its value is not used.
        given = [np.where(finite, one, one[finite][0] if finite.any() else 0.5) for one in inside]
        return np.where(finite, np.asarray(compute(*given), float), np.nan)

    uncertain = [index for index, apart in enumerate(errors) if np.any(apart > 0)]
    if not uncertain:
        value = at(values)
        return value, relative * np.abs(value)
    # The values and both ends of each in one call, which costs as much as its numbers.
    steps = [(index, sign) for index in uncertain for sign in (-1, 1)]
    moved = [[one, *(one + sign * errors[k] if k == number else one for k, sign in steps)] for number, one in enumerate(values)]
    value, *ends = at([np.stack(one) for one in moved])
    beside = [np.where(np.isfinite(end), np.abs(end - value), 0.0) for end in ends]
    error = relative * np.abs(value)
    for index, low, high in zip(uncertain, beside[::2], beside[1::2], strict=True):
        error = error + np.where(errors[index] > 0, np.maximum(low, high), 0.0)
    return value, error
