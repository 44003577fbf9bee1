"""Whether a function that was handed over is told by its text: one made of what no text tells depends on all of the content."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from fractions import Fraction
from types import FunctionType
from typing import Any

_CACHED = type(functools.cache(len))


def uncached(value: Any) -> Any:
    """The function behind its cache; anything else as it is."""
    return value.__wrapped__ if isinstance(value, _CACHED) else value


def is_told(function: Any, seen: frozenset[int] = frozenset()) -> bool:
    """Whether a function, or a class, is found by its text; or is made of such ones, and of data that are spelled out in full."""
    function = uncached(function)
    if isinstance(function, type) or id(function) in seen:
        return id(function) in seen or "<locals>" not in function.__qualname__
    return isinstance(function, FunctionType) and all(_is_data(one, seen | {id(function)}) for one in _held(function))


def _held(function: FunctionType) -> Iterator[Any]:
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # the name is given its value later
            yield ...
    if "<locals>" in function.__qualname__:
        yield from (function.__defaults__, function.__kwdefaults__)


def _is_data(value: Any, seen: frozenset[int]) -> bool:
    import numpy as np  # loaded by whoever has a function to tell apart

    if value is None or type(value) in {bool, int, float, complex, str, bytes, Fraction}:
        return True
    if type(value) in {tuple, list, set, frozenset}:
        return id(value) in seen or all(_is_data(one, seen | {id(value)}) for one in value)
    if type(value) is dict:
        return id(value) in seen or all(_is_data(one, seen | {id(value)}) for pair in value.items() for one in pair)
    if type(value) is np.ndarray or isinstance(value, np.generic):
        return value.dtype.kind in "biufcSU"
    return callable(value) and is_told(value, seen)
