"""The public API names what the engine defines, costs no library by itself, and hides no dependency."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from hwgen import authors
from hwgen.authors import numerics, proofs
from hwgen.freshness import dependencies

LIBRARIES = ("numpy", "scipy", "sympy", "flint", "mpmath", "matplotlib", "jinja2", "click", "rich", "pylatex")


@pytest.mark.parametrize(("module", "absent"), [("hwgen.authors", LIBRARIES), ("hwgen.authors.numerics", ("sympy", "flint", "matplotlib"))])
def test_declarations_cost_no_library(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([name for name in {absent!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("module", [authors, numerics, proofs])
def test_every_public_name_is_defined_elsewhere_and_followed_to_its_definition(module: object) -> None:
    place = module.__name__
    for name in module.__all__:
        found = dependencies.dependencies_of(place, name)
        assert found.pop(f"{place}.{name}")  # what gives it the name
        assert f"{place}.*" not in found
        assert not any(one.startswith("hwgen.authors.") for one in found), name
        if name != "Exercise":  # registration carries results, it does not make them
            assert any(one.endswith(f".{name}") or f".{name}." in one for one in found), name  # itself, or all of a module


USES = """
from hwgen.authors import Estimate
from hwgen.authors.numerics import power_law

def slope(x, y):
    return power_law(x, y).slope

def nothing(x):
    return Estimate(value=x, error=0)
"""


def test_what_content_takes_from_it_reaches_the_fit_and_no_other_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "authored.py").write_text(USES)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.invalidate_caches()
    dependencies.belongs("authored")
    slope = dependencies.dependencies_of("authored", "slope")
    assert "hwgen.evidence.fits._jackknife" in slope
    assert not any(name.startswith(("hwgen.evidence.limits", "hwgen.reading", "hwgen.evidence.proof", "hwgen.judging")) for name in slope)
    nothing = dependencies.dependencies_of("authored", "nothing")
    assert {name for name in nothing if "Estimate" in name} == {
        "hwgen.authors.Estimate",
        "hwgen.model.Estimate",
        "hwgen.model.found.Estimate",
    }
    assert not any("fits" in name for name in nothing)
