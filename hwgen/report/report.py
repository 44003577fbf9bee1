"""The page itself: the parts put together by Jinja2, with style and script inside of it, so that one file is all."""

from __future__ import annotations

import functools
import urllib.parse
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hwgen.page.page import Page
from hwgen.report import printed, words, wrong
from hwgen.report.entries import entries
from hwgen.report.overview import overview
from hwgen.report.pictures import short

TEMPLATES = Path(__file__).with_name("templates")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a report shows beside the ledger and the page: where the files are, on which pages names are printed, and when it was."""

    root: Path
    when: str = ""
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)


def report(ledger: Mapping[str, Any], page: Page, facts: Facts, moved: Collection[str] = ()) -> str:
    """The whole report as HTML."""
    found = entries(ledger, facts.pages)
    return (
        _environment(facts.root)
        .get_template("report.html.j2")
        .render(
            title=page.homework.title,
            entries=found,
            overview=overview(ledger, found, facts.when),
            exercises=sorted({one.noun["exercise"] for one in found}),
            verdicts=sorted({one.verdict for one in found}),
            methods=sorted({method for one in found for method in one.methods}),
            moved=frozenset(moved),
        )
    )


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
        "by": words.BY,
        "rows": wrong.rows,
        "unread": wrong.unread,
        "short": lambda number: short(float(number)),
    }
    return made


def editor(root: Path, place: str) -> str:
    """The link that opens an editor at a place, given as file:line:column."""
    return f"vscode://file{urllib.parse.quote(f'{root}/{place}', safe='/:')}"
