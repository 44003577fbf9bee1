"""The second evaluator agrees with values computed another way, and says what it does not evaluate."""

from __future__ import annotations

import math
import random

import pytest
from reading.displays import BINDINGS, DISPLAYS

from hwgen.model import Approx, Formula, Place, variable
from hwgen.model import value as oracle
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary
from hwgen.verify.evaluator import value
from hwgen.verify.values import Unknown, Values

WORDS = vocabulary(BINDINGS)
FEWEST = 130


def _value(text: str) -> float:
    chain = read(Formula(macro="checked", name="display", text=f"{text} = 0", place=Place(file="f", line=1)), WORDS)
    return float(value(chain.sides[0], Values(BINDINGS, {})))


@pytest.mark.parametrize(("text", "expected"), [display for display in DISPLAYS if not math.isnan(display[1])])
def test_a_display_has_the_value_computed_another_way(text: str, expected: float) -> None:
    try:
        found = _value(text)
    except (ContentError, Unknown):
        return  # counted below
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_most_displays_are_evaluated() -> None:
    assert sum(_evaluated(text) for text, _ in DISPLAYS) >= FEWEST


def _evaluated(text: str) -> bool:
    try:
        _value(text)
    except (ContentError, Unknown):
        return False
    return True


def test_another_rounding_moves_a_result_by_a_little() -> None:
    chain = read(Formula(macro="checked", name="d", text=r"\sqrt{t}-\frac{t}{\lambda} = 0", place=Place(file="f", line=1)), WORDS)
    one, other = (float(value(chain.sides[0], Values(BINDINGS, {}, noise=random.Random(seed)))) for seed in (1, 2))
    assert one != other
    assert one == pytest.approx(other, rel=1e-13)


def test_a_symbol_is_moved_by_its_error() -> None:
    still, moved = (Values(BINDINGS, {}, moved=name).symbol("t") for name in ("", "t"))
    assert moved - still == pytest.approx(1e-12 * still)


def test_what_the_content_computes_at_a_point_is_computed_once_and_moved_each_time() -> None:
    asked = []

    def found() -> Approx:
        asked.append(1)
        return Approx(value=2.0, error=0.5)

    bindings = {
        "s": oracle(found),
        "t": oracle(lambda: 0.5),
        "n": oracle(lambda: 3.0),
        "c": oracle(lambda: 0.5, error=0.0),
        "x": variable("x"),
    }
    at = Values(bindings, {"x": 1.0})
    assert [at.otherwise(moved=name).symbol("s") for name in ("", "s", "c", "s")] == [2.0, 2.5, 2.0, 2.5]
    assert at.symbol("s") == 2.0
    assert asked == [1]
    assert [at.may_move(name) for name in ("s", "t", "n", "c", "x")] == [True, True, False, False, False]
    assert at.otherwise(moved="n").symbol("n") == 3.0
