"""What the functions of a library give for traced numbers.

Arithmetic and what is made of it NumPy does itself, on arrays of traced numbers. An elementary function of mathematics is one operation.
Of anything else only the value is known: it is a node of its own, the same one for the same arguments.
"""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import Any

import numpy as np

from hwgen.judging.tape import OPERATIONS, Tape, TooLong, Traced, Untraced, done
from hwgen.model import Approx

# What hands a number on as it is, whatever it is called.
_CONVERSIONS = frozenset({"float", "float64", "longdouble", "array", "asarray", "ascontiguousarray", "astype", "item", "Fraction"})
_ARITHMETIC = frozenset(
    {"builtins", "math", "operator", "_operator", "functools", "_functools", "itertools", "numpy", "statistics", "fractions"}
)
_ITERATING = frozenset({"builtins", "itertools", "functools", "_functools"})
# Whose functions and classes may be asked with traced numbers: they are those of Python itself, of NumPy, or kinds of results.
_FOLLOWED = frozenset({*sys.stdlib_module_names, "numpy", "hwgen"})
# A plain array with more entries is gone through, not written down.
_FEW = 9
# The order of a matrix norm that is its largest singular value.
SPECTRAL = 2
# An array with more entries is in no formula.
LARGEST = 4000
_EMPTY = frozenset({"zeros", "ones", "empty", "full", "zeros_like", "ones_like", "empty_like", "full_like", "eye", "identity"})
# Names in math that are others in NumPy and on the page.
_NAMES = {f"a{name}": f"arc{name}" for name in ["sin", "cos", "tan", "sinh", "cosh", "tanh"]} | {"atan2": "arctan2", "comb": "binom"}
# What no formula is made of, or what is more than an elementary function: only its name and its arguments are known.
_UNKNOWN = frozenset({"gamma", "lgamma", "erf", "erfc", "binom", "factorial", "perm"})


class Handed:
    """A function that is handed to a library, which calls it as every other one is called."""

    def __init__(self, call: Callable[..., Any], function: Any) -> None:
        self.call, self.function = call, function

    def __call__(self, *given: Any, **named: Any) -> Any:
        return self.call(self.function, *given, **named)


def plain(value: Any) -> Any:
    """The value with every traced number as the number that it is. Raises Untraced for a function that may hold one."""
    match value:
        case Traced():
            return value.value
        case Handed():
            if getattr(value.function, "__closure__", None):
                raise Untraced(repr(value.function))
            return value.function
        case np.ndarray() if value.dtype == object:
            return _floats([plain(one) for one in value.ravel()], value.shape, value)
        case list() | tuple() if type(value) in {list, tuple}:
            return type(value)(map(plain, value))
    return value


def _floats(entries: list[Any], shape: tuple[int, ...], otherwise: Any) -> Any:
    try:
        return np.array(entries, float).reshape(shape)
    except (TypeError, ValueError):
        return otherwise


def traced(value: Any) -> Iterator[Traced]:
    """The traced numbers in a value, one after the other."""
    match value:
        case Traced():
            yield value
        case np.ndarray() if value.dtype == object:
            yield from (one for one in value.ravel() if isinstance(one, Traced))
        case list() | tuple():
            for one in value:
                yield from traced(one)


def asked(tape: Tape, function: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """What a function of a library gives."""
    name, of = getattr(function, "__name__", ""), getattr(function, "__self__", None)
    if _module(function) not in _ITERATING:
        given = [list(itertools.islice(one, LARGEST)) if isinstance(one, Iterator) else one for one in given]
    arguments = [*given, *named.values(), *([of] if isinstance(of, np.ndarray) else [])]
    if any(isinstance(one, np.ndarray) and one.dtype == object and one.size > LARGEST for one in arguments):
        raise TooLong
    if not any(True for one in arguments for _ in traced(one)):
        return _of_plain(tape, function, given, named)
    if name in _CONVERSIONS:
        return _as_it_is(of if isinstance(of, np.ndarray) else given[0])
    if _NAMES.get(name, name) in _UNKNOWN or _module(function).split(".")[0] not in _FOLLOWED:
        return _by_name(tape, function, _NAMES.get(name, name), given, named)
    try:
        return function(*given, **named)
    except (TypeError, ValueError, AttributeError):
        return _by_name(tape, function, _NAMES.get(name, name), given, named)


def _of_plain(tape: Tape, function: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """What it gives for plain numbers: a number as well, if it is one that a formula may hold, and not what a computation has found."""
    of = getattr(function, "__self__", None)
    if isinstance(of, np.ndarray):
        found = function(*given, **named)
    else:
        found = function(*map(_handed, given), **{key: _handed(one) for key, one in named.items()})
    sizes = [one.size for one in (of, found, *given) if isinstance(one, np.ndarray)]
    tape.spend(sum(size for size in sizes if size > _FEW))
    if function.__name__ in _EMPTY and isinstance(found, np.ndarray) and found.size <= LARGEST:
        return found.astype(object)
    if _elementary(function) or not isinstance(found, float | np.ndarray | list | tuple):
        return found
    return nodes(tape, (function.__name__, id(of)), [*given, *named.items(), ""], found)


def _handed(value: Any) -> Any:
    return value if isinstance(value, Handed) else plain(value)


def _elementary(function: Any) -> bool:
    """Whether a function of a library is one of arithmetic or of elementary mathematics."""
    if isinstance(function, np.ufunc):
        return getattr(np, function.__name__, None) is function
    return _module(function) in _ARITHMETIC or (_module(function) == "numpy.linalg" and function.__name__ == "norm")


def _module(function: Any) -> str:
    """The module in which a function of a library is written, which may carry the name of what it wraps."""
    if isinstance(function, FunctionType):
        return str(function.__globals__.get("__name__"))
    of = getattr(function, "__self__", None)
    return getattr(function, "__module__", None) or (type(function) if of is None else type(of)).__module__


def _as_it_is(value: Any) -> Any:
    return value if isinstance(value, Traced | np.ndarray) else np.array(value, dtype=object)


def _by_name(tape: Tape, function: Any, name: str, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """What takes no traced numbers as it is."""
    scalars = all(isinstance(one, Traced | int | float | np.number) for one in given) and not named
    if scalars and name in {"pow", "float_power"}:
        return done("^", *given)
    if scalars and name in OPERATIONS:
        return done(name, *given)
    if isinstance(function, np.ufunc) and not scalars and not named:
        return np.frompyfunc(lambda *one: asked(tape, function, one, {}), function.nin, 1)(*given)
    if name == "solve" and "linalg" in _module(function):
        return asked(tape, np.linalg.inv, [given[0]], {}) @ given[1]
    found = function(*map(plain, given), **{key: plain(one) for key, one in named.items()})
    if _decides(found):
        return found
    if name == "norm" and given[1:] == [SPECTRAL] and not named:
        return nodes(tape, "norm_op", given[:1], found)
    searched = name in _UNKNOWN or (name == "norm" and _searched(given, named))
    if _elementary(function) and not searched and isinstance(found, float | np.ndarray):
        return _again(tape, function, given, named, found)
    return nodes(tape, name, [*given, *named.items()], found)


def _searched(given: Sequence[Any], named: Mapping[str, Any]) -> bool:
    """Whether a norm is one of a matrix that is looked for, among its rows or singular values."""
    order = [*given[1:2], *(named[name] for name in ("ord",) if name in named)]
    matrix = np.ndim(named["axis"]) == 1 if named.get("axis") is not None else np.ndim(plain(given[0])) == 2
    return matrix and order[:1] not in ([], [None], ["fro"])


def _decides(found: Any) -> bool:
    """Whether a result is no number that is computed with, but what is decided by one, or counted."""
    return isinstance(found, bool | np.bool_ | str | None) or (isinstance(found, np.ndarray) and found.dtype.kind in "bi")


def _again(tape: Tape, function: Any, given: Sequence[Any], named: Mapping[str, Any], found: Any) -> Any:
    """An elementary function of several numbers, which can be asked for others; entry by entry."""
    of = [one for part in (*given, *named.values()) for one in traced(part)]

    def entry(place: int, *numbers: float) -> float:
        values = iter(numbers)
        anew = function(*(_filled(one, values) for one in given), **{key: _filled(one, values) for key, one in named.items()})
        return float(np.ravel(anew)[place])

    made = []
    for place, value in enumerate(np.ravel(found)):
        key = (function.__name__, rest([*given, *named.items()]), place)
        tape.functions[key] = functools.partial(entry, place)
        made.append(tape.node(key, of, float(value)))
    return made[0] if np.ndim(found) == 0 else np.array([*made, None], dtype=object)[:-1].reshape(np.shape(found))


def _filled(value: Any, numbers: Iterator[float]) -> Any:
    match value:
        case Traced():
            return next(numbers)
        case np.ndarray() if value.dtype == object:
            return np.array([_filled(one, numbers) for one in value.ravel()], float).reshape(value.shape)
        case list() | tuple():
            return type(value)([_filled(one, numbers) for one in value])
    return value


def rest(value: Any) -> Hashable:
    """What stands in a value beside its traced numbers."""
    match value:
        case Traced():
            return "…"
        case np.ndarray():
            return (value.shape, *(rest(one) for one in value.ravel())) if value.dtype == object else (value.shape, value.tobytes())
        case list() | tuple():
            return tuple(map(rest, value))
        case int() | float() | np.number():
            return float(value)
        case str():
            return value
    return id(value)


def nodes(tape: Tape, name: Hashable, given: Sequence[Any], found: Any) -> Any:
    """What is found for some arguments, as nodes of which nothing else is known; what depends on no variable is its own number."""
    of, others = [one for part in given for one in traced(part)], rest(list(given))
    if not of and not any(isinstance(one, int | float | str | tuple | np.ndarray | np.number) for one in given):
        return found

    def made(value: Any, *where: Hashable) -> Any:
        match value:
            case Approx():
                return made(value.value, *where)
            case int() | float() | np.number():
                key = ("unknown", name, others, where)
                return tape.node(key, of, value) if of else tape.atom(key, value)
            case np.ndarray() if value.dtype.kind in "fi":
                entries = [made(float(one), *where, place) for place, one in enumerate(value.ravel())]
                return np.array([*entries, None], dtype=object)[:-1].reshape(value.shape)
            case list() | tuple():
                return tuple(made(one, *where, place) for place, one in enumerate(value))
        return value

    return made(found)
