"""The page itself: the parts put together by Jinja2, with style and script inside of it, so that one file is all."""

from __future__ import annotations

import functools
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from hwgen.page.digits import digits
from hwgen.page.page import Page
from hwgen.page.sandbox import Compiled
from hwgen.report import changes, layout, origin, printed, untested, words, wrong
from hwgen.report.drawings import drawings, settings
from hwgen.report.entries import Entry, entries
from hwgen.report.graph import Graph, Label, graph, oracles, titled
from hwgen.report.kept import Aside, Kept, here
from hwgen.report.layout import Layout
from hwgen.report.numbers import estimate, numbers
from hwgen.report.origin import functions
from hwgen.report.overview import Text, overview, stopped
from hwgen.report.pictures import short
from hwgen.report.places import Places
from hwgen.report.prose import LAST_PDF, Shown, statement
from hwgen.report.stated import Stated
from hwgen.report.studies import studies

TEMPLATES = Path(__file__).with_name("templates")
# Where templates are kept in compiled form, if there is such a folder: a tenth of a second less.
COMPILED = Path("build/templates")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What a report shows beside the ledger and the page: where the files are, on which pages names are printed, and when it was.

    `computed` says when each result was last computed, `since` when the last report was written and `same` how long nothing changed,
    `labels` what LaTeX printed for each label when it ran last, `sheets` on which pages of `document`, a PDF, each line of a
    template is; `pictures` gives each figure as SVG, `tables` has the rows of
    each table as LaTeX, `kept` what the last report was made of; `pool` and `aside` work beside this process.
    """

    root: Path
    kept: Kept = field(default_factory=Kept)
    when: str = ""
    since: str = ""
    same: str = ""
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Label] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[int, Sequence[int]]] = field(default_factory=dict)
    document: str = ""
    pictures: Callable[[], Mapping[str, str]] = dict
    pool: Executor | None = None
    aside: Aside = here
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)


def report(ledger: Mapping[str, Any], page: Page, facts: Facts, before: Mapping[str, Any] | None = None) -> str:
    """The whole report as HTML; `before` is the state of the last one that was another."""
    shown = shown_by(ledger, facts.labels, facts.document or LAST_PDF)
    found = entries(ledger, facts.pages, quotes(page, shown))
    whole = graph(ledger, page, found, facts.labels)
    with ExitStack() as stack:
        pool = facts.pool or stack.enter_context(ThreadPoolExecutor())  # dot works beside this process
        parts = [(name, part, _laid_out(part, facts.kept, pool)) for name in ledger["exercises"] if (part := whole.part(name)).nodes]
        changed = changes.changes(changes.state(ledger), before) if before else []
        told = {**_text(ledger, page, facts, found, whole), **_content(ledger, page), "facts": facts, "stopped": stopped(found)}
        told |= {"changes": changed, "graph": whole}
        environment = _environment(facts, shown, found, ledger)
        written = _written(environment, facts, told, {one.name for one in changed})
        return environment.get_template("report.html.j2").render(parts=parts, written=written, pictures=facts.pictures(), **told)


def _laid_out(part: Graph, kept: Kept, pool: Executor) -> Callable[[], Layout]:
    """Where the nodes of a part stand, once it is known."""
    shown = [[vars(node) for node in part.nodes.values()], [vars(edge) for edge in part.edges], layout.program()]
    made = kept.begun(shown, lambda: pool.submit(layout.written, part).result)
    return lambda: layout.read(made())


def shown_by(ledger: Mapping[str, Any], labels: Mapping[str, Label], document: str = LAST_PDF) -> Shown:
    """What the text prints in the place of names."""
    values = {name: digits(estimate(one)) for name, one in ledger["constants"].items()}
    return Shown(values=values, labels={name: one.number for name, one in labels.items()}, document=document)


def quotes(page: Page, shown: Shown) -> dict[str, str]:
    """The sentence that prints each statement, as HTML, by its place."""
    lines = page.text.text.split("\n")
    stated = [one for one in page.marked if not one.formula.text]
    numbers = [page.text.text.count("\n", 0, one.start) + 1 for one in stated]
    return {str(one.formula.place): str(shown.text(statement(lines, number))) for one, number in zip(stated, numbers, strict=True)}


def _written(environment: Environment, facts: Facts, told: Mapping[str, Any], moved: Set[str]) -> Callable[[], list[Markup]]:
    """Who has all entries as HTML."""
    begun = facts.kept.pieces(_entries(environment, facts, told, moved), facts.aside)
    return lambda: [Markup(one) for one in begun()]


def _entries(
    environment: Environment, facts: Facts, told: Mapping[str, Any], moved: Set[str]
) -> Iterator[tuple[list[Any], Callable[[], str]]]:
    """Of each entry what it shows, and what makes it from that and nothing else."""
    template = environment.get_template("entry.html.j2")
    for one in told["entries"]:
        stands = [(said, stated.key, told["titles"][stated.key]) for said, stated in told["stated"].get(one.place, ())]
        edges = {"rests": told["graph"].rests_on(f"claim-{one.name}"), "used": told["graph"].used_by(f"claim-{one.name}")}
        shown = {"stands": stands, "computed": facts.computed.get(one.name, ""), "moved": one.name in moved, **edges}
        origins = {key: told["bindings"].get(key, "") for key in one.bound_at} | {"proof": told["proofs"].get(one.proof_at, "")}
        yield [origins, shown, one.made_of], functools.partial(template.render, one=one, origins=origins, **shown)


def _text(ledger: Mapping[str, Any], page: Page, facts: Facts, found: Sequence[Entry], whole: Graph) -> dict[str, Any]:
    """What the templates show of the text and its claims."""
    running, stated = list(untested.running(page)), whole.statements
    text = Text(statements=stated, running=sum(one.left for one in running), formulas=len(running))
    return {
        "title": ", ".join(filter(None, [page.homework.name, page.homework.title])),
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
        "apart": untested.apart(running, stated),
        "beside": untested.tried_beside(page),
        "conditions": untested.conditions(found),
        "tried": untested.tried(page),
        "exercises": sorted({one.noun["exercise"] for one in found}),
        "verdicts": sorted({one.verdict for one in found}),
        "methods": sorted({method for one in found for method in one.methods}),
        "oracles": oracles(whole.shared),
        "bindings": ledger["origins"]["bindings"],
        "proofs": ledger["origins"]["proofs"],
        "meanings": meanings(ledger),
    }


def meanings(ledger: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What the settings of each exercise mean: its fields as their author says, chosen numbers by their sentences."""
    found = {name: dict(told) for name, told in ledger["origins"].get("settings", {}).items()}
    for name, noun in ledger["nouns"].items():
        if noun.get("setting"):
            found.setdefault(noun["exercise"], {})[name] = noun["sentence"].rstrip(".")
    return found


def _content(ledger: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """What the templates show of numbers, figures and studies."""
    drawn, kept = drawings(ledger, page), studies(ledger)
    return {
        "arrays": wrong.data({array.file: array.packed for study in kept for array in study.arrays}),
        "numbers": numbers(ledger, page),
        "drawings": drawn,
        "studies": kept,
        "functions": functions(ledger),
        "settings": {name: settings(ledger, name) for name in ledger["exercises"]},
        "views": {
            **dict.fromkeys(ledger["studies"], "study"),
            **dict.fromkeys(ledger["constants"], "number"),
            **{one.name: one.noun["kind"] for one in drawn},
        },
    }


def stated_in(stated: Sequence[Stated]) -> dict[str, list[tuple[str, Stated]]]:
    """Of each formula, by its place, the statements that it stands in, and those that are proved with it."""
    found: dict[str, list[tuple[str, Stated]]] = {}
    for one in stated:
        for said, places in (("in", one.held), ("in the proof of", one.proving)):
            for place in places:
                found.setdefault(place, []).append((said, one))
    return found


def _environment(facts: Facts, shown: Shown, found: Sequence[Entry], ledger: Mapping[str, Any]) -> Environment:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    if (facts.root / COMPILED).is_dir():
        made.bytecode_cache = Compiled(str(facts.root / COMPILED), f"report-{zlib.crc32(Path(__file__).read_bytes()):08x}_%s.cache")
    there, keys = Places(facts.sheets), keys_of(found)
    made.globals |= {
        "style": Markup((TEMPLATES / "style.css").read_text()),
        "script": Markup((TEMPLATES / "script.js").read_text()),
        "place": there.place,
        "printed": lambda one: there.place(one.at, facts.labels[one.label].page if one.label in facts.labels else ""),
        "at": there.at,
        "made": lambda by: there.made_by(by["function"], by["place"], ledger["origins"]["bindings"].get(by["place"], "")),
        "links": lambda name: links(name, keys.get(name, ())),
        "quoted": shown.text,
        "drift": origin.DRIFT,
        "formula": printed.formula,
        "inline": lambda text: shown.formula(text),
        "words": printed.words,
        "plain": words.unicode,
        "renamed": words.renamed,
        "seconds": words.seconds,
        "domain": words.domain,
        "sharpness": words.sharpness,
        "changed": words.changed,
        "granted": words.granted,
        "counter": words.counter,
        "need": words.need,
        "refuted": words.refuted,
        "by": words.BY,
        "fates": wrong.FATES,
        "packed": wrong.packed,
        "short": lambda number: short(float(number)),
    }
    return made


def keys_of(found: Sequence[Entry]) -> dict[str, list[str]]:
    """The entries of each claim, by their anchors."""
    keys: dict[str, list[str]] = {}
    for one in found:
        keys.setdefault(one.name, []).append(one.key)
    return keys


def links(name: str, keys: Sequence[str]) -> Markup:
    """The links to all entries of a claim: its name, and which one each further one is."""
    also = Markup(", ").join(Markup('<a href="#{}">{} of {}</a>').format(key, at, len(keys)) for at, key in enumerate(keys[1:], 2))
    first = Markup('<a href="#{}">{}</a>').format(keys[0], name) if keys else escape(name)
    return first + (Markup(" (also {})").format(also) if also else "")
