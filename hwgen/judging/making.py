"""Studies, constants, tables and figures: what the author's function gives, brought into the form that is kept and printed.

One function for each kind, since the key of a result holds the function that made it and all that this one names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from hwgen.evidence.fits import fitted
from hwgen.model import Estimate, Fit

DIGITS = 6


def arrays(compute: Callable[[Any], Mapping[str, Any]], problem: Any) -> dict[str, Any]:
    """The arrays of a study, rounded."""
    return {name: rounded(array) for name, array in compute(problem).items()}


def number(compute: Callable[..., Estimate], given: Sequence[Any]) -> Estimate:
    """The number of a constant."""
    return compute(*given)


def slope(fit: Fit, given: Sequence[Any]) -> Estimate:
    """The number of a constant that is read off a fitted line."""
    return fitted(fit, given)


def rows(compute: Callable[..., Sequence[Sequence[str]]], given: Sequence[Any]) -> Sequence[Sequence[str]]:
    """The header and the cells of a table."""
    return compute(*given)


def drawing(draw: Callable[..., None], given: Sequence[Any], height: float) -> bytes:
    """The PDF of a figure."""
    from hwgen.judging.drawing import drawn  # a build that draws nothing does not pay for it

    return drawn(draw, tuple(given), height)


def rounded(array: Any) -> Any:
    """Six significant digits, so that stored results are the same on every machine."""
    numbers = np.asarray(array)
    if numbers.dtype.kind == "c":
        return rounded(numbers.real) + 1j * rounded(numbers.imag)
    if numbers.dtype.kind != "f":
        return numbers
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (DIGITS - 1 - np.floor(np.log10(np.abs(numbers))))
        return np.where(np.isfinite(scale) & np.isfinite(numbers), np.round(numbers * scale) / scale, numbers)
