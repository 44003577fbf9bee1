"""Parts that formulas have in common, whatever their texts: each has a number, under which is kept what it was found to be on arrays.

A wrong version changes one part of a formula, and the walk over all others is spared. Nothing here evaluates.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

# What a part of each kind says, beside where it stands; a leaf is walked as fast as it is looked up.
_SAID = {kind: tuple(one.name for one in fields(kind) if one.name != "span") for kind in Node.__subclasses__()} | {
    Chain: ("sides", "relations")
}
_LEAVES = (tree.Number, tree.Symbol)
# Stands for a part that is in none of the formulas.
_OTHER = -1


class Subtrees:
    """The parts of formulas by number: of some that are kept all, of any other those that are among them."""

    def __init__(self) -> None:
        self.sides: Sequence[Node] = ()
        self.names: dict[int, tuple[str, ...]] = {}
        self._numbers: dict[Any, int] = {}
        # By where a node lies: of those that stay, and of the formula at hand.
        self._own: dict[int, int] = {}
        self._passing: dict[int, int] = {}
        self._staying: list[Node | Chain] = []

    def take(self, sides: Sequence[Node], stays: bool) -> None:
        """Number the parts of a formula: all, if it stays."""
        self.sides, self._passing = sides, {}
        for side in sides:
            with contextlib.suppress(RecursionError):  # of what is that deep no part is shared
                self._numbered(side, stays)

    def number(self, node: Node) -> int | None:
        """The number of a part, if it has one."""
        found = self._own.get(id(node))
        return self._passing.get(id(node)) if found is None else found

    def _numbered(self, node: Node | Chain, stays: bool) -> int:
        known = self._own.get(id(node))
        if known is not None:
            return known
        said = (type(node), *(self._value(getattr(node, name), stays) for name in _SAID[type(node)]))
        number = self._numbers.get(said)
        if number is None:
            if not stays:
                return _OTHER
            number = self._numbers[said] = len(self._numbers)
            self.names[number] = tuple(sorted(set(tree.names(node))))
        if stays:
            self._staying.append(node)
        if not isinstance(node, _LEAVES):
            (self._own if stays else self._passing)[id(node)] = number
        return number

    def _value(self, value: Any, stays: bool) -> Any:
        """What a field says: of parts their numbers."""
        if type(value) in _SAID:
            return self._numbered(value, stays)
        if isinstance(value, tuple):
            return tuple(self._value(one, stays) for one in value)
        return value.symbol if isinstance(value, tree.Relation) else value


class Known(NamedTuple):
    """What a part was found to be, the steps that it took, and what its names were bound to, whose places in memory tell it."""

    found: Any
    steps: int
    bound: tuple[Any, ...]


class Kept:
    """What parts were found to be at some points; `open` while more is kept."""

    def __init__(self, subtrees: Subtrees, arrays: Any) -> None:
        self.subtrees, self.arrays, self.open = subtrees, arrays, False
        self.known: dict[Any, Known] = {}

    def key(self, node: Node, local: Mapping[str, Any], algebra: Any) -> Any:
        """By what a part is told here, if it is one of those with a number: by what operators around it bound its names to."""
        number = self.subtrees.number(node)
        if number is None or algebra is not self.arrays:
            return None
        return (number, algebra.lead, *map(id, self._bound(number, local)))

    def keep(self, key: Any, found: Any, steps: int, local: Mapping[str, Any]) -> None:
        """Keep what was found, and alive what it is told by."""
        if self.open and not self.arrays.full:
            self.known[key] = Known(found, steps, tuple(self._bound(key[0], local)))

    def _bound(self, number: int, local: Mapping[str, Any]) -> list[Any]:
        return [local.get(name) for name in self.subtrees.names[number]] if local else []
