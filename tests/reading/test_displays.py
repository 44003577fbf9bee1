"""Displays of lecture notes: at least 80 in 100 are read, and what is read has the value computed another way."""

from __future__ import annotations

import math

import pytest
from reading.displays import BINDINGS, DISPLAYS

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

FEWEST, SHARE = 150, 0.8
WORDS = vocabulary(BINDINGS)
PLACE = Place(file="t.tex.j2", line=1)


def value_of(text: str) -> float:
    chain = read(Formula(macro="checked", name="display", text=f"{text} = 0", place=PLACE), WORDS)
    found = evaluate(chain.sides[0], scope_at(BINDINGS, {}))
    assert math.isnan(found.value) or found.error <= 1e-4 * max(abs(found.value), 1)
    return float(found.value)


@pytest.mark.parametrize(("text", "expected"), [display for display in DISPLAYS if not math.isnan(display[1])])
def test_a_display_that_is_read_has_the_value_computed_another_way(text: str, expected: float) -> None:
    try:
        found = value_of(text)
    except ContentError:
        return  # counted below
    assert math.isnan(found) or found == pytest.approx(expected, rel=1e-6, abs=1e-9)


def test_most_displays_are_read() -> None:
    assert len(DISPLAYS) >= FEWEST
    right = sum(_right(text, expected) for text, expected in DISPLAYS)
    assert right >= SHARE * len(DISPLAYS)


def _right(text: str, expected: float) -> bool:
    try:
        return value_of(text) == pytest.approx(expected, rel=1e-6, abs=1e-9)
    except ContentError:
        return False


@pytest.mark.parametrize("text", [text for text, expected in DISPLAYS if math.isnan(expected)])
def test_what_has_no_value_here_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        value_of(text)
