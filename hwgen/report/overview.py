"""The first look: how much is under test, what came out, what is wrong with the text, what nobody tests, what is nearest to failing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.report.entries import Entry
from hwgen.report.stated import Stated
from hwgen.report.wrong import FATES, STOPPED

NEAREST, SLOWEST = 10, 5
# More than this part of the code in common: the two sides are hardly independent.
HALF = 0.5


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
    least: Sequence[Entry]
    shared: Sequence[Entry]
    slowest: Sequence[Entry]
    seeds: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Text:
    """What the text has beside its claims: its statements; relations of its running text that nobody tests, in how many formulas."""

    statements: Sequence[Stated]
    running: int
    formulas: int


def overview(ledger: Mapping[str, Any], entries: Sequence[Entry], text: Text, when: str, computed: Mapping[str, str]) -> Overview:
    """The overview of a ledger whose entries are given; `when` says how old it is, `computed` how old each result."""
    versions = ", ".join(f"{name} {version}" for name, version in ledger["versions"].items())
    counts = wrong(entries)
    spare = [one for one in entries if one.least]
    return Overview(
        summary=f"{_summary(ledger, entries)} {when}".strip(),
        made=f"Computed{_age(ledger, computed)} with {versions}, effort {ledger['effort']['name']}.",
        cards=[*_verdicts(entries), *_tested(ledger, entries), *_beside(text), *_slips(counts), *_values(ledger)],
        wrong=counts,
        short=[one for one in entries if one.verdict == "short"],
        errata=[one for one in entries if one.verdict == "erratum"],
        nearest=_first(sorted(entries, key=lambda one: -one.nearness), NEAREST),
        least=_first(sorted(spare, key=lambda one: one.least.part if one.least else 0.0), NEAREST),
        shared=_first(sorted((one for one in entries if one.shared), key=lambda one: -one.shared), NEAREST),
        slowest=_first(sorted(entries, key=lambda one: -one.finding["seconds"]), SLOWEST),
        seeds=sorted({look["seed"] for one in entries for look in one.finding["evidence"] if look["seed"] is not None}),
    )


def _summary(ledger: Mapping[str, Any], entries: Sequence[Entry]) -> str:
    """What is counted: formulas and statements, one that is printed again in the same words once, as in the PDF."""
    tested, displayed = ledger["coverage"]
    counted = _once(entries)
    formulas, names = sum(bool(one.text) for one in counted), len({one.name for one in counted})
    said = f"{formulas} formulas and {len(counted) - formulas} statements of {names} claims under test"
    again = len(entries) - len(counted)
    twice = (
        f"; {again} of them {'is' if again == 1 else 'are'} printed again in the same words, and counted once, as in the PDF"
        if again
        else ""
    )
    return f"{said}{twice}; {tested} of {displayed} displayed relations are under test."


def _once(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for each formula of a claim, wherever it is printed; a statement has none."""
    return list({(one.name, one.text): one for one in entries}.values())


def _age(ledger: Mapping[str, Any], computed: Mapping[str, str]) -> str:
    """When what the ledger holds was computed."""
    times = sorted({computed[name] for name in ledger["nouns"] if name in computed})
    return f" from {times[0]} to {times[-1]}" if times else ""


def _first(entries: Iterable[Entry], count: int) -> list[Entry]:
    """The first entries, of a claim that is printed twice one."""
    once: dict[str, Entry] = {}
    for one in entries:
        once.setdefault(one.name, one)
    return list(once.values())[:count]


def _verdicts(entries: Sequence[Entry]) -> list[Card]:
    """How many formulas and statements have each verdict, and how many of them each kind of proof."""
    entries = _once(entries)
    counted = Counter(one.verdict for one in entries)
    words = {
        "proved": "proved",
        "supported": "supported",
        "erratum": "errata that the text tells, refuted as they must be",
        "short": "fall short",
    }
    steps = sum(bool(one.steps) for one in entries if one.verdict == "proved")
    proved = f"proved, {'each' if steps == counted['proved'] else f'{steps} of them'} with every step told"
    return [Card(str(counted[kind]), proved if kind == "proved" and counted[kind] else said, kind) for kind, said in words.items()]


def _tested(ledger: Mapping[str, Any], entries: Sequence[Entry]) -> list[Card]:
    tested, displayed = ledger["coverage"]
    once = [one for one in entries if one.number == 1]
    hypotheses, in_words = (sum(len(one.finding[part]) for one in once) for part in ("hypotheses", "in_words"))
    return [
        Card(f"{tested}/{displayed}", "displayed relations under test", link="#untested"),
        Card(f"{hypotheses}", f"printed hypotheses under test, of each claim its own; {in_words} are words only"),
        Card(str(sum(len(one.finding["copied"]) for one in once)), "largest ratios of inequalities taken from a run, and not derived"),
        Card(
            str(sum(one.shared > HALF for one in once)),
            "claims of whose code more than half computes both sides",
            link="#shared" if any(one.shared for one in once) else "",
        ),
        Card(str(sum(not one.text for one in entries)), "statements under test that are words only"),
    ]


def _beside(text: Text) -> list[Card]:
    proved = sum(one.proved for one in text.statements)
    return [
        Card(f"{proved}/{len(text.statements)}", "theorems and answers with a proof of their own", link="#statements"),
        Card(str(text.running), f"relations in {text.formulas} formulas of the running text that nobody tests", link="#running"),
    ]


def _slips(counts: Mapping[str, Mapping[str, int]]) -> list[Card]:
    """How many wrong versions were refuted, and what became of all the others."""
    total = {fate: sum(one[fate] for one in counts.values()) for fate in FATES}
    others = ", ".join(f"{total[fate]} {fate}" for fate in FATES if fate not in {"refuted", "survived"} and total[fate])
    told = f"of {sum(total.values())} wrong versions refuted{f'; others: {others}' if others else ''}"
    return [
        Card(str(total["refuted"]), told, link="#wrong"),
        Card(str(total["survived"]), "wrong versions survived", "short" if total["survived"] else "", "#wrong"),
    ]


def _values(ledger: Mapping[str, Any]) -> list[Card]:
    return [
        Card(str(len(ledger["constants"])), "numbers", link="#numbers"),
        Card(str(len(ledger["figures"])), "figures", link="#figures"),
    ]


def wrong(entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """How many wrong versions of each kind met each fate."""
    once = {(one.name, one.text): one.wrong for one in entries}.values()  # a formula that is printed twice is judged once
    counted = Counter((kind, version.fate) for found in once for kind, versions in found.items() for version in versions)
    return {kind: {fate: counted[kind, fate] for fate in FATES} for kind in dict.fromkeys(kind for kind, _ in counted)}


def stopped(entries: Sequence[Entry]) -> dict[str, dict[str, int]]:
    """Why wrong versions have no verdict: how many of each kind, by the reason."""
    once = {(one.name, one.text): one.wrong for one in entries}.values()
    every = [(kind, version) for found in once for kind, versions in found.items() for version in versions]
    counted = Counter((kind, version.at or "for another reason") for kind, version in every if version.fate == STOPPED)
    told: dict[str, dict[str, int]] = {}
    for (kind, why), times in counted.most_common():
        told.setdefault(kind, {})[why] = times
    return told
