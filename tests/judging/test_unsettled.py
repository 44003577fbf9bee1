"""Wrong versions without a verdict: what is false all the same is refuted, and what no point can tell is counted apart."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from hwgen.arithmetic.rounding import UNDEFINED
from hwgen.judging.mutation import CLOSE, tally
from hwgen.judging.unlike import unlike
from hwgen.model import Approx, Bindings, Binds, Claim, Derived, Formula, Place, Wrong, closed, value, variable


def _wrong(text: str, bind: Any, **different: Any) -> list[Wrong]:
    declared: dict[str, Any] = {"domain": {"t": closed(0.2, 2.5)}, "identity": "trial", "points": 16} | different
    claim = Claim(name="trial", exercise="toy", sentence="", bind=bind, **declared)
    found = tally(claim, Formula(macro="checked", name="trial", text=text, place=Place(file="t", line=1)), None)
    return list(found.wrong)


def _one(found: list[Wrong], new: str, kind: str = "") -> Wrong:
    (one,) = (one for one in found if "".join(one.new.split()) == new and kind in one.kind)
    return one


def _hyperbola(problem: Any) -> Bindings:
    return {"w": value(lambda t: math.hypot(1.0, t)), "t": variable("t")}


@pytest.mark.parametrize("new", ["<", ">"])
def test_a_strict_sign_between_equal_sides_is_close(new: str) -> None:
    one = _one(_wrong(r"w = \sqrt{1+t^2}", _hyperbola), new)
    assert (one.fate, one.at) == ("close", CLOSE)


def test_a_strict_sign_of_the_other_order_is_not_close_but_refuted() -> None:
    found = _wrong(r"w \le 1+t", _hyperbola, sharp=(Derived(larger=value(lambda t: float(np.linalg.norm([1.0, t], 1)))),))
    assert _one(found, r"\ge").fate == "refuted"
    assert {one.fate for one in found if one.new.strip() == "<"} <= {"same", "survived"}


def _defined(problem: Any) -> Bindings:
    return {"w": value(lambda t: math.exp(0.5 * math.log(3.0 - t))), "t": variable("t")}


def test_a_side_that_has_no_value_where_the_page_promises_one_is_refuted() -> None:
    found = _wrong(r"w = \sqrt{3-t}", _defined)
    turned = _one(found, "t-3")
    assert turned.fate == "refuted"
    assert turned.sides[1] == "no value"
    assert turned.at.startswith("at t = ")


def test_an_oracle_without_a_value_refutes_nothing() -> None:
    def bind(problem: Any) -> Bindings:
        return {"w": value(lambda t: math.hypot(1.0, t)), "v": value(lambda t: UNDEFINED), "t": variable("t")}

    found = _wrong(r"w = \sqrt{1+t^2} + 0v", bind)
    assert {one.fate for one in found} <= {"stopped", "unreadable", "refuted", "survived", "same"}
    assert not any("no value" in one.sides for one in found)


def test_an_extremum_over_no_number_is_refuted() -> None:
    def bind(problem: Any) -> Bindings:
        return {"w": value(lambda t: float(np.max(np.linspace(-t, t, 401) ** 2))), "t": variable("t")}

    found = _wrong(r"w = \sup_{|u|\le t}u^2", bind)
    assert _one(found, r"\le-").fate == "refuted"


def _lost(text: str, *sharp: Derived) -> Wrong:
    """What becomes of a chain of two inequalities without its first sign."""
    found = _wrong(text, _hyperbola, sharp=sharp)
    return next(one for one in found if text[one.low : one.high].strip() == r"\le" and not one.new.strip())


def test_a_lost_relation_is_refuted_whichever_declaration_is_lost_with_it() -> None:
    first, second = (Derived(smaller=value(lambda t, k=k: math.sqrt(k * k + t * t))) for k in (0, 1))
    larger = Derived(larger=value(lambda t: 2 * (1 + math.sqrt(t * t))))
    assert _lost(r"t \le w \le 2(1+t)", first, second).fate == "refuted"
    # Of the product that is left, only what it is less than was declared, and that is so.
    kept = _lost(r"t \le w \le 2(1+t)", first, larger)
    assert (kept.fate, kept.at) == ("stopped", "another sign, of which no sharpness is declared")


LARGE = Approx(value=np.array([[2.0, 0.0], [0.0, 5.0]]), error=1e-12)


@pytest.mark.parametrize(
    ("symbol", "number", "expected"),
    [
        (r"\ge", 1.0, False),  # so are its quadratic forms
        (r"\ge", -1.0, False),
        (r"\ge", 3.0, True),
        (r"\le", 6.0, False),
        (r"\le", 4.0, True),
        ("<", 4.0, True),
    ],
)
def test_a_number_beside_a_matrix_is_nonsense_only_if_no_reading_holds(symbol: str, number: float, expected: bool) -> None:
    assert unlike(symbol, LARGE, Approx(value=number, error=0.0)) is expected


def test_a_bound_that_is_said_to_bind_refutes_the_strict_sign() -> None:
    found = _wrong(r"w \le 1+t", _hyperbola, sharp=(Binds(at={"t": 0.0}),), domain={"t": closed(0, 2.5)})
    assert _one(found, "<").fate == "refuted"


def _least_squares(problem: Any) -> Bindings:
    def rows(t: float) -> np.ndarray:
        return np.array([[1.0, t, 0.0], [0.0, 1.0, t]])

    return {
        "A": value(rows),
        "b": value(lambda: np.array([1.0, 2.0])),
        "x": value(lambda t: np.linalg.lstsq(rows(t), np.array([1.0, 2.0]), rcond=None)[0]),
    }


def test_an_inverse_that_there_is_not_is_no_error_of_the_check() -> None:
    """No number of digits tells a matrix without an inverse from one that has a large one."""
    (one,) = (one for one in _wrong(r"x = A^\top(AA^\top)^{-1}b", _least_squares) if one.kind == "factors exchanged")
    assert (one.new.strip(), one.fate, one.at) == (r"A^\top A", "stopped", "a side has no finite value")
