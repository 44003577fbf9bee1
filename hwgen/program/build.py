"""The whole program as prose: from a student's name and the templates to a checked page."""

from __future__ import annotations

import dataclasses
import functools
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.freshness import dependencies, followed, observed, shared, wrapped
from hwgen.guards import guards, names
from hwgen.judging import described, heard, ledger
from hwgen.judging.results import Results, judge
from hwgen.judging.under_way import Progress
from hwgen.judging.workers import Limits
from hwgen.model import Estimate, Figure, Formula, Homework, Ledger, Student, Table, catalog
from hwgen.model.errors import ContentError, HwgenError
from hwgen.page import files, filling
from hwgen.page.page import Page
from hwgen.program import asked_for, early, judged, memory, snapshot, summary, whereabouts
from hwgen.program.aside import aside, copies
from hwgen.program.finish import as_lines, finish
from hwgen.program.homework import homework
from hwgen.program.judged import Rows
from hwgen.program.origins import origins, told
from hwgen.program.student import file_name, student
from hwgen.program.unfinished import finished, finished_at
from hwgen.program.values import values_of
from hwgen.typesetting import run
from hwgen.typesetting.workplace import printing

BUILD = Path("build")
Telling = Callable[[], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What the command line asked for; `early` is told of a page that is shown before its verdicts, if that is wanted."""

    root: Path = Path()
    nom: str | None = None
    prenom: str | None = None
    version: str | None = None
    draft: bool = False
    strict: bool = True
    effort: str | None = None
    cluster: str = ""
    early: Callable[[Path], None] | None = None
    jobs: int = 0
    progress: Progress | None = None
    began: int = 0  # when the sources were read, if not when the process began


@dataclass(frozen=True)
class Document:
    """The homework as the templates print it, looked at by every guard, and the exercises behind it."""

    request: Request
    content: catalog.Catalog
    page: Page

    @property
    def homework(self) -> Homework:
        """What is handed in."""
        return self.page.homework

    @property
    def student(self) -> Student:
        """Who hands it in."""
        return self.page.who

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """Every relation and statement under test, in the order of the page."""
        return self.page.formulas

    def exercises(self) -> list[tuple[str, Sequence[str]]]:
        """Each exercise with the names of what it declares."""
        return [(exercise.name, list(exercise.nouns)) for exercise in self.content.exercises]


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build made: the ledger and its file's mark, the PDF unless a claim fell short, LaTeX's warnings; `run` made the PDF.
    `shown` is what a report of it shows beside its ledger, `heard` what was warned of while its results were computed, and has been said.
    """

    ledger: Ledger
    mark: str = ""
    pdf: Path | None = None
    warnings: Sequence[str] = ()
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    run: run.Run | None = None
    shown: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    heard: Sequence[str] = ()


def read(request: Request) -> Document:
    """Student, exercises and templates; every name matched both ways, against the whole version whichever is printed."""
    task, who, content = _content(request)
    strict = request.strict and not request.draft
    return Document(request, content, guards.read(request.root, task, who, names.declared(content), strict))


def apart(request: Request) -> tuple[Document, HwgenError | None]:
    """The same for what is drawn apart from its page: an empty page where that is refused, and what is refused on it."""
    task, who, content = _content(request)
    page, refused = guards.apart(request.root, task, who, names.declared(content))
    return Document(request, content, page), refused


def _content(request: Request) -> tuple[Homework, Student, catalog.Catalog]:
    files.looked_over(request.root)
    task = homework(request.root)
    who = student(request.root, task, request.nom, request.prenom, request.version, request.effort)
    observed.begin(task.content)
    with heard.hearing() as warned, wrapped.called_alike():
        content = catalog.load(task.content, request.root)
    heard.learn_imported(warned)
    return task, who, content


def check(document: Document, names: Sequence[str] = ()) -> Ledger:
    """Judge the printed claims (those named, or all); nothing is typeset."""
    _claims(document, names)
    formulas = [formula for formula in document.formulas if not names or formula.name in names]
    return _ledger(document, _judged(document, formulas, []))


def mutate(document: Document, names: Sequence[str] = ()) -> Ledger:
    """Judge wrong versions of the printed relations (those named, or all)."""
    _claims(document, names)
    formulas = [formula for formula in document.formulas if not names or formula.name in names]
    return _ledger(document, _judged(document, formulas, [], wrong=True))


def figures(document: Document, names: Sequence[str] = ()) -> list[Path]:
    """Draw the figures (those named, or all)."""
    asked_for.figures(document.content, names)
    _done(document, names)
    results = _judged(document, [], names or list(document.content.of(Figure)))
    with printing(document.request.root):
        return _draw(document, results)


def pdf(document: Document, begin: run.Begin = run.begin, wrong: bool = True, output: Path | None = None) -> Built:
    """Judge all that is printed and wrong versions of it, write the ledger, fill in the values, print; no PDF if a claim falls short."""
    _done(document, ())
    wrong = wrong and not document.request.draft and not document.student.effort.light
    output = document.request.root / (output or BUILD / file_name(document.student, document.homework, document.request.draft))

    def first() -> None:
        if early.page(document.page, document.content, begin, output) and document.request.early:
            document.request.early(output)

    before = first if document.request.early else None
    telling = aside(functools.partial(told, document.content))  # of the author's text alone: beside the judging
    results = _judged(document, document.formulas, document.page.computed, wrong=wrong, before=before)
    written = _ledger(document, results)
    if (written.short or written.survivors) and not document.request.draft:
        _leave(document, results, written, telling)  # it tells why there is no page
        return Built(ledger=written)
    _draw(document, results)
    values = values_of(document.content, document.page.displays, results, written)
    filled = filling.filled(document.page, values)
    with begin(filled, document.request.root, _draft(document, written)) as run:
        _draw(document, results)  # another build, of an older text, may have drawn its own meanwhile: LaTeX sees that they moved
        mark = _leave(document, results, written, telling)  # beside LaTeX, which takes longer
        warnings = finish(document.page, values, run, output)
    places = [str(one.formula.place) for one in written.findings]
    shown = judged.beside(document.page, places, rows(document, results)) if wrong else {}
    return Built(ledger=written, mark=mark, pdf=output, warnings=warnings, values=values, run=run, shown=shown, heard=results.heard)


def _leave(document: Document, results: Results, written: Ledger, telling: Telling) -> str:
    path = document.request.root / BUILD / "ledger.json"
    mark = ledger.write(written, path, _beside(document, results, telling))
    snapshot.date(path, snapshot.computed(document.content.package), document.request.began)
    return mark


def done(document: Document) -> None:
    """Nothing is left to do in the whole homework. Raises ContentErrors."""
    _done(document, ())


def evidence(document: Document) -> dict[str, Any]:
    """All that there is to know of the page, judged where it is stale, as a ledger in plain data; figures are drawn, nothing typeset."""
    return evidence_and_rows(document)[0]


def evidence_and_rows(document: Document, telling: Telling | None = None) -> tuple[dict[str, Any], dict[str, Rows], Sequence[str]]:
    """The same, the rows of each table, and what was warned of; `telling` gives how values come about, where another process tells it."""
    _done(document, ())
    results = _judged(document, document.formulas, document.page.computed, wrong=True)
    _draw(document, results)
    return ledger.whole(_ledger(document, results), _beside(document, results, telling)), rows(document, results), results.heard


def rows(document: Document, results: Results) -> dict[str, Rows]:
    """The rows of each table as LaTeX, the head first."""
    return {name: results.named[name] for name in document.content.of(Table) if name in results.named}


def _beside(document: Document, results: Results, telling: Telling | None = None) -> dict[str, Any]:
    """What the content declares, and how its values come about, as plain data."""
    declared = described.described(document.content, results.named)
    return {**declared, "origins": telling() if telling else origins(document.content, declared["nouns"])}


def _claims(document: Document, names: Sequence[str]) -> None:
    """Each name is of a claim, and what is asked for is finished. Raises ContentError."""
    asked_for.claims(document.content, names)
    printed = {formula.name for formula in document.formulas}
    for name in set(names) - printed:
        raise ContentError(f"{name}: printed nowhere, so that there is nothing to judge; expected it in a template")
    _done(document, names)


def _done(document: Document, names: Sequence[str]) -> None:
    """Nothing is left to do in these nouns, or in the whole homework. Raises ContentErrors."""
    root = document.request.root
    if names:
        finished_at(root, whereabouts.parts(root, document.content, document.formulas, names))
    else:
        finished(root, catalog.folder(document.content.package))


def _judged(
    document: Document, formulas: Sequence[Formula], wanted: Collection[str], wrong: bool = False, before: Callable[[], None] | None = None
) -> Results:
    request = document.request
    files.sweep((request.root / BUILD, request.root / "figures"))
    store = shared.store(request.root / BUILD / "store")
    dependencies.keep(store)
    # Where nothing is kept yet, half of what the keys are made of is read by a second core.
    read = None if store.folder.exists() or not copies() else aside(lambda: followed.ahead(document.content.package))
    effort = document.student.effort
    results = judge(
        document.content,
        formulas,
        wanted,
        store=store,
        jobs=request.jobs,
        wrong=wrong,
        progress=request.progress,
        limits=Limits(seconds=document.student.timeout * max(effort.factor, 1.0)),
        effort=effort,
        cluster=request.cluster,
        before=before,
    )
    if read:
        read()  # it has ended long since, and is let go
    for line in as_lines([*store.warnings(), *results.heard]):
        print(line, file=sys.stderr)
    return results


def _ledger(document: Document, results: Results) -> Ledger:
    """All that a run found out; wrong versions of what falls short itself say nothing of its check, and are not among it."""
    short = {finding.name for finding in results.findings if not finding.passed}
    return Ledger(
        findings=results.findings,
        tallies=tuple(tally for tally in results.tallies if tally.name not in short),
        constants={name: result for name, result in results.named.items() if isinstance(result, Estimate)},
        figures={name: figure.path for name, figure in document.content.of(Figure).items() if name in results.named},
        seconds=results.seconds,
        coverage=document.page.coverage,
        versions=dependencies.versions(),
        effort=document.student.effort,
    )


def _draw(document: Document, results: Results) -> list[Path]:
    drawn = []
    for name, figure in document.content.of(Figure).items():
        if name in results.named:
            path = document.request.root / figure.path
            path.parent.mkdir(exist_ok=True)
            files.renew(path, results.named[name])
            drawn.append(path)
    return drawn


def _draft(document: Document, written: Ledger) -> Collection[str] | None:
    """The names to mark on a draft's pages; None for a page that is to be handed in."""
    return {finding.name for finding in written.short} if document.request.draft else None


def state(document: Document, built: Built, said: Sequence[str]) -> Mapping[str, Any]:
    """What a good build knows, for the next change of prose."""
    page, drawn, errata = document.page, [str(path) for path in built.ledger.figures.values()], summary.errata(built.ledger)
    return memory.state(page, page.homework.content, built.values, drawn, built.mark, said, errata, built.shown, built.heard)
