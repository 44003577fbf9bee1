"""What is bound to a prime is the derivative of what is bound to the function, or the claim falls short at the line of the one."""

from __future__ import annotations

import math
from typing import Any

import pytest

from hwgen.judging.claim import finding_of
from hwgen.model import Bindings, Claim, Formula, Place, closed, function, variable


def _stated(text: str, *functions: Any, **different: Any) -> str:
    """The complaint of a claim whose f has these derivatives."""

    def bind(problem: Any) -> Bindings:
        return {"f": function(*functions, **different), "t": variable("t")}

    claim = Claim(name="trial", exercise="toy", sentence="", domain={"t": closed(-2, 3)}, bind=bind, identity="trial", points=20)
    return finding_of(claim, Formula(macro="checked", name="trial", text=text, place=Place(file="t", line=1)), None).complaint


def twice(t: float) -> float:
    """The cosine of 2t, by its series."""
    return math.fsum((-1.0) ** k * (2 * t) ** (2 * k) / math.factorial(2 * k) for k in range(40))


def test_a_prime_that_stands_for_another_function_is_told_with_its_line() -> None:
    """The page says of a sine that its derivative is the cosine of twice the angle: each side is right, but for what a prime means."""
    said = _stated(r"f'(t) = \cos(2t)", math.sin, twice)
    assert "f', at tests/judging/test_primes.py:" in said
    assert "is not the derivative of f" in said


def test_a_second_prime_is_asked_of_the_first() -> None:
    assert "f'', at" in _stated(r"f''(t) = \cos(2t)", lambda t: -math.cos(t), math.sin, twice)
    assert "is not the derivative of f'" in _stated(r"f''(t) = \cos(2t)", lambda t: -math.cos(t), math.sin, twice)


@pytest.mark.parametrize(
    ("text", "functions"),
    [
        (r"f'(t) = \cos(2t)", (lambda t: math.sin(t) * math.cos(t), twice)),
        (r"f'(t) = \mathbf{1}\{t>0\}", (lambda t: max(t, 0.0), lambda t: 1.0 if t > 0 else 0.0)),
        (r"f'(t) = 0", (lambda t: 1e6 + 0 * t, lambda t: 0.0 * math.exp(t))),
    ],
)
def test_a_derivative_is_one_beside_kinks_and_where_it_vanishes_too(text: str, functions: Any) -> None:
    assert "not the derivative" not in _stated(text, *functions)
