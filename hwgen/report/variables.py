"""The variables of a claim as its page prints them: in its domain, and in the points of a ledger, they have names of Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hwgen.reading.lexer import units
from hwgen.report import words

_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def symbols(noun: Mapping[str, Any]) -> dict[str, str]:
    """The LaTeX that prints each variable; of what the page does not print, none."""
    found: dict[str, str] = {}
    for symbol, bound in noun.get("symbols", {}).items():
        if bound["is"] == "variable":
            found.setdefault(bound["name"], symbol)
    return found


def names(noun: Mapping[str, Any]) -> dict[str, str]:
    """Each variable that the page prints, as text."""
    return {name: _text(symbol) for name, symbol in symbols(noun).items()}


def axes(noun: Mapping[str, Any]) -> dict[str, str]:
    """What stands along an axis: the same, and of a vector its norm, which is all that a ledger holds of it at each point."""
    printed = names(noun)
    vectors = [name for name, spread in noun.get("domain", {}).items() if spread["is"] == "vectors"]
    return printed | {name: f"‖{printed.get(name, name)}‖" for name in vectors}


def _text(symbol: str) -> str:
    """A symbol as text: its indices are lowered that are digits."""
    seen, at = [one.text for one in units(symbol)], 0
    said: list[str] = []
    while at < len(seen):
        index, end = _index(seen, at)
        said += index.translate(_LOWERED) if index.isdigit() else seen[at:end]
        at = end
    return words.unicode("".join(said)).replace("'", "′")


def _index(seen: Sequence[str], at: int) -> tuple[str, int]:
    """The index that begins at a unit, without its braces, and where it ends; empty if none does."""
    if seen[at] != "_":
        return "", at + 1
    end = seen.index("}", at) if seen[at + 1 : at + 2] == ["{"] and "}" in seen[at:] else at + 1
    return "".join(seen[at + 1 : end + 1]).removeprefix("{").removesuffix("}"), end + 1
