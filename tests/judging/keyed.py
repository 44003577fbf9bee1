"""A small package whose keys are taken again and again, each time as a new process would."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable

from hwgen.judging import acting, definitions, dependencies

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


def forget() -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "toykey"]:
        del sys.modules[name]
    for cached in (
        dependencies._closure,
        dependencies._acted_on,
        definitions.files,
        definitions.module,
        definitions.may_act,
        acting.actions,
        dependencies._version,
    ):
        cached.cache_clear()
    importlib.invalidate_caches()


def key() -> str:
    forget()
    function: Callable[..., object] = importlib.import_module("toykey.top").study
    return dependencies.fingerprint(function)
