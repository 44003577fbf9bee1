"""One entry for each formula or statement under test: all that a ledger knows of it, ready to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from hwgen.reading import plain
from hwgen.reading.spelled import spelled
from hwgen.report import mathml, printed, variables, words
from hwgen.report.pictures import Picture, pictures
from hwgen.report.worst import Spare, Worst, idle, least, worst
from hwgen.report.wrong import Version, by_kind

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One printed formula, or a statement in words, with its evidence.

    `number` is which one it is of so many of the same claim, `quoted` the sentence that prints a statement, as HTML.
    """

    key: str
    finding: Mapping[str, Any]
    noun: Mapping[str, Any]
    tally: Mapping[str, Any] | None
    pages: Sequence[str] = ()
    number: int = 0
    of: int = 1
    quoted: str = ""

    @property
    def made_of(self) -> list[Any]:
        """All that the entry is made of, as plain data."""
        return [getattr(self, one.name) for one in fields(self)]

    @property
    def name(self) -> str:
        """The name in the template."""
        return str(self.finding["name"])

    @property
    def title(self) -> str:
        """The name, with which one it is if there are several."""
        return f"{self.name}, {self.number} of {self.of}" if self.of > 1 else self.name

    @property
    def text(self) -> str:
        """The LaTeX as printed."""
        return str(self.finding["formula"]["text"])

    @property
    def place(self) -> str:
        """File, line and column of the template."""
        return str(self.finding["formula"]["place"])

    @property
    def verdict(self) -> str:
        """proved, supported, erratum, or short of what it needs."""
        return words.verdict(self.finding)

    @cached_property
    def shown(self) -> Markup:
        """The formula as printed."""
        return printed.formula(self.text)

    @cached_property
    def _chain(self) -> Any:
        return plain.chain(self.finding["reading"]) if self.finding["reading"] else None

    @cached_property
    def spelled(self) -> str:
        """The formula as it was read, in words."""
        return words.unicode(spelled(self._chain)) if self._chain else ""

    @cached_property
    def read(self) -> Markup:
        """The formula as it was read."""
        return mathml.as_read(self._chain, self.spelled) if self._chain else Markup()

    @cached_property
    def pictures(self) -> list[Picture]:
        """Both sides over the domain, relation by relation."""
        return pictures(self.finding["reading"], self.finding["tried"], self.axes) if self.finding["tried"] else []

    @cached_property
    def axes(self) -> dict[str, str]:
        """What the page prints for its variables, of vectors with their norms, which points hold."""
        return variables.axes(self.noun)

    @cached_property
    def names(self) -> dict[str, str]:
        """What the page prints for its variables."""
        return variables.names(self.noun)

    @cached_property
    def symbols(self) -> dict[str, str]:
        """The same as LaTeX."""
        return variables.symbols(self.noun)

    @property
    def relations(self) -> int:
        """How many relations its chain has."""
        return len(self.finding["reading"]["relations"]) if self.finding["reading"] else 0

    @property
    def shared(self) -> float:
        """The part of the author's functions behind either side that both sides are computed by."""
        overlap = self.finding["overlap"]
        return len(overlap["common"]) / overlap["of"] if overlap and overlap["of"] else 0.0

    @property
    def common(self) -> dict[str, list[str]]:
        """The names of these functions, by the module or class that has them."""
        found: dict[str, list[str]] = {}
        for name in (self.finding["overlap"] or {"common": ()})["common"]:
            module, _, own = name.rpartition(".")
            line = own.partition("<lambda>:")[2]
            found.setdefault(module, []).append(f"one without a name in line {line}" if line else own)
        return found

    @property
    def methods(self) -> list[str]:
        """What kinds of evidence there are."""
        return list(dict.fromkeys(words.BY.get(one["kind"], one["kind"].lower()) for one in self.finding["evidence"]))

    @cached_property
    def worst(self) -> Worst | None:
        """The case that comes nearest to its tolerance."""
        return worst(self.finding, self.axes)

    @property
    def nearness(self) -> float:
        """The largest part of a tolerance that a deviation takes at some case."""
        return self.worst.share if self.worst else 0.0

    @cached_property
    def least(self) -> Spare | None:
        """Where an inequality has the least to spare."""
        return None if any(look["verdict"] == "REFUTED" for look in self.finding["evidence"]) else least(self.finding, self.axes)

    @property
    def idle(self) -> tuple[int, int]:
        """How many of the compared pairs of sides have a tolerance that is not small beside them, and of how many."""
        return idle(self.finding)

    @property
    def steps(self) -> int:
        """How many steps its proofs have; what only supports is no step of one."""
        return sum(len(look["steps"]) for look in self.finding["evidence"] if look["verdict"] == "PROVED")

    @property
    def bound_at(self) -> list[str]:
        """The places of the functions that it tells of: its own, those of its symbols, and those that derive sides of inequalities."""
        derived = [by for declared in self.noun.get("sharp", ()) for part in declared if part["is"] == "derived" for by in part.values()]
        bound = [self.noun["by"], *self.noun.get("symbols", {}).values(), *(by for by in derived if isinstance(by, dict))]
        return [one["place"] for one in bound if one.get("place")]

    @property
    def proof_at(self) -> str:
        """The place of its proof."""
        return str((self.noun.get("proof") or {}).get("place", ""))

    @cached_property
    def wrong(self) -> dict[str, list[Version]]:
        """The wrong versions by kind of slip."""
        return by_kind(self.tally) if self.tally else {}


def entries(ledger: Mapping[str, Any], pages: Mapping[str, Sequence[str]], quotes: Mapping[str, str] = NOTHING) -> list[Entry]:
    """The entries in the order of the page; a formula that stands at several places has one at each.

    `quotes` are the sentences that print statements, by place.
    """
    times = Counter(finding["name"] for finding in ledger["findings"])
    # By name and text: a claim that is printed in two ways has two sets of wrong versions.
    tallies = {(one["name"], one["formula"]["text"]): one for one in ledger["tallies"]}
    seen: dict[str, int] = {}
    found = []
    for finding in ledger["findings"]:
        name = finding["name"]
        number = seen[name] = seen.get(name, 0) + 1
        found.append(
            Entry(
                key=f"claim-{name}" + (f"-{number}" if number > 1 else ""),
                finding=finding,
                noun=ledger["nouns"][name],
                tally=tallies.get((name, finding["formula"]["text"])),
                pages=[page for page in pages.get(name, ())[number - 1 : number] if page],
                number=number,
                of=times[name],
                quoted=quotes.get(finding["formula"]["place"], ""),
            )
        )
    return found
