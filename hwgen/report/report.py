"""The page itself: the parts put together by Jinja2, with style and script inside of it, so that one file is all."""

from __future__ import annotations

import functools
import urllib.parse
import zlib
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from hwgen.page.page import Page
from hwgen.page.references import Statement
from hwgen.page.sandbox import Compiled
from hwgen.report import changes, printed, untested, words, wrong
from hwgen.report.entries import Entry, entries
from hwgen.report.graph import Label, graph, oracles, titled
from hwgen.report.kept import Kept
from hwgen.report.layout import layout
from hwgen.report.numbers import drawings, numbers, studies
from hwgen.report.overview import Text, overview
from hwgen.report.pictures import short

TEMPLATES = Path(__file__).with_name("templates")
# Where templates are kept in compiled form, if there is such a folder: a tenth of a second less.
COMPILED = Path("build/templates")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a report shows beside the ledger and the page: where the files are, on which pages names are printed, and when it was.

    `computed` says when each result was last computed, `since` when the last report was written that was another, `labels` what
    LaTeX printed for each label when it ran last, `kept` what the last report was made of.
    """

    root: Path
    kept: Kept = field(default_factory=Kept)
    when: str = ""
    since: str = ""
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)


def report(ledger: Mapping[str, Any], page: Page, facts: Facts, before: Mapping[str, Any] | None = None) -> str:
    """The whole report as HTML; `before` is the state of the last one that was another."""
    found = entries(ledger, facts.pages)
    whole = graph(ledger, page, found, facts.labels)
    with ThreadPoolExecutor() as pool:  # dot works beside this process
        parts = [(name, part, pool.submit(layout, part)) for name in ledger["exercises"] if (part := whole.part(name)).nodes]
        changed = changes.changes(changes.state(ledger), before) if before else []
        told = {**_text(ledger, page, facts, found, whole.statements), **_content(ledger, page)}
        told |= {"changes": changed, "since": facts.since}
        environment = _environment(facts.root)
        written = _written(environment, facts, told, {one.name for one in changed})
        return environment.get_template("report.html.j2").render(graph=whole, parts=parts, written=written, **told)


def _written(environment: Environment, facts: Facts, told: Mapping[str, Any], moved: Set[str]) -> Iterator[Markup]:
    """Each entry as HTML, from what it shows and nothing else."""
    template, root = environment.get_template("entry.html.j2"), str(facts.root.resolve())
    for one in told["entries"]:
        stands = [(said, stated.key, told["titles"][stated.key]) for said, stated in told["stated"].get(one.name, ())]
        shown = {"stands": stands, "computed": facts.computed.get(one.name, ""), "moved": one.name in moved}
        make = functools.partial(template.render, one=one, **shown)
        yield Markup(facts.kept.piece([root, shown, one.made_of], make))


def _text(ledger: Mapping[str, Any], page: Page, facts: Facts, found: Sequence[Entry], stated: Sequence[Statement]) -> dict[str, Any]:
    """What the templates show of the text and its claims."""
    running = list(untested.running(page))
    text = Text(statements=stated, running=sum(one.relations - one.tested for one in running))
    return {
        "title": f"{page.homework.name} {page.homework.title}".strip(),
        "entries": found,
        "judged": {one.name for one in found},
        "stated": stated_in(stated),
        "titles": {one.key: titled(one, facts.labels) for one in stated},
        "labels": facts.labels,
        "pages": facts.pages,
        "computed": facts.computed,
        "overview": overview(ledger, found, text, facts.when, facts.computed),
        "untested": list(untested.untested(page)),
        "running": running,
        "exercises": sorted({one.noun["exercise"] for one in found}),
        "verdicts": sorted({one.verdict for one in found}),
        "methods": sorted({method for one in found for method in one.methods}),
        "oracles": oracles(found),
    }


def _content(ledger: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """What the templates show of numbers, figures and studies."""
    drawn = drawings(ledger, page)
    return {
        "numbers": numbers(ledger, page),
        "drawings": drawn,
        "studies": studies(ledger),
        "views": {**dict.fromkeys(ledger["constants"], "number"), **{one.name: one.noun["kind"] for one in drawn}},
    }


def stated_in(stated: Sequence[Statement]) -> dict[str, list[tuple[str, Statement]]]:
    """Of each claim the statements that it stands in, and those that are proved with it."""
    found: dict[str, list[tuple[str, Statement]]] = {}
    for one in stated:
        for said, names in (("in", one.claims), ("in the proof of", one.proved_with)):
            for name in names:
                found.setdefault(name, []).append((said, one))
    return found


def _environment(root: Path) -> Environment:
    @functools.cache
    def place(text: str) -> Markup:
        return Markup('<a href="{}"><code>{}</code></a>').format(editor(root.resolve(), text), text)

    @functools.cache
    def made_by(function: str, at: str) -> Markup:
        return Markup("<code>{}</code>").format(function) + (Markup(" ({})").format(place(at)) if at else "")

    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    if (root / COMPILED).is_dir():
        made.bytecode_cache = Compiled(str(root / COMPILED), f"report-{zlib.crc32(Path(__file__).read_bytes()):08x}_%s.cache")
    made.globals |= {
        "style": Markup((TEMPLATES / "style.css").read_text()),
        "script": Markup((TEMPLATES / "script.js").read_text()),
        "place": place,
        "made": lambda by: made_by(by["function"], by["place"]),
        "formula": printed.formula,
        "words": printed.words,
        "domain": words.domain,
        "sharpness": words.sharpness,
        "changed": words.changed,
        "need": words.need,
        "by": words.BY,
        "fates": wrong.FATES,
        "rows": wrong.rows,
        "unread": wrong.unread,
        "short": lambda number: short(float(number)),
    }
    return made


def editor(root: Path, place: str) -> str:
    """The link that opens an editor at a place, given as file:line:column."""
    return f"vscode://file{urllib.parse.quote(f'{root}/{place}', safe='/:')}"
