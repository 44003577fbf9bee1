"""A key changes with what a result depends on, and with nothing else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hwgen.judging import dependencies

FILES = {
    "__init__.py": "",
    "top.py": '''
"""Module docstring."""
import numpy as np
from toykey import middle
from toykey.leaf import LIMIT, unused

SCALE = 2

def study(problem):
    """What it does."""
    return np.sqrt(middle.half(SCALE)) + LIMIT

def other(problem):
    return 3
''',
    "middle.py": "from .leaf import deep\n\ndef half(x):\n    return deep(x) / 2\n\ndef stranger():\n    return 7\n",
    "leaf.py": "LIMIT = 5\n\ndef deep(x):\n    return x + 1\n\ndef unused():\n    return 0\n",
}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "toykey"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    _forget()


def _forget() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "toykey"]:
        del sys.modules[name]
    for cached in (dependencies._closure, dependencies._files, dependencies._module):
        cached.cache_clear()
    importlib.invalidate_caches()


def _key() -> str:
    _forget()
    function: Callable[..., object] = importlib.import_module("toykey.top").study
    return dependencies.fingerprint(function)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("top.py", "np.sqrt", "np.cbrt"),
        ("top.py", "SCALE = 2", "SCALE = 3"),
        ("middle.py", "/ 2", "/ 3"),
        ("leaf.py", "x + 1", "x + 2"),
        ("leaf.py", "LIMIT = 5", "LIMIT = 6"),
    ],
)
def test_a_dependency_changes_the_key(package: Path, file: str, old: str, new: str) -> None:
    before = _key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert _key() != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("top.py", "What it does.", "Reworded."),
        ("top.py", "SCALE = 2", "# why\nSCALE = (\n    2\n)"),
        ("top.py", "return 3", "return 4"),
        ("middle.py", "return 7", "return 8"),
        ("leaf.py", "return 0", "return 1"),
    ],
)
def test_what_is_not_a_dependency_does_not(package: Path, file: str, old: str, new: str) -> None:
    before = _key()
    path = package / file
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert _key() == before


def test_parts_of_a_key_do_not_run_together() -> None:
    assert dependencies.digest("ab", "c") != dependencies.digest("a", "bc")
