"""`hwgen report`: everything judged where it is stale, and the evidence as one page for a browser."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hwgen.freshness import history
from hwgen.page import files
from hwgen.program import build
from hwgen.program.build import Rows
from hwgen.program.judged import judged
from hwgen.program.pictures import FOLDER as PICTURES
from hwgen.program.pictures import pictures
from hwgen.program.printed_on import LAST, shown
from hwgen.program.student import file_name
from hwgen.program.why import claimed, pages
from hwgen.report import changes
from hwgen.report.graph import Label
from hwgen.report.kept import FILE, Kept
from hwgen.report.report import Facts, report
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.workplace import FOLDER as FOLDER_OF_LATEX

FOLDER = build.BUILD / "report"
STATE = "state.json"
# What a state holds that this report can compare with.
STATES = ["claims", "numbers", "studies"]
# What a report shows beside the content and its results, which code and templates decide: pages, numbers, when it was computed.
BESIDE = (f"{build.BUILD}/{history.FILE}", LAST, *(f"{FOLDER_OF_LATEX}/{JOBNAME}.{kind}" for kind in ("aux", "checked", "log")))
_LABEL = re.compile(r"\\newlabel\{([^{}]*)\}\{\{([^{}]*)\}\{([^{}]*)\}")
# Of a homework without tables.
NONE: Mapping[str, Rows] = MappingProxyType({})
MINUTE = "%Y-%m-%d %H:%M"


def write(document: build.Document) -> Path:
    """The report and the ledger behind it, written whole; the path of the page."""
    root = document.request.root
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    known = judged(document, FOLDER)
    files.write(folder / "index.html", page_of(document, known.evidence, known.tables))
    return folder / "index.html"


def page_of(document: build.Document, evidence: Mapping[str, Any], tables: Mapping[str, Rows] = NONE) -> str:
    """The page of the evidence, and what changed since the last one that was another."""
    root = document.request.root
    now, last, when = changes.state(evidence), _last(root / FOLDER / STATE), time.strftime(MINUTE)
    known, unchanged = last.get("now"), last.get("now") == now
    before = last.get("before") if unchanged else known
    # A report that shows the same as the last one is still compared with the one before that.
    first = last.get("when", "")
    since, same = (last.get("since") or first, first if last.get("since") else "") if unchanged else (first, "")
    files.write(root / FOLDER / STATE, json.dumps({"now": now, "before": before, "when": when, "since": since}))
    pdf = shown(document.page, root, file_name(document.student, document.homework))
    on = {name: pages(root, name, pdf.notes.get("log")) for name in evidence["figures"]}
    kept = Kept(root / FOLDER / FILE)
    facts = Facts(
        root=root,
        kept=kept,
        when=f"Written {when}.",
        since=since,
        same=same,
        pages={**claimed(root, document.formulas, pdf.notes.get("checked")), **on},
        computed=_computed(root),
        labels=_labels(pdf.notes.get("aux", root / FOLDER_OF_LATEX / f"{JOBNAME}.aux")),
        sheets=pdf.sheets,
        document=pdf.name,
        tables=tables,
        pictures=pictures(document.content, evidence, root, root / FOLDER / PICTURES),
    )
    page = report(evidence, document.page, facts, before)
    kept.write()
    return page


def _labels(record: Path) -> dict[str, Label]:
    """What LaTeX printed for each label, as its notes say."""
    text = record.read_text(errors="replace") if record.exists() else ""
    return {name: Label(number, page) for name, number, page in _LABEL.findall(text)}


def _computed(root: Path) -> dict[str, str]:
    """When each result was last computed, by its name; of what has several parts, the last of them."""
    found: dict[str, float] = {}
    for label, known in history.recall(root / build.BUILD).items():
        name = label.partition(":")[0]
        found[name] = max(found.get(name, 0.0), known["computed"])
    return {name: time.strftime(MINUTE, time.localtime(seconds)) for name, seconds in found.items()}


def _last(path: Path) -> dict[str, Any]:
    """What the last report left; nothing where it left nothing that can be read."""
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if sorted(found.get("now") or ()) == STATES else {}
