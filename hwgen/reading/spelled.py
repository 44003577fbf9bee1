"""A tree in words that leave nothing open: every bracket and every range spelled out, as `hwgen why` shows how a formula was read.

What a sum, an integral or a supremum reaches over stands in square brackets: `(sum over … of [a] + b)` is not `sum over … of [(a + b)]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node

_NAMES = {"*": " · ", "/": " / ", "+": " + ", "-": " - ", "^": " ^ "}
_RELATIONS = {r"\le": "≤", r"\ge": "≥", "<=": "≤", "!=": "≠"}


def spelled(chain: Chain) -> str:
    """The chain as it was read, each operation in brackets of its own."""
    text = said(chain.sides[0])
    for relation, side in zip(chain.relations, chain.sides[1:], strict=True):
        text += f" {_RELATIONS.get(relation.symbol, relation.symbol)} {said(side)}"
    return text


def said(node: Node) -> str:
    """A node as it was read."""
    return _SPELL[type(node)](node)


def _operation(node: tree.Operation) -> str:
    spine = [node]
    # Sums of many terms are deep to the left: in one loop, not one call for each.
    while isinstance(spine[-1].left, tree.Operation) and spine[-1].left.symbol in "+-" and node.symbol in "+-":
        spine.append(spine[-1].left)
    terms = "".join(f"{_NAMES[one.symbol]}{said(one.right)}" for one in reversed(spine))
    return f"({said(spine[-1].left)}{terms})"


def _index(node: tree.Index) -> str:
    return f"{node.name}[{', '.join(said(one) for one in node.indices)}]"


def _apply(node: tree.Apply) -> str:
    return f"{node.name}{chr(39) * node.order}({', '.join(said(one) for one in node.arguments)})"


def _matrix(node: tree.Matrix) -> str:
    return f"matrix({'; '.join(', '.join(said(entry) for entry in row) for row in node.rows)})"


def _indexed(node: tree.Indexed) -> str:
    ranges = [_range(node, place) for place in range(len(node.indices))]
    conditions = [f"{said(one.left)} {_RELATIONS.get(one.symbol, one.symbol)} {said(one.right)}" for one in node.conditions]
    return f"{node.kind} over whole {', '.join([*ranges, *conditions])} of [{said(node.body)}]"


def _range(node: tree.Indexed, place: int) -> str:
    name, low, high = node.indices[place], node.lows[place], node.highs[place]
    first = "1" if low is None else said(low)
    return f"{name} from {first} to {'the end of the arrays it indexes' if high is None else said(high)}"


def _chosen(node: tree.Chosen) -> str:
    elements = f"the entries of {said(node.elements[0])}" if node.declared else "{" + ", ".join(said(one) for one in node.elements) + "}"
    power = "" if node.power is None else f"^{said(node.power)}"
    return f"{node.kind} over {node.variable} in {elements}{power} of [{said(node.body)}]"


def _ranging(node: tree.Ranging) -> str:
    low, high = (said(end) + " (left out)" * left_out for end, left_out in zip((node.low, node.high), node.open, strict=True))
    return f"{node.kind} over real {node.variable} from {low} to {high} of [{said(node.body)}]"


def _ball(node: tree.Ball) -> str:
    relation = "=" if node.sphere else "≤"
    return f"{node.kind} over vectors {node.variable} with {node.norm} {relation} {said(node.radius)} of [{said(node.body)}]"


def _limit(node: tree.Limit) -> str:
    way = {"+": " from above", "-": " from below", "": ""}[node.side]
    return f"limit as {'whole' if node.whole else 'real'} {node.variable} tends to {said(node.to)}{way} of [{said(node.body)}]"


def _cases(node: tree.Cases) -> str:
    pieces = [f"{said(value)} if {spelled(condition)}" if condition else f"{said(value)} otherwise" for value, condition in node.pieces]
    return f"cases({'; '.join(pieces)})"


def _averaged(node: tree.Averaged) -> str:
    body = spelled(node.body) if isinstance(node.body, Chain) else said(node.body)
    return f"{node.name}[{body}{' given ' + spelled(node.given) if node.given else ''}]"


_SPELL: Mapping[type, Callable[[Any], str]] = {
    tree.Number: lambda node: {"pi": "π", "inf": "∞"}.get(node.text, node.text),
    tree.Symbol: lambda node: node.name,
    tree.Index: _index,
    tree.Apply: _apply,
    tree.Elementary: lambda node: f"{node.name}({', '.join(said(one) for one in node.arguments)})",
    tree.Operation: _operation,
    tree.Negative: lambda node: f"(-{said(node.of)})",
    tree.Matrix: _matrix,
    tree.Indexed: _indexed,
    tree.Chosen: _chosen,
    tree.Ranging: _ranging,
    tree.Ball: _ball,
    tree.Limit: _limit,
    tree.Cases: _cases,
    tree.Averaged: _averaged,
}
