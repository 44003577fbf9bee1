"""An oracle is run once more to be looked at, and leaves nothing behind: what it keeps is put back, what it prints is not shown.

A table, an object, a class, a default argument or a variable of an enclosing function would otherwise hold traced numbers afterwards,
and the next claim would compute with them.
"""

from __future__ import annotations

import contextlib
import functools
import io
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType, MethodType, ModuleType
from typing import Any

import numpy as np

from hwgen.judging.written import authors, installed

# More things than these no oracle keeps; of the entries of a longer table not each is looked at.
_MOST, _ENTRIES = 4000, 1000
_Undo = Callable[[], None]


@contextlib.contextmanager
def untouched(computed: Iterable[Callable[..., Any]]) -> Iterator[None]:
    """Put back afterwards what these functions, and what they reach by name, keep."""
    undone = list(_kept(computed))
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        for undo in undone:
            undo()


def _kept(computed: Iterable[Any]) -> Iterator[_Undo]:
    """What puts back each thing that they reach."""
    waiting, seen = list(computed), dict[int, Any]()
    while waiting and len(seen) < _MOST:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        waiting += _within(one)
        undo = _undo(one)
        if undo:
            yield undo


def _within(one: Any) -> list[Any]:
    """What a thing holds that may keep something."""
    match one:
        case functools.partial():
            return [one.func, *one.args, *one.keywords.values()]
        case functools._lru_cache_wrapper():
            return [one.__wrapped__]
        case MethodType():
            return [one.__func__, one.__self__]
        case FunctionType():
            return _of_function(one) if authors(one.__code__) else []
        case property():
            return [one.fget]
        case staticmethod() | classmethod():
            return [one.__func__]
        case functools.cached_property():
            return [one.func]
        case type():
            return [value for kind in one.__mro__ if _of_authors(kind) for value in vars(kind).values()]
        case dict():
            return list(one.values())[:_ENTRIES]
        case list() | tuple() | set() | deque():
            return list(one)[:_ENTRIES]
    return [type(one), *vars(one).values()] if _of_authors(type(one)) and hasattr(one, "__dict__") else []


def _of_function(function: FunctionType) -> list[Any]:
    cells = function.__closure__ or ()
    given = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values(), *cells]
    names, found = _names(function.__code__), [*given, *map(_contents, cells), *vars(function).values()]
    for name in names:
        value = function.__globals__.get(name)
        # Of a module only what is named beside it: the rest is nothing of this function's.
        found += [vars(value)[inner] for inner in names if inner in vars(value)] if isinstance(value, ModuleType) else [value]
    return found


def _names(code: CodeType) -> list[str]:
    """The names that a code and the functions in it use."""
    return [*code.co_names, *(name for one in code.co_consts if isinstance(one, CodeType) for name in _names(one))]


def _contents(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:  # nothing is in it yet
        return None


def _undo(one: Any) -> _Undo | None:
    """What puts back the present state of a thing; None if it keeps nothing."""
    match one:
        case dict():
            return functools.partial(_refill, one, dict(one))
        case set():
            return functools.partial(_refill, one, set(one))
        case list() | deque():
            return functools.partial(_again, one, list(one))
        case np.ndarray():
            return functools.partial(np.copyto, one, one.copy()) if one.dtype == object and one.flags.writeable else None
        case type():
            return functools.partial(_reset, one, dict(vars(one))) if _of_authors(one) else None
        case FunctionType():
            return functools.partial(_refill, vars(one), dict(vars(one))) if authors(one.__code__) else None
    if type(one).__name__ == "cell":
        return functools.partial(_into, one, _contents(one))
    return functools.partial(_refill, vars(one), dict(vars(one))) if _of_authors(type(one)) and hasattr(one, "__dict__") else None


def _refill(kept: Any, before: Any) -> None:
    kept.clear()
    kept.update(before)


def _again(kept: Any, before: list[Any]) -> None:
    kept.clear()
    kept.extend(before)


def _into(cell: Any, before: Any) -> None:
    cell.cell_contents = before


def _reset(kind: type, before: dict[str, Any]) -> None:
    for name in [name for name in vars(kind) if name not in before]:
        delattr(kind, name)
    for name in [name for name, value in before.items() if vars(kind).get(name) is not value]:
        setattr(kind, name, before[name])


def _of_authors(kind: type) -> bool:
    """Whether a class stands in a module of the author's."""
    file = getattr(sys.modules.get(kind.__module__), "__file__", None)
    return bool(file) and not installed(str(file))
