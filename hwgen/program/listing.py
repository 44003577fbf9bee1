"""What `hwgen list` shows: every noun with where it is printed, the displayed relations that nothing tests, hypotheses,
numbers copied from a run, and the code that both sides of a relation share.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hwgen.freshness import history
from hwgen.judging import ledger
from hwgen.judging.chains import chain_of
from hwgen.judging.overlap import overlap
from hwgen.model import Claim, Estimate, Formula, Overlap, Verdict
from hwgen.page.digits import digits
from hwgen.page.nouns import counted
from hwgen.page.rendered import placeholders
from hwgen.program.build import BUILD, Document


def everything(document: Document) -> list[dict[str, Any]]:
    """One row per claim, statement, study, constant, table and figure."""
    printed: dict[str, list[str]] = {}
    for formula in document.formulas:
        printed.setdefault(formula.name, []).append(str(formula.place))
    told = _told(document)
    for _, name, place in placeholders(document.page.rendered):
        printed.setdefault(name, []).append(str(place))
    return [
        {
            "exercise": noun.exercise,
            "kind": "erratum" if isinstance(noun, Claim) and noun.false else type(noun).__name__.lower(),
            "name": name,
            "printed": printed.get(name, []),
            "sentence": noun.sentence,
            **told.get(name, {}),
        }
        for name, noun in document.content.nouns.items()
    ]


def _told(document: Document) -> dict[str, dict[str, Any]]:
    """What the last build found: verdicts and values, and when each was last computed."""
    folder = document.request.root / BUILD
    found: dict[str, dict[str, Any]] = {}
    for label, known in history.recall(folder).items():
        found.setdefault(label.partition(": ")[0], {})["computed"] = known["computed"]
    # Only what this machine signed: a ledger that came with the folder tells of another run.
    left = ledger.left(folder / "ledger.json")
    if left is None:
        return found
    told = json.loads(left)
    # Of several places the worst: what is false at one of them is not true at the last.
    for finding in sorted(told["findings"], key=lambda one: (not one["passed"], -Verdict[one["verdict"]])):
        found.setdefault(finding["name"], {}).update(verdict=finding["verdict"], passed=finding["passed"])
    for name, estimate in told["constants"].items():
        found.setdefault(name, {}).update(value=estimate["value"], error=estimate["error"], printed_as=digits(Estimate(**estimate)))
    return found


def age(seconds: float) -> str:
    """How long ago something was, in the largest unit that fits."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{int(seconds // size)} {unit} ago"
    return f"{int(seconds)} s ago"


def unchecked(document: Document) -> list[dict[str, Any]]:
    """One row per display that holds relations outside every claim."""
    return [
        {"place": str(display.place), "relations": display.relations, "tested": display.tested, "formula": display.formula}
        for display in document.page.displays
        if display.tested < display.relations
    ]


def hypotheses(document: Document) -> list[dict[str, Any]]:
    r"""One row per claim: its hypotheses as \for prints them, those in words, why it needs none; `stands` says which of these there are."""
    printed: dict[str, list[str]] = {}
    for formula in document.formulas:
        known = printed.setdefault(formula.name, [])
        known += [text for one in formula.hypotheses if (text := " ".join(one.text.split())) not in known]
    return [stated(noun, printed.get(name, [])) for name, noun in document.content.nouns.items() if isinstance(noun, Claim)]


def stated(claim: Claim, printed: Sequence[str]) -> dict[str, Any]:
    """What a claim says of its hypotheses, given those that the page prints for it."""
    said = {"under test": printed, "in words": claim.in_words, "none needed": [f"holds {claim.always}"] if claim.always else []}
    stands = "an erratum" if claim.false else next((how for how, texts in said.items() if texts), "nothing said")
    texts = [*printed, *(f"in words: {one}" for one in claim.in_words), *said["none needed"]]
    return {"exercise": claim.exercise, "name": claim.name, "stands": stands, "hypotheses": texts}


def copied(document: Document) -> list[dict[str, Any]]:
    """One row per claim with largest ratios that were copied from a run, for want of a reason how they are known without one."""
    claims = [noun for noun in document.content.nouns.values() if isinstance(noun, Claim) and noun.copied]
    return [{"exercise": one.exercise, "name": one.name, "copied": [str(ratio) for ratio in one.copied]} for one in claims]


def overlaps(document: Document) -> list[dict[str, Any]]:
    """One row per printed claim: the functions that compute both sides of a relation; first where these are the largest part."""
    rows: dict[str, dict[str, Any]] = {}
    for formula in document.formulas:
        noun = document.content.nouns.get(formula.name)
        if isinstance(noun, Claim):
            found = overlapping(noun, formula, document.content.problem(noun))
            rows.setdefault(noun.name, {"exercise": noun.exercise, "name": noun.name, "common": found.common, "of": found.of})
    return sorted(rows.values(), key=lambda row: -len(row["common"]) / max(row["of"], 1))


def overlapping(claim: Claim, formula: Formula, problem: Any) -> Overlap:
    """The overlap of the two sides of one printed formula."""
    return overlap(chain_of(claim, formula, problem), claim.bindings(problem))


def common(row: Mapping[str, Any]) -> str:
    """How much of the code computes both sides, and what it is."""
    shown = [".".join(name.split(".")[-2:]) for name in row["common"]]
    if not row["of"]:
        return "no function of the author stands behind it"
    if row["of"] == 1:
        return f"the one function behind it {f'computes both sides: {shown[0]}' if shown else 'does not compute both sides'}"
    part = f"{len(shown) or 'none'} of the {row['of']} functions behind it"
    return f"{part} compute{'s' * (len(shown) < 2)} both sides{': ' * bool(shown)}{', '.join(shown)}"


# What a build has a verdict or a value of; a version that leaves it out has none.
JUDGED = frozenset({"claim", "erratum", "statement", "constant"})


# What is said where a list has no row.
NONE: Mapping[Callable[[Document], list[dict[str, Any]]], str] = {
    everything: "nothing is declared: the content has no claim, study, constant, table or figure",
    unchecked: "none: every displayed relation is under test",
    hypotheses: "no claim is declared",
    copied: "none: no claim has a largest ratio that was copied from a run",
    overlaps: "no claim is printed",
}


def lines(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """The rows as lines for a person."""
    return [_line(row) for row in rows]


def _line(row: Mapping[str, Any]) -> str:
    if "stands" in row:
        return f"{row['exercise']:<26} {row['name']:<26} {row['stands']:<13} {'; '.join(row['hypotheses'])}".rstrip()
    if "copied" in row:
        return f"{row['exercise']:<26} {row['name']:<26} {len(row['copied'])} copied: {'; '.join(row['copied'])}"
    if "common" in row:
        return f"{row['exercise']:<26} {row['name']:<26} {common(row)}"
    if "place" in row:
        untested = f"{row['relations'] - row['tested']} of {counted(row['relations'], 'relation')} not under test"
        return f"{row['place']}: {untested}: {row['formula']}"
    where = ", ".join(row["printed"])
    fell_short = not row.get("passed", True) and "FELL SHORT"
    known = fell_short or row.get("verdict") or row.get("printed_as") or ("not built" if row["kind"] in JUDGED else "-")
    old = age(time.time() - row["computed"]) if "computed" in row else "-"
    columns = f"{row['exercise']:<26} {row['kind']:<9} {row['name']:<26} {known:<16} {old:>10}"
    return f"{columns}  {row['sentence']}{' — ' + where if where else ''}"
