"""The commands `hwgen new KIND …`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from hwgen.program.options import InHomework, completes

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "claim": "a relation that is printed and judged",
    "erratum": "a relation that the text says is wrong",
    "statement": "a sentence without a formula, tried by a computation",
    "proof": "what algebra proves of the claim NAME",
    "study": "a computation that is kept",
    "constant": "a number from a study",
    "figure": "a drawing of a study",
    "table": "a table of a study",
}


@click.group()
def new() -> None:
    """Write the stub of a claim, a figure, an exercise …; no build goes through until each TODO in it is done."""


def _kind(kind: str, what: str) -> click.Command:
    @click.argument("exercise", shell_complete=completes("exercises"))
    @click.argument("name")
    def write(exercise: str, name: str) -> None:
        from pathlib import Path

        from hwgen.program import scaffold

        _written(scaffold.noun(Path(), kind, exercise, name))

    return click.command(name=kind, cls=InHomework, help=f"EXERCISE NAME: {what}.")(write)


for _name, _what in KINDS.items():
    new.add_command(_kind(_name, _what))


@new.command(name="exercise", cls=InHomework)
@click.argument("name")
def new_exercise(name: str) -> None:
    """NAME: an exercise of its own, as ex4_rates, with its template."""
    from pathlib import Path

    from hwgen.program import scaffold

    _written(scaffold.exercise(Path(), name))


def _written(paths: Sequence[Path]) -> None:
    tests = [path for path in paths if path.name.startswith("test_")]
    click.echo("written or extended; no build goes through until each TODO in it is done:")
    for path in paths:
        if path not in tests:
            click.echo(f"  {path}")
    if tests:
        click.echo("and a test, for which no build waits; it fails until its own TODO is done:")
    for path in tests:
        click.echo(f"  {path}")
