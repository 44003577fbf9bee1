r"""The words that every formula knows, and those that a claim declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hwgen.errors import ContentError
from hwgen.model import Bindings, Expectation, Function
from hwgen.reading.tokens import key_of

RELATIONS = {"=": "=", "<": "<", ">": ">", r"\le": r"\le", r"\leq": r"\le", r"\leqslant": r"\le"}
RELATIONS |= {r"\ge": r"\ge", r"\geq": r"\ge", r"\geqslant": r"\ge", r"\lt": "<", r"\gt": ">"}
_NAMES = ("log", "exp", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")
ELEMENTARY = {rf"\{name}": name for name in _NAMES} | {r"\ln": "log"}
OPERATORS = {"arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "erf": "erf", "erfc": "erfc", "sign": "sign", "sgn": "sign"}
FRACTIONS = frozenset({r"\frac", r"\tfrac", r"\dfrac"})
GROUPS = {"(": ")", "[": "]", r"\{": r"\}"}
BIG = {r"\sum": "sum", r"\prod": "product", r"\max": "max", r"\min": "min", r"\sup": "sup", r"\inf": "inf"}
TIMES = frozenset({r"\cdot", r"\times"})
INEXACT = frozenset({r"\pm", r"\mp", r"\dots", r"\ldots", r"\cdots", r"\text", r"\approx", r"\sim", r"\to"})
INEXACT |= {r"\in", r"\propto", r"\equiv", r"\ne", r"\neq"}
# What no index or variable may be called: these words mean something by themselves.
TAKEN = frozenset(
    {*RELATIONS, *ELEMENTARY, *FRACTIONS, *GROUPS, *GROUPS.values(), *BIG, *TIMES, *INEXACT}
    | {r"\pi", r"\infty", r"\int", r"\sqrt", r"\binom", r"\mathrm", r"\mathbb", r"\operatorname", r"\top", r"\intercal"}
    | {r"\lvert", r"\rvert", r"\lVert", r"\rVert", r"\langle", r"\rangle", r"\|", r"\hat", r"\bar", r"\tilde", r"\mathbf", r"\mathcal"}
)


@dataclass(frozen=True)
class Vocabulary:
    """The declared symbols by their role; `heads` with the symbols they average over, `functions` with how many primes they know."""

    symbols: tuple[str, ...]
    functions: Mapping[str, int]
    heads: Mapping[str, tuple[str, ...]]
    relational: frozenset[str]


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
    )
