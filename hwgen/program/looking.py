"""The commands that look and change nothing, and the one that begins a homework."""

from __future__ import annotations

from typing import Any

import click

from hwgen.program.options import FELL_SHORT, InHomework, read, whole, with_bar, work


@click.command(cls=InHomework)
@click.argument("name")
def why(name: str) -> None:
    """Show where NAME (or a printed number) comes from: places, checks, functions, and what made it stale."""
    from hwgen.program import why as reasons

    for line in reasons.why(read(whole()), name):
        click.echo(line)


@click.command(name="list", cls=InHomework)
@click.option("--unchecked", is_flag=True, help="Only the displayed relations that no claim tests.")
@click.option("--json", "as_json", is_flag=True, help="For tools.")
def list_(unchecked: bool, as_json: bool) -> None:
    """Show claims, statements, constants, figures and where they are printed."""
    import json

    from hwgen.program import listing

    document = read(whole())
    rows = listing.unchecked(document) if unchecked else listing.everything(document)
    if as_json:
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for line in listing.lines(rows):
            click.echo(line)


@click.command(cls=InHomework)
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
@work
def report(show: bool, **options: Any) -> None:
    """Write the evidence as one page for a browser, build/report/index.html."""
    import webbrowser

    from hwgen.program import report as page

    path = with_bar(read(whole(**options)), page.write)
    click.echo(str(path))
    if show:
        webbrowser.open(path.resolve().as_uri())


@click.command(cls=InHomework)
@click.argument("file")
@click.option("--seed", type=int, help="Draw the points of an earlier run again, whose seed was told.")
def verify(file: str, seed: int | None) -> None:
    """Judge every claim of a ledger (build/ledger.json) again at fresh points, by other code, and say what is not confirmed."""
    import sys
    from pathlib import Path

    from hwgen.program.verify import opinions
    from hwgen.verify.verify import told

    seed, found = opinions(Path(), Path(file), seed)
    seen = []
    for one in found:
        seen.append(one)
        if one.doubt:
            click.echo(str(one))
    click.echo(f"{told(seen)} (seed {seed})")
    sys.exit(FELL_SHORT if any(one.doubt and one.doubt.false for one in seen) else 0)


@click.command()
@click.argument("folder")
def init(folder: str) -> None:
    """Write a small and complete homework into FOLDER, ready to build."""
    from pathlib import Path

    from hwgen.program import begin

    begin.init(Path(folder))
    click.echo(f"{folder}: a homework of one exercise; now: cd {folder}, set your names in student.toml, run hwgen pdf")


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
    """Print what makes SHELL complete commands and options: eval "$(hwgen completion bash)" in ~/.bashrc."""
    from click.shell_completion import get_completion_class

    found, program = get_completion_class(shell), context.find_root().command
    if found:
        # Not source(), which asks the shell for its version: this one may not be installed here.
        script = found(program, {}, "hwgen", "_HWGEN_COMPLETE")
        click.echo(script.source_template % script.source_vars())
