"""Which definitions of the content change what a name of another module stands for, such as an entry in its table.

They count for every result that reaches the name, although the result does not reach them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Set
from pathlib import Path

from hwgen.freshness.definitions import WHOLE, Definition, may_act, module
from hwgen.freshness.sources import files, is_authors, source

HOMEWORK = "hwgen.homework"


@functools.cache
def actions(where: str) -> tuple[tuple[Definition, Definition], ...]:
    """Of the content that a module belongs to: each definition that acts on a name of another module, and that name."""
    if not is_authors(where):
        return ()
    found = (((name, own), target) for name in _acting(content_of(where)) for own, target in module(name).acts)
    return tuple(sorted(set(found)))


def content_of(where: str) -> str:
    """The package of a homework that a module of its content belongs to."""
    return HOMEWORK if where.startswith(f"{HOMEWORK}.") else where.split(".")[0]


def _acting(package: str) -> Iterator[str]:
    if not files(package):
        return
    top = source(package)
    for path in files(package):
        if may_act(path):
            name = package if path == top else ".".join([package, *_parts(path.relative_to(top.parent))])
            # A script beside the content, which nobody can import, does nothing to it.
            if files(name):
                yield name


def _parts(path: Path) -> list[str]:
    return [part for part in path.with_suffix("").parts if part != "__init__"]


def meets(acted_on: Set[Definition], reached: Set[Definition], places: Set[str]) -> bool:
    """Whether a result reaches one of the names, or all of a module that has one; the places are the modules that it reaches."""
    return any((place, what) in reached or (place, WHOLE) in reached or (what == WHOLE and place in places) for place, what in acted_on)
