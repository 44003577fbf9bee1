"""What an oracle returns is taken as it is, or named with its symbol and its function: never a part of it, never text for a number."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np
import pytest

from hwgen.evidence.scope import scope_at
from hwgen.evidence.unfit import UnfitError, real
from hwgen.model import Approx, expectation, function, probability, value
from hwgen.model.bindings import Bound
from hwgen.model.errors import ContentError


def oracle(result: Any) -> Any:
    return result


@pytest.mark.parametrize(
    "result", [1.0, 2, np.int64(3), Fraction(1, 3), [1, 2.5], np.eye(2), [[1, 2], [3, 4]], Approx(value=[1.0], error=0.1)]
)
def test_real_numbers_and_arrays_of_them_are_taken(result: Any) -> None:
    assert real("p", oracle, result) is result


@pytest.mark.parametrize(
    ("result", "said"),
    [
        (None, "None; expected a number (is its return missing?)"),
        (1j, "1j (complex); expected a real number"),
        (np.complex128(1 + 0j), "expected a real number (.real, where it is known to be one)"),
        (np.array([1.0, 1j]), "expected a real number (.real, where it is known to be one)"),
        (np.array([Fraction(1), 1j], dtype=object), "expected a real number (.real"),
        (Approx(value=1j, error=0.0), "1j (complex); expected a real number"),
        ("1.5", "'1.5' (str); expected a real number, or an array of them"),
        ([1.0, "2"], "[1.0, '2'] (list); expected a real number, or an array of them"),
        ([1.0, None], "[1.0, None] (list); expected a real number, or an array of them"),
        ({"p": 1.0}, "{'p': 1.0} (dict); expected a real number"),
        ([[1], [1, 2]], "[[1], [1, 2]] (list); expected a real number, or an array of them with rows of one length"),
        (np.datetime64("2025-01-01"), "expected a real number, or an array of them"),
    ],
)
def test_anything_else_is_named_with_its_symbol_and_its_function(result: Any, said: str) -> None:
    with pytest.raises(UnfitError) as caught:
        real("p", partial(oracle), result)
    assert str(caught.value).startswith("what computes p returns ")
    assert said in str(caught.value)
    assert caught.value.function is oracle


def test_each_kind_of_binding_names_its_symbol() -> None:
    bindings = {
        "v": value(lambda: None),
        "f": function(lambda x: None),
        "E": expectation(lambda: ([0.5, 0.5], [1j, 2.0]), "Z"),
        "P": expectation(lambda: None, "Z"),
    }
    scope = scope_at(bindings, {})
    with pytest.raises(UnfitError, match="what computes v returns None"):
        scope.value("v")
    with pytest.raises(UnfitError, match="what computes f returns None"):
        scope.call("f", 0, (Approx(value=1.0, error=0.0),))
    with pytest.raises(UnfitError, match=r"what computes E returns \[1j, 2.0\]"):
        scope.law("E", frozenset("Z"))
    with pytest.raises(UnfitError, match=r"what computes P returns None .*; expected its weights, and the values of Z"):
        scope.law("P", frozenset("Z"))


def test_a_symbol_that_is_not_bound_is_a_message() -> None:
    with pytest.raises(ContentError, match=r"'kapa' is not bound in claim area; bound are 'kappa', 'r'. Did you mean 'kappa'\?"):
        Bound("area", {"kappa": value(abs), "r": value(abs)})["kapa"]


@pytest.mark.parametrize(
    ("make", "weights", "said"),
    [
        (probability, [0.25, 0.25], "weights that add up to 0.5; expected those of a law, which add up to 1"),
        (expectation, [0.5, 0.5, 0.25], "weights that add up to 1.25"),
        (probability, [1.5, -0.5], "the weight -0.5; expected probabilities, none of them negative"),
    ],
)
def test_what_is_no_law_is_named(make: Any, weights: list[float], said: str) -> None:
    """Of half a law every probability is half of what it is, and a printed half would pass."""
    scope = scope_at(Bound("trial", {"P": make(lambda: (weights, range(len(weights))), "Z")}), {})
    with pytest.raises(UnfitError, match=re.escape(f"what computes P returns {said}")):
        scope.law("P", frozenset({"Z"}))


def test_a_rule_for_means_may_have_negative_weights() -> None:
    scope = scope_at(Bound("trial", {"E": expectation(lambda: ([1.5, -0.5], [1.0, 2.0]), "Z")}), {})
    assert scope.law("E", frozenset({"Z"}))[0].tolist() == [1.5, -0.5]
