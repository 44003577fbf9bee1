"""How much code the two sides of a relation share: the author's functions that compute what only one side prints, and the other too.

A measure, no complaint: two roads that begin at one network share it. Functions are followed by the names in their code, never run.
"""

from __future__ import annotations

import functools
import inspect
import itertools
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from hwgen.judging.definitions import is_authors
from hwgen.model import Bindings, Expectation, Function, Overlap, Value
from hwgen.reading import Chain, tree

_NAMED = tree.Symbol | tree.Index | tree.Apply | tree.Averaged


def overlap(chain: Chain, bindings: Bindings) -> Overlap:
    """The author's functions that compute, for some relation, a symbol that one side alone prints and one that the other alone does."""
    printed = [{one.name for one in tree.parts(side) if isinstance(one, _NAMED)} for side in chain.sides]
    common = set[str]()
    for left, right in itertools.pairwise(printed):
        common |= _of(left - right, bindings) & _of(right - left, bindings)
    return Overlap(common=tuple(sorted(common)), of=len(_of(set[str]().union(*printed), bindings)))


def _of(names: set[str], bindings: Bindings) -> set[str]:
    return {one for name in names for function in _functions(bindings.get(name)) for one in reached(function)}


def _functions(binding: Any) -> list[Any]:
    match binding:
        case Value():
            return [binding.compute]
        case Function():
            return [binding.call, *binding.derivatives]
        case Expectation():
            return [binding.law]
    return []


def reached(function: Any) -> set[str]:
    """The author's functions that one calls by name, itself included, and those that these call."""
    found: dict[str, FunctionType] = {}
    waiting = list(_plain(function))
    while waiting:
        one = waiting.pop()
        name = f"{one.__module__}.{one.__qualname__}" + f":{one.__code__.co_firstlineno}" * ("<" in one.__qualname__)
        if name not in found and is_authors(one.__module__):
            found[name] = one
            waiting += _called(one)
    return set(found)


def _plain(value: Any) -> Iterator[FunctionType]:
    """The functions in a value: one that is given arguments, or kept, or the methods of a class."""
    if isinstance(value, functools.partial):
        for one in (value.func, *value.args, *value.keywords.values()):
            yield from _plain(one)
    elif isinstance(value, type):
        if is_authors(value.__module__):
            yield from (one for one in vars(value).values() if isinstance(one, FunctionType) and not one.__name__.startswith("__"))
    elif callable(value):
        plain = inspect.unwrap(value)
        if isinstance(plain, FunctionType):
            yield plain


def _called(function: FunctionType) -> Iterator[FunctionType]:
    names = set(_names(function.__code__))
    cells = [cell.cell_contents for cell in function.__closure__ or ()]
    for value in (*(function.__globals__[name] for name in names if name in function.__globals__), *cells):
        if isinstance(value, ModuleType):
            inner = [getattr(value, name) for name in names if is_authors(value.__name__) and hasattr(value, name)]
        else:
            inner = [value]
        for one in inner:
            yield from _plain(one)


def _names(code: CodeType) -> Iterator[str]:
    """The names in a code and in those inside of it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
