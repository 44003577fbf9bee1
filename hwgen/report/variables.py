"""The variables of a claim as its page prints them: in its domain, and in the points of a ledger, they have names of Python."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hwgen.report import words

_DIGITS = re.compile(r"_(?:(\d)|\{(\d+)\})")
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
    lowered = _DIGITS.sub(lambda match: (match[1] or match[2]).translate(_LOWERED), symbol)
    return words.unicode(lowered).replace("'", "′")
