"""A small package whose keys are taken again and again, each time as a new process would."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hwgen.freshness import acting, definitions, dependencies, libraries, operated, quiet, sources

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


def forget(package: str = "toykey") -> None:
    """What was read of a package, and what followed from that: the next key is that of a new process."""
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        del sys.modules[name]
    for module in (acting, definitions, dependencies, libraries, operated, quiet, sources):
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
    importlib.invalidate_caches()


def key() -> str:
    forget()
    function: Callable[..., object] = importlib.import_module("toykey.top").study
    return dependencies.fingerprint(function)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "toykey"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield folder
    forget()
