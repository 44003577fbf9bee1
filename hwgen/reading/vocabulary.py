r"""The symbols that a claim declares, by their role."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hwgen.model import Bindings, Expectation, Function, Value, Variable
from hwgen.model.errors import ContentError
from hwgen.reading.tokens import key_of


@dataclass(frozen=True)
class Vocabulary:
    """The declared symbols by their role; `heads` with the symbols they average over, `functions` with how many
    primes they know; `hidden` are the variables that a function depends on beside its printed arguments;
    `varies` are the symbols of the variables that a value is computed from."""

    symbols: tuple[str, ...]
    functions: Mapping[str, int]
    heads: Mapping[str, tuple[str, ...]]
    relational: frozenset[str]
    hidden: Mapping[str, tuple[str, ...]]
    varies: Mapping[str, frozenset[str]] = field(default_factory=dict)


def vocabulary(bindings: Bindings) -> Vocabulary:
    """What the bindings of a claim declare. Raises ContentError for a symbol that is declared twice."""
    seen: dict[tuple[str, ...], str] = {}
    for name in bindings:
        if key_of(name) in seen:
            raise ContentError(f"'{name}' and '{seen[key_of(name)]}' are one symbol in two spellings, bound twice")
        seen[key_of(name)] = name
    averages = {name: binding for name, binding in bindings.items() if isinstance(binding, Expectation)}
    return Vocabulary(
        tuple(bindings),
        {name: len(binding.derivatives) for name, binding in bindings.items() if isinstance(binding, Function)},
        {name: binding.symbols for name, binding in averages.items()},
        frozenset(name for name, binding in averages.items() if binding.moment == "probability"),
        {name: tuple(binding.of) for name, binding in bindings.items() if isinstance(binding, Function)},
        {name: _varies(binding.compute, bindings) for name, binding in bindings.items() if isinstance(binding, Value)},
    )


def _varies(compute: Callable[..., Any], bindings: Bindings) -> frozenset[str]:
    """The symbols of the variables that a value is computed from: those that its parameters name, or all."""
    try:
        parameters = inspect.signature(compute).parameters.values()
    except (TypeError, ValueError):  # a function of C that does not say
        return frozenset()
    named = {one.name for one in parameters}
    every = any(one.kind is one.VAR_KEYWORD for one in parameters)
    return frozenset(symbol for symbol, one in bindings.items() if isinstance(one, Variable) and (every or one.name in named))
