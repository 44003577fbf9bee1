"""The commands of every day and their exit codes. The rest is imported lazily, so that `hwgen --help` answers at once."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from hwgen.program import hand_in, looking
from hwgen.program.new import new
from hwgen.program.options import FELL_SHORT, InHomework, apart, asked, complain, completes, read, say, told, who, whole, with_bar, work
from hwgen.program.trouble import UNMADE

if TYPE_CHECKING:
    from pathlib import Path

    from hwgen.model import Ledger
    from hwgen.program.build import Document
    from hwgen.typesetting.run import Run


class _Program(click.Group):
    """Turns hwgen's own errors into a message and an exit code; any other exception is a bug and stays a traceback."""

    command_class = InHomework

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from hwgen.model.errors import HwgenError, InputError

            if not isinstance(error, HwgenError):
                raise
            from hwgen.program.excerpt import told

            if ctx.invoked_subcommand in UNMADE and not isinstance(error, InputError):
                click.echo(UNMADE[ctx.invoked_subcommand], err=True)
            click.echo(told(error), err=True)
            ctx.exit(error.exit_code)


# No raw text: \b keeps the lines of its paragraph.
@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hwgen")
def program() -> None:
    """Build a homework solution in which every printed relation is under test.

    The LaTeX inside \\checked{name}{...} in templates/ is read, its symbols are bound to independent computations in
    the content package that homework.toml names, and each = and <= is judged. A false formula stops the build at its template line.
    Every command works in the homework's folder and in those below it.

    \b
    A day with hwgen:
      hwgen pdf                  check everything and make the PDF to hand in, in build/
      hwgen submit               the same, and the letter to the lecturer as a draft; nothing is sent
      hwgen watch                the same after every save, into build/preview.pdf
      hwgen check NAME           judge one claim while editing its formula
      hwgen figures              draw the figures again, after a change of a study or of the style
      hwgen why NAME             where it is printed, what was checked and how; also for a printed number, FILE:LINE or a label
      hwgen new claim EX NAME    a stub of a claim, its place in the template and its test
      hwgen list --unchecked     the displayed relations that no claim tests, with their lines
      hwgen report --open        all the evidence as one page in a browser
      hwgen bundle               plain LaTeX for Overleaf or arXiv, in one zip
      hwgen doctor               what this machine lacks, with the command that mends it
      hwgen init FOLDER          a new homework, small and complete

    \b
    Exit codes: 0 done, 1 a claim fell short, 2 wrong input or content, 3 LaTeX failed,
    129, 130, 143 a signal ended it: the terminal closed, Ctrl-C, a request to end.
    """


@program.command()
@who
@click.option("--draft", is_flag=True, help="Build even if a claim falls short, with a mark on every page.")
@click.option("--why", "reasons", is_flag=True, help="Say of each result that is computed again what made it stale.")
@click.pass_obj
def pdf(under_way: Run | None, /, draft: bool, reasons: bool, **options: Any) -> None:
    """Check everything that is printed and make the PDF."""
    from hwgen.freshness import history
    from hwgen.program import build, finish, memory, snapshot, summary
    from hwgen.typesetting import run

    snapshot.forget()
    request = asked(draft=draft, early=_early if draft else None, **options)
    document = read(request)
    begin = run.taking_over(under_way, run.begin)
    built = with_bar(document, lambda one: build.pdf(one, begin))
    finish.linked(built.run, built.pdf)
    warned = finish.warn(document.student, document.homework, built.warnings)
    if reasons:
        for line in history.reasons(build.BUILD, built.ledger.seconds):
            click.echo(line)
    said = told(document, built.ledger)
    if built.pdf is None or built.ledger.short or built.ledger.survivors:
        _short(said, str(built.pdf or ""), document, built.ledger)
    if not draft:
        counts = [*summary.summary(built.ledger, document.exercises()), *finish.counted_is(document.student, document.homework.versions)]
        memory.remember(build.state(document, built, finish.reused(counts)))
        said += finish.next_step(document.student, document.homework, built.warnings)
    computed = snapshot.computed(document.content.package)
    finish.hand_over(
        sys.argv[1:],
        built.pdf,
        [str(path) for path in built.ledger.figures.values()],
        said,
        computed,
        [*finish.as_lines(built.heard), *warned],
    )


def _early(page: Path) -> None:
    click.echo(f"{page}: the page as it stands; the verdicts follow", err=True)


def _short(said: list[str], made: str, document: Document, ledger: Ledger) -> None:
    """The end of a build in which a claim fell short: what was made, and last what is wrong."""
    click.echo("\n".join([*said, *filter(None, [made])]))
    if not made:
        click.echo(UNMADE["pdf"], err=True)
    complain(document, ledger)
    sys.exit(FELL_SHORT)


@program.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completes("claims"))
@work
def check(names: tuple[str, ...], **options: Any) -> None:
    """Judge the claims (all, or those named) without typesetting."""
    from hwgen.program import build, summary

    document = read(whole(**options))
    ledger = with_bar(document, lambda one: build.check(one, names))
    for finding in ledger.findings if names else ():
        for line in summary.details(finding):
            click.echo(line)
    say(document, ledger)
    if ledger.short:
        sys.exit(FELL_SHORT)


@program.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completes("claims"))
@work
def mutate(names: tuple[str, ...], **options: Any) -> None:
    """Judge wrong versions of the printed relations: none may pass its check."""
    from hwgen.program import build, summary

    document = read(whole(**options))
    ledger = with_bar(document, lambda one: build.mutate(one, names))
    for line in summary.mutants_table(ledger.tallies):
        click.echo(line)
    say(document, ledger)
    if ledger.short or ledger.survivors:
        sys.exit(FELL_SHORT)


@program.command()
@click.argument("names", nargs=-1, metavar="[NAME]...", shell_complete=completes("figures"))
@work
def figures(names: tuple[str, ...], **options: Any) -> None:
    """Draw the figures (all, or those named) into figures/."""
    from hwgen.program import build

    document = apart(whole(**options))
    for path in with_bar(document, lambda one: build.figures(one, names)):
        click.echo(str(path))


@program.command()
@who
def watch(**options: Any) -> None:
    """Build build/preview.pdf again after every save, and say what changed."""
    from hwgen.program.watch import watch as follow

    follow(asked(**options))


for command in (
    hand_in.submit,
    hand_in.bundle,
    looking.why,
    looking.list_,
    looking.report,
    looking.verify,
    looking.doctor,
    looking.completion,
    looking.init,
    new,
):
    program.add_command(command)
