r"""Taylor models beside an end of an interval, or far out: e^{p(1/v)} (l log v + v^k (c_0 + c_1 v + … + R v^m)) for small v > 0.

v is the distance from the end, or one over that from zero. What cancels there cancels here: R alone is an interval.
Nothing here knows formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

import flint

from hwgen.arithmetic import spans
from hwgen.arithmetic.spans import ZERO, Span, span_of

Ball = Any  # flint.arb
ORDER = 5
NOTHING = Span(ZERO, ZERO)
MOST = 64  # powers of v from each other, and whole exponents that are multiplied out


class Lost(Exception):
    """An operation after which no expansion is known."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expansion:
    """`terms`: c_0, c_1, …, as balls; `grown`: the coefficients of v^-1, v^-2, … in the exponent; `log`: l, which needs no exponent."""

    v: Span
    power: int = 0
    terms: tuple[Ball, ...] = ()
    rest: Span = NOTHING
    grown: tuple[Ball, ...] = ()
    log: Ball = ZERO

    def range(self) -> Span:
        """All values over the span."""
        found = _horner(self.terms, self.rest, self.v) * _to_the(self.v, self.power)
        if self.grown:
            found = found * _exp(_growth(self.grown, self.v))
        return found if _is(self.log, 0) else found + self.log * spans.function("log", self.v, lambda x: x.log())


def constant(value: Ball, v: Span) -> Expansion:
    """A number, or a ball that holds one."""
    return Expansion(v=v, terms=(value, *[ZERO] * (ORDER - 1)))


def affine(at: Ball, slope: Ball, power: int, v: Span) -> Expansion:
    """at + slope v^power, the power being 1 or -1."""
    if power == 1:
        return _led(Expansion(v=v, terms=(at, slope, *[ZERO] * (ORDER - 2))))
    return Expansion(v=v, power=-1, terms=(slope, at, *[ZERO] * (ORDER - 2)))


def negative(x: Expansion) -> Expansion:
    return replace(x, terms=tuple(-one for one in x.terms), rest=-x.rest, log=-x.log)


def added(x: Expansion, y: Expansion) -> Expansion:
    """x + y: of two that grow differently one is a part of the other's rest."""
    difference = [_minus(one, other) for one, other in zip_longest(x.grown, y.grown, fillvalue=ZERO)]
    if any(not _is(one, 0) for one in difference):
        growth = _growth(difference, x.v)
        if growth.low > 0:
            return _beside(x, y, growth)
        if growth.high < 0:
            return _beside(y, x, -growth)
        raise Lost
    power = min(x.power, y.power)
    count = min(x.power + len(x.terms), y.power + len(y.terms)) - power
    if max(x.power, y.power) - power > MOST:
        raise Lost
    first, other = (_cut(_shifted(one, power), count) for one in (x, y))
    terms = tuple(one + another for one, another in zip(first.terms, other.terms, strict=True))
    return _led(replace(first, terms=terms, rest=first.rest + other.rest, log=x.log + y.log))


def _beside(large: Expansion, small: Expansion, growth: Span) -> Expansion:
    """What grows less by e to the minus `growth` goes into the rest."""
    if not (_is(large.log, 0) and _is(small.log, 0)):
        raise Lost
    height = _horner(small.terms, small.rest, small.v) * _to_the(small.v, small.power - large.power - len(large.terms))
    return replace(large, rest=large.rest + height * _exp(-growth))


def multiplied(x: Expansion, y: Expansion) -> Expansion:
    for one, other in ((x, y), (y, x)):
        if not _is(one.log, 0):
            scale = _number(other)
            return replace(one, terms=tuple(scale * term for term in one.terms), rest=one.rest * scale, log=scale * one.log)
    count = min(len(x.terms), len(y.terms))
    product = _convolved(x.terms, y.terms)
    rest = _horner(product[count:], NOTHING, x.v)
    rest = rest + x.rest * _to_the(x.v, len(x.terms) - count) * _horner(y.terms, y.rest, y.v)
    rest = rest + y.rest * _to_the(y.v, len(y.terms) - count) * _horner(x.terms, NOTHING, x.v)
    grown = tuple(one + other for one, other in zip_longest(x.grown, y.grown, fillvalue=ZERO))
    return _led(Expansion(v=x.v, power=x.power + y.power, terms=tuple(product[:count]), rest=rest, grown=_kept(grown)))


def _number(x: Expansion) -> Ball:
    """The number that an expansion is. Raises Lost for what varies."""
    varies = x.grown or x.power or not x.terms or not _nothing(x.rest) or any(not _is(one, 0) for one in (*x.terms[1:], x.log))
    if varies:
        raise Lost
    return x.terms[0]


def inverse(x: Expansion) -> Expansion:
    """1/x, whose first term is not 0."""
    if not x.terms or not (x.terms[0] > 0 or x.terms[0] < 0) or not _is(x.log, 0):
        raise Lost
    count = len(x.terms)
    found: list[Ball] = [1 / x.terms[0]]
    for place in range(1, count):
        found.append(-sum((x.terms[k] * found[place - k] for k in range(1, place + 1)), ZERO) / x.terms[0])
    # x times this is 1 plus what the rest says.
    over = _horner(_convolved(x.terms, found)[count:], NOTHING, x.v) + x.rest * _horner(found, NOTHING, x.v)
    rest = -over / _horner(x.terms, x.rest, x.v)
    return Expansion(v=x.v, power=-x.power, terms=tuple(found), rest=rest, grown=tuple(-one for one in x.grown))


def to_the(x: Expansion, y: Ball) -> Expansion:
    """x to a constant power: by products where it is whole, else of a positive first term."""
    if y.is_exact() and y.is_integer() and abs(y) <= MOST:
        count = int(y.unique_fmpz())
        found = constant(flint.arb(1), x.v)
        for _ in range(abs(count)):
            found = multiplied(found, x)
        return inverse(found) if count < 0 else found
    power = x.power * y
    if not x.terms or not x.terms[0] > 0 or not _is(x.log, 0) or not (power.is_exact() and power.is_integer()):
        raise Lost
    inside = composed(replace(x, power=0, grown=()), lambda s: (s.log() * y).exp())
    return replace(inside, power=int(power.unique_fmpz()) + inside.power, grown=_kept(tuple(one * y for one in x.grown)))


def exponential(x: Expansion) -> Expansion:
    """e^x: terms that grow stand in the exponent."""
    whole = x.log.is_exact() and x.log.is_integer() and abs(x.log) <= MOST
    if x.grown or not whole or -x.power > len(x.terms):
        raise Lost
    polar = max(-x.power, 0)
    bounded = replace(x, power=max(x.power, 0), terms=x.terms[polar:], log=ZERO)
    found = composed(bounded, lambda s: s.exp())
    return replace(found, power=found.power + int(x.log.unique_fmpz()), grown=_kept(tuple(reversed(x.terms[:polar]))))


def logarithm(x: Expansion) -> Expansion:
    if not x.terms or not x.terms[0] > 0 or not _is(x.log, 0):
        raise Lost
    found = composed(replace(x, power=0, grown=()), lambda s: s.log())
    if x.grown:
        terms = (*reversed(x.grown), *[ZERO] * ORDER)
        found = added(_led(Expansion(v=x.v, power=-len(x.grown), terms=terms)), found)
    return replace(found, log=found.log + x.power)


def composed(x: Expansion, function: Callable[[Any], Any]) -> Expansion:
    """An analytic function of an expansion without terms that grow, by its own Taylor polynomial."""
    if x.power < 0 or x.grown or not _is(x.log, 0):
        raise Lost
    x = _shifted(x, 0)
    if not x.terms:
        raise Lost
    count, at = len(x.terms), x.terms[0]
    reached = _horner(x.terms, x.rest, x.v)
    around = flint.arb.union(at, flint.arb.union(reached.low, reached.high))
    if not around.is_finite():
        raise Lost
    known = _coefficients(function, at, count)
    last = _coefficients(function, around, count + 1)[count]
    step = _horner(x.terms[1:], x.rest, x.v)  # of (x - at)/v
    inside = replace(x, terms=(ZERO, *x.terms[1:]))
    found = constant(known[-1], x.v)
    for one in reversed(known[:-1]):
        found = added(_shifted(multiplied(found, inside), 0), constant(one, x.v))
    found = _cut(_shifted(found, 0), count)
    left = span_of(last) * _to_the(step, count) * _to_the(x.v, count - len(found.terms))
    return _led(replace(found, rest=found.rest + left))


def _coefficients(function: Callable[[Any], Any], at: Ball, count: int) -> list[Ball]:
    try:
        series = function(flint.arb_series([at, 1], count))
    except (ValueError, ZeroDivisionError, NotImplementedError):
        raise Lost from None
    return [flint.arb(series[place]) for place in range(count)]


SERIES: Mapping[str, Callable[[Any], Any]] = {
    "sin": lambda s: s.sin(),
    "cos": lambda s: s.cos(),
    "tan": lambda s: s.tan(),
    "arcsin": lambda s: s.asin(),
    "arccos": lambda s: s.acos(),
    "arctan": lambda s: s.atan(),
    "erf": lambda s: s.erf(),
    "erfc": lambda s: s.erfc(),
    "sinh": lambda s: (s.exp() - (-s).exp()) / 2,
    "cosh": lambda s: (s.exp() + (-s).exp()) / 2,
}


def function(name: str, x: Expansion) -> Expansion:
    """A function by name. Raises Lost where no expansion is known."""
    if name in {"exp", "log"}:
        return exponential(x) if name == "exp" else logarithm(x)
    one, two = (constant(flint.arb(number), x.v) for number in (1, 2))
    if name == "tanh":
        return added(one, negative(multiplied(two, inverse(added(exponential(multiplied(two, x)), one)))))
    if name in {"sinh", "cosh"} and x.power < 0:
        rising, falling = exponential(x), exponential(negative(x))
        return multiplied(constant(flint.arb("0.5"), x.v), added(rising, falling if name == "cosh" else negative(falling)))
    if name == "arctan" and x.power < 0 and x.terms:
        turned = composed(inverse(x), SERIES[name])
        quarter = flint.arb.pi() / 2 if x.terms[0] > 0 else -flint.arb.pi() / 2
        return added(constant(quarter, x.v), negative(turned))
    if name not in SERIES:
        raise Lost
    return composed(x, SERIES[name])


# --- polynomials ---


def _horner(terms: Sequence[Ball], rest: Span, v: Span) -> Span:
    found = rest
    for one in reversed(terms):
        found = found * v + one
    return found


def _convolved(x: Sequence[Ball], y: Sequence[Ball]) -> list[Ball]:
    found: list[Ball] = [ZERO] * max(len(x) + len(y) - 1, 0)
    for i, one in enumerate(x):
        for j, other in enumerate(y):
            if not (_is(one, 0) or _is(other, 0)):
                found[i + j] = found[i + j] + one * other
    return found


def _shifted(x: Expansion, power: int) -> Expansion:
    """The same with terms from a lower power on."""
    return replace(x, power=power, terms=(*[ZERO] * (x.power - power), *x.terms))


def _cut(x: Expansion, count: int) -> Expansion:
    """The same with so many terms, the others in its rest."""
    return replace(x, terms=x.terms[:count], rest=_horner(x.terms[count:], x.rest, x.v))


def _led(x: Expansion) -> Expansion:
    """The same without leading terms that are exactly nothing."""
    start = next((place for place, one in enumerate(x.terms) if not _is(one, 0)), len(x.terms))
    if start == len(x.terms) and _nothing(x.rest):
        return x
    return replace(x, power=x.power + start, terms=x.terms[start:])


def _kept(grown: tuple[Ball, ...]) -> tuple[Ball, ...]:
    while grown and _is(grown[-1], 0):
        grown = grown[:-1]
    return grown


def _growth(grown: Sequence[Ball], v: Span) -> Span:
    """The exponent: c_1/v + c_2/v^2 + …"""
    return _horner((ZERO, *grown), NOTHING, flint.arb(1) / v)


def _exp(x: Span) -> Span:
    return spans.function("exp", x, lambda y: y.exp())


def _to_the(v: Span, power: int) -> Span:
    return span_of(flint.arb(1)) if power == 0 else spans.power(v, flint.arb(power), lambda b, y: b ** int(y.unique_fmpz()))


def _minus(x: Ball, y: Ball) -> Ball:
    return ZERO if x is y else x - y


def _is(x: Ball, number: int) -> bool:
    return bool(x.is_exact() and x == number)


def _nothing(rest: Span) -> bool:
    return _is(rest.low, 0) and _is(rest.high, 0)
