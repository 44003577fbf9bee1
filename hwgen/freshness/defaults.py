"""Matplotlib begins with its own defaults: what a matplotlibrc of this user or folder says is put aside when it is imported.

Not only before a figure is drawn: a computation may ask for a setting, and `rcdefaults` leaves some of them as the user has them.
"""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

NAME = "matplotlib"
TABLES = ("rcParams", "rcParamsOrig")


def install() -> None:
    """From now on, in this process; where it was imported before, at once."""
    if not any(isinstance(one, _Finder) for one in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    if NAME in sys.modules:
        put_back(sys.modules[NAME])


def put_back(matplotlib: Any) -> None:
    """Give each table what the library itself sets; but for the backend, which no figure of ours is drawn with."""
    own = {name: value for name, value in dict.items(matplotlib.rcParamsDefault) if not name.startswith("backend")}
    for table in TABLES:
        # Past the checks, which tell of names that are old.
        dict.update(getattr(matplotlib, table), own)


class _Finder:
    """Finds matplotlib as Python does, and puts its settings back when it has been loaded."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> importlib.machinery.ModuleSpec | None:
        if name != NAME:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            vars(spec.loader)["exec_module"] = _then_put_back(spec.loader.exec_module)
        return spec


def _then_put_back(load: Callable[[ModuleType], None]) -> Callable[[ModuleType], None]:
    def loaded(module: ModuleType) -> None:
        load(module)
        put_back(module)

    return loaded
