"""The commands that look and change nothing, and the one that begins a homework."""

from __future__ import annotations

from typing import Any

import click

from hwgen.program.options import InHomework, read, whole, with_bar, work


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
