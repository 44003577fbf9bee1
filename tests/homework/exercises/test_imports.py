"""Importing the content is quick, and each exercise says in which order to read it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hwgen.homework import exercises

PACKAGES = [path.parent for path in sorted(Path(str(exercises.__file__)).parent.glob("*/__init__.py"))]
# What takes long to load is loaded by the computations that need it.
HEAVY = ("scipy.stats", "scipy.optimize", "scipy.integrate", "sympy", "flint", "matplotlib.pyplot")


def test_importing_the_exercises_loads_none_of_the_heavy_parts() -> None:
    code = "import sys; from hwgen.model import catalog; catalog.load('hwgen.homework.exercises'); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert "hwgen.homework.exercises.ex1_ntk" in loaded
    assert loaded.isdisjoint(HEAVY)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_an_exercise_names_each_of_its_files_once_in_the_order_to_read_them(package: Path) -> None:
    said = (package / "__init__.py").read_text().split('"""')[1].partition("To read in the order of")[2]
    words = re.findall(r"[a-z_]+", said)
    assert {path.stem: words.count(path.stem) for path in package.glob("[a-z]*.py")} == {path.stem: 1 for path in package.glob("[a-z]*.py")}
