"""A tree as plain data, and back: what a ledger holds of how a formula was read. Where a node stands in the text is left out."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node, Relation

KINDS: Mapping[str, type[Node]] = {
    one.__name__.lower(): one for one in vars(tree).values() if isinstance(one, type) and issubclass(one, Node) and one is not Node
}
NOWHERE = (0, 0)


def plain(part: Any) -> Any:
    """A chain or a node, with all below it, as dictionaries, lists, text and numbers; each says what it `is`."""
    if isinstance(part, Chain):
        return {"is": "chain", "sides": plain(part.sides), "relations": [one.symbol for one in part.relations]}
    if isinstance(part, Node):
        fields = {one.name: plain(getattr(part, one.name)) for one in dataclasses.fields(part) if one.name != "span"}
        return {"is": type(part).__name__.lower(), **fields}
    return [plain(one) for one in part] if isinstance(part, tuple) else part


def chain(data: Mapping[str, Any]) -> Chain:
    """The chain that plain data tell of. Raises ValueError for what is none."""
    found = _back(data)
    if not isinstance(found, Chain):
        raise ValueError(f"expected a chain of relations, not {data.get('is')!r}")
    return found


def _back(data: Any) -> Any:
    if isinstance(data, list):
        return tuple(_back(one) for one in data)
    if not isinstance(data, Mapping):
        return data
    if data.get("is") == "chain":
        relations = tuple(Relation(symbol=one, span=NOWHERE) for one in data["relations"])
        sides = _back(data["sides"])
        named = frozenset(one.name for side in sides for one in tree.parts(side) if isinstance(one, tree.Symbol | tree.Index | tree.Apply))
        return Chain(text="", sides=sides, relations=relations, symbols=named)
    try:
        return KINDS[data["is"]](span=NOWHERE, **{name: _back(one) for name, one in data.items() if name != "is"})
    except (KeyError, TypeError):
        raise ValueError(f"no part of a formula: {str(data)[:80]}") from None
