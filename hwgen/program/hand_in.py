"""The commands of the last step: the letter to the lecturer, and the same pages as plain LaTeX."""

from __future__ import annotations

import sys
from typing import Any

import click

from hwgen.program.options import FELL_SHORT, InHomework, asked, complain, told, who, with_bar


@click.command(cls=InHomework)
@who
def submit(**options: Any) -> None:
    """Build everything, look at what is handed in, and write the letter to the lecturer as a draft; nothing is sent."""
    import datetime

    from hwgen.guards import figures
    from hwgen.judging import ledger
    from hwgen.program import build, finish, ready, snapshot, submission
    from hwgen.program.student import handed_in
    from hwgen.typesetting import last

    request = asked(**options)
    snapshot.forget()
    document = build.read(request)
    ready.may(request.root, document.student, document.homework)
    submission.forget(request.root / build.BUILD, document.student, document.homework)
    output = build.BUILD / handed_in(document.student, document.homework)
    last.forget(request.root, last.JOBNAME)  # what is handed in is made from its source alone, not from what the page was before
    built = with_bar(document, lambda one: build.pdf(one, output=output))
    finish.linked(built.run, built.pdf)
    finish.warn(document.student, document.homework, built.warnings)
    if built.pdf is None:
        click.echo("\n".join(told(document, built.ledger)))
        click.echo("nothing to hand in: a claim is below its need; no letter was written", err=True)
        complain(document, built.ledger)
        sys.exit(FELL_SHORT)
    ready.may(request.root, document.student, document.homework, built.warnings)
    submission.settled(snapshot.moved(snapshot.computed(document.content.package)))
    today = datetime.datetime.now().astimezone().date()
    placed = dict.fromkeys(f"{place}: {path}" for path, place in figures.own(document.page))
    letter = submission.write(
        request.root, built.pdf, document.student, document.homework, ledger.plain(built.ledger), today, built.warnings, [*placed]
    )
    for warning in letter.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo("\n".join([*letter.looked, f"{letter.path}: open it in your mail program, read it, and send it; nothing was sent"]))


@click.command(cls=InHomework)
@who
def bundle(**options: Any) -> None:
    """Build everything, and write the pages as plain LaTeX into a zip for Overleaf or arXiv, compiled and compared."""
    from hwgen.program import build, finish, ready, snapshot
    from hwgen.program import bundle as plain

    request = asked(**options)
    snapshot.forget()
    document = build.read(request)
    ready.enough(document.student)
    built = with_bar(document, build.pdf)
    finish.linked(built.run, built.pdf)
    finish.warn(document.student, document.homework, built.warnings)
    if built.pdf is None or built.run is None:
        click.echo("\n".join(told(document, built.ledger)))
        click.echo("nothing to bundle: a claim is below its need; no zip was written", err=True)
        complain(document, built.ledger)
        sys.exit(FELL_SHORT)
    done = plain.bundle(request.root, built.pdf, built.run.filled)
    click.echo("\n".join([*done.looked, f"{done.path}: plain LaTeX, for Overleaf (New project, Upload) or arXiv"]))
