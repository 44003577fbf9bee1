"""Whether a function that was handed over is told by its text: one made of what no text tells depends on all of the content.

Which text that is, its code says: its names may be those of another function, put on it by functools.wraps.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator
from fractions import Fraction
from types import CodeType, FunctionType
from typing import Any

_CACHED = type(functools.cache(len))


def uncached(value: Any) -> Any:
    """The function behind its cache; anything else as it is."""
    return value.__wrapped__ if isinstance(value, _CACHED) else value


def place_of(function: Any) -> tuple[str, str]:
    """The module whose text has a function or a class, and its full name there; of what is neither, those of its class."""
    function = uncached(function)
    if isinstance(function, functools.partial):
        return place_of(function.func)
    if isinstance(code := getattr(function, "__code__", None), CodeType):
        return str(getattr(function, "__globals__", {}).get("__name__", function.__module__)), code.co_qualname
    kind = function if isinstance(function, type) else type(function)
    return kind.__module__, kind.__qualname__


def is_local(function: Any) -> bool:
    """Whether it is made within another function, of which it may hold anything."""
    return "<locals>" in place_of(function)[1]


def held(function: Any) -> Iterator[tuple[str, Any]]:
    """What a function was made with, by name: the values in its closure, and the defaults of one that is made within another."""
    names = getattr(getattr(function, "__code__", None), "co_freevars", ())
    for name, cell in zip(names, getattr(function, "__closure__", None) or (), strict=True):
        try:
            yield name, cell.cell_contents
        except ValueError:  # the name is given its value later
            yield name, ...
    # Defaults of a function at the top are in its text, and in what the text names.
    if names or is_local(function):
        yield "defaults", (getattr(function, "__defaults__", None), getattr(function, "__kwdefaults__", None))


def made_of(value: Any, seen: set[int]) -> Iterator[Any]:
    """The functions and classes in a value: itself, or what is in its tables."""
    value = uncached(value)
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, FunctionType | type):
        yield value
    elif isinstance(value, tuple | list | set | frozenset):
        for one in value:
            yield from made_of(one, seen)
    elif isinstance(value, dict):
        for one in (*value, *value.values()):
            yield from made_of(one, seen)


def is_told(function: Any, seen: frozenset[int] = frozenset()) -> bool:
    """Whether a function, or a class, is found by its text; or is made of such ones, and of data that are spelled out in full."""
    function = uncached(function)
    if id(function) in seen:
        return True
    if isinstance(function, type):
        return _is_found(function)
    return isinstance(function, FunctionType) and all(_is_data(one, seen | {id(function)}) for _, one in held(function))


def _is_found(kind: type) -> bool:
    """Whether it is what its names say."""
    found: object = sys.modules.get(kind.__module__)
    for name in kind.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is kind


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
