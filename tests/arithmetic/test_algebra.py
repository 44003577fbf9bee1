"""The running error bound: it contains the true error, is not idle, and shapes match exactly."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.floats import APPROX
from hwgen.model import Approx

DIGITS = 50
NUMBERS = st.floats(min_value=-30, max_value=30).filter(lambda x: x == 0 or abs(x) > 1e-6)
POWERS = st.sampled_from(["-3", "-1", "2", "3", "0.5", "1.5"])
FUNCTIONS = [
    *("exp", "log", "sin", "cos", "tan", "arctan", "arcsin", "arccos", "sinh", "cosh", "tanh"),
    *("arcsinh", "arccosh", "arctanh", "erf", "erfc"),
]
EXACT = {name: name.replace("arc", "a") for name in FUNCTIONS if name.startswith("arc")}
OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda x, y: x + y,
    "-": lambda x, y: x - y,
    "*": lambda x, y: x * y,
    "/": lambda x, y: x / y,
}
Tree = tuple[Any, ...]


def trees() -> st.SearchStrategy[Tree]:
    """Expressions of numbers, operations, powers, roots and functions."""
    return st.recursive(
        st.tuples(st.just("number"), NUMBERS),
        lambda below: st.one_of(
            st.tuples(st.sampled_from(sorted(OPERATIONS)), below, below),
            st.tuples(st.sampled_from(FUNCTIONS), below),
            st.tuples(st.just("^"), below, POWERS),
            st.tuples(st.sampled_from(["root", "absolute"]), below),
        ),
        max_leaves=8,
    )


def approximate(tree: Tree) -> Approx:
    kind, *parts = tree
    if kind == "number":
        return APPROX.of(parts[0])
    if kind == "^":
        return APPROX.operate("^", approximate(parts[0]), APPROX.of(float(parts[1])))
    if kind == "root":
        return APPROX.elementary("root", [approximate(parts[0]), APPROX.of(2.0)])
    if kind in OPERATIONS:
        return APPROX.operate(kind, approximate(parts[0]), approximate(parts[1]))
    return APPROX.elementary(kind, [approximate(parts[0])])


def exact(tree: Tree) -> Any:
    kind, *parts = tree
    if kind == "number":
        return mpmath.mpf(parts[0])
    if kind == "^":
        return exact(parts[0]) ** mpmath.mpf(parts[1])
    if kind == "root":
        return mpmath.sqrt(exact(parts[0]))
    if kind == "absolute":
        return abs(exact(parts[0]))
    if kind in OPERATIONS:
        return OPERATIONS[kind](exact(parts[0]), exact(parts[1]))
    return getattr(mpmath, EXACT.get(kind, kind))(exact(parts[0]))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(trees())
def test_the_running_bound_contains_the_true_error(tree: Tree) -> None:
    found = approximate(tree)
    if not (math.isfinite(found.value) and math.isfinite(found.error)):
        return
    with mpmath.workdps(DIGITS):
        try:
            true = exact(tree)
        except (ZeroDivisionError, OverflowError, ValueError):
            return
        if isinstance(true, mpmath.mpc):  # outside of the real domain by rounding only
            true = true.real if abs(true.imag) < 1e-30 else mpmath.mpf(found.value)
        assert abs(true - mpmath.mpf(found.value)) <= found.error


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_uncertain_argument_is_carried_through(name: str) -> None:
    middle, error = {"arccosh": (1.5, 0.01), "arccos": (0.97, 0.02), "arcsin": (-0.97, 0.02), "log": (0.3, 0.01)}.get(name, (0.4, 0.01))
    found = APPROX.elementary(name, [Approx(value=middle, error=error)])
    for step in np.linspace(-error, error, 21):
        assert abs(float(getattr(mpmath, EXACT.get(name, name))(middle + step)) - found.value) <= found.error


def test_the_bound_is_no_wider_than_it_need_be() -> None:
    x = APPROX.elementary("exp", [APPROX.of(3.0)])
    found = APPROX.operate("/", APPROX.operate("*", x, x), APPROX.operate("+", x, APPROX.number("1")))
    assert found.error < 20 * 2.0**-52 * found.value


def test_an_argument_outside_of_the_domain_by_its_error_is_moved_to_the_boundary() -> None:
    found = APPROX.elementary("arccos", [Approx(value=1 + 1e-15, error=1e-14)])
    assert found.value == 0
    assert 1e-7 < found.error < 1e-6


@pytest.mark.parametrize(
    "undefined",
    [
        lambda: APPROX.operate("/", APPROX.number("1"), APPROX.of(0.0)),
        lambda: APPROX.elementary("log", [APPROX.of(-1.0)]),
        lambda: APPROX.elementary("arccos", [APPROX.of(2.0)]),
        lambda: APPROX.elementary("root", [APPROX.of(-2.0), APPROX.of(2.0)]),
        lambda: APPROX.operate("^", APPROX.of(-2.0), APPROX.number("0.5")),
        lambda: APPROX.operate("^", APPROX.of(0.0), APPROX.of(-1.0)),
        lambda: APPROX.elementary("norm_op", [APPROX.of(np.full((2, 2), math.nan))]),
        lambda: APPROX.elementary("max", [APPROX.of(1.0), APPROX.of(math.nan)]),
        lambda: APPROX.elementary("binom", [APPROX.of(2.5), APPROX.of(1.0)]),
    ],
)
def test_what_is_not_defined_is_nan(undefined: Callable[[], Approx]) -> None:
    assert math.isnan(undefined().value)


def test_a_quotient_by_what_may_be_zero_has_no_finite_bound() -> None:
    assert not math.isfinite(APPROX.operate("/", APPROX.number("1"), Approx(value=1e-9, error=1e-8)).error)


VECTOR, OTHER = APPROX.of(np.array([1.0, -2.0, 2.0])), APPROX.of(np.array([1.0, 5.0]))
MATRIX, NUMBER = APPROX.of(np.arange(6.0).reshape(3, 2)), APPROX.number("2")


@pytest.mark.parametrize(
    ("misfit", "said"),
    [
        (lambda: APPROX.operate("+", VECTOR, NUMBER), "a sum of shapes"),
        (lambda: APPROX.operate("+", VECTOR, OTHER), "a sum of shapes"),
        (lambda: APPROX.operate("-", VECTOR, APPROX.elementary("transpose", [VECTOR])), "a sum of shapes"),
        (lambda: APPROX.operate("*", VECTOR, VECTOR), "inner dimensions"),
        (lambda: APPROX.operate("*", MATRIX, VECTOR), "inner dimensions"),
        (lambda: APPROX.operate("/", NUMBER, VECTOR), "a division by an array"),
        (lambda: APPROX.operate("^", MATRIX, NUMBER), "a power of an array"),
        (lambda: APPROX.elementary("log", [VECTOR]), "log of an array"),
        (lambda: APPROX.elementary("norm", [MATRIX]), "Euclidean norm"),
        (lambda: APPROX.elementary("norm", [NUMBER]), "Euclidean norm"),
        (lambda: APPROX.elementary("inner", [VECTOR, OTHER]), "inner product"),
        (lambda: APPROX.elementary("transpose", [NUMBER]), "transpose of a number"),
        (lambda: APPROX.matrix([[VECTOR]]), "matrix entry of an array"),
    ],
)
def test_nothing_is_broadcast(misfit: Callable[[], Any], said: str) -> None:
    with pytest.raises(ShapeError, match=said):
        misfit()


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("a sum of shapes () and (2,)", "'x' is a sum of shapes () and (2,)"),
        ("varies with u faster than samples show", "'x' varies with u faster than samples show"),
        ("takes more than 40000 steps", "'x' takes more than 40000 steps"),
        ("may have more extrema", "'x' may have more extrema"),
        ("the index i indexes no array", "'x': the index i indexes no array"),
        ("none of the cases holds here", "'x': none of the cases holds here"),
        ("not enclosed", "'x' is not enclosed"),
    ],
)
def test_a_message_of_a_printed_part_is_a_sentence(message: str, said: str) -> None:
    assert ShapeError(message).of("x") == said


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("a sum of shapes (2,) and (); expected equal shapes", "'x' is a sum of shapes"),
        ("a norm with a matrix that is not symmetric", "'x' is a norm with a matrix that is not"),
        ("takes too many steps", "'x' takes too many steps"),
        ("a has shape (2,); its index [0] is outside", "'x': a has shape"),
        ("an index is a whole number; found 0.5", "'x': an index is"),
        ("a whole number is needed here; found 0.5", "'x': a whole number is needed"),
        ("not enclosed, and samples may miss what lies between them", "'x' is not enclosed"),
    ],
)
def test_what_is_said_of_a_part_is_a_sentence(message: str, said: str) -> None:
    assert ShapeError(message).of("x").startswith(said)
