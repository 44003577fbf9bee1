"""What the commands share: their options, the homework's folder, progress, and what a run says of claims that fall short."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from hwgen.program import folder

if TYPE_CHECKING:
    from hwgen.model import Ledger
    from hwgen.program.build import Document, Request

FELL_SHORT = 1
Command = Callable[..., None]


class InHomework(click.Command):
    """A command that runs in the folder of a homework, from wherever in it it was called; its `--help` works anywhere."""

    def invoke(self, ctx: click.Context) -> Any:
        """Go to the folder and do it. Raises InputError where there is none."""
        enter()
        return super().invoke(ctx)


def enter() -> None:
    """Go to the homework's folder. Raises InputError where there is none."""
    if not folder.entered():
        from hwgen.model.errors import InputError

        missing = next((mark for mark in folder.MARKS if not os.path.exists(mark)), folder.MARKS[0])
        expected = "run hwgen in a homework's folder, the one with homework.toml and templates/, or below it"
        raise InputError(f"{missing}: not found here or above; {expected}, or write a homework with hwgen init FOLDER")


def who(command: Command) -> Command:
    """Who hands in, and which version."""
    command = click.option("--version", help="One of the versions of homework.toml; overrides student.toml.")(work(command))
    command = click.option("--prenom", help="First name, as printed; overrides student.toml.")(command)
    return click.option("--nom", help="Family name, as printed; overrides student.toml.")(command)


def work(command: Command) -> Command:
    """How much is computed, and by how many processes."""
    effort = "quick, standard, thorough, or how many times the work of standard; overrides student.toml."
    command = click.option("--effort", help=f"How much is computed: {effort}")(command)
    command = click.option("--cluster", default="", metavar="ADDRESS", help="A Dask scheduler whose workers compute.")(command)
    return click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes to use; by default every core.")(command)


def asked(*, jobs: int | None = None, **options: Any) -> Request:
    """What these options ask for."""
    from hwgen.program.build import Request

    return Request(**options, jobs=jobs or 0)


def whole(**options: Any) -> Request:
    """The same of the whole version: what is judged, drawn and listed does not depend on what is handed in, nor printed beside it."""
    from pathlib import Path

    from hwgen.program.homework import homework

    return asked(version=homework(Path()).versions[0], strict=False, **options)


def read(request: Request) -> Document:
    """The document; what would only keep it from being printed is a warning where it is not to be handed in."""
    from hwgen.guards import guards
    from hwgen.program import build
    from hwgen.program.excerpt import told

    document = build.read(request)
    for error in guards.forgiven(document.page):
        click.echo(f"warning: {told(error)}", err=True)
    return document


def with_bar(document: Document, work: Callable[[Document], Any]) -> Any:
    """Do the work with a progress bar on a terminal, or a plain line now and then elsewhere."""
    from hwgen.program.progress import watched

    return watched(document, work)


def say(document: Document, ledger: Ledger) -> None:
    """How many of what, exercise by exercise, and last what falls short."""

    for line in told(document, ledger):
        click.echo(line)
    complain(document, ledger)


def told(document: Document, ledger: Ledger) -> list[str]:
    """How many of what, of which version, and what the text says is wrong."""
    from hwgen.program import finish, summary

    errata = finish.errata(summary.errata(ledger), document.formulas)
    counted = finish.counted_is(document.student, document.homework.versions)
    return [*summary.summary(ledger, document.exercises()), *counted, *errata]


def complain(document: Document, ledger: Ledger) -> None:
    """Last, where it is read first, what falls short."""
    from hwgen.program import summary

    for line in summary.short_of(ledger, document.page.names.claims):
        click.echo(line, err=True)
