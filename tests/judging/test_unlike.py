"""Values of different forms: nonsense to a reader, unless a number stands for an array that makes the relation true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from hwgen.judging.unlike import unlike
from hwgen.model import Approx

TWOS, IDENTITY = np.array([2.0, 2.0]), 3 * np.eye(2)


def _known(value: Any, error: float = 0.0) -> Approx:
    return Approx(value=value, error=error)


@pytest.mark.parametrize(
    ("left", "symbol", "right"),
    [
        (np.array([1.0, 2.0]), "=", 1.0),
        (1.0, "=", np.array([1.0, 2.0])),
        (np.array([1.0, 2.0]), "=", 0.0),
        (np.array([1.0, 3.0]), r"\le", 2.0),
        (2.0, r"\ge", np.array([1.0, 3.0])),
        (np.ones((2, 2)), "=", 3.0),
        (np.array([1.0, 2.0]), "=", np.array([1.0, 2.0, 3.0])),
        (np.array([1.0, 2.0]), "=", IDENTITY),
    ],
)
def test_what_has_no_common_form_is_nonsense(left: Any, symbol: str, right: Any) -> None:
    assert unlike(symbol, _known(left), _known(right))


@pytest.mark.parametrize(
    ("left", "symbol", "right"),
    [
        (np.zeros(2), "=", 0.0),
        (TWOS, "=", 2.0),
        (TWOS, r"\le", 3.0),
        (3.0, ">", TWOS),
        (IDENTITY, "=", 3.0),
        (np.array([[2.0, -1.0], [-1.0, 2.0]]), r"\ge", 0.5),
        (np.array([[1.0, 2.0]]), "=", np.array([1.0, 2.0])),
        (np.array([1.0]), "=", 2.0),
    ],
)
def test_a_number_that_a_reader_may_take_for_an_array_is_not(left: Any, symbol: str, right: Any) -> None:
    assert not unlike(symbol, _known(left), _known(right))


def test_what_is_known_too_badly_is_not_called_nonsense() -> None:
    assert not unlike("=", _known(np.array([1.0, 2.0]), error=2.0), _known(1.0))
    assert not unlike("=", _known(np.array([1.0, 2.0]), error=float("nan")), _known(1.0))
