"""The end of every build that goes well, whatever way it took: compare, publish, warn, hand over. No library of numbers is imported."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from hwgen.guards import guards
from hwgen.model import Formula, Homework, Place, Student
from hwgen.page import files
from hwgen.page.page import Page, Printed
from hwgen.program import leftovers, ready, snapshot
from hwgen.program.student import file_name, handed_in
from hwgen.typesetting import unwatched
from hwgen.typesetting.run import Run

LAST, LEDGER = "build/last", "build/ledger.json"


def finish(page: Page, values: Mapping[str, str], run: Run, output: Path) -> Sequence[str]:
    """The page under its name, compared with what was read; what LaTeX and the guards warn of. Raises LatexError or ContentErrors."""
    noticed = guards.noticed(Printed(page, values))  # while LaTeX is still at work, as is this
    unwatched.asked(run.filled.text)

    def last_touch(pdf: bytes) -> bytes:
        made = _with_proof(page, pdf) if page.who.attach and output.name != leftovers.PREVIEW else pdf
        _without_older(output, made)
        return made

    warnings = run.finish(page.recorded, output, last_touch)
    _without_other_facts(page, output.with_suffix(".eml"))
    return [*warnings, *noticed]


def _with_proof(page: Page, pdf: bytes) -> bytes:
    from hwgen.program import attached

    return attached.attach(page.root, page.homework, page.who, pdf)


def _without_older(output: Path, made: bytes) -> None:
    """What was made to be handed in with an older page goes, lest it be sent: before there is a newer one, whatever ends the build."""
    beside = [(output.with_suffix(ending), again) for ending, again in ((".eml", "hwgen submit"), (".zip", "hwgen bundle"))]
    there = [(path, again) for path, again in beside if path.is_file() or path.is_symlink()]
    if there and not (output.is_file() and output.read_bytes() == made):
        for path, again in there:
            path.unlink()
            print(f"build/{path.name}: removed, as it held an older page; {again} writes it again", file=sys.stderr)


def _without_other_facts(page: Page, letter: Path) -> None:
    """A letter to somebody who is not the lecturer any more, or about something else, goes as well."""
    if letter.is_file():
        from hwgen.program import submission

        if not submission.is_of(letter, page.who, page.homework):
            letter.unlink()
            said = "its address, subject or names are no longer those of homework.toml and student.toml"
            print(f"build/{letter.name}: removed, as {said}; hwgen submit writes it again", file=sys.stderr)


def linked(run: Run | None, pdf: Path | None) -> None:
    """A page that was made, by whatever command, is the one that was built last, with its links and notes."""
    if run and pdf:
        newest(pdf)
        link(run, pdf)


def link(run: Run, pdf: Path) -> None:
    """The links from the page back to the templates, in a process of their own, since nobody waits for them."""
    sys.stdout.flush()
    # A copy has all that is needed in memory already; a new process would import it first.
    if os.fork() == 0:
        try:
            for stream in (0, 1, 2):
                os.close(stream)
            run.link(pdf)
        finally:
            os._exit(0)


def warn(who: Student, task: Homework, warnings: Sequence[str], again: Sequence[str] = ()) -> list[str]:
    """Say what the author should know of a build that went well; the lines, for a build without a change.

    `again` is what was warned of when the results were computed that the build goes on from.
    """
    nobody = f"{snapshot.STUDENT} names nobody; building {file_name(who, task)} (set nom and prenom there, or NOM=… PRENOM=…)"
    lines = as_lines([*again, *([] if who.nom else [nobody]), *warnings])
    # Not among what a build without a change says again: by then they may be removed.
    there = leftovers.others(Path(), handed_in(who, task)) if who.nom else []
    for line in [*lines, *as_lines(there)]:
        print(line, file=sys.stderr)
    return lines


def as_lines(warnings: Iterable[str]) -> list[str]:
    """Warnings as they are printed."""
    return [f"warning: {one}" for one in warnings]


def next_step(who: Student, task: Homework, warned: Sequence[str]) -> list[str]:
    """How to hand in what was built, for somebody whose name is on it, or what is in the way."""
    if not who.nom or not task.address:
        return []
    how = "make submit" if Path("Makefile").exists() else "hwgen submit"
    if wrong := list(ready.reasons(Path(), who, task, warned)):
        more = f" (and {len(wrong) - 1} more, which {how} names)" if wrong[1:] else ""
        return [f"not to be handed in yet: {wrong[0]}{more}"]
    return [f"to hand it in: {how} writes the letter to {task.lecturer or task.address} as a draft"]


def errata(found: Iterable[Sequence[str]], formulas: Iterable[Formula]) -> list[str]:
    """What the text says is wrong, where it is printed now, and its counter-example; not worded as a problem, which editors look for."""
    places: dict[tuple[str, str], list[Place]] = {}
    for one in formulas:
        places.setdefault((one.name, one.text), []).append(one.place)
    return [f"erratum {name} ({places[name, text].pop(0)}) is wrong, as the text says: {said}" for name, text, said in found]


def counted_is(who: Student, versions: Sequence[str]) -> list[str]:
    """Of which version the numbers of a run are, where a command beside it counts another one."""
    said = f"counted is the {who.version} version"
    if who.version != versions[0]:
        return [f"{said}; hwgen check, mutate and report count the {versions[0]} one"]
    return [f"{said}; without --version hwgen pdf prints and counts that of {snapshot.STUDENT}"] if who.aside else []


def newest(pdf: Path) -> None:
    """Remember which page was built last, for whoever wants to see it."""
    files.write(LAST, f"{pdf}\n")


def hand_over(
    arguments: Sequence[str], pdf: Path, figures: Sequence[str], said: Sequence[str], computed: Sequence[str], warned: Sequence[str]
) -> None:
    """Say what was built, and remember it for a build without a change."""
    lines = [*said, str(pdf)]
    print("\n".join(lines))
    newest(pdf)
    # TeX writes into its own folder of fonts what it lacks, and what was read from there was read after that.
    for path in (one for one in snapshot.moved(computed) if "texmf-var" not in Path(one).parts):
        print(f"warning: {path} was saved during the build, which may have read it before: build again", file=sys.stderr)
    snapshot.date(pdf, computed)
    snapshot.take(arguments, [str(pdf), LEDGER, *figures], reused(lines), computed, warned)


def reused(said: Sequence[str]) -> list[str]:
    """The same summary for a build that judged nothing again."""
    return [re.sub(r"\d+ judged now\)", "0 judged now)", line) for line in said]
