"""A formula typed again is found out by what its oracle does with its numbers, whatever words of Python it is in; another road is not."""

from __future__ import annotations

import functools
import inspect
import itertools
import math
import operator
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import scipy
from numpy.typing import NDArray

from hwgen.judging.chains import chain_of
from hwgen.judging.claim import finding_of
from hwgen.judging.look import look_at
from hwgen.judging.retraced import same_road
from hwgen.model import Bindings, Claim, Derived, Formula, Place, cases, closed, function, integers, value, variable, vectors

Array = NDArray[Any]
Bind = Callable[[], Bindings]
CLAIM = Claim(name="own", exercise="toy", sentence="", domain={"t": closed(0.1, 1), "s": closed(0.5, 2)}, bind=lambda: None, identity="toy")
WAVE = r"w = s^2 e^{-2t}"
SPACE = {"x": vectors(3, norm=closed(0.5, 2)), "y": vectors(3, norm=closed(0.5, 2))}
CASES = r"w = \begin{cases} q & \text{if } q<0.5\\ 1-q^2 & \text{if } q\ge0.5\end{cases}"
COUNTS = {"n": integers(3, 9), "q": closed(0.2, 0.7)}


def _same(text: str, bind: Bind, **different: Any) -> str:
    """The symbol whose oracle repeats the first relation."""
    claim = replace(CLAIM, bind=bind, **different)
    formula = Formula(macro="checked", name="own", text=text, place=Place(file="templates/t.tex.j2", line=7))
    chain, bindings = chain_of(claim, formula, None), claim.bindings(None)
    return same_road(chain.sides[0], chain.sides[1], bindings, look_at(claim, None).points)


def _bound(compute: Any, *names: str) -> Bind:
    return lambda: {"w": value(compute)} | {name: variable(name) for name in names}


# --- one formula of numbers, in many words


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
    assert _same(WAVE, _bound(TYPED[words], "s", "t")) == "w"


OF_VECTORS = {
    r"w = x^\top y": [
        lambda x, y: sum(a * b for a, b in zip(x, y, strict=True)),
        lambda x, y: float(np.sum(x * y)),
        lambda x, y: float(np.einsum("i,i->", x, y)),
        lambda x, y: math.fsum(x[k] * y[k] for k in range(len(x))),
        lambda x, y: float(np.trace(np.outer(x, y))),
        lambda x, y: np.multiply(x, y).sum(),
        lambda x, y: float(np.vdot(x, y)),
        lambda x, y: float(np.add.reduce(x * y)),
        lambda x, y: float(np.tensordot(x, y, axes=1)),
    ],
    r"w = \sum_{i=1}^{3} x_i y_i^2": [
        lambda x, y: sum([x[0] * y[0] ** 2, x[1] * y[1] ** 2, x[2] * y[2] ** 2]),
        lambda x, y: float(x @ (y * y)),
        lambda x, y: float(x @ np.diag(y) @ y),
    ],
    r"w = \|x\|": [
        lambda x, y: math.sqrt(x @ x),
        lambda x, y: float(np.linalg.norm(x)),
        lambda x, y: float(np.linalg.norm(x, ord=2)),
        lambda x, y: math.hypot(*x),
        lambda x, y: math.dist(x, [0, 0, 0]),
        lambda x, y: float(np.sqrt(np.einsum("i,i", x, x))),
        lambda x, y: sum(a**2 for a in x) ** 0.5,
    ],
    r"w = \|x-y\|^2": [
        lambda x, y: float(x @ x + y @ y - 2 * x @ y),
        lambda x, y: math.dist(x, y) ** 2,
        lambda x, y: float(np.sum(np.square(x - y))),
    ],
    r"w = \frac{x^\top y}{\|x\|\,\|y\|}": [
        lambda x, y: float((x / np.linalg.norm(x)) @ (y / np.linalg.norm(y))),
        lambda x, y: float(x @ y / math.sqrt((x @ x) * (y @ y))),
    ],
}


@pytest.mark.parametrize(("text", "compute"), [(text, one) for text, several in OF_VECTORS.items() for one in several])
def test_a_formula_of_vectors_is_found(text: str, compute: Any) -> None:
    bind = _bound(compute, "x", "y") if "y" in text else _bound(lambda x: compute(x, x), "x")
    assert _same(text, bind, domain=SPACE if "y" in text else {"x": SPACE["x"]}) == "w"


@pytest.mark.parametrize(
    ("text", "compute"),
    [
        (r"w = \binom{n}{2} q^2", lambda n, q: math.comb(n, 2) * q**2),
        (r"w = \binom{n}{2} q^2", lambda n, q: q * q * scipy.special.comb(n, 2)),
        (r"w = n! q", lambda n, q: q * math.factorial(n)),
        (r"w = \sum_{k=1}^{n} q^k", lambda n, q: sum(q**k for k in range(1, n + 1))),
        (r"w = \sum_{k=1}^{n} q^k", lambda n, q: float(np.sum(q ** np.arange(1, n + 1)))),
        (r"w = \prod_{k=1}^{n} (1-q^k)", lambda n, q: math.prod([1 - q**k for k in range(1, n + 1)])),
        (r"w = \mathbf 1\{q<0.5\} n q", lambda n, q: n * q if q < 0.5 else 0.0),
        (CASES, lambda q: q if q < 0.5 else (1 - q) * (1 + q)),
        (r"w = \max(q^2, 1-q)", lambda q: max([q * q, 1 - q])),
        (r"w = |q-0.4|^n", lambda n, q: float(np.abs(q - 0.4)) ** n),
    ],
)
def test_a_formula_of_counts_is_found(text: str, compute: Any) -> None:
    assert _same(text, _bound(compute, *inspect.signature(compute).parameters), domain=COUNTS) == "w"


@pytest.mark.parametrize(
    "compute",
    [
        lambda A, x: np.linalg.inv(A) @ x,
        lambda A, x: np.linalg.solve(A, x),
    ],
)
def test_a_formula_of_matrices_is_found(compute: Any) -> None:
    def matrix(x: Array) -> Any:
        return np.eye(3) + np.outer(x, x)

    def bound() -> Bindings:
        return {"w": value(lambda x: compute(matrix(x), x)), "A": value(matrix), "x": variable("x")}

    assert _same("w = A^{-1} x", bound, domain={"x": SPACE["x"]}) == "w"


# --- other roads


def _by_series(t: float, s: float) -> float:
    term, found = 1.0, 0.0
    for k in range(1, 60):
        found += term
        term *= -2 * t / k
    return s * s * found


def _by_steps(t: float, s: float) -> float:
    found = scipy.integrate.solve_ivp(lambda _, w: -2 * w, (0, t), [s**2], rtol=1e-12, atol=1e-14)
    return float(found.y[0, -1])


def _by_root(t: float, s: float) -> float:
    return float(scipy.optimize.brentq(lambda w: math.log(w) - 2 * math.log(s) + 2 * t, 1e-9, 100, xtol=1e-14))


NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)


def _by_quadrature(t: float, s: float) -> float:
    return float(s**2 * (1 - sum(w * t * math.exp(-t * (1 + u)) for u, w in zip(NODES, WEIGHTS, strict=True))))


def _by_a_fixed_integral(t: float, s: float) -> float:
    return float(3 * scipy.integrate.quad(lambda u: u**2, 0, 1)[0] * s**2 * math.exp(-2 * t))


def _by_fixed_nodes(t: float, s: float) -> float:
    return float(np.sum(WEIGHTS) / 2 * s**2 * math.exp(-2 * t))


def _by_a_grid(t: float, s: float) -> float:
    return float(2 * np.mean(np.cos(2 * math.pi * np.arange(64) / 64) ** 2) * s**2 * np.exp(-2 * t))


def _by_enumeration(t: float, s: float) -> float:
    mean = 0.0
    for signs in itertools.product((-1, 1), repeat=4):
        mean += sum(signs) ** 2 / 64
    return mean * s**2 * math.exp(-2 * t)


def _by_logarithms(t: float, s: float) -> float:
    return math.exp(2 * math.log(s) - 2 * t)


def _by_matrix_exponential(t: float, s: float) -> float:
    return float(s**2 * scipy.linalg.expm(np.array([[-2 * t]]))[0, 0])


@pytest.mark.parametrize(
    "compute",
    [
        _by_series,
        _by_steps,
        _by_root,
        _by_quadrature,
        _by_a_fixed_integral,
        _by_fixed_nodes,
        _by_a_grid,
        _by_enumeration,
        _by_logarithms,
        _by_matrix_exponential,
    ],
)
def test_another_road_is_welcome(compute: Any) -> None:
    assert _same(WAVE, _bound(compute, "s", "t")) == ""


@pytest.mark.parametrize(
    ("text", "compute"),
    [
        (r"w = 3 q^2", lambda q: float(np.mean([(q * sum(one)) ** 2 for one in itertools.product((-1, 1), repeat=3)]))),
        (r"w = 2 q", lambda q: scipy.differentiate.derivative(lambda u: u**2, q).df),
        (r"w = 3q^2 + 1", lambda q: (((q + 1e-3) ** 3 + q + 1e-3) - ((q - 1e-3) ** 3 + q - 1e-3)) / 2e-3 - 1e-6),
        (r"w = \frac{q(q+1)(2q+1)}{6}", lambda q: scipy.integrate.quad(lambda u: u**2 + u + 1 / 6, 0, q)[0]),
        (r"w = 1 - q^2", lambda q: float(np.linalg.det(np.array([[1, q], [q, 1]])))),
        (r"w = 1 - q", lambda q: float(np.linalg.eigvalsh(np.array([[1, q], [q, 1]]))[0])),
        (r"w = q^3", lambda q: 1 - scipy.stats.binom.cdf(2, 3, q)),
    ],
)
def test_enumeration_differentiation_and_linear_algebra_are_welcome(text: str, compute: Any) -> None:
    assert _same(text, _bound(compute, "q"), domain={"q": closed(0.2, 0.7)}) == ""


def test_a_case_by_name_is_looked_up_by_both_sides_or_is_another_road() -> None:
    widths = {"narrow": 3.0, "wide": 50.0}

    def half(name: str, t: float) -> float:
        return float(np.linalg.eigvalsh([[0.5, 0.0], [0.0, widths[name]]])[0]) * t

    names = {"name": cases(*widths), "t": closed(0.1, 1)}
    assert _same(r"w = \frac t2", _bound(half, "t"), domain=names) == ""

    def bound(compute: Any) -> Bind:
        return lambda: {"w": value(compute), "p": value(lambda name: widths[name]), "t": variable("t")}

    def width(name: str) -> float:
        return widths[name]

    assert _same(r"w = \frac tp", bound(lambda name, t: t / width(name)), domain=names) == "w"
    assert _same(r"w = \frac tp", bound(lambda name, t: t * np.linalg.inv([[widths[name]]])[0, 0]), domain=names) == ""


def test_a_function_is_found_and_one_that_is_searched_is_not() -> None:
    def bound(call: Any) -> Bind:
        return lambda: {"f": function(call), "t": variable("t"), "s": variable("s")}

    assert _same(r"f(t+s) = (t+s)^2 + 1", bound(lambda x: sum([x * x, 1.0]))) == "f"
    assert _same(r"f(t+s) = (t+s)^2", bound(lambda x: -scipy.optimize.minimize_scalar(lambda u: u * u - 2 * u * x).fun)) == ""


def test_a_definition_that_is_used_is_no_retyping() -> None:
    def bound() -> Bindings:
        return {"q": value(lambda t, s: math.fsum([1, -t * s**2])), "t": variable("t"), "s": variable("s")}

    assert _same(r"\frac{1-q^3}{s} = \frac{1-q^2}{s} + tsq^2", bound) == ""


def test_the_build_stops_and_names_the_line() -> None:
    text = WAVE
    places = tuple(Place(file="templates/t.tex.j2", line=7, column=1 + k) for k in range(len(text)))
    formula = Formula(macro="checked", name="own", text=text, place=places[0], places=places)
    found = finding_of(replace(CLAIM, bind=_bound(_looped, "s", "t")), formula, None)
    assert not found.passed
    said = (
        f"w is bound to tests/judging/test_retraced.py:{_looped.__code__.co_firstlineno}, which does with its numbers what the other side"
    )
    assert said in found.complaint


def _variance(p: float) -> float:
    """By its definition, over both outcomes."""
    return (1 - p) * p**2 + p * (1 - p) ** 2


@pytest.mark.parametrize(
    ("text", "compute", "road", "said"),
    [
        (r"v = p(1-p)", _variance, "", "say why this one is short by nature in road='…'"),
        (r"v = p(1-p)", _variance, "the definition, over both outcomes", ""),
        (r"v = e^{-p}", lambda p: float(scipy.integrate.quad(lambda u: math.exp(-u), p, 99)[0]), "a quadrature", "expected no road=…"),
        (r"v = p(1-p)", lambda p: p * (1 - p), "typed again", "whose source computes what the other side prints"),
    ],
)
def test_a_road_that_is_short_by_nature_says_so(text: str, compute: Any, road: str, said: str) -> None:
    claim = replace(CLAIM, domain={"p": closed(0.1, 0.9)}, bind=lambda: {"p": variable("p"), "v": value(compute)}, road=road)
    found = finding_of(claim, Formula(macro="checked", name="own", text=text, place=Place(file="t.tex.j2", line=7)), None)
    assert found.passed is (not said)
    assert said in found.complaint


@pytest.mark.parametrize(
    ("larger", "again"),
    [
        (_closure, True),
        (_by_table, True),
        (_looped, False),
        (_by_series, False),
        (lambda t, s: ((s + 1) ** 2 - 2 * s - 1) * math.exp(-2 * t), False),
    ],
)
def test_a_side_that_is_typed_again_is_found_and_one_that_is_derived_is_not(larger: Any, again: bool) -> None:
    claim = replace(CLAIM, bind=_bound(lambda t, s: 0.9 * _by_series(t, s), "s", "t"), sharp=(Derived(larger=value(larger)),))
    found = finding_of(claim, Formula(macro="checked", name="own", text=r"w \le s^2 e^{-2t}", place=Place(file="t.tex.j2", line=7)), None)
    assert ("is that formula, typed again" in found.complaint) is again
