"""Which definitions of the content change what a name of another module stands for, such as an entry in its table.

They count for every result that reaches the name, although the result does not reach them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from hwgen.freshness.definitions import WHOLE, Definition, may_act, module
from hwgen.freshness.operated import operators_act
from hwgen.freshness.sources import content_of, files, is_authors, source


@functools.cache
def actions(where: str) -> tuple[tuple[Definition, Definition], ...]:
    """Of the content that a module belongs to: each definition that acts on a name of another module, and that name."""
    if not is_authors(where):
        return ()
    found = (((name, own), target) for name in _acting(content_of(where)) for own, target in module(name).acts)
    return tuple(sorted(set(found)))


def _acting(package: str) -> Iterator[str]:
    if not files(package):
        return
    top = source(package)
    for path in files(package):
        if may_act(path) or operators_act(package):
            name = package if path == top else ".".join([package, *_parts(path.relative_to(top.parent))])
            # A script beside the content, which nobody can import, does nothing to it.
            if files(name):
                yield name


def _parts(path: Path) -> list[str]:
    return [part for part in path.with_suffix("").parts if part != "__init__"]


@dataclass(frozen=True)
class Acted:
    """The names that an action is on, the modules that have them, and those of which all is meant."""

    names: frozenset[Definition]
    places: frozenset[str]
    whole: frozenset[str]


def acted(names: frozenset[Definition]) -> Acted:
    """What an action on these names is on."""
    return Acted(names, frozenset(place for place, _ in names), frozenset(place for place, what in names if what == WHOLE))


class Reached:
    """What a result reaches: names, the modules that have them, and those that it reaches as a whole."""

    def __init__(self) -> None:
        self.names = set[Definition]()
        self.places = set[str]()
        self.whole = set[str]()

    def add(self, names: Set[Definition]) -> None:
        """Reach these, too."""
        self.names |= names
        self.places |= {place for place, _ in names}
        self.whole |= {place for place, what in names if what == WHOLE}

    def meets(self, on: Acted) -> bool:
        """Whether one of the names is reached, or all of a module that has one, or anything of a module of which all is meant."""
        apart = self.names.isdisjoint(on.names) and self.whole.isdisjoint(on.places) and self.places.isdisjoint(on.whole)
        return not apart
