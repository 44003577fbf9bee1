"""The page itself: the parts put together by Jinja2, with style and script inside of it, so that one file is all."""

from __future__ import annotations

import functools
import urllib.parse
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hwgen.page.page import Page
from hwgen.report import changes, printed, words, wrong
from hwgen.report.entries import FATES, Entry, entries
from hwgen.report.graph import graph, oracles
from hwgen.report.layout import layout
from hwgen.report.numbers import drawings, numbers, studies
from hwgen.report.overview import overview
from hwgen.report.pictures import short
from hwgen.report.untested import untested

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a report shows beside the ledger and the page: where the files are, on which pages names are printed, and when it was."""

    root: Path
    when: str = ""
    since: str = ""
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)


def report(ledger: Mapping[str, Any], page: Page, facts: Facts, before: Mapping[str, Any] | None = None) -> str:
    """The whole report as HTML; `before` is the state of the last one that was another."""
    found = entries(ledger, facts.pages)
    whole = graph(ledger, page, found)
    with ThreadPoolExecutor() as pool:  # dot works beside this process
        parts = [(name, part, pool.submit(layout, part)) for name in ledger["exercises"] if (part := whole.part(name)).nodes]
        shown = _shown(ledger, page, facts, found, before)
        return _environment(facts.root).get_template("report.html.j2").render(graph=whole, parts=parts, **shown)


def _shown(ledger: Mapping[str, Any], page: Page, facts: Facts, found: Sequence[Entry], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the templates show beside the graph."""
    changed = changes.changes(changes.state(ledger), before) if before else []
    return {
        "title": f"{page.homework.name} {page.homework.title}".strip(),
        "entries": found,
        "overview": overview(ledger, found, facts.when),
        "untested": list(untested(page)),
        "changes": changed,
        "since": facts.since,
        "moved": {one.name for one in changed},
        "exercises": sorted({one.noun["exercise"] for one in found}),
        "verdicts": sorted({one.verdict for one in found}),
        "methods": sorted({method for one in found for method in one.methods}),
        "oracles": oracles(found),
        "numbers": numbers(ledger, page),
        "drawings": drawings(ledger, page),
        "studies": studies(ledger),
        "shown_numbers": ledger["constants"],
        "shown_figures": ledger["figures"],
    }


def _environment(root: Path) -> Environment:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals |= {
        "style": Markup((TEMPLATES / "style.css").read_text()),
        "script": Markup((TEMPLATES / "script.js").read_text()),
        "editor": functools.partial(editor, root.resolve()),
        "formula": printed.formula,
        "words": printed.words,
        "domain": words.domain,
        "sharpness": words.sharpness,
        "changed": words.changed,
        "need": words.need,
        "by": words.BY,
        "fates": FATES,
        "rows": wrong.rows,
        "unread": wrong.unread,
        "short": lambda number: short(float(number)),
    }
    return made


def editor(root: Path, place: str) -> str:
    """The link that opens an editor at a place, given as file:line:column."""
    return f"vscode://file{urllib.parse.quote(f'{root}/{place}', safe='/:')}"
