r"""The symbols that a claim declares, by their role."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hwgen.model import Bindings, Expectation, Function, Value, Variable
from hwgen.model.errors import ContentError
from hwgen.reading.commands import BIG, ELEMENTARY, FRACTIONS, GROUPS, MEANT, OPERATORS, RELATIONS, SIGNS, TAKEN, TIMES
from hwgen.reading.looks import look_of
from hwgen.reading.signs import sign_in
from hwgen.reading.tokens import key_of

# Rounding leaves a rank open to the reader, and a computation may know it.
_BY_ORACLE = frozenset({"rank", "rk"})
_UPRIGHT = frozenset({(r"\operatorname",), (r"\mathrm",), (r"\text",), (r"\mathop",)})
# What makes an expression of what it stands in.
_NO_SYMBOL = frozenset({*RELATIONS, *SIGNS, *ELEMENTARY, *BIG, *TIMES, *FRACTIONS, *GROUPS, *GROUPS.values()})
_NO_SYMBOL |= {"/", "!", "|", r"\|", ",", r"\sqrt", r"\binom", r"\int", r"\infty", r"\lvert", r"\lVert", r"\lfloor", r"\lceil", r"\langle"}


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
    looks: dict[str, str] = {}
    for name in bindings:
        _may_be_bound(name, key_of(name))
        if same := seen.get(key_of(name)) or looks.get(look_of(name)):
            raise ContentError(f"'{name}' and '{same}' are one symbol in two spellings, bound twice")
        seen[key_of(name)] = looks[look_of(name)] = name
    averages = {name: binding for name, binding in bindings.items() if isinstance(binding, Expectation)}
    return Vocabulary(
        tuple(bindings),
        {name: len(binding.derivatives) for name, binding in bindings.items() if isinstance(binding, Function)},
        {name: binding.symbols for name, binding in averages.items()},
        frozenset(name for name, binding in averages.items() if binding.moment == "probability"),
        {name: tuple(binding.of) for name, binding in bindings.items() if isinstance(binding, Function)},
        {name: _varies(binding.compute, bindings) for name, binding in bindings.items() if isinstance(binding, Value)},
    )


def means_something(key: tuple[str, ...]) -> bool:
    """Whether the tokens of a name are read as something by themselves, whoever binds or defines it."""
    word = "".join(key[1:]).strip("{}") if key[:1] in _UPRIGHT else ""
    operator = word if key[:1] == (r"\operatorname",) else ""
    taken = len(key) == 1 and (key[0] in TAKEN or not key[0].lstrip("\\").isalpha())
    return taken or key in MEANT or f"\\{word}" in {*ELEMENTARY, *BIG} or (operator in OPERATORS and operator not in _BY_ORACLE)


def _may_be_bound(name: str, key: tuple[str, ...]) -> None:
    """Raises ContentError for a name that means something already, or that a reader takes for an expression."""
    if means_something(key):
        raise ContentError(f"'{name}' has a meaning of its own, and would be read as what is bound; give what is bound another name")
    depth = 0
    for before, part in itertools.pairwise(("", *key)):
        depth += (part == "{") - (part == "}")
        if depth == 0 and part in _NO_SYMBOL and before not in {"_", "^"}:
            raise ContentError(f"'{name}' is an expression, no symbol, and would be read as what is bound; bind its parts, or a letter")
    if sign := sign_in(key):
        raise ContentError(f"'{name}' would print '{sign}', a sign or a number, for what is bound; bind what is bound to a letter")


def _varies(compute: Callable[..., Any], bindings: Bindings) -> frozenset[str]:
    """The symbols of the variables that a value is computed from: those that its parameters name, or all."""
    try:
        parameters = inspect.signature(compute).parameters.values()
    except (TypeError, ValueError):  # a function of C that does not say
        return frozenset()
    named = {one.name for one in parameters}
    every = any(one.kind is one.VAR_KEYWORD for one in parameters)
    return frozenset(symbol for symbol, one in bindings.items() if isinstance(one, Variable) and (every or one.name in named))
