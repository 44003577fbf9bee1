"""The case of a finding that comes nearest to failing: where it lies, both sides there, and how much of the tolerance it takes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hwgen.report import words


@dataclass(frozen=True, kw_only=True)
class Worst:
    """A case in words; `relation` counts the relations of the chain, from 1."""

    deviation: float
    tolerance: float
    relation: int = 0
    at: str = ""
    sides: tuple[str, str] | tuple[()] = ()

    @property
    def share(self) -> float:
        """The part of its tolerance that the deviation takes."""
        return max(self.deviation, 0.0) / self.tolerance


def worst(finding: Mapping[str, Any]) -> Worst | None:
    """The worst case, of all that were tried; of balls there is none, since they enclose to an accuracy that was asked for."""
    if any(look["verdict"] == "REFUTED" for look in finding["evidence"]):
        return None
    compared = (finding["tried"] or {}).get("compared")
    return max(_tried(finding["tried"]) if compared else _looks(finding), key=lambda one: one.share, default=None)


def _tried(tried: Mapping[str, Any]) -> Iterator[Worst]:
    """The worst case of each relation, of those that the ledger holds one by one."""
    for one in tried["compared"]:
        shares = [_share(*pair) for pair in zip(one["deviation"], one["tolerance"], strict=True)]
        where = max(range(len(shares)), key=shares.__getitem__, default=0)
        if shares and shares[where] > -math.inf:
            yield Worst(
                relation=one["relation"] + 1,
                deviation=float(one["deviation"][where]),
                tolerance=float(one["tolerance"][where]),
                at=", ".join(f"{name} = {_short(values[where])}" for name, values in tried["points"].items()),
                sides=(_short(one["left"][where]), _short(one["right"][where])),
            )


def _looks(finding: Mapping[str, Any]) -> Iterator[Worst]:
    """The worst cases of looks of which only these are known."""
    for look in finding["evidence"]:
        if look["kind"] == "NUMERIC" and float(look["tolerance"]) > 0:
            yield Worst(deviation=float(look["deviation"]), tolerance=float(look["tolerance"]))


def _share(deviation: Any, tolerance: Any) -> float:
    """As `Worst.share`, but below 0 where an inequality has something to spare; least of all where there is no tolerance or no number."""
    apart, allowed = float(deviation), float(tolerance)
    return apart / allowed if allowed > 0 and math.isfinite(apart) and math.isfinite(allowed) else -math.inf


def _short(value: Any) -> str:
    return words.number(value) if isinstance(value, int | float) else str(value)
