"""What an oracle returned, as real numbers; what is none is named with its symbol and the line of its function."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.model import Approx

LONGEST = 60  # characters of a value in a message
# How far from 1 rounding and quadrature may leave the sum of the weights of a law.
_WHOLE = 1e-9


class UnfitError(TypeError, ValueError):
    """An oracle returned what is no real number and no array of them; `function` is the author's."""

    def __init__(self, symbol: str, function: Any, what: str) -> None:
        super().__init__(f"what computes {symbol} returns {what}")
        while isinstance(function, functools.partial):
            function = function.func
        self.function = inspect.unwrap(function)


def real(symbol: str, function: Callable[..., Any], result: Any) -> Any:
    """The result, if it is a real number or an array of them. Raises UnfitError, by which no part of a number is dropped unsaid."""
    value = result.value if isinstance(result, Approx) else result
    # What comes most, by the shortest way.
    if isinstance(value, (float, int)) or (type(value) is np.ndarray and value.dtype == float):
        return result
    if said := _unfit(value):
        raise UnfitError(symbol, function, said)
    return result


def _unfit(value: Any) -> str:
    """What is wrong with a value; empty if nothing is."""
    if value is None:
        return "None; expected a number (is its return missing?)"
    try:
        array = np.asarray(value)
        kind, entries = array.dtype.kind, list(array.flat) if array.dtype.kind == "O" else []
        if kind == "c" or any(isinstance(one, complex) for one in entries):
            return f"{shown(value)}; expected a real number (.real, where it is known to be one)"
        # NumPy takes None for NaN, and digits in quotes for a number.
        if kind not in "biufO" or any(one is None or isinstance(one, str | bytes) for one in entries):
            return f"{shown(value)}; expected a real number, or an array of them"
        np.asarray(entries or 0.0, dtype=float)
    except (TypeError, ValueError):
        return f"{shown(value)}; expected a real number, or an array of them with rows of one length"
    return ""


def weighed(symbol: str, function: Callable[..., Any], weights: Any, error: float, least: float) -> Any:
    """The weights of a law, which add up to 1 to its error, none below `least`. Raises UnfitError; what is not finite is no law at all."""
    found = np.asarray(weights, float)
    total = float(np.sum(found))
    if abs(total - 1) > max(error, _WHOLE):
        raise UnfitError(symbol, function, f"weights that add up to {total:.6g}; expected those of a law, which add up to 1")
    if found.size and float(np.min(found)) < least:
        raise UnfitError(symbol, function, f"the weight {float(np.min(found)):.6g}; expected probabilities, none of them negative")
    return found


def shown(value: Any) -> str:
    """The value and its type, as far as a message can hold it."""
    text = " ".join(repr(value).split())
    return f"{text if len(text) <= LONGEST else f'{text[:LONGEST]} …'} ({type(value).__name__})"
