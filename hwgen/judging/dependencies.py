"""What a result depends on: the syntax trees of a function and of every local definition that it names, transitively.

Comments, docstrings and layout do not count. Where a dependency cannot be narrowed to a definition, the whole module counts.
"""

from __future__ import annotations

import functools
import platform
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import metadata
from typing import Any

from hwgen.judging.definitions import LOOSE, NOTATION, WHOLE, Definition, Module, belongs, digest, files, keep, module, source
from hwgen.model import Claim
from hwgen.model.effort import Effort

__all__ = [
    "belongs",
    "dependencies",
    "dependencies_of",
    "dependencies_of_claim",
    "digest",
    "engine",
    "fingerprint",
    "in_full",
    "keep",
    "package_digest",
    "scaling",
    "versions",
]

LIBRARIES = ("numpy", "scipy", "sympy", "python-flint", "mpmath", "matplotlib")
# The names under which these are imported; any other library that content imports is looked up.
IMPORTED = frozenset({"numpy", "scipy", "sympy", "flint", "mpmath", "matplotlib"})
# Registration carries results, it does not make them: every noun would depend on every other.
CARRIERS = frozenset({"hwgen.model.catalog", "hwgen.model.exercise"})
# All that turns a formula and its oracles into evidence, by whole packages: no list of names that could forget one.
ENGINE = ("hwgen.model", "hwgen.reading", "hwgen.evidence", "hwgen.judging")


@functools.cache
def versions() -> dict[str, str]:
    """The versions of Python and of the numerical libraries."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}


def fingerprint(function: Callable[..., Any]) -> str:
    """The key of a top-level function: its syntax tree and those of the local definitions that it reaches."""
    return digest(*dependencies(function).items())


@functools.cache
def engine() -> str:
    """The key of the code that turns oracle tables into evidence."""
    return package_digest(*ENGINE)


def package_digest(*packages: str) -> str:
    """The key of whole packages: the syntax trees of all their modules."""
    return digest(*(f"{name} {module(name).trees[WHOLE]}" for package in packages for name in _modules(package)))


def dependencies(function: Callable[..., Any]) -> dict[str, str]:
    """The definitions that a top-level function reaches, itself included, each with the digest of its syntax tree."""
    return dependencies_of(function.__module__, function.__qualname__.split(".")[0])


def dependencies_of_claim(claim: Claim) -> dict[str, str]:
    """The definitions that the bindings of a claim reach: its own, and those entries of the notation that it prints."""
    found = dependencies(claim.bind)
    for symbol, noted in claim.noted.items():
        found |= dependencies_of(noted.module, f"{NOTATION} {symbol}")
    return found


def scaling(reached: Iterable[str], chosen: Effort) -> tuple[float, ...]:
    """The factor of an effort, for what is computed by definitions that ask for it; nothing for the rest, which it does not change."""
    return (chosen.factor,) if any(name.startswith(f"{Effort.__module__}.") for name in reached) else ()


def dependencies_of(where: str, name: str) -> dict[str, str]:
    """The same for a definition that need not be imported."""
    belongs(where)
    return dict(_closure(where, name))


@functools.cache
def _closure(where: str, name: str) -> tuple[tuple[str, str], ...]:
    root = where.split(".")[0]
    seen: set[Definition] = set()
    waiting = [(where, name)]
    while waiting:
        definition = waiting.pop()
        if definition not in seen and definition[0] not in CARRIERS and _is_local(definition[0], root):
            seen.add(definition)
            found = module(definition[0])
            waiting.extend(found.reached.get(definition[1], found.reached[WHOLE]))
    trees = {f"{place}.{what}": _tree(module(place), what) for place, what in sorted(seen) if _says(module(place), what)}
    return tuple({**trees, **_others(sorted({place for place, _ in seen}))}.items())


def in_full(value: Any) -> str:
    """The text of a value with every digit of every array in it, so that two different values never look alike."""
    import numpy as np  # loaded by whoever has a value to tell apart

    with np.printoptions(threshold=sys.maxsize, floatmode="unique", precision=None):
        return repr(value)


def _tree(found: Module, what: str) -> str:
    if what in found.trees:
        return found.trees[what]
    return "import" if what in found.reached else found.trees[WHOLE]


def _says(found: Module, what: str) -> bool:
    """Whether there is anything at the top of the module that belongs to no name."""
    return what != LOOSE or found.trees[LOOSE] != digest()


def _others(modules: Sequence[str]) -> dict[str, str]:
    """The versions of the libraries that these modules import beside the usual ones."""
    names = {name for one in modules for name in module(one).libraries} - IMPORTED
    return {f"library {name}": _version(name) for name in sorted(names)}


@functools.cache
def _version(imported: str) -> str:
    found = metadata.packages_distributions().get(imported, [])
    return ", ".join(f"{name} {metadata.version(name)}" for name in sorted(set(found))) or "unknown"


def _modules(package: str) -> list[str]:
    """The names of a package and of every module below it."""
    top = source(package).parent
    parts = [path.relative_to(top).with_suffix("").parts for path in files(package)]
    return [".".join([package, *(part for part in one if part != "__init__")]) for one in parts]


def _is_local(name: str, root: str) -> bool:
    return name.split(".")[0] in {root, "hwgen"} and bool(files(name))
