"""How a value came about is told by the text of what made it, with the numbers and the functions that this uses."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from hwgen.model import Constant, Fit, Place
from hwgen.model.catalog import Catalog, Exercise
from hwgen.program.origins import origins

TEXT = '''
import functools
import math
import scipy
from hwgen.model import Estimate
SHARE = 0.25

def halved(size):
    """Half of it."""
    return deeper(size) / 2

def deeper(size):
    return size

@functools.cache
def half(problem):
    """Half of the share."""
    return Estimate(value=halved(SHARE) * math.pi, error=1e-3)

def both(problem):
    first = {"half": halved(SHARE) + 1}
    return {**first, "whole": Estimate(value=SHARE, error=0)}

def steps(problem, seen):
    low, high = seen[0], halved(seen[1])
    unused = deeper(low)
    for size in seen:
        high += size
    return {"low": Estimate(value=low, error=0), "high": Estimate(value=high, error=0)}

def asking(problem):
    return scipy.datasets
'''


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "toyorigins").mkdir()
    (tmp_path / "toyorigins" / "__init__.py").touch()
    (tmp_path / "toyorigins" / "shares.py").write_text(TEXT)
    monkeypatch.syspath_prepend(tmp_path)
    import toyorigins.shares as shares

    yield shares
    for name in [one for one in sys.modules if one.startswith("toyorigins")]:
        del sys.modules[name]


def _catalog(*constants: Constant) -> Catalog:
    exercise = Exercise("one", title="One", problem=None)
    exercise.nouns = {one.name: one for one in constants}
    return Catalog(package="toyorigins", exercises=(exercise,))


def _told(*constants: Constant) -> dict[str, Any]:
    return origins(_catalog(*constants), {})


def _constant(name: str, compute: Any) -> Constant:
    return Constant(name=name, exercise="one", sentence="A number.", compute=compute, of=())


def test_a_function_is_told_with_what_it_is_given_and_what_it_calls(made: Any) -> None:
    told = _told(_constant("half", made.half))["functions"]
    half = told["toyorigins.shares.half"]
    assert half["text"].splitlines() == ["def half(problem):", "    return Estimate(value=halved(SHARE) * math.pi, error=1e-3)"]
    assert (half["said"], half["given"], half["depth"]) == (
        "Half of the share.",
        {"SHARE": "0.25", "math.pi": "3.141592653589793"},
        2,
    )
    assert half["calls"] == ["toyorigins.shares.halved"]
    assert told["toyorigins.shares.halved"]["text"] == "def halved(size):\n    return deeper(size) / 2"
    assert set(told) == {"toyorigins.shares.half", "toyorigins.shares.halved"}


def test_of_a_function_that_makes_several_values_each_has_its_own_part(made: Any) -> None:
    told = _told(_constant("half", made.both))["functions"]["toyorigins.shares.both"]
    assert told["parts"] == {"half": ["halved(SHARE) + 1"], "whole": ["Estimate(value=SHARE, error=0)"]}


def test_a_part_has_the_steps_that_it_is_made_by_and_no_others(made: Any) -> None:
    parts = _told(_constant("low", made.steps))["functions"]["toyorigins.shares.steps"]["parts"]
    assert parts["low"] == ["low = seen[0]", "Estimate(value=low, error=0)"]
    assert parts["high"] == ["high = halved(seen[1])", "for size in seen", "high += size", "Estimate(value=high, error=0)"]


def test_what_a_library_loads_only_when_asked_stays_unloaded(made: Any) -> None:
    told = _told(_constant("asking", made.asking))["functions"]
    assert told["toyorigins.shares.asking"]["text"].endswith("return scipy.datasets")
    assert "scipy.datasets" not in sys.modules


def test_a_fit_names_its_arrays_and_its_functions(made: Any) -> None:
    fit = Fit(part="drift", x="width", y=made.halved, row=None, place=Place(file="a.py", line=3))
    told = _told(_constant("drift", fit))
    assert told["fits"]["drift"] == {
        "part": "drift",
        "x": "width",
        "y": "toyorigins.shares.halved",
        "row": None,
        "by": "hwgen.evidence.fits.power_law",
    }
    assert "the slope over the wider half" in told["functions"]["hwgen.evidence.fits.power_law"]["said"]


def test_every_value_of_a_homework_has_its_origin(toy_evidence: Any) -> None:
    told = toy_evidence[1]
    for noun in told["nouns"].values():
        if noun["kind"] not in {"claim", "statement"}:
            assert told["origins"]["functions"][noun["by"]["function"]]["text"].startswith("def ")
