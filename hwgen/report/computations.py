"""The computations that judge claims and make numbers, where several share one, or where it is all that a claim has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from hwgen.report.entries import Entry


@dataclass(frozen=True, kw_only=True)
class Computation:
    """A function with the claims and the numbers that it judges or makes, by their keys, each with its exercise.

    `several` are all that one claim has for itself, where that is more than one.
    """

    function: str
    place: str
    judged: Mapping[str, str]
    several: Sequence[tuple[str, str]] = ()

    @property
    def key(self) -> str:
        """Its anchor on the page."""
        return "oracle-" + "".join(letter if letter.isalnum() else "-" for letter in self.place)

    @property
    def short(self) -> str:
        """The last name of a function that has one, with its line otherwise."""
        if self.several:
            return f"{len(self.several)} computations of its own"
        names = [one for one in self.function.split(".") if not one.startswith("<")]
        return f"{names[-1]}:{self.place.rpartition(':')[2]}" if self.function.endswith(">") else names[-1]


def computations(ledger: Mapping[str, Any], entries: Sequence[Entry], resting: Set[str] = frozenset()) -> list[Computation]:
    """The functions that judge several claims, or a claim and a number; and, as one, those of a claim that rests on nothing else.

    `resting` are the keys of what rests on something else already.
    """
    found = _by_function(ledger, entries)
    shared = [Computation(function=key[0], place=key[1], judged=judged) for key, judged in found.items() if len(judged) > 1]
    held = {name for one in shared for name in one.judged} | resting
    alone: dict[str, list[tuple[str, str]]] = {}
    for key, judged in found.items():
        for name in judged.keys() - held:
            alone.setdefault(name, []).append(key)
    own = [
        Computation(function=keys[0][0], place=keys[0][1], judged=found[keys[0]], several=keys if len(keys) > 1 else ())
        for keys in alone.values()
    ]
    return [*shared, *own]


def _by_function(ledger: Mapping[str, Any], entries: Sequence[Entry]) -> dict[tuple[str, str], dict[str, str]]:
    """What each function judges, by its name and place; a number is made by what its own function calls."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in entries:
        for bound in one.noun.get("symbols", {}).values():
            if "function" in bound:
                found.setdefault((bound["function"], bound["place"]), {})[f"claim-{one.name}"] = one.noun["exercise"]
    known = ledger["origins"]["functions"]
    for name in ledger["constants"]:
        noun = ledger["nouns"][name]
        own = noun["by"]["function"]
        for called in (own, *known.get(own, {"calls": ()})["calls"]):
            judged = found.get((called, known.get(called, noun["by"])["place"]))
            if judged is not None:
                judged[f"number-{name}"] = noun["exercise"]
    return found
