"""The commands that look and change nothing, and the one that begins a homework."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from hwgen.program.options import FELL_SHORT, InHomework, completes, read, whole, with_bar, work

if TYPE_CHECKING:
    from pathlib import Path

REPORTED, LEDGER = "build/report/snapshot.json", "build/ledger.json"
# What leaves a ledger, and the command that does.
LEFT_BY = {LEDGER: ("build", "pdf"), "build/report/ledger.json": ("report", "report")}


@click.command(cls=InHomework, context_settings={"ignore_unknown_options": True})  # a number may begin with a minus
@click.argument("name", shell_complete=completes("everything"))
def why(name: str) -> None:
    """Show where NAME comes from: places, checks, functions, and what made it stale.

    NAME may also be a printed number (-0.500(2), 1.54e6), a place (templates/ex1.tex.j2:41) or a label (fig:example).
    """
    from hwgen.program import why as reasons

    document = read(whole())
    said = reasons.why(document, name)
    _aged(document.homework.content)
    for line in said:
        click.echo(line)


def _aged(content: str, ledger: str = LEDGER) -> None:
    """Say so where what is told of verdicts and values is of a build before the last save, or of what is gone or another one now."""
    from hwgen.program import judged, memory, snapshot

    state, path = next((state, path) for state, path in judged.LEFT if str(path) == ledger)
    saved, gone, others = snapshot.saved_after(ledger, content), memory.gone(state, path), memory.told_otherwise(state, path)
    last, command = LEFT_BY[ledger]
    found = [f"{one} was saved, or copied here, after" for one in saved] + [f"{one} is gone after" for one in gone]
    found += [f"{one} is another one than in" for one in others]
    if found:
        said = f"{found[0]} the last {last}, whose verdicts and values are told here"
        click.echo(f"warning: {said}; hwgen {command} has those of now", err=True)
    _coarse(content)


def _coarse(content: str) -> None:
    """Say so where every save of the content makes all results stale, and why."""
    import os

    from hwgen.freshness import dependencies

    dependencies.belongs(content)
    if odd := dependencies.oddity(content):
        said = f"{os.path.relpath(odd)}: nobody can follow that name by name, so that every edit of the content judges everything again"
        click.echo(f"warning: {said} (docs/trust.md)", err=True)


@click.command(name="list", cls=InHomework)
@click.option("--unchecked", is_flag=True, help="Only the displayed relations that no claim tests.")
@click.option("--hypotheses", is_flag=True, help="Claim by claim, the hypotheses under test, those in words, or why there is none.")
@click.option("--copied", is_flag=True, help="The largest ratios that claims have from a run only.")
@click.option("--overlap", is_flag=True, help="Claim by claim, the code that computes both sides.")
@click.option("--graph", is_flag=True, help="What the proof of each statement rests on.")
@click.option("--json", "as_json", is_flag=True, help="For tools.")
def list_(graph: bool, as_json: bool, **which: bool) -> None:
    """Show claims, statements, constants, figures and where they are printed."""
    import json

    from hwgen.program import listing

    document = read(whole())
    if graph:
        from hwgen.guards import reasoning

        click.echo("\n".join(reasoning.drawn(document.page)) or "no statement with a proof")
        return
    looks = {"unchecked": listing.unchecked, "hypotheses": listing.hypotheses, "copied": listing.copied, "overlap": listing.overlaps}
    looked = next((looks[name] for name, wanted in which.items() if wanted), listing.everything)
    rows = looked(document)
    if looked is listing.everything:
        _aged(document.homework.content)
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for line in listing.lines(rows) or [listing.NONE[looked]]:
            click.echo(line)


@click.command(cls=InHomework)
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
@work
def report(show: bool, **options: Any) -> None:
    """Write the evidence as one page for a browser, build/report/index.html."""
    import webbrowser
    from pathlib import Path

    from hwgen.program import snapshot

    arguments = ["report", str(Path.cwd()), *(f"{name}={value}" for name, value in options.items())]
    known = snapshot.unchanged(arguments, REPORTED)
    warned, (path, *fallen) = known or _reported(arguments, **options)
    for line in warned if known else ():
        click.echo(line, err=True)
    click.echo(path)
    for line in fallen:
        click.echo(line, err=True)
    if show:
        webbrowser.open(Path(path).resolve().as_uri())
    if fallen:
        raise SystemExit(FELL_SHORT)


def _reported(arguments: list[str], **options: Any) -> tuple[list[str], list[str]]:
    """Write the report, and remember all that it was made from; what was warned of, where it is, and what falls short on it."""
    from hwgen.guards import guards
    from hwgen.program import finish, judged, snapshot, summary
    from hwgen.program import report as page
    from hwgen.program.excerpt import told

    recalled = judged.recalled(options["effort"])
    known = recalled or with_bar(read(whole(**options)), page.judge)
    path = str(page.write(known))
    heard, older = finish.as_lines(known.known.get("heard", ())), finish.as_lines(page.older(known.page))
    for line in [*(heard if recalled else ()), *older]:
        click.echo(line, err=True)
    warned = [*finish.as_lines(told(error) for error in guards.forgiven(known.page)), *heard, *older]
    code = snapshot.computed(known.page.homework.content)
    said = [path, *summary.short_of(summary.recalled(known.evidence), known.page.names.claims)]
    snapshot.take(arguments, [path], said, code, warned, beside=page.files_of(known.page), file=REPORTED)
    return warned, said


@click.command()
@click.argument("file")
@click.option("--seed", type=int, help="Of a ledger: draw the points of an earlier run again, whose seed was told.")
@click.option("--trust", is_flag=True, help="Of a PDF: run the Python that is attached; it is its author's.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes to use; by default every core.")
def verify(file: str, seed: int | None, trust: bool, jobs: int | None) -> None:
    """Judge the claims of a ledger (build/ledger.json) again at fresh points, by other code; or build what a PDF carries again."""
    import sys
    from pathlib import Path

    path = Path(file).resolve()
    sys.exit(FELL_SHORT if (_differs(path, trust, jobs) if path.suffix == ".pdf" else _doubted(path, seed, jobs)) else 0)


def _doubted(path: Path, seed: int | None, jobs: int | None) -> bool:
    """Say which claims of a ledger are not confirmed; whether one of them is false."""
    from pathlib import Path

    from hwgen.program import options
    from hwgen.program.homework import homework
    from hwgen.program.progress import shown
    from hwgen.program.verify import opinions
    from hwgen.verify.verify import told

    options.enter()
    for left in LEFT_BY:
        if path == Path(left).resolve():
            _aged(homework(Path()).content, left)
    with shown() as show:
        seed, found = opinions(Path(), path, seed, jobs or 0, show)
        seen = []
        for one in found:
            seen.append(one)
            if one.doubt:
                click.echo(str(one))
    click.echo(f"{told(seen)} (seed {seed})")
    return any(one.doubt and one.doubt.false for one in seen)


def _differs(path: Path, trust: bool, jobs: int | None) -> bool:
    """Say what differs between a PDF and what its own sources make; whether anything does."""
    from hwgen.program import rebuilt

    found = rebuilt.verify(path, trust, jobs or 0)
    if found.differences:
        click.echo(found.said, nl=False)
        click.echo("\n".join(found.differences), err=True)
    else:
        click.echo(f"{path}: {rebuilt.SAME}")
    return bool(found.differences)


@click.command()
@click.argument("folder")
def init(folder: str) -> None:
    """Write a small and complete homework into FOLDER, ready to build."""
    from pathlib import Path

    from hwgen.program import begin

    begin.init(Path(folder))
    go = "" if Path(folder).resolve() == Path.cwd() else f"cd {shlex.quote(folder)}, "
    click.echo(f"{folder}: a homework of one exercise; now: {go}set your names in student.toml, run {begin.first()}")


@click.command()
def doctor() -> None:
    """Look at this machine and this folder: what a build needs, what is missing, and the command that mends it."""
    import sys

    from hwgen.program import doctor

    sys.exit(doctor.told())


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete commands and options.

    Its last line is what to write into ~/.bashrc, into ~/.zshrc after compinit, or into ~/.config/fish/config.fish.
    """
    from click.shell_completion import get_completion_class

    from hwgen.program import begin

    own = shlex.quote(begin.installed())
    line = f"{own} completion fish | source" if shell == "fish" else f'eval "$({own} completion {shell})"'
    found, program = get_completion_class(shell), context.find_root().command
    if found:
        # Not source(), which asks the shell for its version: this one may not be installed here.
        script = found(program, {}, "hwgen", "_HWGEN_COMPLETE")
        click.echo(f"{script.source_template % script.source_vars()}\n# {line}")
