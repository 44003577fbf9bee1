"""`hwgen report`: everything judged where it is stale, and the evidence as one page for a browser."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hwgen.judging import ledger
from hwgen.program import build
from hwgen.program.why import claimed
from hwgen.report.report import Facts, report

FOLDER = build.BUILD / "report"


def write(document: build.Document) -> Path:
    """The report and the ledger behind it, written whole; the path of the page."""
    root = document.request.root
    evidence = build.evidence(document)
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    ledger.write_plain(evidence, folder / "ledger.json")
    aside = folder / "index.new"
    aside.write_text(page_of(document, evidence), encoding="utf-8")
    return aside.replace(folder / "index.html")


def page_of(document: build.Document, evidence: Mapping[str, Any]) -> str:
    """The page of the evidence."""
    root = document.request.root
    facts = Facts(root=root, when=f"Written {time.strftime('%Y-%m-%d %H:%M')}.", pages=claimed(root))
    return report(evidence, document.page, facts)
