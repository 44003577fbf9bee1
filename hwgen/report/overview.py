"""The first look: how much is under test, what came out, what is wrong with the text, what nobody tests, what is nearest to failing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.page.references import Statement
from hwgen.report.entries import Entry
from hwgen.report.wrong import FATES

NEAREST, SLOWEST = 10, 5


@dataclass(frozen=True)
class Card:
    """A number with its words; `kind` is the verdict whose colour it has, `link` leads to what it counts."""

    number: str
    words: str
    kind: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the first part of the page shows."""

    summary: str
    made: str
    cards: Sequence[Card]
    wrong: Mapping[str, Mapping[str, int]]
    short: Sequence[Entry]
    errata: Sequence[Entry]
    nearest: Sequence[Entry]
    slowest: Sequence[Entry]
    seeds: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Text:
    """What the text has beside its claims: its statements, and how many relations of its running text nobody tests."""

    statements: Sequence[Statement]
    running: int


def overview(ledger: Mapping[str, Any], entries: Sequence[Entry], text: Text, when: str, computed: Mapping[str, str]) -> Overview:
    """The overview of a ledger whose entries are given; `when` says how old it is, `computed` how old each result."""
    tested, displayed = ledger["coverage"]
    versions = ", ".join(f"{name} {version}" for name, version in ledger["versions"].items())
    formulas = [one for one in entries if one.text]
    return Overview(
        summary=f"{len(formulas)} formulas and {len(entries) - len(formulas)} statements; {tested} of {displayed} displayed relations "
        f"are under test. {when}",
        made=f"Computed{_age(ledger, computed)} with {versions}, effort {ledger['effort']['name']}.",
        cards=[*_cards(ledger, entries), *_beside(text)],
        wrong=wrong(entries),
        short=[one for one in entries if one.verdict == "short"],
        errata=[one for one in entries if one.verdict == "erratum"],
        nearest=_first(sorted(entries, key=lambda one: -one.nearness), NEAREST),
        slowest=_first(sorted(entries, key=lambda one: -one.finding["seconds"]), SLOWEST),
        seeds=sorted({look["seed"] for one in entries for look in one.finding["evidence"] if look["seed"] is not None}),
    )


def _age(ledger: Mapping[str, Any], computed: Mapping[str, str]) -> str:
    """When what the ledger holds was computed."""
    times = sorted({computed[name] for name in ledger["nouns"] if name in computed})
    return f" from {times[0]} to {times[-1]}" if times else ""


def _beside(text: Text) -> list[Card]:
    proved = sum(one.proved for one in text.statements)
    return [
        Card(f"{proved}/{len(text.statements)}", "theorems and answers that a proof follows", link="#statements"),
        Card(str(text.running), "relations of the running text that nobody tests", link="#untested"),
    ]


def _first(entries: Sequence[Entry], count: int) -> list[Entry]:
    """The first entries, of a claim that is printed twice one."""
    return list({one.name: one for one in reversed(entries)}.values())[::-1][:count]


def _cards(ledger: Mapping[str, Any], entries: Sequence[Entry]) -> list[Card]:
    counted = Counter(one.verdict for one in entries)
    tested, displayed = ledger["coverage"]
    words = {"proved": "proved", "supported": "supported", "erratum": "errata, refuted as they must be", "short": "fall short"}
    judged = [Card(str(counted[kind]), said, kind) for kind, said in words.items()]
    survived = sum(len(tally["survivors"]) for tally in ledger["tallies"])
    first_ones = {one.name: one for one in reversed(entries)}.values()
    hypotheses, in_words = (sum(len(one.finding[part]) for one in first_ones) for part in ("hypotheses", "in_words"))
    return [
        *judged,
        Card(f"{tested}/{displayed}", "displayed relations under test", link="#untested"),
        Card(f"{hypotheses}", f"printed hypotheses under test; {in_words} are words only"),
        Card(str(sum(len(one.finding["copied"]) for one in first_ones)), "largest ratios copied from a run"),
        Card(str(sum(not one.text for one in entries)), "statements under test that are words only"),
        Card(str(sum(bool(one.steps) for one in first_ones)), "with a proof that is gone through step by step"),
        Card(f"{sum(tally['refuted'] for tally in ledger['tallies'])}", "wrong versions refuted"),
        Card(f"{survived}", "wrong versions survived", "short" if survived else ""),
        Card(str(len(ledger["constants"])), "numbers", link="#numbers"),
        Card(str(len(ledger["figures"])), "figures", link="#figures"),
    ]


def wrong(entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """How many wrong versions of each kind met each fate."""
    once = {(one.name, one.text): one.wrong for one in entries}.values()  # a formula that is printed twice is judged once
    counted = Counter((kind, version.fate) for found in once for kind, versions in found.items() for version in versions)
    return {kind: {fate: counted[kind, fate] for fate in FATES} for kind in dict.fromkeys(kind for kind, _ in counted)}
