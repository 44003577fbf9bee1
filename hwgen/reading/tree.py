"""The tree of a formula. Every node knows where it stands in the text; nothing here reads or computes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import cast

Span = tuple[int, int]
# Fields that hold no node.
_FLAT = frozenset({"span", "symbols", "text", "name", "kind", "symbol", "variable", "open", "side", "whole", "order", "members"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A part of a formula; text[span[0]:span[1]] is how it is printed."""

    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Node):
    """A number as printed, or pi or infinity by name."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol(Node):
    """A declared value, or a variable bound by a sum, an integral or a head."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Node):
    """An entry of a declared array; indices count from 1 on the page."""

    name: str
    indices: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply(Node):
    """A declared function with `order` primes, applied; its first `members` arguments are the indices of a family."""

    name: str
    order: int
    arguments: tuple[Node, ...]
    members: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Elementary(Node):
    """An elementary function by name: exp, log, sin, absolute, norm_2, norm_F, transpose, root, binom, inner, det, floor, max …"""

    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Node):
    """left + right, and so on for - * / ^."""

    symbol: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative(Node):
    """The opposite."""

    of: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(Node):
    """A matrix written out."""

    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Node):
    """left symbol right, between the indices of an operator; symbol is "<", "<=" or "!="."""

    symbol: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexed(Node):
    """sum, product, max or min over whole indices, each from its low to its high; None: the whole array that it indexes."""

    kind: str
    indices: tuple[str, ...]
    lows: tuple[Node | None, ...]
    highs: tuple[Node | None, ...]
    conditions: tuple[Condition, ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Node):
    """sum, product, max or min over a variable in a set: its elements, or (`declared`) an array of them; with `power` over vectors."""

    kind: str
    variable: str
    elements: tuple[Node, ...]
    declared: bool
    power: Node | None
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Ball(Node):
    """sup or inf over a vector whose norm is at most the radius, or exactly that on a sphere."""

    kind: str
    variable: str
    norm: str
    radius: Node
    sphere: bool
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases(Node):
    """The value of the first piece whose relations hold; None: otherwise."""

    pieces: tuple[tuple[Node, Chain | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranging(Node):
    """integral, sup or inf over a real variable from low to high; `open`: whether the lower, and the upper, end is left out."""

    kind: str
    variable: str
    low: Node
    high: Node
    body: Node
    open: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Node):
    """The limit of the body as a variable tends to a number or to infinity; `side`: "+" from above, "-" from below, or "" from both.

    `whole`: whether the variable runs over whole numbers.
    """

    variable: str
    to: Node
    side: str
    whole: bool
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Averaged(Node):
    """A declared head applied to an expression (mean, variance) or to a chain of relations (probability), `given` another one."""

    name: str
    body: Node | Chain
    given: Chain | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation sign: "=", "<", ">", "\\\\le" or "\\\\ge", and where it stands."""

    symbol: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """side relation side relation … side."""

    text: str
    sides: tuple[Node, ...]
    relations: tuple[Relation, ...]
    symbols: frozenset[str]

    def side_text(self, index: int) -> str:
        """A side as printed, in one line."""
        low, high = self.sides[index].span
        return " ".join(self.text[low:high].replace("&", " ").replace("\\\\", " ").split())


def names(whole: Node | Chain) -> Iterator[str]:
    """Every name that occurs in a tree."""
    return (one.name for one in parts(whole) if isinstance(one, Symbol | Index))


def parts(whole: Node | Chain) -> Iterator[Node | Chain]:
    """The node and every node below it, chains of relations included."""
    waiting: list[object] = [whole]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting += one
        elif (below := _BELOW.get(type(one))) is not None:
            yield cast(Node, one)
            waiting += [getattr(one, name) for name in below]


# The fields of each kind of node that hold nodes.
_BELOW = {kind: tuple(one.name for one in fields(kind) if one.name not in _FLAT) for kind in (*Node.__subclasses__(), Chain)}
