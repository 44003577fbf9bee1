r"""Nothing between samples is missed: what is printed in full has its right value, or none; wrong is none of a table of them."""

from __future__ import annotations

import functools
import math
import time

import numpy as np
import pytest
from evidence.table_of_peaks import BESIDE, DIVERGENT, GROWING, HIDDEN, KNOWN, PLAIN_ENDS

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Approx, Formula, Place, expectation, function, value
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(60)
BINDINGS = {
    "c": value(lambda: 0.337),
    "w": value(lambda: np.array([0.3, -0.4])),
    "A": value(lambda: np.array([[2.0, 0.5], [0.5, 1.0]])),
    "f": function(lambda u: u, vectorised=True),
    r"\mathbb{E}": expectation(lambda: (WEIGHTS / WEIGHTS.sum(), NODES), "G"),
}
WORDS = vocabulary(BINDINGS)
FEWEST, SHARE, LIMIT = 150, 0.65, 2.0


@functools.cache
def found(text: str) -> Approx | None:
    """The value, or None where there is none or a message."""
    chain = read(Formula(macro="checked", name="peak", text=f"0 = {text}", place=Place(file="t.tex.j2", line=1)), WORDS)
    try:
        value: Approx = evaluate(chain.sides[1], scope_at(BINDINGS, {}))
    except ContentError:
        return None
    return value if math.isfinite(value.value) and math.isfinite(value.error) else None


@pytest.mark.parametrize(("text", "expected"), KNOWN + BESIDE, ids=[text for text, _ in KNOWN + BESIDE])
def test_a_known_value_is_right_or_there_is_none(text: str, expected: float) -> None:
    started = time.process_time()
    value = found(text)
    assert time.process_time() - started < LIMIT
    assert value is None or abs(value.value - expected) <= value.error + 1e-12 * abs(expected)
    assert value is None or value.error <= 1e-6 * abs(expected)


@pytest.mark.parametrize(("text", "expected"), PLAIN_ENDS + GROWING, ids=[text for text, _ in PLAIN_ENDS + GROWING])
def test_what_is_plain_beside_an_end_or_grows_far_out_has_its_value(text: str, expected: float) -> None:
    value = found(text)
    assert value is not None
    assert abs(value.value - expected) <= value.error + 1e-12 * abs(expected)


@pytest.mark.parametrize(("text", "expected"), HIDDEN)
def test_a_peak_beside_what_grows_is_not_missed(text: str, expected: float | None) -> None:
    value = found(text)
    assert value is None or (expected is not None and abs(value.value - expected) <= value.error + 1e-9)


def test_most_of_them_are_right() -> None:
    assert len(KNOWN) >= FEWEST
    assert sum(found(text) is not None for text, _ in KNOWN[::3]) >= SHARE * len(KNOWN[::3])


@pytest.mark.parametrize("text", DIVERGENT)
def test_what_has_no_value_gets_none(text: str) -> None:
    assert found(text) is None
