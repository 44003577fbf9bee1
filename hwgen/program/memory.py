r"""The short way of a build after a change of prose: what the last good build computed is printed again, and nothing else is looked at.

It is taken only if every source of the computations is as it was, and the templates print the same relations, statements,
constants, tables and figures as before. Any doubt means the full way. No library of numbers is imported here.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.freshness.stamps import stamp, stamps
from hwgen.guards import guards
from hwgen.judging import ledger
from hwgen.model import Formula, Homework, Student
from hwgen.model.errors import HwgenError, LatexError
from hwgen.page import files, filling, remembered
from hwgen.page.page import GENERATED, Names, Page, Printable, render
from hwgen.program import snapshot, unfinished
from hwgen.program.excerpt import told
from hwgen.program.finish import errata as errata_at
from hwgen.program.finish import finish, hand_over, link, next_step, warn
from hwgen.program.homework import homework
from hwgen.program.student import file_name, student
from hwgen.program.trouble import UNMADE
from hwgen.typesetting import run
from hwgen.typesetting.run import Begin, Run

FILE = "build/page.json"
LEDGER = Path("build/ledger.json")
OPTIONS = ("nom", "prenom", "version", "effort")
_TEXT = r'"(?:[^"\\]|\\.)*"'
# How a finding or a tally begins on its line of the ledger.
_ROW = re.compile(
    rf'^(?P<before>\{{"name": (?P<name>{_TEXT}), "formula": \{{"macro": {_TEXT}, "text": (?P<text>{_TEXT}), "place": ){_TEXT}', re.MULTILINE
)
# What snapshot.variables() knows beside single variables.
_SPOKEN = {snapshot.ALL: "a variable", "modules": "what Python can import", "the interpreter": "what Python itself is told"}
# Whatever is wrong in the short way is for the full way to say.
DOUBTS = (OSError, ValueError, KeyError, TypeError, HwgenError)


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """A page that LaTeX is at work on, with the values of the last good build, before it is certain that they still hold."""

    known: Mapping[str, Any]
    page: Page
    run: Run


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A page printed from what was known: the PDF, LaTeX's warnings, what the last build said."""

    pdf: Path
    warnings: Sequence[str]
    said: Sequence[str]
    figures: Sequence[str]


def state(
    page: Page,
    content: str,
    values: Mapping[str, str],
    figures: Iterable[str],
    mark: str,
    said: Sequence[str],
    errata: Sequence[Sequence[str]] = (),
    shown: Mapping[str, Any] | None = None,
    heard: Sequence[str] = (),
) -> dict[str, Any]:
    """What a good build knows: the names there are, what it found on its page, the values that it printed, its ledger's mark.

    `shown` is what a report shows beside that ledger, `heard` what was warned of while the values were computed.
    """
    return {
        "content": content,
        "computed": snapshot.computed(content),
        "sources": stamps(snapshot.computed(content), (*snapshot.machine(), *snapshot.data())),
        "variables": snapshot.variables(),
        "names": dataclasses.asdict(page.names),
        "version": page.who.version,
        "effort": page.who.effort.factor,
        "found": _found(page),
        "told": _told(page),
        "values": dict(values),
        "figures": stamps((), figures),
        "ledger": mark,
        "said": list(said),
        "errata": [list(one) for one in errata],
        "shown": dict(shown or {}),
        "heard": list(heard),
    }


def _found(page: Page) -> list[Any]:
    """What is under test, in each version, without its places: which formulas, how often each, and how much of what is displayed."""
    return [[_counted(one.recorded) for one in page.versions], list(page.coverage)]


def _told(page: Page) -> list[Any]:
    """What a generated table would tell of the page besides: its claims in their order, and which displays are not under test."""
    if not any(name in GENERATED for _, name in page.used):
        return []
    return [list(dict.fromkeys(one.name for one in page.formulas)), [[one.label, one.tested, one.relations] for one in page.displays]]


def _counted(formulas: Iterable[Formula]) -> list[list[Any]]:
    # With the author's commands: the same text says something else where one of them does.
    # Counted, not listed: a paragraph that moves changes no verdict, one that is printed twice or never changes the tallies.
    counted = Counter((formula.macro, formula.name, formula.text, *map(repr, formula.macros)) for formula in formulas)
    return sorted([*key, count] for key, count in counted.items())


def _names(known: Mapping[str, Any]) -> Names:
    return Names(**{**known, "claims": {name: Printable(**one) for name, one in known["claims"].items()}})


def remember(known: Mapping[str, Any], file: str | Path = FILE) -> None:
    """Keep the state of a good build for the next one; none where a source was saved meanwhile."""
    if snapshot.moved(known["computed"]):
        return
    remembered.write(Path(file), known)


def gone(file: str | Path = FILE, left: Path = LEDGER) -> list[str]:
    """What the values of the last build were made from, and is not there any more; nothing where another build left its ledger since.

    Or those of what left another file and ledger, a report.
    """
    known = _left(file, left)
    missing = {name for name, then in known.get("sources", {}).items() if then and not stamp(name)}
    return sorted(missing.union(snapshot.lost() if known else ()), key=lambda name: (name.startswith(os.sep), name))


def told_otherwise(file: str | Path = FILE, left: Path = LEDGER) -> list[str]:
    """The variables of the environment that the values of that build were made with, and that are others now; or what Python is told."""
    then, now = _left(file, left).get("variables", {}), snapshot.variables()
    return sorted(_SPOKEN.get(name, f"the variable {name}") for name in then.keys() & now.keys() if then[name] != now[name])


def _left(file: str | Path, left: Path) -> Mapping[str, Any]:
    """What the build knew that left this ledger; nothing where another one did."""
    known, text = remembered.read(Path(file)), ledger.left(left)
    return known if known and text is not None and known.get("ledger") == ledger.mark(text) else {}


def begun(arguments: Sequence[str], begin: Begin = run.begin) -> Attempt | None:
    """`hwgen pdf` with these arguments: LaTeX at work on the page that they most likely ask for; None if nothing is known of it."""
    options = {name: argument.partition("=")[2] for argument in arguments for name in OPTIONS if argument.startswith(f"--{name}=")}
    if len(options) < len(arguments):
        return None
    try:
        snapshot.forget()
        known = remembered.read(Path(FILE))
        task = homework(Path())
        return attempt(known, task, student(Path(), task, *(options.get(name) for name in OPTIONS)), begin)
    except DOUBTS:
        return None


def finished(one: Attempt, arguments: Sequence[str]) -> bool:
    """Whether the page is the one that the full way would print; then it is published, and everything about it is said.

    Otherwise LaTeX is still at work, and the full way may take it over.
    """
    try:
        if not judged(one):
            return False
        moved(one)
        again = completed(one)
    except LatexError as error:  # on a text that the full way would print too
        print(f"{UNMADE['pdf']}\n{told(error)}", file=sys.stderr)
        sys.exit(error.exit_code)
    except DOUBTS:
        return False
    warned = warn(one.page.who, one.page.homework, again.warnings, one.known["heard"])
    said = [*again.said, *errata_at(one.known["errata"], one.page.formulas), *next_step(one.page.who, one.page.homework, again.warnings)]
    hand_over(["pdf", *arguments], again.pdf, again.figures, said, one.known["computed"], warned)
    link(one.run, again.pdf)
    return True


def attempt(known: Mapping[str, Any], task: Homework, who: Student, begin: Begin = run.begin) -> Attempt | None:
    """Begin the page with the values that are known, or None where one of them may be stale."""
    if not fresh(known, task, who):
        return None
    page = rendered(known, task, who)
    if any(f"{namespace}.{name}" not in known["values"] for namespace, name in page.used):
        return None
    return Attempt(known=known, page=page, run=begin(filling.filled(page, known["values"]), Path(), None))


def fresh(known: Mapping[str, Any], task: Homework, who: Student) -> bool:
    """Whether all that values and verdicts were computed from is as it was, and they are those that are asked for."""
    # The cheapest doubts first: no file is looked at for these.
    if [known[one] for one in ("version", "effort", "content")] != [who.version, who.effort.factor, task.content]:
        return False
    same = known["sources"] == stamps(known["computed"], (*snapshot.machine(), *snapshot.data()))
    return same and known["variables"] == snapshot.variables() and _drawn(known)


def rendered(known: Mapping[str, Any], task: Homework, who: Student) -> Page:
    """The page with the names that are known, not looked at by any guard yet."""
    return render(Path(), task, who, _names(known["names"]))


def _drawn(known: Mapping[str, Any]) -> bool:
    """Whether the figures are there as the last good build drew them."""
    return bool(known["figures"] == stamps((), known["figures"]) and all(known["figures"].values()))


def judged(one: Attempt) -> bool:
    """Whether the templates print what the last good build judged, and nothing else that is under test. Raises ContentErrors."""
    return _drawn(one.known) and unchanged(one.known, one.page)


def unchanged(known: Mapping[str, Any], page: Page, typeset: bool = True) -> bool:
    """Whether a page prints what is known, and nothing else that is under test. Raises ContentErrors where it is refused.

    What generated tables tell besides matters only where they are `typeset`.
    """
    unfinished.finished(Path())
    guarded = guards.guarded(page)
    told = _told(guarded) if typeset else known["told"]
    return bool([_found(guarded), told] == [known["found"], known["told"]])


def completed(one: Attempt, output: Path | None = None) -> Recalled:
    """The page under its name."""
    output = output or Path("build") / file_name(one.page.who, one.page.homework)
    warnings = finish(one.page, one.known["values"], one.run, output)
    return Recalled(pdf=output, warnings=warnings, said=one.known["said"], figures=list(one.known["figures"]))


def moved(one: Attempt) -> None:
    """Give what the ledger tells of each formula its new place; the rest of the file, megabytes of it, is not read.

    Raises ValueError where it is not the one that the last good build left: a draft or a preview writes its own.
    """
    text = ledger.left(LEDGER)
    if text is None or one.known["ledger"] != ledger.mark(text):
        raise ValueError(f"{LEDGER} is not what the last good build left")
    # A finding stands where its relation fails, a tally at its formula.
    findings, between, tallies = text.partition('"tallies": ')
    found = _placed(findings, one.page, one.known["shown"].get("spots", ())) + between + _placed(tallies, one.page)
    if found == text:
        os.utime(LEDGER)  # it is of this build, too
    else:
        files.write(LEDGER, ledger.sealed(found))
        remembered.write(Path(FILE), {**one.known, "ledger": ledger.mark(found)})
    snapshot.date(LEDGER, one.known["computed"])


def places_of(formula: Formula) -> list[str]:
    """The places of a formula and of its hypotheses, in an order that the text alone decides."""
    return [str(place) for one in (formula, *formula.hypotheses) for place in (one.place, *one.places)]


def _placed(rows: str, page: Page, spots: Sequence[int] = ()) -> str:
    """The rows of a ledger, one a line, with the places of their formulas, or of what else of these each is at."""
    waiting: dict[tuple[str, str], list[Formula]] = {}
    for formula in page.formulas:
        waiting.setdefault((formula.name, formula.text), []).append(formula)
    at = itertools.chain(spots, itertools.repeat(0))

    def row(match: re.Match[str]) -> str:
        known, spot = waiting.get((json.loads(match["name"]), json.loads(match["text"]))), next(at)
        if not known:
            return match[0]
        # A relation that is printed several times has a row for each; the last place serves whatever rows are left.
        place = places_of(known.pop(0) if len(known) > 1 else known[0])[spot]
        return f"{match['before']}{json.dumps(place, ensure_ascii=False)}"

    return _ROW.sub(row, rows)
