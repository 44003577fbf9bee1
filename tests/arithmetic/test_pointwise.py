"""Each operation on a batch is the operation of one point, at every point: the same value to rounding, and the same error bound."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest

from hwgen.arithmetic import pointwise
from hwgen.arithmetic.algebra import ShapeError
from hwgen.arithmetic.batch import Batch, Uneven, by_element, stacked
from hwgen.evidence.arrays import Arrays
from hwgen.evidence.floats import APPROX
from hwgen.model import Approx

NUMBERS = [-3.0, -1.0, -0.3, 0.0, 0.2, 1.0, 1.5, 4.0, 800.0, math.inf, math.nan]
ERRORS = [0.0, 1e-12, 1e-3]
SCALARS = [Approx(value=value, error=error) for value, error in itertools.product(NUMBERS, ERRORS)]
CIRCULAR = ["sin", "cos", "tan", "arcsin", "arccos", "arctan"]
HYPERBOLIC = ["sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh"]
FUNCTIONS = ["exp", "log", *CIRCULAR, *HYPERBOLIC, "erf", "erfc", "sign", "absolute", "floor", "ceil", "factorial"]


def arrays(shape: tuple[int, ...], seed: int, count: int = 6) -> list[Approx]:
    rng = np.random.default_rng(seed)
    return [Approx(value=rng.standard_normal(shape), error=ERRORS[number % 3]) for number in range(count)]


def agree(found: Batch, expected: Sequence[Approx]) -> None:
    full = Batch(np.broadcast_to(found.value, (len(expected), *found.shape)), np.broadcast_to(found.error, (len(expected),)))
    for one, other in zip(by_element(full), expected, strict=True):
        assert np.shape(one.value) == np.shape(other.value)
        np.testing.assert_allclose(one.value, other.value, rtol=1e-14, atol=1e-300)
        if np.all(np.isfinite(other.value)):
            # NumPy's powers and the C library's differ in the last bits on some machines, and so do bounds that are differences of them.
            ulps = 4 * np.finfo(float).eps * float(np.max(np.abs(other.value)))
            np.testing.assert_allclose(one.error, other.error, rtol=1e-3, atol=max(ulps, 1e-300))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_of_one_number(name: str) -> None:
    with np.errstate(all="ignore"):
        found = pointwise.elementary(name, [stacked(SCALARS, (len(SCALARS),))])
    agree(found, [APPROX.elementary(name, [one]) for one in SCALARS])


@pytest.mark.parametrize("symbol", [*"+-*/^", "root", "max", "min", "binom"])
def test_operations_of_two_numbers(symbol: str) -> None:
    pairs = list(itertools.product(SCALARS, SCALARS))
    given = [stacked([pair[side] for pair in pairs], (len(pairs),)) for side in (0, 1)]
    binary = symbol in pointwise.BINARY
    with np.errstate(all="ignore"):
        found = pointwise.BINARY[symbol](*given) if binary else pointwise.elementary(symbol, given)
        expected = [APPROX.operate(symbol, *pair) if binary else APPROX.elementary(symbol, pair) for pair in pairs]
    agree(found, expected)


@pytest.mark.parametrize(
    ("left", "right"), [((3,), (3,)), ((2, 3), (3,)), ((2, 3), (3, 2)), ((1, 3), (3,)), ((3,), (1, 3)), ((), (2, 2)), ((3,), ())]
)
def test_products_of_arrays(left: tuple[int, ...], right: tuple[int, ...]) -> None:
    pairs = list(zip(arrays(left, 1), arrays(right, 2), strict=True))
    given = [stacked([pair[side] for pair in pairs], (6,)) for side in (0, 1)]
    try:
        expected = [APPROX.operate("*", APPROX.of(one), APPROX.of(other)) for one, other in pairs]
    except ShapeError:
        with pytest.raises(ShapeError):
            pointwise.multiply(*given)
    else:
        agree(pointwise.multiply(*given), expected)


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        *(("norm", (3,)), ("norm_F", (2, 3)), ("norm_op", (2, 3)), ("det", (2, 2))),
        *(("transpose", (3,)), ("transpose", (1, 3)), ("transpose", (2, 3))),
    ],
)
def test_functions_of_one_array(name: str, shape: tuple[int, ...]) -> None:
    given = arrays(shape, 3)
    agree(pointwise.elementary(name, [stacked(given, (6,))]), [APPROX.elementary(name, [one]) for one in given])


def test_the_inner_product() -> None:
    pairs = list(zip(arrays((4,), 4), arrays((4,), 5), strict=True))
    given = [stacked([pair[side] for pair in pairs], (6,)) for side in (0, 1)]
    agree(pointwise.elementary("inner", given), [APPROX.elementary("inner", pair) for pair in pairs])


def test_shapes_that_do_not_match_are_refused() -> None:
    with pytest.raises(ShapeError, match="a sum of shapes"):
        pointwise.add(stacked(arrays((3,), 1), (6,)), stacked(arrays((2,), 1), (6,)))


def test_values_of_several_shapes_are_uneven_and_say_how() -> None:
    with pytest.raises(Uneven) as raised:
        stacked([*arrays((3,), 1, 2), *arrays((2,), 1, 1)], (3,))
    assert list(raised.value.labels) == [(3,), (3,), (2,)]


def test_a_result_is_computed_once_for_the_same_operands() -> None:
    algebra = Arrays(2)
    x, y = stacked(arrays((), 1, 2), (2,)), stacked(arrays((), 2, 2), (2,))
    kept = algebra.operate("+", x, y)
    with algebra.passing():
        assert algebra.operate("+", x, y) is kept
        passing = algebra.operate("*", x, y)
        assert algebra.operate("*", x, y) is passing
    assert algebra.operate("*", x, y) is not passing
