"""The case of a finding that comes nearest to failing: where it lies, both sides there, and how much of the tolerance it takes.

Where a tolerance is not small beside the sides little could fail, so that such a case is no worst one as long as there are others.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.report import words
from hwgen.report.words import NAMED

# A case counts where its tolerance is no more than this part of the larger side.
SMALL = 0.05


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


@dataclass(frozen=True, kw_only=True)
class Spare:
    """The case of an inequality where it has the least to spare, beside its larger side, of those where it is no equality."""

    part: float
    spare: float
    relation: int
    at: str
    sides: tuple[str, str]


def worst(finding: Mapping[str, Any], axes: Mapping[str, str] = NAMED) -> Worst | None:
    """The worst case, of all that were tried; `axes` are the printed names of its variables.

    Of balls there is none, since they enclose to an accuracy that was asked for.
    """
    if any(look["verdict"] == "REFUTED" for look in finding["evidence"]):
        return None
    compared = (finding["tried"] or {}).get("compared")
    return max(_tried(finding["tried"], axes) if compared else _looks(finding), key=lambda one: one.deviation / one.tolerance, default=None)


def _tried(tried: Mapping[str, Any], axes: Mapping[str, str]) -> Iterator[Worst]:
    """The worst case of each relation, of those that the ledger holds one by one."""
    for one in tried["compared"]:
        shares = [_share(*pair) for pair in zip(one["deviation"], one["tolerance"], strict=True)]
        telling = _telling(one)
        where = max(telling or range(len(shares)), key=shares.__getitem__, default=0)
        if shares and shares[where] > -math.inf:
            yield Worst(
                relation=one["relation"] + 1,
                deviation=float(one["deviation"][where]),
                tolerance=float(one["tolerance"][where]),
                at=_at(tried, where, axes),
                sides=(_short(one["left"][where]), _short(one["right"][where])),
            )


def _looks(finding: Mapping[str, Any]) -> Iterator[Worst]:
    """The worst cases of looks of which only these are known."""
    for look in finding["evidence"]:
        if look["kind"] == "NUMERIC" and float(look["tolerance"]) > 0:
            yield Worst(deviation=float(look["deviation"]), tolerance=float(look["tolerance"]))


def least(finding: Mapping[str, Any], axes: Mapping[str, str] = NAMED) -> Spare | None:
    """Where an inequality of the chain has the least to spare."""
    return min(_spares(finding, axes), key=lambda one: one.part, default=None) if finding["tried"] and finding["reading"] else None


def _spares(finding: Mapping[str, Any], axes: Mapping[str, str]) -> Iterator[Spare]:
    tried, relations = finding["tried"], finding["reading"]["relations"]
    for one in tried["compared"]:
        if relations[one["relation"]] == "=":
            continue
        for where in _telling(one):
            spare = -float(one["deviation"][where])
            if spare > float(one["tolerance"][where]):
                sides = (_short(one["left"][where]), _short(one["right"][where]))
                yield Spare(
                    part=spare / _size(one, where), spare=spare, relation=one["relation"] + 1, at=_at(tried, where, axes), sides=sides
                )


def idle(finding: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the compared pairs of sides have a tolerance that is not small beside them, and of how many."""
    compared = (finding["tried"] or {}).get("compared", ())
    every = sum(len(one["deviation"]) for one in compared)
    return every - sum(len(_telling(one)) for one in compared), every


def _telling(one: Mapping[str, Any]) -> Sequence[int]:
    """The cases whose tolerance is small beside the sides."""
    return [at for at, allowed in enumerate(one["tolerance"]) if 0 < float(allowed) <= SMALL * _size(one, at)]


def _size(one: Mapping[str, Any], at: int) -> float:
    sizes = [abs(float(one[side][at])) for side in ("left", "right")]
    return max(sizes) if all(map(math.isfinite, sizes)) else 0.0


def _at(tried: Mapping[str, Any], where: int, axes: Mapping[str, str]) -> str:
    return ", ".join(f"{axes.get(name, name)} = {_short(values[where])}" for name, values in tried["points"].items())


def _share(deviation: Any, tolerance: Any) -> float:
    """As `Worst.share`, but below 0 where an inequality has something to spare; least of all where there is no tolerance or no number."""
    apart, allowed = float(deviation), float(tolerance)
    return apart / allowed if allowed > 0 and math.isfinite(apart) and math.isfinite(allowed) else -math.inf


def _short(value: Any) -> str:
    return words.number(value) if isinstance(value, int | float) else str(value)
