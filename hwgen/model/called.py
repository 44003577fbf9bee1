"""What a function of the author's calls, and the numbers that it names: followed by the names in its code, never run."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

# Whether a module is the author's, by its name.
Ours = Callable[[str], bool]


def reached(function: Any, ours: Ours) -> dict[str, FunctionType]:
    """The author's functions that one calls by name, itself included, and those that these call; by their full names."""
    found: dict[str, FunctionType] = {}
    waiting = list(_plain(function, ours))
    while waiting:
        one = waiting.pop()
        # Lambdas of one scope share a name, and differ by their line.
        name = f"{one.__module__}.{one.__qualname__}" + f":{one.__code__.co_firstlineno}" * ("<" in one.__qualname__)
        if name not in found and ours(one.__module__):
            found[name] = one
            waiting += [inner for value in _named(one, ours) for inner in _plain(value, ours)]
    return found


def numbers(function: Any, ours: Ours) -> dict[float, str]:
    """The numbers with a name that these functions use, and the decimals in their code: where each stands first."""
    found: dict[float, str] = {}
    for name, one in reached(function, ours).items():
        globals_ = ((called, one.__globals__.get(called)) for called in _names(one.__code__))
        for called, value in globals_:
            if isinstance(value, int | float) and not isinstance(value, bool):
                # The first name of a number stays: several constants may have one value.
                found.setdefault(float(value), f"{called} of {one.__module__}")
        for value in _literals(one.__code__):
            found.setdefault(value, name)
    return found


def _literals(code: CodeType) -> Iterator[float]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _literals(constant)
        elif isinstance(constant, float) and not constant.is_integer():
            yield constant


def _plain(value: Any, ours: Ours) -> Iterator[FunctionType]:
    """The functions in a value: one that is given arguments, or kept, or the methods of a class."""
    if isinstance(value, functools.partial):
        for one in (value.func, *value.args, *value.keywords.values()):
            yield from _plain(one, ours)
    elif isinstance(value, type):
        if ours(value.__module__):
            yield from (one for one in vars(value).values() if isinstance(one, FunctionType) and not one.__name__.startswith("__"))
    elif callable(value):
        plain = inspect.unwrap(value)
        if isinstance(plain, FunctionType):
            yield plain


def _named(function: FunctionType, ours: Ours) -> Iterator[Any]:
    """What the names in a function's code stand for: its globals, what it closes over, and attributes of the author's modules."""
    names = set(_names(function.__code__))
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    for value in (*(function.__globals__[name] for name in names if name in function.__globals__), *cells):
        if isinstance(value, ModuleType):
            # Not by getattr, which would have a library warn of names that it has given up.
            yield from (vars(value)[name] for name in names if ours(value.__name__) and name in vars(value))
        else:
            yield value


def _names(code: CodeType) -> Iterator[str]:
    """The names in a code and in those inside of it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
