"""What changed since the last report: verdicts, deviations that moved by a factor of ten, printed numbers, arrays, what came or went."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.page.digits import digits
from hwgen.report import words
from hwgen.report.numbers import estimate

# A deviation that moved by less is rounding.
MOVED = 10.0


@dataclass(frozen=True)
class Change:
    """What changed of one name, in words."""

    name: str
    words: str


def state(ledger: Mapping[str, Any]) -> dict[str, Any]:
    """What the next report compares with: of each formula its verdict and its worst deviation, each printed number, each study's arrays."""
    findings = ledger["findings"]
    return {
        "claims": {f"{one['name']}: {one['formula']['text']}": [one["name"], words.verdict(one), _deviation(one)] for one in findings},
        "numbers": {name: digits(estimate(one)) for name, one in ledger["constants"].items()},
        "studies": {name: hashlib.sha256(json.dumps(arrays).encode()).hexdigest()[:16] for name, arrays in ledger["studies"].items()},
    }


def _deviation(finding: Mapping[str, Any]) -> float:
    """The largest one that was measured: balls enclose to an accuracy that was asked for, which would hide all others."""
    measured = [look for look in finding["evidence"] if look["verdict"] != "REFUTED" and look["kind"] == "NUMERIC"]
    return max((float(look["deviation"]) for look in measured), default=0.0)


def changes(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[Change]:
    """The differences of two states: of claims, of printed numbers, of the arrays behind them and behind figures."""
    values = [*_values(now["numbers"], before["numbers"], "number"), *_values(now["studies"], before["studies"], "study")]
    return [*_claims(now["claims"], before["claims"]), *values]


def _claims(now: Mapping[str, Any], before: Mapping[str, Any]) -> list[Change]:
    """Claims that are gone, that are new or printed in another way, and what came out differently."""
    names, once = ({one[0] for one in state.values()} for state in (now, before))
    gone = [Change(name, "is gone") for name in sorted(once - names)]
    come = [Change(now[key][0], "is printed in another way" if now[key][0] in once else "is new") for key in now if key not in before]
    less = [
        Change(before[key][0], "is no longer printed in one of its ways") for key in before if key not in now and before[key][0] in names
    ]
    less = [one for one in less if one.name not in {other.name for other in come}]
    return [*gone, *come, *less, *(found for key in now if key in before and (found := _changed(now[key], before[key])))]


def _values(now: Mapping[str, str], before: Mapping[str, str], kind: str) -> list[Change]:
    """Numbers or studies that are gone, new, or other ones; of a number its digits are told."""
    gone = [Change(name, f"({kind}) is gone") for name in sorted(before.keys() - now.keys())]
    come = [Change(name, f"({kind}) is new") for name in now if name not in before]
    other = [name for name, one in now.items() if before.get(name, one) != one]
    told = {name: f"was {before[name]} and is {now[name]}" if kind == "number" else "has other arrays" for name in other}
    return [*gone, *come, *(Change(name, f"({kind}) {said}") for name, said in told.items())]


def _changed(now: Sequence[Any], before: Sequence[Any]) -> Change | None:
    name, verdict, deviation = now
    _, once, was = before
    if verdict != once:
        return Change(name, f"was {once} and is {verdict}")
    if _far(deviation, was):
        return Change(name, f"its worst deviation was {was:.2g} and is {deviation:.2g}")
    return None


def _far(one: float, other: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)) or one == other:
        return one != other and not (math.isnan(one) and math.isnan(other))
    # By the quotient: most deviations are rounding, whose size says nothing and whose magnitude does.
    return max(one, other) >= MOVED * min(one, other)
