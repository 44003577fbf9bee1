"""Fresh points of a domain, at random and from a seed of its own: no edge, no sequence, none that the judge has seen."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import Any

import numpy as np

from hwgen.model import Choices, Interval, Range, Vectors


def point(domain: Mapping[str, Range], chosen: random.Random) -> dict[str, Any]:
    """A point of the domain."""
    return {name: _coordinate(spread, chosen) for name, spread in domain.items()}


def _coordinate(spread: Range, chosen: random.Random) -> Any:
    if isinstance(spread, Choices):
        return chosen.choice(spread.values)
    if isinstance(spread, Vectors):
        direction = np.array([chosen.gauss(0, 1) for _ in range(spread.dimension)])
        return _between(spread.norm, chosen) * direction / np.linalg.norm(direction)
    return _between(spread, chosen)


def _between(spread: Interval, chosen: random.Random) -> Any:
    if spread.integer and not spread.log:
        return chosen.randint(int(spread.low), int(spread.high))
    if spread.log:
        number = math.exp(chosen.uniform(math.log(spread.low), math.log(spread.high)))
    else:
        number = chosen.uniform(spread.low, spread.high)
    return min(max(round(number), int(spread.low)), int(spread.high)) if spread.integer else number


def same_domain(domain: Mapping[str, Range], said: Mapping[str, Any]) -> bool:
    """Whether a domain is the one that a ledger tells of: its variables, their ends, and how many cases there are."""
    return domain.keys() == said.keys() and all(_same(spread, said[name]) for name, spread in domain.items())


def _same(spread: Range, said: Mapping[str, Any]) -> bool:
    if isinstance(spread, Choices):
        return said["is"] == "cases" and len(said["values"]) == len(spread.values)
    if isinstance(spread, Vectors):
        return said["is"] == "vectors" and said["dimension"] == spread.dimension and _same(spread.norm, said["norm"])
    ends = (float(said.get(end, "nan")) for end in ("low", "high"))
    return (
        said["is"] == "interval"
        and tuple(ends) == (spread.low, spread.high)
        and (said["integer"], said["log"]) == (spread.integer, spread.log)
    )
