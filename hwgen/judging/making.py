"""Studies, constants, tables and figures: what the author's function gives, brought into the form that is kept and printed.

One function for each kind, since the key of a result holds the function that made it and all that this one names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from hwgen.evidence.fits import fitted
from hwgen.judging.seen import Unfit
from hwgen.model import Estimate, Fit
from hwgen.model.errors import ContentError, did_you_mean

DIGITS = 6


def arrays(compute: Callable[[Any], Mapping[str, Any]], problem: Any) -> dict[str, Any]:
    """The arrays of a study, rounded. Raises Unfit for what is none."""
    found = compute(problem)
    if not isinstance(found, Mapping):
        raise Unfit(f"the study returned {type(found).__name__}; expected arrays by name")
    return {str(name): _plain(name, rounded(array)) for name, array in found.items()}


def _plain(name: Any, array: Any) -> Any:
    """Numbers, truth values or text: what can be kept, compared and plotted."""
    if array.dtype.kind in "fc" and array.size and np.isnan(array).all():
        raise Unfit(f"the study's {name!r} is nan throughout; expected numbers")
    if array.dtype.kind in "biufcUSM":
        return array
    raise Unfit(f"the study's {name!r} holds {type(array.flat[0]).__name__ if array.size else 'objects'}; expected numbers or text")


def number(compute: Callable[..., Estimate], given: Sequence[Any]) -> Estimate:
    """The number of a constant. Raises Unfit for what is none."""
    found = compute(*given)
    if not isinstance(found, Estimate):
        raise Unfit(f"the constant returned {type(found).__name__}; expected an Estimate, as in Estimate(value=…, error=…)")
    if not (np.isfinite(found.value) and np.isfinite(found.error)):
        raise Unfit(f"the constant is {found.value} ± {found.error}; expected a finite number with a finite error")
    arrays = [array for study in given if isinstance(study, Mapping) for array in study.values() if array.dtype.kind == "f"]
    if _is_finer(found, arrays):
        said = f"the constant is {found.value:.{DIGITS}g} ± {found.error:.2g}, but a study's floats are kept to {DIGITS} digits"
        raise Unfit(f"{said}; expected an error of {_half_a_digit(found.value):.0e} or more, or an array of integers, which are kept whole")
    return found


def _is_finer(found: Estimate, arrays: Sequence[Any]) -> bool:
    """Whether digits would be printed that the arrays behind it, rounded as they are, do not have."""
    if not found.value or found.error >= _half_a_digit(found.value):
        return False
    if float(found.value).is_integer():
        large = 10.0**DIGITS  # all whole numbers below it are kept as they are
        return abs(found.value) >= large and any(((abs(array) >= large) & (array == np.floor(array))).any() for array in arrays)
    return bool(_is_cut(np.array([found.value])) and any(map(_is_cut, arrays)))


def _half_a_digit(value: float) -> float:
    """Half a unit of the last digit that is kept of a number."""
    return float(10.0 ** (np.floor(np.log10(abs(value))) - DIGITS + 1) / 2)


def _is_cut(array: Any) -> bool:
    """Whether any of these numbers needs all the digits that are kept, so that more of them may have been lost."""
    known = array[np.isfinite(array)]
    return bool((abs(known - rounded(known, DIGITS - 1)) > 1e-9 * abs(known)).any())


def slope(fit: Fit, given: Sequence[Any]) -> Estimate:
    """The number of a constant that is read off a fitted line. Raises ContentError for an array that its study does not have."""
    for name in (fit.x, fit.y):
        if isinstance(name, str) and name not in given[0]:
            said = f"a power law is to be fitted to {name!r}, which its study does not return; expected one of {', '.join(given[0])}"
            raise ContentError(f"{said}.{did_you_mean(name, given[0])}", fit.place)
    return fitted(fit, given)


def rows(compute: Callable[..., Sequence[Sequence[str]]], given: Sequence[Any]) -> Sequence[Sequence[str]]:
    """The header and the cells of a table. Raises Unfit for cells that are no text."""
    found = compute(*given)
    wrong = [cell for row in found for cell in row if not isinstance(cell, str)]
    if wrong:
        raise Unfit(f"the table holds {wrong[0]!r}, {type(wrong[0]).__name__}; expected text, with the digits that are to be printed")
    wide = sorted({len(row) for row in found})
    if len(wide) != 1 or not wide[0]:
        rows_of = " and ".join(map(str, wide)) or "no"
        raise Unfit(f"the table has rows of {rows_of} cells; expected a header, and as many cells in each row below it")
    return found


def drawing(draw: Callable[..., None], given: Sequence[Any], height: float) -> bytes:
    """The PDF of a figure."""
    from hwgen.judging.drawing import drawn  # a build that draws nothing does not pay for it

    return drawn(draw, tuple(given), height)


def rounded(array: Any, digits: int = DIGITS) -> Any:
    """Six significant digits, so that stored results are the same on every machine."""
    numbers = np.asarray(array)
    # Each part by itself, as both are printed.
    if numbers.dtype.kind == "c":
        return rounded(numbers.real, digits) + 1j * rounded(numbers.imag, digits)
    if numbers.dtype.kind != "f":
        return numbers
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (digits - 1 - np.floor(np.log10(np.abs(numbers))))
        return np.where(np.isfinite(scale) & np.isfinite(numbers), np.round(numbers * scale) / scale, numbers)
