"""Importing the content is quick: what takes long to load is loaded by the computations that need it."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("scipy.stats", "scipy.optimize", "scipy.integrate", "sympy", "flint", "matplotlib.pyplot")


def test_importing_the_exercises_loads_none_of_the_heavy_parts() -> None:
    code = "import sys; from hwgen.model import catalog; catalog.load('hwgen.homework.exercises'); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert "hwgen.homework.exercises.ex1_ntk" in loaded
    assert loaded.isdisjoint(HEAVY)
