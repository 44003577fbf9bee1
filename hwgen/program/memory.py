r"""The short way of a build after a change of prose: what the last good build computed is printed again, and nothing else is looked at.

It is taken only if every source of the computations is as it was, and the templates print the same relations, statements,
constants, tables and figures as before. Any doubt means the full way. No library of numbers is imported here.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.judging.ledger import write_plain
from hwgen.model import Formula, Homework, Student
from hwgen.model.errors import HwgenError, LatexError
from hwgen.page import balance, filling, glued, labels, template, typed
from hwgen.page.formulas import displays, meanings_kept, placed
from hwgen.page.template import Rendered
from hwgen.program import snapshot
from hwgen.program.excerpt import told
from hwgen.program.homework import homework
from hwgen.program.student import file_name, student
from hwgen.typesetting import run
from hwgen.typesetting.run import Begin, Run

FILE = "build/page.json"
LEDGER = Path("build/ledger.json")
MAIN = "document.tex.j2"
OPTIONS = ("nom", "prenom", "version")
# Whatever is wrong in the short way is for the full way to say.
DOUBTS = (OSError, ValueError, KeyError, TypeError, HwgenError)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A page that LaTeX is at work on, with the values of the last good build, before it is certain that they still hold."""

    known: Mapping[str, Any]
    homework: Homework
    student: Student
    whole: Rendered
    rendered: Rendered
    run: Run


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A page printed from what was known: the PDF, LaTeX's warnings, what the last build said."""

    pdf: Path
    warnings: Sequence[str]
    said: Sequence[str]
    figures: Sequence[str]


def state(
    *,
    names: Mapping[str, Collection[str]],
    whole: Iterable[Formula],
    rendered: Rendered,
    printed: Iterable[Formula],
    who: Student,
    content: str,
    values: Mapping[str, str],
    figures: Iterable[str],
    said: Sequence[str],
) -> dict[str, Any]:
    """What a good build knows: the names there are, the formulas of the whole version and of this one, and the values on the page."""
    return {
        "content": content,
        "computed": snapshot.computed(content),
        "sources": snapshot.stamps(snapshot.computed(content), snapshot.SINGLE),
        "names": {namespace: sorted(known) for namespace, known in names.items()},
        "version": who.version,
        "whole": _said(whole),
        "printed": _said(printed),
        "relations": _relations(rendered),
        "values": dict(values),
        "figures": snapshot.stamps((), figures),
        "said": list(said),
    }


def remember(known: Mapping[str, Any]) -> None:
    """Keep the state of a good build for the next one."""
    aside = Path(FILE + ".new")
    aside.write_text(json.dumps(known))
    aside.replace(FILE)


def begun(arguments: Sequence[str]) -> Attempt | None:
    """`hwgen pdf` with these arguments: LaTeX at work on the page that they most likely ask for; None if nothing is known of it."""
    options = {name: argument.partition("=")[2] for argument in arguments for name in OPTIONS if argument.startswith(f"--{name}=")}
    if len(options) < len(arguments):
        return None
    snapshot.forget()
    try:
        known = json.loads(Path(FILE).read_text())
        task = homework(Path())
        return attempt(known, task, student(Path(), task, options.get("nom"), options.get("prenom"), options.get("version")))
    except DOUBTS:
        return None


def finished(one: Attempt, arguments: Sequence[str]) -> bool:
    """Whether the page is the one that the full way would print; then it is published, and everything about it is said.

    Otherwise LaTeX is still at work, and the full way may take it over.
    """
    try:
        formulas = judged(one)
        if formulas is None:
            return False
        _moved(formulas)
        again = completed(one, formulas)
    except LatexError as error:  # on a text that the full way would print too
        print(told(error), file=sys.stderr)
        sys.exit(error.exit_code)
    except DOUBTS:
        return False
    warn(one.student, one.homework, again.warnings)
    hand_over(["pdf", *arguments], again.pdf, again.figures, again.said, one.known["computed"])
    link(one.run, again.pdf)
    return True


def link(run: Run, pdf: Path) -> None:
    """The links from the page back to the templates, in a process of their own, since nobody waits for them."""
    sys.stdout.flush()
    if os.fork() == 0:
        try:
            for stream in (0, 1, 2):
                os.close(stream)
            run.link(pdf)
        finally:
            os._exit(0)


def warn(who: Student, task: Homework, warnings: Sequence[str]) -> None:
    """What the author should know of a build that went well."""
    if not who.nom:
        nobody = f"names nobody; building {file_name(who, task)} (set nom and prenom there, or NOM=… PRENOM=…)"
        print(f"warning: {snapshot.STUDENT} {nobody}", file=sys.stderr)
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)


def hand_over(arguments: Sequence[str], pdf: Path, figures: Sequence[str], said: Sequence[str], computed: Sequence[str]) -> None:
    """Say what was built, and remember it for a build without a change."""
    lines = [*said, str(pdf)]
    print("\n".join(lines))
    snapshot.take(arguments, [str(pdf), *figures], lines, computed)


def attempt(known: Mapping[str, Any], task: Homework, who: Student, begin: Begin = run.begin) -> Attempt | None:
    """Begin the page with the values that are known, or None where one of them may be stale."""
    if known["version"] != who.version or known["content"] != task.content:
        return None
    if known["sources"] != snapshot.stamps(known["computed"], snapshot.SINGLE):
        return None
    if known["figures"] != snapshot.stamps((), known["figures"]) or not all(known["figures"].values()):
        return None
    whole = _rendered(task, dataclasses.replace(who, version=task.versions[0]), known["names"])
    rendered = whole if who.version == task.versions[0] else _rendered(task, who, known["names"])
    if any(f"{namespace}.{name}" not in known["values"] for namespace, name in template.used(rendered)):
        return None
    run = begin(filling.fill(rendered, known["values"]), Path(), None)
    return Attempt(known=known, homework=task, student=who, whole=whole, rendered=rendered, run=run)


def judged(one: Attempt) -> Sequence[Formula] | None:
    """The formulas of the page, or None if the templates print anything under test that the last good build did not judge."""
    for rendered in {id(one.whole): one.whole, id(one.rendered): one.rendered}.values():
        balance.balanced(rendered)
        glued.unglued(rendered)
    declared = placed(one.whole)
    meanings_kept(Path(), declared)
    formulas = declared if one.rendered is one.whole else placed(one.rendered)
    found = [_said(declared), _said(formulas), _relations(one.rendered)]
    return formulas if found == [one.known["whole"], one.known["printed"], one.known["relations"]] else None


def completed(one: Attempt, formulas: Sequence[Formula], output: Path | None = None) -> Recalled:
    """The page under its name."""
    output = output or Path("build") / file_name(one.student, one.homework)
    noticed = [*typed.typed(one.rendered, one.known["values"]), *labels.doubled(one.rendered)]
    return Recalled(
        pdf=output,
        warnings=[*one.run.finish(formulas, output), *noticed],
        said=one.known["said"],
        figures=list(one.known["figures"]),
    )


def _moved(formulas: Iterable[Formula]) -> None:
    """Give what the ledger tells of each formula its new place."""
    ledger = json.loads(LEDGER.read_text())
    places: dict[tuple[str, str], list[str]] = {}
    for formula in formulas:
        places.setdefault((formula.name, formula.text), []).append(str(formula.place))
    for rows in (ledger["findings"], ledger["tallies"]):
        waiting = {key: list(found) for key, found in places.items()}
        for one in rows:
            found = waiting.get((one["name"], one["formula"]["text"]))
            if found:
                one["formula"]["place"] = found.pop(0) if len(found) > 1 else found[0]
    write_plain(ledger, LEDGER)


def _rendered(task: Homework, who: Student, names: Mapping[str, Collection[str]]) -> Rendered:
    return template.render(MAIN, Path(), names, who, task)


def _said(formulas: Iterable[Formula]) -> list[list[Any]]:
    """What is under test, without its places: which formulas, and how often each."""
    counted = Counter((formula.macro, formula.name, formula.text) for formula in formulas)
    return sorted([*key, count] for key, count in counted.items())


def _relations(rendered: Rendered) -> list[int]:
    shown = displays(rendered)
    return [sum(one.tested for one in shown), sum(one.relations for one in shown)]
