"""What the commands share: their options, the homework's folder, progress, and what a run says of claims that fall short."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from hwgen.program import folder

if TYPE_CHECKING:
    from hwgen.model import Ledger
    from hwgen.model.errors import HwgenError
    from hwgen.program.build import Document, Request

FELL_SHORT = 1
ONLY = "ONLY"  # how make is told of which things a command is
Command = Callable[..., None]


class InHomework(click.Command):
    """A command that runs in the folder of a homework, from wherever in it it was called; its `--help` works anywhere."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is asked for; what is meant for make is told in the words of this program."""
        try:
            if not ctx.resilient_parsing:
                _of_make(self, ctx, args)
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name.lower() != f"--{ONLY.lower()}":
                raise
            raise click.NoSuchOption(error.option_name, f"{error.option_name}: no option; {_alone(self, ctx)}", ctx=ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Go to the folder and do it. Raises InputError where there is none."""
        enter()
        return super().invoke(ctx)


def _of_make(command: click.Command, ctx: click.Context, args: Sequence[str]) -> None:
    """Raises UsageError for a variable of make's, as in `make check ONLY=kappa`."""
    known = {one.name: one.opts[0] for one in command.get_params(ctx) if isinstance(one, click.Option)}
    for one in args:
        name, sign, value = one.partition("=")
        if sign and name == ONLY:
            raise click.UsageError(f"{one} is said to make; {_alone(command, ctx, value)}", ctx)
        if sign and name.isupper() and name.lower() in known:
            raise click.UsageError(f"{one} is said to make; expected {known[name.lower()]}={value}", ctx)


def _alone(command: click.Command, ctx: click.Context, value: str = "") -> str:
    """How what is asked for by its name is asked for here."""
    takes = any(isinstance(one, click.Argument) for one in command.get_params(ctx))
    return f"expected {ctx.command_path} {value or 'NAME'}, the name alone" if takes else f"{ctx.command_path} takes no name"


def enter() -> None:
    """Go to the homework's folder. Raises InputError where there is none."""
    if not folder.entered():
        from hwgen.model.errors import InputError

        missing = next((mark for mark in folder.MARKS if not os.path.exists(mark)), folder.MARKS[0])
        expected = "run hwgen in a homework's folder, the one with homework.toml and templates/, or below it"
        raise InputError(f"{missing}: not found here or above; {expected}, or write a homework with hwgen init FOLDER")


def completes(kind: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """How a shell completes names of a kind; those that stand there already are not said again."""

    def found(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
        from hwgen.program import completing

        there = context.params.get(parameter.name or "") or ()
        return [one for one in completing.names(kind, begun) if parameter.nargs == 1 or one not in there]

    return found


def who(command: Command) -> Command:
    """Who hands in, and which version."""
    version = "One of the versions of homework.toml; overrides student.toml."
    command = click.option("--version", shell_complete=completes("versions"), help=version)(work(command))
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

    document = build.read(request)
    _warned(guards.forgiven(document.page))
    return document


def apart(request: Request) -> Document:
    """The document for what is drawn apart from its page: what is refused on that is a warning, since it is no fault of a drawing."""
    from hwgen.guards import guards
    from hwgen.program import build

    document, refused = build.apart(request)
    _warned(getattr(refused, "errors", [refused]) if refused else guards.forgiven(document.page))
    return document


def _warned(errors: Iterable[HwgenError]) -> None:
    from hwgen.program.excerpt import told

    for error in errors:
        click.echo(f"warning: {told(error)}", err=True)


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
