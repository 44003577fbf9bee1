"""A printed formula typed again as Python: the source of an oracle that an author in a hurry would write."""

from __future__ import annotations

import importlib.util
import inspect
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from hwgen.judging.chains import chain_of
from hwgen.model import Binding, Bindings, Claim, Formula, Function, Value, Variable
from hwgen.model.catalog import Catalog
from hwgen.reading import Chain, tree

_CALLED = {"exp": "math.exp", "log": "math.log", "ln": "math.log", "root": "math.sqrt", "absolute": "abs", "max": "max", "min": "min"}
_CALLED |= {name: f"math.{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")} | {"transpose": "np.transpose"}
_CALLED |= {f"arc{name}": f"math.a{name}" for name in ("sin", "cos", "tan")}
_NORMS = {"norm": "", "norm_2": "", "norm_F": "", "norm_op": ", 2"}


class Untyped(Exception):
    """The formula holds what no expression of Python says: a sum, an expectation, a supremum; the message is its kind."""


class Typist:
    """Types formulas as Python; what else they name is imported under names of its own, in `given`."""

    def __init__(self, bindings: Mapping[str, Binding]) -> None:
        self.bindings = bindings
        self.given: dict[str, Any] = {}

    def typed(self, node: tree.Node) -> str:
        """The expression of a formula."""
        match node:
            case tree.Number():
                return {"pi": "math.pi"}.get(node.text, node.text)
            case tree.Symbol():
                return self._symbol(self.bindings[node.name], node.name)
            case tree.Negative():
                return f"(-{self.typed(node.of)})"
            case tree.Operation() if node.symbol in {"+", "-", "*", "/", "^"}:
                return f"({self.typed(node.left)} {node.symbol.replace('^', '**')} {self.typed(node.right)})"
            case tree.Elementary() if node.name in _CALLED and (len(node.arguments) == 1 or node.name in {"max", "min"}):
                return f"{_CALLED[node.name]}({', '.join(map(self.typed, node.arguments))})"
            case tree.Elementary(name="root") if len(node.arguments) == 2:
                return f"({self.typed(node.arguments[0])} ** (1 / {self.typed(node.arguments[1])}))"
            case tree.Apply() if isinstance(self.bindings[node.name], Function):
                return self._applied(self.bindings[node.name], node)
            case tree.Elementary() if node.name in _NORMS:
                return f"np.linalg.norm({self.typed(node.arguments[0])}{_NORMS[node.name]})"
        raise Untyped(type(node).__name__ + (f" {node.name}" if isinstance(node, tree.Elementary | tree.Apply) else ""))

    def _symbol(self, binding: Binding, name: str) -> str:
        if isinstance(binding, Variable):
            return binding.name
        if not isinstance(binding, Value):
            raise Untyped(type(binding).__name__)
        return f"{self._called(binding.compute)}({', '.join(parameters(binding.compute))})"

    def _applied(self, binding: Any, node: tree.Apply) -> str:
        arguments = [*map(self.typed, node.arguments), *(f"{name}={name}" for name in binding.of)]
        return f"{self._called((binding.call, *binding.derivatives)[node.order])}({', '.join(arguments)})"

    def _called(self, function: Any) -> str:
        called = next((known for known, one in self.given.items() if one is function), f"other_{len(self.given)}")
        self.given[called] = function
        return called

    def function(self, node: tree.Node, domain: Mapping[str, Any], folder: Path) -> Any:
        """A function of the variables of the domain that computes the formula, from a file of its own."""
        body = self.typed(node)
        used = [name for name in domain if any(name in parameters(one) for one in self.given.values()) or f"{name}" in _words(body)]
        path = folder / f"typed_{next(_NUMBERS)}.py"
        path.write_text(f"import math\n\nimport numpy as np\n\n\ndef again({', '.join(used)}):\n    return {body}\n")
        spec = importlib.util.spec_from_file_location(path.stem, path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        vars(module).update(self.given)
        return module.again


_NUMBERS = itertools.count()


def _words(text: str) -> set[str]:
    return set("".join(letter if letter.isalnum() or letter == "_" else " " for letter in text).split())


def parameters(function: Any) -> list[str]:
    """The variables that an oracle is given."""
    return list(inspect.signature(function).parameters)


def lone(node: tree.Node, bindings: Mapping[str, Binding]) -> str:
    """The symbol that a side consists of, if it is computed."""
    return node.name if isinstance(node, tree.Symbol) and isinstance(bindings.get(node.name), Value | Function) else ""


def bound(content: Catalog, claim: Claim, formula: Formula) -> tuple[Chain, Bindings]:
    """A printed formula as it is read, and what its symbols are bound to."""
    problem = content.problem(claim)
    return chain_of(claim, formula, problem), claim.bindings(problem)


def again(content: Catalog, claim: Claim, formula: Formula, folder: Path) -> Iterator[tuple[str, Any]]:
    """For each side that is one computed symbol: its name, and what computes its printed equal, or why that is not typed."""
    chain, bindings = bound(content, claim, formula)
    for index, relation in enumerate(chain.relations):
        pair = chain.sides[index : index + 2]
        for side, other in (pair, pair[::-1]) if relation.symbol == "=" else ():
            name = lone(side, bindings)
            if name and isinstance(bindings[name], Value):
                try:
                    yield name, Typist(bindings).function(other, claim.domain, folder)
                except Untyped as error:
                    yield name, str(error)


def with_typed(claim: Claim, symbol: str, typed: Any) -> Claim:
    """The claim, of which a symbol is bound to what is typed."""
    return replace(claim, bind=lambda problem: {**claim.bindings(problem), symbol: Value(compute=typed)})
