"""The evidence of the last report, while all that it was computed from is as it was: a change of words alone looks up no result.

What was asked for is part of what is remembered, but for where it stands; nothing here judges or decides what is stale.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.judging import ledger
from hwgen.model import Formula, Place
from hwgen.page import remembered
from hwgen.program import build, snapshot
from hwgen.program.build import Rows

LEDGER, FILE = "ledger.json", "judged.json"
NOWHERE = Place(file="", line=0)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A ledger in plain data, and the rows of its tables."""

    evidence: dict[str, Any]
    tables: dict[str, Rows]


def judged(document: build.Document, folder: Path) -> Judged:
    """All evidence of the page, judged where it is stale; its ledger is left in a folder of the homework."""
    here = document.request.root == Path()  # what is remembered are files of the present folder
    asked = remembered.seal(Path(FILE), _asked(document).encode())
    known = snapshot.unchanged([asked], str(folder / FILE)) if here else None
    if known:
        build.done(document)
        text = (folder / LEDGER).read_text(encoding="utf-8")
        found = _placed(document, json.loads(text), *map(json.loads, known[1]))
        if found.evidence == json.loads(text):
            return found
    else:
        evidence, tables = build.evidence_and_rows(document)
        found = Judged(evidence=evidence, tables=tables)
    ledger.write_plain(found.evidence, document.request.root / folder / LEDGER)
    if here:
        _remember(document, found, folder, asked)
    return found


def _remember(document: build.Document, found: Judged, folder: Path, asked: str) -> None:
    """Remember the ledger that was just written, unless something falls short: that says where in words of its own."""
    if all(one["passed"] for one in found.evidence["findings"]):
        made, code = [str(folder / LEDGER), *found.evidence["figures"].values()], snapshot.computed(document.homework.content)
        said = [json.dumps(found.tables), json.dumps(_spots(document, found.evidence))]
        snapshot.take([asked], made, said, code, printed=False, file=str(folder / FILE))


def _asked(document: build.Document) -> str:
    """What the evidence is of: every formula as it is printed, the values, the effort."""
    return repr([[_anywhere(one) for one in document.formulas], sorted(document.page.computed), document.student.effort])


def _anywhere(formula: Formula) -> Formula:
    """A formula without its places."""
    return dataclasses.replace(formula, place=NOWHERE, places=(), hypotheses=tuple(map(_anywhere, formula.hypotheses)))


def _spots(document: build.Document, evidence: dict[str, Any]) -> list[int]:
    """Which place of its formula each finding is at: what is refuted stands at the relation that fails."""
    return [
        _places(formula).index(finding["formula"]["place"])
        for formula, finding in zip(document.formulas, evidence["findings"], strict=True)
    ]


def _places(formula: Formula) -> list[str]:
    """The places of a formula and of its hypotheses, in an order that the text alone decides."""
    return [str(place) for one in (formula, *formula.hypotheses) for place in (one.place, *one.places)]


def _placed(document: build.Document, evidence: dict[str, Any], tables: dict[str, Rows], spots: Sequence[int]) -> Judged:
    """What was remembered, with the places and the coverage of this page, and nothing computed; findings follow its formulas."""
    for finding, formula, spot in zip(evidence["findings"], document.formulas, spots, strict=True):
        finding["formula"]["place"] = _places(formula)[spot]
        finding["reused"] = True
    first = {(one.name, one.text): str(one.place) for one in reversed(document.formulas)}
    for tally in evidence["tallies"]:
        tally["formula"]["place"] = first[tally["name"], tally["formula"]["text"]]
    return Judged(evidence={**evidence, "coverage": list(document.page.coverage), "seconds": {}}, tables=tables)
