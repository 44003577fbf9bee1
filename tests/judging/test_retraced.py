"""A formula typed again is found out by what its oracle does with its numbers, whatever words of Python it is in."""

from __future__ import annotations

import functools
import itertools
import math
import operator
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from judging.roads import CLAIM, WAVE, bound_to, by_series, same
from numpy.typing import NDArray

from hwgen.judging.claim import finding_of
from hwgen.model import Derived, Formula, Place, value

Array = NDArray[Any]


def _decay(rate: float) -> Callable[[float], float]:
    def along(t: float) -> float:
        return math.exp(-rate * t)

    return along


def _closure(t: float, s: float) -> float:
    return s**2 * _decay(2)(t)


def _nested(t: float, s: float) -> float:
    def inner() -> float:
        return math.exp(-2 * t)

    return s * s * inner()


def _scaled(factor: float, t: float, s: float) -> float:
    return s**2 * math.exp(factor * t)


TABLE: dict[str, Callable[..., Any]] = {"square": lambda s: s * s, "decay": lambda t: math.exp(-2 * t)}


def _by_table(t: float, s: float) -> float:
    return float(TABLE["square"](s) * TABLE["decay"](t))


class Wave:
    """The wave as an object."""

    def __init__(self, s: float, rate: float = 2.0) -> None:
        self.s, self.rate = s, rate

    @property
    def amplitude(self) -> float:
        """Its square."""
        return self.s**2

    def at(self, t: float) -> float:
        """Its value."""
        return self.amplitude * math.exp(-self.rate * t)

    def __call__(self, t: float) -> float:
        return self.at(t)

    @staticmethod
    def made(t: float, s: float) -> float:
        """The same at once."""
        return math.pow(s, 2) / math.exp(2 * t)

    @classmethod
    def of(cls, t: float, s: float) -> float:
        """The same by an object."""
        return cls(s)(t)


class Slow(Wave):
    """A class on top of it."""

    def at(self, t: float) -> float:
        """By its parent."""
        return super().at(t)


@dataclass(frozen=True)
class Frozen:
    """The wave as a record."""

    t: float
    s: float

    def value(self) -> float:
        """Its value."""
        return float(np.exp(-2 * self.t) * np.square(self.s))


def _generator(t: float, s: float) -> Iterator[float]:
    yield s
    yield s
    yield math.exp(-2 * t)


def _looped(t: float, s: float) -> float:
    found = 1.0
    for _ in range(2):
        found *= s * math.exp(-t)
    return found


def _while(t: float, s: float) -> float:
    found, left = math.exp(-2 * t), 2
    while left:
        found *= s
        left -= 1
    return found


def _filled(t: float, s: float) -> float:
    entries = np.zeros(3)
    entries[0] = entries[1] = s
    entries[2] = np.exp(-2 * t)
    return float(np.prod(entries))


def _matched(t: float, s: float) -> float:
    match s > 0:
        case True:
            return s * s / math.exp(t) ** 2
        case _:
            return math.nan


def _global_rate(t: float, s: float) -> Any:
    power = -2.0
    parts = {"s": s, "t": t}
    return parts["s"] ** 2 * math.e ** (power * parts["t"])


def _recursive(t: float, s: float, left: int = 2) -> float:
    return 1.0 if left == 0 else s * math.exp(-t) * _recursive(t, s, left - 1)


@functools.cache
def _cached(t: float) -> float:
    return math.exp(-2 * t)


TYPED = {
    "a closure": _closure,
    "a nested function": _nested,
    "partial": functools.partial(_scaled, -2.0),
    "lambdas in a table": _by_table,
    "a method": lambda t, s: Wave(s).at(t),
    "a property and __call__": lambda t, s: Wave(s, rate=2)(t),
    "a static method": lambda t, s: Wave.made(t, s),
    "a class method": lambda t, s: Wave.of(t, s),
    "a subclass": lambda t, s: Slow(s)(t),
    "a dataclass": lambda t, s: Frozen(t=t, s=s).value(),
    "a generator": lambda t, s: math.prod(_generator(t, s)),
    "a loop": _looped,
    "while": _while,
    "an array that is filled": _filled,
    "match": _matched,
    "a power of e": _global_rate,
    "recursion": _recursive,
    "a cache": lambda t, s: s**2 * _cached(t),
    "reduce": lambda t, s: functools.reduce(operator.mul, [s, s, math.exp(-2 * t)]),
    "operator": lambda t, s: operator.truediv(operator.pow(s, 2), math.exp(operator.mul(2, t))),
    "starmap": lambda t, s: math.prod(itertools.starmap(operator.mul, [(s, s), (math.exp(-t), math.exp(-t))])),
    "map": lambda t, s: s**2 * math.prod(map(math.exp, [-t, -t])),
    "math.prod": lambda t, s: math.prod([s, s, math.exp(-2 * t)]),
    "np.prod": lambda t, s: float(np.prod([s, s, np.exp(-2 * t)])),
    "np.exp2": lambda t, s: np.float64(s) ** 2 * np.exp2(-2 * t / math.log(2)),
    "math.log2": lambda t, s: s**2 * 2 ** (-2 * t * math.log2(math.e)),
    "expm1": lambda t, s: s**2 * (1 + math.expm1(-2 * t)),
    "hyperbolic functions": lambda t, s: s**2 * (math.cosh(2 * t) - math.sinh(2 * t)),
    "np.where": lambda t, s: float(np.where(s > 0, s**2 * np.exp(-2 * t), np.nan)),
    "one branch of two": lambda t, s: s**2 * math.exp(-2 * t) if t < 5 else 0.0,
    "np.select": lambda t, s: float(np.select([t < 5, t >= 5], [s * s * np.exp(-2 * t), 0.0])),
    "a conversion": lambda t, s: np.asarray([float(s) ** 2 * math.exp(-2 * float(t))], dtype=float).item(),
    "a vector of one": lambda t, s: (np.array([s]) * np.array([s]) * np.exp(-2 * np.array([t])))[0],
    "a matrix product": lambda t, s: (np.array([[s]]) @ np.array([[s * np.exp(-2 * t)]]))[0, 0],
    "np.vectorize": lambda t, s: float(np.vectorize(lambda u: s**2 * math.exp(-2 * u))(t)),
    "terms collected": lambda t, s: (s**2 - 1) * math.exp(-2 * t) + math.exp(-2 * t),
    "a square completed": lambda t, s: ((s + 1) ** 2 - 2 * s - 1) * math.exp(-t) ** 2,
    "a quotient": lambda t, s: s**3 / (s * math.exp(2 * t)),
    "hypot": lambda t, s: math.hypot(s * math.exp(-t), 0.0) ** 2,
    "sqrt": lambda t, s: math.sqrt(s**4 * math.exp(-4 * t)),
    "a dot product": lambda t, s: float(np.dot([s, 0.0], [s * math.exp(-2 * t), 1.0])),
    "a fraction of fsum": lambda t, s: math.fsum([s**2, s**2]) / 2 * math.exp(-2 * t),
    "a mean": lambda t, s: statistics.fmean([s**2 * math.exp(-2 * t)] * 2),
}


@pytest.mark.parametrize("words", TYPED)
def test_a_formula_is_found_in_whatever_words_it_is_typed(words: str) -> None:
    assert same(WAVE, bound_to(TYPED[words], "s", "t")) == "w"


def test_the_build_stops_and_names_the_line() -> None:
    text = WAVE
    places = tuple(Place(file="templates/t.tex.j2", line=7, column=1 + k) for k in range(len(text)))
    formula = Formula(macro="checked", name="own", text=text, place=places[0], places=places)
    found = finding_of(replace(CLAIM, bind=bound_to(_looped, "s", "t")), formula, None)
    assert not found.passed
    said = (
        f"w is bound to tests/judging/test_retraced.py:{_looped.__code__.co_firstlineno}, which does with its numbers what the other side"
    )
    assert said in found.complaint


@pytest.mark.parametrize(
    ("larger", "again"),
    [
        (_closure, True),
        (_by_table, True),
        (_looped, False),
        (by_series, False),
        (lambda t, s: ((s + 1) ** 2 - 2 * s - 1) * math.exp(-2 * t), False),
    ],
)
def test_a_side_that_is_typed_again_is_found_and_one_that_is_derived_is_not(larger: Any, again: bool) -> None:
    claim = replace(CLAIM, bind=bound_to(lambda t, s: 0.9 * by_series(t, s), "s", "t"), sharp=(Derived(larger=value(larger)),))
    found = finding_of(claim, Formula(macro="checked", name="own", text=r"w \le s^2 e^{-2t}", place=Place(file="t.tex.j2", line=7)), None)
    assert ("is that formula, typed again" in found.complaint) is again
