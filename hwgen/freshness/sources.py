"""Where the text of a module of the engine or of the author lies: found on the search path, never run for it."""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.machinery
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

HOMEWORK = "hwgen.homework"
# The names under which the libraries of numbers are imported, whose versions every result has in its key.
IMPORTED = frozenset({"numpy", "scipy", "sympy", "flint", "mpmath", "matplotlib"})
_roots: set[str] = set()


def belongs(module: str) -> None:
    """The packages of this one's root are the author's, to be read as the engine is."""
    root = module.split(".")[0]
    if root not in _roots:
        _roots.add(root)
        is_authors.cache_clear()
        folders.cache_clear()


def is_local(name: str) -> bool:
    """Whether a module is the engine's or the author's, and no library's."""
    return name.split(".")[0] in {"hwgen", *_roots}


@functools.cache  # asked of every frame, for all that a library does while it is imported
def is_authors(name: str) -> bool:
    """Whether a module is the author's, and not the engine's."""
    return name.split(".")[0] in _roots - {"hwgen"} or name.startswith("hwgen.homework.")


def content_of(where: str) -> str:
    """The package of a homework that a module of its content belongs to."""
    return HOMEWORK if where.startswith(f"{HOMEWORK}.") else where.split(".")[0]


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


def around(module: str) -> str:
    """What else decides what the text of a module means: which modules there are, and what the packages of the author name themselves."""
    return _layout(module.split(".")[0] if is_authors(module) else "", frozenset(_roots))


@functools.cache
def _layout(root: str, _: frozenset[str]) -> str:
    """The modules of the engine, and those below a root of the author's with the texts of its packages; of these roots."""
    folders = [*_folders("hwgen"), *(_folders(root) if root else ())]
    paths = [(folder, path) for folder in dict.fromkeys(folders) for path in sorted(_below(Path(folder)))]
    told = [str(path.relative_to(folder)) for folder, path in paths if root == "hwgen" or Path(folder, "homework") not in path.parents]
    texts = [
        path.read_text(errors="replace") for folder, path in paths if path.name == "__init__.py" and (root and folder in _folders(root))
    ]
    return hashlib.sha256("\0".join([*told, *texts, *sorted(_roots)]).encode(errors="surrogatepass")).hexdigest()


@functools.cache
def folders() -> tuple[str, ...]:
    """The folders of all that is followed by its text: the engine's, and those of the author's roots."""
    return tuple(folder for root in ("hwgen", *sorted(_roots)) for folder in _folders(root))


def _folders(root: str) -> list[str]:
    found = _spec(root)
    return list((found and found.submodule_search_locations) or ())


@functools.cache
def names_of(package: str) -> frozenset[str] | None:
    """The names that a package of the author's gives a meaning to in its own text; None where nobody can tell them all."""
    if not is_authors(f"{package}.") or not is_package(package):
        return frozenset()
    text = source(package).read_text(errors="replace")
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return None if "*" in found else frozenset(found)


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
