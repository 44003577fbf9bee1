"""The commands and their exit codes. The one place that imports the rest lazily, so that `hwgen --help` answers at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from hwgen.model.errors import HwgenError, InputError
from hwgen.program import options, snapshot
from hwgen.program.new import new

if TYPE_CHECKING:
    from hwgen.model import Ledger
    from hwgen.program.build import Document
    from hwgen.typesetting.run import Run

FELL_SHORT = 1


class _Program(click.Group):
    """Turns hwgen's own errors into a message and an exit code; any other exception is a bug and stays a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HwgenError as error:
            from hwgen.program.excerpt import told

            click.echo(told(error), err=True)
            ctx.exit(error.exit_code)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hwgen")
def program() -> None:
    r"""Build a homework solution in which every printed relation is under test.

    The LaTeX inside \checked{name}{...} in templates/ is read, its symbols are bound to independent computations in
    the content package that homework.toml names, and each = and <= is judged. A false formula stops the build at its template line.

    \b
    A day with hwgen:
      hwgen pdf                  check everything and make the PDF to hand in, in build/
      hwgen submit               the same, and the letter to the lecturer as a draft; nothing is sent
      hwgen watch                the same after every save, into build/preview.pdf
      hwgen check kappa          judge one claim while editing its formula
      hwgen figures              draw the figures again, after a change of a study or of the style
      hwgen why kappa            where it is printed, what was checked and how; also for a number, hwgen why 0.1898
      hwgen new claim EX NAME    a stub of a claim, its place in the template and its test
      hwgen init FOLDER          a new homework, small and complete
      hwgen list --unchecked     the displayed relations that no claim tests, with their lines

    Exit codes: 0 done, 1 a claim fell short, 2 wrong input or content, 3 LaTeX failed.
    """
    for path in ("homework.toml", "templates"):
        if click.get_current_context().invoked_subcommand != "init" and not os.path.exists(path):
            raise InputError(f"{path}: not found here; run hwgen in a homework's folder, the one with homework.toml and templates/")


@program.command()
@options.who
@click.option("--version", help="One of the versions of homework.toml; overrides student.toml.")
@options.work
@click.option("--draft", is_flag=True, help="Build even if a claim falls short, with a mark on every page.")
@click.option("--why", "reasons", is_flag=True, help="Say of each result that is computed again what made it stale.")
@click.pass_obj
def pdf(under_way: Run | None, /, draft: bool, reasons: bool, **wanted: Any) -> None:
    """Check everything that is printed and make the PDF."""
    from hwgen.judging import history
    from hwgen.program import build, finish, memory, summary
    from hwgen.typesetting import run

    snapshot.forget()
    request = options.asked(draft=draft, **wanted)
    document = build.read(request)
    begin = run.taking_over(under_way, run.begin)
    built = _with_bar(document, lambda one: build.pdf(one, begin))
    finish.warn(document.student, document.homework, built.warnings)
    _tell(built.ledger)
    if reasons:
        for line in history.reasons(build.BUILD, built.ledger.seconds):
            click.echo(line)
    said = summary.summary(built.ledger, document.exercises())
    if built.pdf is None:
        click.echo("\n".join(said))
        click.echo("no PDF was built; the previous one, if any, is untouched", err=True)
        sys.exit(FELL_SHORT)
    if built.ledger.short or built.ledger.survivors:
        click.echo("\n".join([*said, str(built.pdf)]))
        sys.exit(FELL_SHORT)
    if not draft:
        memory.remember(build.state(document, built, summary.reused(said)))
        said += finish.next_step(document.student, document.homework)
    computed = snapshot.computed(document.content.package)
    finish.hand_over(sys.argv[1:], built.pdf, [str(path) for path in built.ledger.figures.values()], said, computed)
    if built.run:
        finish.link(built.run, built.pdf)


@program.command()
@options.who
@click.option("--version", help="One of the versions of homework.toml; overrides student.toml.")
@options.work
def submit(**wanted: Any) -> None:
    """Build everything, look at what is handed in, and write the letter to the lecturer as a draft; nothing is sent."""
    import datetime

    from hwgen.judging import ledger
    from hwgen.program import build, finish, submission, summary

    request = options.asked(**wanted)
    snapshot.forget()
    document = build.read(request)
    submission.may(document.student, document.homework)
    submission.forget(request.root / build.BUILD, document.student, document.homework)
    built = _with_bar(document, build.pdf)
    finish.warn(document.student, document.homework, built.warnings)
    if built.pdf is None:
        click.echo("\n".join(summary.summary(built.ledger, document.exercises())))
        _tell(built.ledger)
        click.echo("nothing to hand in: a claim is below its need; no letter was written", err=True)
        sys.exit(FELL_SHORT)
    submission.settled(snapshot.moved(snapshot.computed(document.content.package)))
    today = datetime.datetime.now().astimezone().date()
    letter = submission.write(request.root, built.pdf, document.student, document.homework, ledger.plain(built.ledger), today)
    for warning in letter.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo("\n".join([*letter.looked, f"{letter.path}: open it in your mail program, read it, and send it; nothing was sent"]))


@program.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.work
def check(names: tuple[str, ...], **work: Any) -> None:
    """Judge the claims (all, or those named) without typesetting."""
    from hwgen.program import build

    document = build.read(options.asked_of_all(**work))
    ledger = _with_bar(document, lambda one: build.check(one, names))
    if names:
        _explain(ledger)
    _say(document, ledger)
    if ledger.short:
        sys.exit(FELL_SHORT)


@program.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.work
def mutate(names: tuple[str, ...], **work: Any) -> None:
    """Judge wrong versions of the printed relations: each must be refuted."""
    from hwgen.program import build, summary

    document = build.read(options.asked_of_all(**work))
    ledger = _with_bar(document, lambda one: build.mutate(one, names))
    for line in summary.mutants_table(ledger.tallies):
        click.echo(line)
    _say(document, ledger)
    if ledger.short or ledger.survivors:
        sys.exit(FELL_SHORT)


@program.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@options.work
def figures(names: tuple[str, ...], **work: Any) -> None:
    """Draw the figures (all, or those named) into figures/."""
    from hwgen.program import build

    document = build.read(options.asked_of_all(**work))
    for path in _with_bar(document, lambda one: build.figures(one, names)):
        click.echo(str(path))


@program.command()
@options.who
@click.option("--version", help="One of the versions of homework.toml; overrides student.toml.")
@options.work
def watch(**wanted: Any) -> None:
    """Build build/preview.pdf again whenever a template is saved, and say what changed."""
    from hwgen.program.watch import watch as follow

    follow(options.asked(**wanted))


@program.command()
@click.argument("name")
def why(name: str) -> None:
    """Show where NAME (or a printed number) comes from: places, checks, functions, and what made it stale."""
    from hwgen.program import build
    from hwgen.program import why as reasons

    for line in reasons.why(build.read(options.asked_of_all()), name):
        click.echo(line)


@program.command()
@click.argument("folder")
def init(folder: str) -> None:
    """Write a small and complete homework into FOLDER, ready to build."""
    from pathlib import Path

    from hwgen.program import begin

    begin.init(Path(folder))
    click.echo(f"{folder}: a homework of one exercise; now: cd {folder}, set your names in student.toml, run hwgen pdf")


@program.command(name="list")
@click.option("--unchecked", is_flag=True, help="Only the displayed relations that no claim tests.")
@click.option("--json", "as_json", is_flag=True, help="For tools.")
def list_(unchecked: bool, as_json: bool) -> None:
    """Show claims, statements, constants, figures and where they are printed."""
    import json

    from hwgen.program import build, listing

    document = build.read(options.asked_of_all())
    rows = listing.unchecked(document) if unchecked else listing.everything(document)
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for line in listing.lines(rows):
            click.echo(line)


program.add_command(new)


def _with_bar(document: Document, work: Callable[[Document], Any]) -> Any:
    """Do the work with a progress bar on a terminal, or a plain line now and then elsewhere."""
    from hwgen.program.progress import watched

    return watched(document, work)


def _say(document: Document, ledger: Ledger) -> None:
    from hwgen.program import summary

    _tell(ledger)
    for line in summary.summary(ledger, document.exercises()):
        click.echo(line)


def _tell(ledger: Ledger) -> None:
    """What falls short, and what the text says is wrong."""
    from hwgen.program import summary
    from hwgen.program.excerpt import with_line

    for said in dict.fromkeys(with_line(summary.complaint(finding), finding.formula.place) for finding in ledger.short):
        click.echo(said, err=True)
    for finding in ledger.errata:
        click.echo(summary.erratum(finding))
    for tally in ledger.survivors:
        for line in summary.survivors(tally):
            click.echo(line, err=True)


def _explain(ledger: Ledger) -> None:
    from hwgen.program import summary

    for finding in ledger.findings:
        for line in summary.details(finding):
            click.echo(line)
