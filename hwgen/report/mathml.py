"""A formula as it was read, as MathML: written from the tree that was judged, with every bracket, product and range explicit.

What was read as one symbol, subscripts and accents included, is one box of its own: a product or an index shows as what it is.
It shares nothing with reading/spelled.py, which writes the words from the same tree: a slip in one of them shows beside the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from markupsafe import Markup

from hwgen.reading import tree
from hwgen.reading.tree import Chain, Node
from hwgen.report.printed import WIDE, inside, stacked

_SIGNS = {"*": "·", "+": "+", "-": "−", "<=": "≤", ">=": "≥", "!=": "≠", r"\le": "≤", r"\ge": "≥"}
_AROUND = {"floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉"), "inner": ("⟨", "⟩"), "absolute": ("|", "|")}
_BETWEEN = {"hadamard": "⊙", "kron": "⊗"}
_BIG = {"sum": "∑", "product": "∏", "integral": "∫", "max": "max", "min": "min", "sup": "sup", "inf": "inf"}
# What needs no brackets as the base of a power.
_WHOLE = (tree.Number, tree.Symbol, tree.Index)
# What needs brackets beside anything else, unless it is a fraction or a power.
_LOOSE = (tree.Operation, tree.Negative)


def as_read(chain: Chain, words: str) -> Markup:
    """The chain as a formula of its own; `words` say the same to whoever cannot see it."""
    written = stacked(_sides(chain)) if len(words) > WIDE else _chain(chain)
    return Markup(f'<math display="block" alttext="{escape(words)}">{written}</math>')


def _chain(chain: Chain) -> str:
    return _row(_sides(chain))


def _sides(chain: Chain) -> Iterable[str]:
    """The sides, each after the first with the sign before it."""
    yield _bare(chain.sides[0])
    for relation, side in zip(chain.relations, chain.sides[1:], strict=True):
        yield _sign(relation.symbol) + _bare(side)


def _of(node: Node) -> str:
    """A part among others: sums, products and opposites in brackets."""
    written = _bare(node)
    return _bracketed(written) if isinstance(node, _LOOSE) and getattr(node, "symbol", "-") in "+-*" else written


def _bare(node: Node) -> str:
    """A part where something else delimits it: between brackets or bars, in a fraction, a root, an exponent, or as a side."""
    return _WRITE[type(node)](node)


def _element(tag: str, *parts: str, **attributes: str) -> str:
    given = "".join(f' {name.rstrip("_")}="{value}"' for name, value in attributes.items())
    return f"<{tag}{given}>{''.join(parts)}</{tag}>"


def _row(parts: Iterable[str]) -> str:
    return _element("mrow", *parts)


def _sign(symbol: str) -> str:
    return _element("mo", escape(_SIGNS.get(symbol, symbol)))


def _text(words: str) -> str:
    return _element("mtext", escape(words))


def _name(latex: str) -> str:
    """What was read as one symbol."""
    return _element("mrow", inside(latex), class_="symbol")


def _around(left: str, body: str, right: str) -> str:
    return _row([_element("mo", left), body, _element("mo", right)])


def _bracketed(body: str) -> str:
    return _around("(", body, ")")


def _listed(nodes: Iterable[Node], between: str = ",") -> str:
    item = _bare if between == "," else _of
    parts: list[str] = []
    for node in nodes:
        parts += [_element("mo", between), item(node)] if parts else [item(node)]
    return _row(parts)


def _number(node: tree.Number) -> str:
    named = {"pi": "π", "inf": "∞"}
    return _element("mi", named[node.text]) if node.text in named else _element("mn", escape(node.text))


def _index(node: tree.Index) -> str:
    """An entry of an array: in square brackets, so that it cannot be taken for a part of a name."""
    return _row([_name(node.name), _around("[", _listed(node.indices), "]")])


def _apply(node: tree.Apply) -> str:
    primes = [_sign("′")] * node.order
    return _row([_name(node.name), *primes, _element("mo", "&#x2061;"), _bracketed(_listed(node.arguments))])


def _elementary(node: tree.Elementary) -> str:
    name, arguments = node.name, node.arguments
    if name in _AROUND:
        left, right = _AROUND[name]
        return _around(left, _listed(arguments), right)
    if name in _BETWEEN:
        return _bracketed(_listed(arguments, _BETWEEN[name]))
    if name.startswith("norm"):
        kind = name.removeprefix("norm").lstrip("_") or "2"
        return _element("msub", _around("‖", _listed(arguments), "‖"), _text({"op": "op", "F": "F"}.get(kind, kind)))
    if name == "root" and len(arguments) == 2:
        return _element("mroot", _bare(arguments[0]), _bare(arguments[1]))
    if name == "transpose":
        return _element("msup", _base(arguments[0]), _sign("⊤"))
    if name == "factorial":
        return _row([_bracketed(_bare(arguments[0])), _sign("!")])
    if name == "exp":
        return _element("msup", _element("mi", "e"), _bare(arguments[0]))
    return _row([_element("mi", escape(name), mathvariant="normal"), _element("mo", "&#x2061;"), _bracketed(_listed(arguments))])


def _base(node: Node) -> str:
    return _of(node) if isinstance(node, _WHOLE) else _bracketed(_bare(node))


def _operation(node: tree.Operation) -> str:
    if node.symbol == "/":
        return _element("mfrac", _bare(node.left), _bare(node.right))
    if node.symbol == "^":
        return _element("msup", _base(node.left), _bare(node.right))
    first, parts = _spine(node, "+-" if node.symbol in "+-" else node.symbol)
    return _row([_of(first), *parts])


def _spine(node: tree.Operation, level: str) -> tuple[Node, list[str]]:
    """The first of the terms or factors that follow each other, and the signs with the others: brackets of their own say nothing more."""
    first: Node = node
    parts: list[str] = []
    while isinstance(first, tree.Operation) and first.symbol in level:
        parts = [_sign(first.symbol), _of(first.right), *parts]
        first = first.left
    return first, parts


def _matrix(node: tree.Matrix) -> str:
    rows = [_element("mtr", *(_element("mtd", _of(entry)) for entry in row)) for row in node.rows]
    return _around("[", _element("mtable", *rows), "]")


def _over(kind: str, below: str, body: Node) -> str:
    """A big operator, what it runs over below it, and how far it reaches in brackets."""
    return _row([_element("munder", _element("mo", escape(_BIG.get(kind, kind)), largeop="true"), below), _around("[", _bare(body), "]")])


def _indexed(node: tree.Indexed) -> str:
    ranges = []
    for name, low, high in zip(node.indices, node.lows, node.highs, strict=True):
        first = _element("mn", "1") if low is None else _of(low)
        last = _text("the end of the array") if high is None else _of(high)
        ranges.append(_row([_name(name), _sign("="), first, _sign("…"), last]))
    conditions = [_row([_of(one.left), _sign(one.symbol), _of(one.right)]) for one in node.conditions]
    return _over(node.kind, _stacked([*ranges, *conditions]), node.body)


def _stacked(rows: list[str]) -> str:
    return rows[0] if len(rows) == 1 else _element("mtable", *(_element("mtr", _element("mtd", row)) for row in rows))


def _chosen(node: tree.Chosen) -> str:
    members = _row([_text("the entries of "), _of(node.elements[0])]) if node.declared else _around("{", _listed(node.elements), "}")
    if node.power is not None:
        members = _element("msup", members, _of(node.power))
    return _over(node.kind, _row([_name(node.variable), _sign("∈"), members]), node.body)


def _ranging(node: tree.Ranging) -> str:
    opening, closing = "(" if node.open[0] else "[", ")" if node.open[1] else "]"
    interval = _around(opening, _row([_of(node.low), _sign(","), _of(node.high)]), closing)
    between = _row([_name(node.variable), _sign("∈"), interval, _text(" real")])
    return _over(node.kind, between, node.body)


def _ball(node: tree.Ball) -> str:
    norm = node.norm.removeprefix("norm").lstrip("_") or "2"
    size = _element("msub", _around("‖", _name(node.variable), "‖"), _text(norm))
    return _over(node.kind, _row([size, _sign("=" if node.sphere else "≤"), _of(node.radius)]), node.body)


def _limit(node: tree.Limit) -> str:
    return _over("lim", _row([_name(node.variable), _sign("→"), _of(node.to), _sign(node.side)]), node.body)


def _cases(node: tree.Cases) -> str:
    rows = []
    for value, condition in node.pieces:
        when = _row([_text(" if "), _chain(condition)]) if condition else _text(" otherwise")
        rows.append(_element("mtr", _element("mtd", _of(value)), _element("mtd", when)))
    return _row([_element("mo", "{"), _element("mtable", *rows)])


def _averaged(node: tree.Averaged) -> str:
    body = _chain(node.body) if isinstance(node.body, Chain) else _bare(node.body)
    given = [_text(" given "), _chain(node.given)] if node.given else []
    return _row([_name(node.name), _around("[", _row([body, *given]), "]")])


def _negative(node: tree.Negative) -> str:
    return _row([_sign("-"), _of(node.of)])


_WRITE: Mapping[type, Callable[[Any], str]] = {
    tree.Number: _number,
    tree.Symbol: lambda node: _name(node.name),
    tree.Index: _index,
    tree.Apply: _apply,
    tree.Elementary: _elementary,
    tree.Operation: _operation,
    tree.Negative: _negative,
    tree.Matrix: _matrix,
    tree.Indexed: _indexed,
    tree.Chosen: _chosen,
    tree.Ranging: _ranging,
    tree.Ball: _ball,
    tree.Limit: _limit,
    tree.Cases: _cases,
    tree.Averaged: _averaged,
}
