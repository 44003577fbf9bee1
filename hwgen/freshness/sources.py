"""Where the text of a module of the engine or of the author lies: found on the search path, never run for it."""

from __future__ import annotations

import functools
import importlib.machinery
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

_roots: set[str] = set()


def belongs(module: str) -> None:
    """The packages of this one's root are the author's, to be read as the engine is."""
    root = module.split(".")[0]
    if root not in _roots:
        _roots.add(root)
        is_authors.cache_clear()


def is_local(name: str) -> bool:
    """Whether a module is the engine's or the author's, and no library's."""
    return name.split(".")[0] in {"hwgen", *_roots}


@functools.cache  # asked of every frame, for all that a library does while it is imported
def is_authors(name: str) -> bool:
    """Whether a module is the author's, and not the engine's."""
    return name.split(".")[0] in _roots - {"hwgen"} or name.startswith("hwgen.homework.")


def is_module(name: str) -> bool:
    """Whether a dotted name is a module of the engine or of the author."""
    return is_local(name) and bool(files(name))


def is_package(name: str) -> bool:
    """Whether a module is the author's and may have others below it."""
    return is_authors(f"{name}.") and any(path.name == "__init__.py" for path in files(name))


@functools.cache
def is_unmarked(name: str) -> bool:
    """Whether a dotted name is a folder of the author's without an `__init__.py`, which Python takes modules from all the same."""
    if not is_authors(name):
        return False
    found = _spec(name)
    return found is not None and not found.has_location and bool(found.submodule_search_locations)


@functools.cache
def files(module: str) -> tuple[Path, ...]:
    """The source of a module, or every source of a package."""
    spec = _spec(module)
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        return ()
    path = Path(spec.origin)
    if not path.exists():  # in a zip, or in another file that modules are taken from
        return tuple(one for one in path.parents if one.is_file())
    return tuple(sorted(_below(path.parent))) if path.name == "__init__.py" else (path,)


def source(module: str) -> Path:
    """The file that holds a module's own text."""
    found = files(module)
    if len(found) == 1:
        return found[0]
    return min((path for path in found if path.name == "__init__.py"), key=lambda path: len(path.parts))


def _below(folder: Path) -> Iterator[Path]:
    """Every source below a folder, those that a link leads to as well: Python follows it when it imports."""
    seen: set[str] = set()
    for where, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(where)
        if real in seen:  # a link to a folder that it lies in
            folders.clear()
            continue
        seen.add(real)
        yield from (Path(where, name) for name in names if name.endswith(".py"))


def _spec(name: str) -> importlib.machinery.ModuleSpec | None:
    try:
        return importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
