"""The evidence of the last build or report of the whole version, while all that it was computed from is as it was.

Then a report looks up no result and loads neither the content nor a library of numbers: what is under test and the evidence are
known, and only words and places may be others. Nothing here judges or decides what is stale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hwgen.judging import ledger
from hwgen.model import Homework, Student
from hwgen.page import files, remembered
from hwgen.page.page import Page
from hwgen.program import memory, snapshot
from hwgen.program.homework import homework
from hwgen.program.student import student

# Of a table, as LaTeX.
Rows = Sequence[Sequence[str]]
FOLDER = Path("build/report")
LEDGER, STATE = FOLDER / "ledger.json", FOLDER / "page.json"
# What tells of the whole version, and its evidence: a build of it, or a report after a build of another version.
LEFT = ((Path(memory.FILE), memory.LEDGER), (STATE, LEDGER))


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """What was made of a report before its evidence was there: formulas as MathML by their LaTeX, and when results were computed."""

    formulas: Mapping[str, str] = field(default_factory=dict)
    computed: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A page, its ledger in plain data and the rows of its tables; `known` is what the next report may go on from, if it may."""

    page: Page
    evidence: dict[str, Any]
    tables: Mapping[str, Rows]
    known: Mapping[str, Any]
    ahead: Ahead = Ahead()


def beside(page: Page, places: Sequence[str], tables: Mapping[str, Rows]) -> dict[str, Any]:
    """What a report shows beside the ledger: which place of its formula each finding is at, the values on the page, the tables.

    What is refuted stands at the relation that fails.
    """
    spots = [memory.places_of(formula).index(place) for formula, place in zip(page.formulas, places, strict=True)]
    return {"spots": spots, "computed": page.computed, "tables": tables}


def recalled(effort: str | None = None) -> Judged | None:
    """The evidence of the homework in the present folder, with the page as it is now; None where anything may be stale."""
    try:
        task = homework(Path())
        who = student(Path(), task, version=task.versions[0], effort=effort)
        found = (_recalled(remembered.read(state), path, task, who) for state, path in LEFT)
        return next((one for one in found if one), None)
    except memory.DOUBTS:
        return None


def _recalled(known: Mapping[str, Any] | None, path: Path, task: Homework, who: Student) -> Judged | None:
    if not known or not known.get("shown") or not memory.fresh(known, task, who):
        return None
    text, shown = ledger.left(path), known["shown"]
    if text is None or ledger.mark(text) != known["ledger"]:
        return None
    page = memory.rendered(known, task, who)
    if not memory.unchanged(known, page, typeset=False) or page.computed != shown["computed"]:
        return None
    return Judged(page=page, evidence=_placed(page, json.loads(text), shown["spots"]), tables=shown["tables"], known=known)


def leave(one: Judged) -> None:
    """Leave the ledger for others to read, and what the next report may go on from; none where something falls short.

    Such a report says where in words of its own.
    """
    root = one.page.root
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    ledger.write_plain(one.evidence, root / LEDGER)
    text = ledger.sealed((root / LEDGER).read_text(encoding="utf-8"))
    files.write(root / LEDGER, text)
    snapshot.date(root / LEDGER, snapshot.computed(one.page.homework.content))
    if one.known and all(finding["passed"] for finding in one.evidence["findings"]):
        shown = beside(one.page, [finding["formula"]["place"] for finding in one.evidence["findings"]], one.tables)
        memory.remember({**one.known, "values": {}, "ledger": ledger.mark(text), "shown": shown}, STATE)


def _placed(page: Page, evidence: dict[str, Any], spots: Sequence[int]) -> dict[str, Any]:
    """What is known, in the order and with the places and the coverage of this page, and nothing computed."""
    waiting: dict[tuple[str, str], list[tuple[dict[str, Any], int]]] = {}
    for finding, spot in zip(evidence["findings"], spots, strict=True):
        waiting.setdefault((finding["name"], finding["formula"]["text"]), []).append((finding, spot))
    findings = []
    for formula in page.formulas:
        finding, spot = waiting[formula.name, formula.text].pop(0)
        finding["formula"]["place"] = memory.places_of(formula)[spot]
        findings.append({**finding, "reused": True})
    first = {(one.name, one.text): str(one.place) for one in reversed(page.formulas)}
    tallies = {(one["name"], one["formula"]["text"]): one for one in evidence["tallies"]}
    order = [key for key in dict.fromkeys((one.name, one.text) for one in page.formulas) if key in tallies]
    for key in order:
        tallies[key]["formula"]["place"] = first[key]
    told = {"findings": findings, "tallies": [tallies[key] for key in order], "coverage": list(page.coverage), "seconds": {}}
    return {**evidence, **told}
