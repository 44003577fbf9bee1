"""A strict sign in the place of another is refuted where the sides are known to meet, and told without a verdict elsewhere."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from judging.discs import CLAIM, TOUCHED, tallied

from hwgen.judging.mutation import CLOSE, tally
from hwgen.model import (
    Approx,
    Bindings,
    Binds,
    Claim,
    Derived,
    Formula,
    Place,
    Tally,
    Wrong,
    integers,
    value,
    variable,
)


def _strict(found: Tally) -> set[tuple[str, str]]:
    """The fate of each strict sign that is none, and where it is told."""
    return {(one.fate, one.at) for one in found.wrong if one.new.strip() in {"<", ">"}}


def test_a_strict_sign_in_place_of_an_equality_is_refuted_where_that_is_proved() -> None:
    assert _strict(tallied(r"A = \pi r^2", proof="elsewhere")) == {("refuted", "at every point, as its sides are proved to be equal")}
    assert _strict(tallied(r"A = \pi r^2")) == {("close", CLOSE)}


def test_a_proof_refutes_no_strict_sign_that_was_none_of_an_equality() -> None:
    derived = Derived(smaller=value(lambda r: math.pi * (r + r - 1)))
    (fate,) = _strict(tallied(r"A \ge 2\pi r-\pi", sharp=[derived], domain=TOUCHED, proof="elsewhere"))
    assert fate == ("close", CLOSE)


def test_a_strict_sign_is_refuted_where_its_inequality_is_said_to_bind() -> None:
    (fate,) = _strict(tallied(r"A \ge 2\pi r-\pi", sharp=[Binds(at={"r": 1.0})], domain=TOUCHED))
    assert fate == ("refuted", "at r = 1")


def test_a_strict_sign_between_numbers_without_an_error_is_refuted() -> None:
    counted = {"bind": lambda _: {"A": value(lambda r: Approx(value=float(len(range(r))), error=0.0)), "r": variable("r")}}
    found = tallied("A = r", domain={"r": integers(1, 9)}, exact="counted", **counted)
    assert {fate for fate, _ in _strict(found)} == {"refuted"}


def test_a_strict_sign_between_sides_that_are_equal_in_exact_arithmetic_is_refuted() -> None:
    """Of counted numbers; of others a float does not say whether they differ by less than it holds."""

    def subsets(problem: Any) -> Bindings:
        return {"N": value(lambda n: sum(1 for k in range(1 << n) if k % 2)), "n": variable("n")}

    counted = replace(CLAIM, domain={"n": integers(1, 8)}, bind=subsets, exact="subsets, counted", fixed=())
    signs = {one.new.strip(): (one.fate, one.sides) for one in _of_signs(counted, "N = 2^{n-1}")}
    assert signs == dict.fromkeys(("<", ">"), ("refuted", ("the same number, in exact arithmetic",) * 2))

    def length(problem: Any) -> Bindings:
        return {"N": value(lambda n: math.hypot(n, n)), "n": variable("n")}

    rounded = replace(counted, bind=length, exact="")
    assert {one.fate for one in _of_signs(rounded, r"N = \sqrt2n")} == {"close"}


def _of_signs(claim: Claim, text: str) -> list[Wrong]:
    found = tally(claim, Formula(macro="checked", name=claim.name, text=text, place=Place(file="t", line=1)), None)
    return [one for one in found.wrong if one.kind == "another relation" and one.new.strip() in {"<", ">"}]
