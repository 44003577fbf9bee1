"""Numbers that a computation draws are those of its key, whoever drew before it in the same process."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import pytest
import sympy

from hwgen.freshness import generators

OWN = {"python": random.Random(1), "numpy": np.random.default_rng(1), "numpy, as it was": np.random.RandomState(1)}
DRAWS: dict[str, Callable[[], float]] = {
    "python": random.random,
    "numpy": lambda: float(np.random.random()),
    "sympy": lambda: float(sympy.randMatrix(1, 1, max=10**6)[0]),
    "a generator that a library begins anywhere": lambda: random.Random().random(),
}


@pytest.mark.parametrize("whose", list(DRAWS))
def test_what_libraries_draw_begins_at_the_key(whose: str) -> None:
    drawn = []
    for number in (1, 2, 1):
        with generators.begun(number):
            drawn.append(DRAWS[whose]())
    assert drawn[0] == drawn[2] != drawn[1]


def test_nothing_is_seeded_outside_of_a_computation() -> None:
    with generators.begun(1):
        inside = random.Random().random()
    assert random.Random().random() != inside


@pytest.mark.parametrize("whose", list(OWN))
def test_a_generator_that_a_module_keeps_begins_where_the_module_made_it_begin(monkeypatch: pytest.MonkeyPatch, whose: str) -> None:
    monkeypatch.setattr(generators, "_authors", {})
    generators.remember(OWN.values())
    drawn = []
    for number in (1, 2):
        with generators.begun(number):
            drawn.append(OWN[whose].random())
        OWN[whose].random()
    assert drawn[0] == drawn[1]
