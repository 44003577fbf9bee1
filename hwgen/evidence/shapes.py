"""What the shape of a printed expression says of how it may vary: a polynomial has no narrow peak, an affine function no second maximum.

Only the tree is looked at; nothing here computes.
"""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.evidence.reduced import by_oracle, mentions
from hwgen.reading import tree
from hwgen.reading.tree import Node

HIGHEST_POWER = 6
_LINEAR = frozenset({"transpose", "trace"})
_CONVEX = frozenset({"absolute", "norm", "norm_1", "norm_2", "norm_inf", "norm_F", "norm_op", "norm_weighted"})
_OF_AFFINE = frozenset({"exp", "log", "max", "min", "root"})


def varying_parts(node: Node, names: frozenset[str]) -> Iterator[Node]:
    """The largest parts that the page prints in full, that vary with the names, and that are no polynomials of them."""
    if not mentions(node, names) or polynomial(node, names):
        return
    if not by_oracle(node, names):
        yield node
        return
    for part in below(node):
        yield from varying_parts(part, names)


def below(node: Node) -> Iterator[Node]:
    """The expressions directly below a node; those of conditions are not evaluated as values."""
    waiting: list[object] = [getattr(node, name) for name in type(node).__dataclass_fields__ if name != "span"]
    for one in waiting:
        if isinstance(one, tuple):
            waiting += one
        elif isinstance(one, Node):
            yield one


def gentle(node: Node, names: frozenset[str]) -> bool:
    """Whether a node varies no faster than what stands below it does, as sums, products, moduli and low powers."""
    if isinstance(node, tree.Operation):
        return (
            node.symbol in "+-*" or (node.symbol == "/" and not mentions(node.right, names)) or (node.symbol == "^" and _small(node.right))
        )
    if isinstance(node, tree.Elementary):
        return node.name in {*_LINEAR, *_CONVEX, "inner", "max", "min"}
    return not isinstance(node, tree.Cases)


def polynomial(node: Node, names: frozenset[str]) -> bool:
    """Whether a node is a polynomial of the names, of no high power."""
    if not mentions(node, names) or isinstance(node, tree.Symbol):
        return True
    if isinstance(node, tree.Negative):
        return polynomial(node.of, names)
    if isinstance(node, tree.Operation):
        if node.symbol == "^":
            return _small(node.right) and polynomial(node.left, names)
        if node.symbol == "/":
            return not mentions(node.right, names) and polynomial(node.left, names)
        return polynomial(node.left, names) and polynomial(node.right, names)
    if isinstance(node, tree.Elementary) and node.name in {*_LINEAR, "inner"}:
        return all(polynomial(one, names) for one in node.arguments)
    if isinstance(node, tree.Index):
        return not any(mentions(one, names) for one in node.indices)
    return isinstance(node, tree.Matrix) and all(polynomial(one, names) for row in node.rows for one in row)


def _small(exponent: Node) -> bool:
    return isinstance(exponent, tree.Number) and exponent.text.isdigit() and int(exponent.text) <= HIGHEST_POWER


def affine(node: Node, names: frozenset[str]) -> bool:
    """Whether a node is of first degree in the names."""
    if not mentions(node, names) or isinstance(node, tree.Symbol):
        return True
    if isinstance(node, tree.Negative):
        return affine(node.of, names)
    if isinstance(node, tree.Operation) and node.symbol in "+-":
        return affine(node.left, names) and affine(node.right, names)
    if isinstance(node, tree.Operation) and node.symbol in "*/":
        varying = [one for one in (node.left, node.right) if mentions(one, names)]
        return len(varying) == 1 and affine(varying[0], names) and not (node.symbol == "/" and varying[0] is node.right)
    if isinstance(node, tree.Elementary) and node.name in {*_LINEAR, "inner"}:
        return sum(mentions(one, names) for one in node.arguments) == 1 and all(affine(one, names) for one in node.arguments)
    if isinstance(node, tree.Indexed):
        return node.kind == "sum" and affine(node.body, names)
    return isinstance(node, tree.Index) and not any(mentions(one, names) for one in node.indices)


def peaked(node: Node, names: frozenset[str]) -> Node | None:
    """A part with more maxima than searches from a few starts may find, or None: what is no norm, polynomial or function of affine ones."""
    if not mentions(node, names) or polynomial(node, names) or isinstance(node, tree.Apply | tree.Averaged):
        return None
    if isinstance(node, tree.Elementary) and node.name in _OF_AFFINE:
        return None if all(affine(one, names) for one in node.arguments) else node
    if isinstance(node, tree.Elementary) and node.name not in {*_LINEAR, *_CONVEX, "inner"}:
        return node
    if isinstance(node, tree.Operation) and node.symbol == "/" and mentions(node.right, names):
        return node
    if isinstance(node, tree.Operation) and node.symbol == "^" and not _small(node.right):
        return node
    return next((found for one in below(node) if (found := peaked(one, names)) is not None), None)
