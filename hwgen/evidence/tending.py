"""The limit of an expression as a variable tends somewhere, estimated; what does not settle is refused, never guessed.

What the page prints in full is looked at far away, a declared function beside the place only; what is printed around the limits of
declared functions must be continuous there.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Any, NoReturn

import numpy as np

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence import extrapolated, faraway
from hwgen.evidence.reduced import Evaluate, by_oracle, mentions
from hwgen.evidence.scope import Bound, Scope
from hwgen.model import Approx
from hwgen.reading import tree
from hwgen.reading.tree import Node

# What may be printed around the limit of a declared function: continuous wherever it has a value.
_CONTINUOUS = frozenset({"exp", "log", "sin", "cos", "arctan", "sinh", "cosh", "tanh", "arcsinh", "erf", "erfc", "absolute", "max", "min"})
_CONTINUOUS |= {"norm", "norm_1", "norm_2", "norm_inf", "norm_F", "inner", "transpose", "trace", "det", "root"}


def limit(node: tree.Limit, scope: Scope, evaluate: Evaluate) -> Approx:
    """The limit with an estimate of its error. Raises ShapeError where none is found."""
    return _Around(node, scope, evaluate).limit()


class _Around:
    """A limit through what is continuous: each part that varies is replaced by its own limit."""

    def __init__(self, node: tree.Limit, scope: Scope, evaluate: Evaluate) -> None:
        self.node, self.scope, self.evaluate = node, scope, evaluate
        self.names = frozenset({node.variable})
        self.constants: dict[str, Approx] = {}
        self.declared = False

    def limit(self) -> Approx:
        """Of the whole body."""
        around = self._replaced(self.node.body)
        with Bound(self.scope, self.constants):
            found: Approx = self.evaluate(around, self.scope)
        if not (np.all(np.isfinite(found.value)) and math.isfinite(found.error)):
            self._refuse("a limit that does not follow from those of its parts", self.node.body)
        if self.declared and not self._beside():
            self._refuse("a limit of what has no value on the way to it", self.node.body)
        return found

    def _beside(self) -> bool:
        """Whether the body has a value where declared functions were looked at last."""
        for place in (places[-1] for places in extrapolated.ways(self.node, self.scope, self.evaluate)):
            with Bound(self.scope, {self.node.variable: Approx(value=place, error=0.0)}):
                if not np.all(np.isfinite(self.evaluate(self.node.body, self.scope).value)):
                    return False
        return True

    def _refuse(self, what: str, part: Node) -> NoReturn:
        error = ShapeError(f"{what}; declare it as one function of {self.node.variable}, or write a bound")
        error.span = part.span
        raise error

    def _replaced(self, part: Node) -> Node:
        """The part with the limits of what varies in place of that."""
        if not mentions(part, self.names):
            return part
        if not by_oracle(part, self.names):
            return self._constant(part, faraway.limit(self.node, part, self.scope, self.evaluate))
        if isinstance(part, tree.Apply) and not any(by_oracle(one, self.names) for one in part.arguments):
            return self._constant(part, self._declared(part))
        power = isinstance(part, tree.Operation) and part.symbol == "^" and mentions(part.right, self.names)
        known = isinstance(part, tree.Operation | tree.Negative) or (isinstance(part, tree.Elementary) and part.name in _CONTINUOUS)
        if power or not known:
            self._refuse("a limit of what is no sum, product, quotient or continuous function of its parts", part)
        changed = {one.name: self._inside(getattr(part, one.name)) for one in dataclasses.fields(part) if one.name != "span"}
        return dataclasses.replace(part, **changed)

    def _inside(self, part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(self._inside(one) for one in part)
        return self._replaced(part) if isinstance(part, Node) else part

    def _constant(self, part: Node, value: Approx) -> Node:
        # No name of a page holds this character.
        name = f"\0limit{len(self.constants)}"
        self.constants[name] = value
        return tree.Symbol(name=name, span=part.span)

    def _declared(self, part: tree.Apply) -> Approx:
        """The limit of a declared function, whose arguments are the variable itself or tend to numbers."""
        self.declared = True
        arguments = [one for one in part.arguments if mentions(one, self.names)]
        plain = all(isinstance(one, tree.Symbol) for one in arguments)
        moving = [] if plain else [(one, faraway.limit(self.node, one, self.scope, self.evaluate).value) for one in arguments]
        return extrapolated.declared(self.node, part, moving, self.scope, self.evaluate)
