"""`hwgen report`: everything judged where it is stale, and the evidence as one page for a browser."""

from __future__ import annotations

import dataclasses
import functools
import json
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from hwgen.freshness import history
from hwgen.page import files
from hwgen.page.page import Page
from hwgen.program import judged, snapshot
from hwgen.program.aside import aside
from hwgen.program.judged import FOLDER, Ahead, Judged, Rows
from hwgen.program.pictures import FOLDER as PICTURES
from hwgen.program.pictures import pictures
from hwgen.program.printed_on import LAST, Shown, claimed, last, pages, shown
from hwgen.program.student import file_name
from hwgen.report import changes
from hwgen.report.graph import Label
from hwgen.report.kept import FILE, Kept
from hwgen.report.report import Facts, report
from hwgen.typesetting import noted
from hwgen.typesetting.last import JOBNAME
from hwgen.typesetting.synctex import ENDING
from hwgen.typesetting.workplace import FOLDER as FOLDER_OF_LATEX

if TYPE_CHECKING:
    from hwgen.program.build import Document

BUILD = FOLDER.parent
STATE = "state.json"
# What a state holds that this report can compare with.
STATES = ["claims", "numbers", "studies"]
# What a report shows beside the content and its results, which code and templates decide: pages, numbers, when it was computed.
BESIDE = (f"{BUILD}/{history.FILE}", LAST, *(f"{FOLDER_OF_LATEX}/{JOBNAME}.{kind}" for kind in ("aux", "checked", "log")))
_LABEL = re.compile(r"\\newlabel\{([^{}]*)\}\{\{([^{}]*)\}\{([^{}]*)\}")
# Of a homework without tables.
NONE: Mapping[str, Rows] = MappingProxyType({})
NOTHING = Ahead()
MINUTE = "%Y-%m-%d %H:%M"


def judge(document: Document) -> Judged:
    """All evidence of the page, judged where it is stale."""
    from hwgen.program import ahead, build, memory, origins  # with all that computes, which no other report needs

    told, shown = aside(functools.partial(origins.told, document.content)), aside(functools.partial(ahead.shown, document))
    evidence, tables, heard = build.evidence_and_rows(document, told)
    here = document.request.root == Path()  # what is remembered are files of the present folder
    drawn = evidence["figures"].values()
    known = memory.state(document.page, document.content.package, {}, drawn, "", (), heard=heard) if here else {}
    return Judged(page=document.page, evidence=evidence, tables=tables, known=known, ahead=shown())


def write(known: Judged) -> Path:
    """The report and the ledger behind it, written whole; the path of the page."""
    path = known.page.root / FOLDER / "index.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    left = aside(functools.partial(judged.leave, known))
    files.write(path, page_of(known.page, known.evidence, known.tables, known.ahead))
    left()
    return path


def files_of(page: Page) -> list[str]:
    """What a report shows besides, of the PDFs that may show the templates too: notes and links come after a page."""
    pdfs = {page.root / BUILD / name for name in (file_name(page.who, page.homework), last(page.root).name) if name}
    kept = (path for pdf in sorted(pdfs) for path in (pdf, pdf.with_suffix(ENDING), page.root / noted.file(pdf, noted.LINES)))
    return [*BESIDE, *map(str, kept)]


def page_of(printed: Page, evidence: Mapping[str, Any], tables: Mapping[str, Rows] = NONE, ahead: Ahead = NOTHING) -> str:
    """The page of the evidence, and what changed since the last one that was another."""
    root = printed.root
    now, last, when = changes.state(evidence), _last(root / FOLDER / STATE), time.strftime(MINUTE)
    known, unchanged = last.get("now"), last.get("now") == now
    before = last.get("before") if unchanged else known
    # A report that shows the same as the last one is still compared with the one before that.
    first = last.get("when", "")
    since, same = (last.get("since") or first, first if last.get("since") else "") if unchanged else (first, "")
    files.write(root / FOLDER / STATE, json.dumps({"now": now, "before": before, "when": when, "since": since}))
    with beside() as pool:
        facts = _facts(printed, evidence, tables, ahead, pool)
        told = " ".join([f"Written {when}.", *(f"{said[:1].upper()}{said[1:]}." for said in older(printed))])
        page = report(evidence, printed, dataclasses.replace(facts, when=told, since=since, same=same), before)
    facts.kept.write()
    return page


def _facts(printed: Page, evidence: Mapping[str, Any], tables: Mapping[str, Rows], ahead: Ahead, pool: Executor) -> Facts:
    """What the page shows beside its evidence."""
    root, pdf = printed.root, shown_by(printed)
    on = {name: pages(root, name, pdf.notes.get("log")) for name in evidence["figures"]}
    return Facts(
        root=root,
        kept=Kept(root / FOLDER / FILE, ahead.formulas),
        pages={**claimed(root, printed.formulas, pdf.notes.get("checked")), **on},
        computed=computed(root) if ahead.computed is None or evidence["seconds"] else ahead.computed,
        labels=labels_of(printed, pdf),
        sheets=pdf.sheets,
        document=pdf.name,
        tables=tables,
        pictures=pictures(printed.homework.content, evidence, root, root / FOLDER / PICTURES, pool),
        pool=pool,
        aside=aside,
    )


def beside() -> Executor:
    """Who works beside this process: another one where these are copies of it, which costs little, or a thread."""
    if sys.platform == "linux" and (os.cpu_count() or 1) > 1:
        return ProcessPoolExecutor(1, multiprocessing.get_context("fork"))
    return ThreadPoolExecutor(1)


def shown_by(printed: Page) -> Shown:
    """The PDF that shows the page."""
    return shown(printed, printed.root, file_name(printed.who, printed.homework))


def older(printed: Page) -> list[str]:
    """That the PDF whose pages are told was made before a source was saved; nothing where there is none, or it is as new as all of them."""
    name = shown_by(printed).name if printed.root == Path() else ""  # what is looked at are files of the present folder
    saved = snapshot.saved_after(str(BUILD / name), printed.homework.content) if name else []
    return [f"pages are told as in {BUILD / name}, after which {saved[0]} was saved, or copied here"] if saved else []


def labels_of(printed: Page, pdf: Shown) -> dict[str, Label]:
    """What LaTeX printed for each label, as the notes of that PDF say, or else those of its last run."""
    return _labels(pdf.notes.get("aux", printed.root / FOLDER_OF_LATEX / f"{JOBNAME}.aux"))


def _labels(record: Path) -> dict[str, Label]:
    """What LaTeX printed for each label, as its notes say."""
    text = record.read_text(errors="replace") if record.exists() else ""
    return {name: Label(number, page) for name, number, page in _LABEL.findall(text)}


def computed(root: Path) -> dict[str, str]:
    """When each result was last computed, by its name; of what has several parts, the last of them."""
    found: dict[str, float] = {}
    for label, known in history.recall(root / BUILD).items():
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
