"""What an operator ranges over, with all that does not vary there computed beforehand: a tree of its own names and constants."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.scope import Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

Evaluate = Callable[..., Any]


@dataclass
class Reduced:
    """A tree whose constants are symbols of their own, and what these are."""

    node: Node
    constants: dict[str, Approx] = field(default_factory=dict)


def binds(node: Node) -> frozenset[str]:
    """The names that this operator and those within it bind; heads bind theirs too, which are not known here."""
    found: set[str] = set()
    for one in tree.parts(node):
        if isinstance(one, tree.Indexed):
            found |= set(one.indices)
        elif isinstance(one, tree.Chosen | tree.Ball | tree.Ranging | tree.Limit):
            found.add(one.variable)
    return frozenset(found)


def mentions(part: Node | Chain, names: frozenset[str]) -> bool:
    """Whether one of the names stands in the part."""
    return any(isinstance(one, tree.Symbol | tree.Index) and one.name in names for one in tree.parts(part))


def by_oracle(part: Node, names: frozenset[str]) -> bool:
    """Whether a declared function or a head says what the part is as these names vary; what is one constant below is not looked into."""
    said = [one for one in tree.parts(part) if isinstance(one, tree.Apply | tree.Averaged) and mentions(one, names)]
    if not said:
        return False
    below = (one for one in tree.parts(part) if one is not part and isinstance(one, tree.Ranging | tree.Ball | tree.Limit | tree.Indexed))
    constant = {id(inner) for one in below if not mentions(one, names - binds(one)) for inner in tree.parts(one)}
    return any(id(one) not in constant for one in said)


def reduced(node: Node, names: frozenset[str], scope: Scope, evaluate: Evaluate, named: Callable[[Node], str] = lambda node: "") -> Reduced:
    """The tree with every part that mentions none of the names computed, and with symbols for those that `named` names.

    Raises ShapeError as its evaluation does.
    """
    found = Reduced(node)

    def change(part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(change(one) for one in part)
        if not isinstance(part, Node | Chain):
            return part
        # What an operator inside binds for itself does not vary from outside: its value is one constant.
        if isinstance(part, Node) and not isinstance(part, tree.Number) and not mentions(part, names - binds(part)):
            name = f"\0{len(found.constants)}"
            found.constants[name] = evaluate(part, scope)
            return tree.Symbol(name=name, span=part.span)
        if isinstance(part, Node) and (name := named(part)):
            return tree.Symbol(name=name, span=part.span)
        if isinstance(part, tree.Index) and part.name not in names:
            found.constants[part.name] = evaluate(tree.Symbol(name=part.name, span=part.span), scope)
        inside = {one.name: change(getattr(part, one.name)) for one in dataclasses.fields(part) if one.name not in {"span", "symbols"}}
        return dataclasses.replace(part, **inside)

    try:
        found.node = change(node)
    except RecursionError:
        raise ShapeError("is too long to be enclosed; write less of it below one operator") from None
    return found
