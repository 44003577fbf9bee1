"""One name for several things: a value that is given again, closures that are made in one place; each is in the key."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest
from freshness.keyed import key

from hwgen.freshness import dependencies, statements

AGAIN = {
    "a table that is filled": ("TABLE['a'] = SCALE\nSCALE = 3\n", "SCALE = 3\nTABLE['a'] = SCALE\n"),
    "a default": ("def half(x, by=SCALE): return x / by\nSCALE = 3\n", "SCALE = 3\ndef half(x, by=SCALE): return x / by\n"),
    "through a function": ("def by(): return SCALE\nA = by()\nSCALE = 3\n", "def by(): return SCALE\nSCALE = 3\nA = by()\n"),
}


@pytest.mark.parametrize("what", list(AGAIN))
def test_where_a_name_is_given_another_value_is_in_the_key(package: Path, what: str) -> None:
    before, after = (f"SCALE = 2\nTABLE = {{}}\n{text}" for text in AGAIN[what])
    used = {"a table that is filled": "TABLE['a']", "a default": "half(1)", "through a function": "A"}[what]
    (package / "top.py").write_text(f"from toykey import reg\n\ndef study(problem):\n    return reg.{used}\n")
    (package / "reg.py").write_text(before)
    first = key()
    (package / "reg.py").write_text(after)
    assert key() != first
    first = key()
    (package / "reg.py").write_text(f"# why\n{after}")
    assert key() == first


def _scaled(function: Callable[[float], float], factor: float) -> Callable[[float], float]:
    return lambda x: factor * function(x)


def test_closures_of_one_maker_one_within_the_other_are_told_apart() -> None:
    def known(outer: float, inner: float) -> dict[str, str]:
        return dependencies.captured(_scaled(_scaled(abs, inner), outer))

    assert len({str(known(*factors)) for factors in [(2.0, 3.0), (3.0, 3.0), (2.0, 4.0)]}) == 3


def test_what_a_captured_function_with_a_cache_says_is_in_the_key() -> None:
    found = dependencies.captured(_scaled(functools.cache(statements.is_number), 2.0))
    assert f"{statements.__name__}.is_number" in found
