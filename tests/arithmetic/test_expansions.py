"""Taylor models beside an end and far out hold every value of what they stand for, and what cancels there cancels in them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import flint
import pytest

from hwgen.arithmetic import beside
from hwgen.arithmetic.balls import BALLS
from hwgen.arithmetic.powers import Unenclosed
from hwgen.arithmetic.spans import span_of

Body = Callable[[Any], Any]
ONE = flint.arb(1)
UNARY = ("exp", "log", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "erf", "square", "exp", "log")
NUMBERS = ("1", "2", "-1", "0.5", "3", "-2", "1.7")
EXPONENTS = ("-1", "3", "-2", "1.5", "0.5")


def drawn(depth: int, rng: random.Random) -> tuple[str, Body]:
    """An expression in u, printed, and as a function."""
    if depth == 0 or rng.random() < 0.12:
        number = rng.choice(NUMBERS)
        return ("u", lambda u: u) if rng.random() < 0.7 else (number, lambda u: flint.arb(number))
    if rng.random() < 0.4:
        sign, (text, f), (other, g) = rng.choice("+-*/"), drawn(depth - 1, rng), drawn(depth - 1, rng)
        return f"({text}{sign}{other})", lambda u: BALLS.operate(sign, f(u), g(u))
    text, f = drawn(depth - 1, rng)
    if rng.random() < 0.2:
        exponent = rng.choice(EXPONENTS)
        return f"({text})^{exponent}", lambda u: BALLS.operate("^", f(u), flint.arb(exponent))
    name = rng.choice(UNARY)
    return f"{name}({text})", lambda u: BALLS.elementary(name, [f(u)])


def places(rng: random.Random) -> tuple[Any, list[Any]]:
    """A span beside an end or far out, and numbers of it."""
    sign, end, low, width = rng.choice((1, -1)), rng.choice((0, 1, -1, 2, None)), rng.uniform(1, 30), rng.uniform(0.01, 4)
    exponents = (low, low + width) if end is None else (-2 * low - width, -2 * low)
    first, last = ((flint.arb(2) ** flint.arb(one)).mid() for one in exponents)
    inside = [first + (last - first) * flint.arb(rng.random()) for _ in range(3)]
    if end is None:
        return beside.far(sign, first, last), [sign * one for one in inside]
    return beside.near(flint.arb(end), sign, first, last), [end + sign * one for one in inside]


@pytest.mark.parametrize("seed", range(4))
def test_no_value_is_outside(seed: int) -> None:
    rng, known = random.Random(seed), 0
    with flint.ctx.workprec(192):
        for _ in range(250):
            text, body = drawn(rng.choice((1, 2, 3, 4)), rng)
            span, inside = places(rng)
            try:
                found = span_of(body(span))
            except Unenclosed:
                continue
            with flint.ctx.workprec(2000):
                for place in inside:
                    value = body(place)
                    if value.is_finite() and not (found.low.is_nan() or found.high.is_nan()):
                        known += 1
                        assert not value < found.low.lower(), f"{text} at {place}"
                        assert not value > found.high.upper(), f"{text} at {place}"
    assert known > 200


@pytest.mark.parametrize(
    ("body", "low", "high"),
    [
        (lambda u: BALLS.operate("-", BALLS.elementary("log", [ONE + BALLS.elementary("exp", [u])]), u), -1e-20, 1e-20),
        (lambda u: BALLS.elementary("root", [ONE + u * u, flint.arb(2)]) - u, 0, 1e-2),
        (lambda u: u / (ONE + u), 0.99, 1),
        (lambda u: BALLS.elementary("log", [ONE + u]) - BALLS.elementary("log", [u]), 0, 1e-2),
    ],
)
def test_what_cancels_far_out_cancels(body: Body, low: float, high: float) -> None:
    with flint.ctx.workprec(192):
        found = span_of(body(beside.far(1, flint.arb(100), flint.arb(400))))
    assert low <= float(found.low)
    assert float(found.high) <= high


def test_what_cancels_beside_an_end_cancels() -> None:
    with flint.ctx.workprec(192):
        place = beside.near(flint.arb(0), 1, flint.arb(2) ** -4000, flint.arb(2) ** -20)
        found = span_of(place / (BALLS.elementary("exp", [place]) - ONE))
    assert 1 - 1e-6 <= float(found.low) <= float(found.high) <= 1
