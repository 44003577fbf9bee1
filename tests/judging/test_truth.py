"""What becomes of a claim at many points at once is what becomes of it at each."""

from __future__ import annotations

import math

import pytest

from hwgen.authors import Binding, function, value, variable
from hwgen.judging.conditions import stand
from hwgen.judging.truth import Truth, truth_at, truths_at
from hwgen.model import Formula, Place
from hwgen.reading import read, vocabulary

NUMBERS = (-1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 7.0)


def _raising(x: float) -> float:
    if x > 5:
        raise ValueError("no oracle there")
    return x


SYMBOLS: dict[str, Binding] = {"x": variable("x"), "y": value(_raising), "f": function(lambda t: math.sqrt(t) if t <= 2 else math.nan)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x^2 > x", "HMFMHHH"),
        ("x = y", "HHHHHHU"),
        (r"\log x \le x", "NNHHHHH"),
        ("x^2 + 1 > 2x", "HHHMHHH"),
        ("f(x) < 3", "UHHHHNN"),
        ("x < y + 1 < 2", "HHHMFFU"),
    ],
)
def test_all_points_at_once_say_what_each_of_them_says(text: str, said: str) -> None:
    chain = read(Formula(macro="checked", name="c", text=text, place=Place(file="t", line=1)), vocabulary(SYMBOLS))
    stood = [stand((), SYMBOLS, {"x": number}) for number in NUMBERS]
    alone = [truth_at(chain, one, one.scope) for one in stood]
    named = {"H": Truth.HOLDS, "F": Truth.FAILS, "N": Truth.UNDEFINED, "M": Truth.MEETS, "U": Truth.UNKNOWN}
    assert truths_at(chain, [(one, one.scope) for one in stood]) == alone
    assert [named[one] for one in said] == alone


def test_a_point_without_a_scope_has_no_verdict_and_moves_no_other() -> None:
    chain = read(Formula(macro="checked", name="c", text="x > 0", place=Place(file="t", line=1)), vocabulary(SYMBOLS))
    stood = [stand((), SYMBOLS, {"x": number}) for number in (-1.0, 2.0, 3.0)]
    assert truths_at(chain, [(stood[0], stood[0].scope), (stood[1], None), (stood[2], stood[2].scope)]) == [
        Truth.FAILS,
        Truth.UNKNOWN,
        Truth.HOLDS,
    ]
