"""The options that several commands share, and the request that they make up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hwgen.program.build import Request

Command = Callable[..., None]


def who(command: Command) -> Command:
    """Whose name is printed."""
    command = click.option("--prenom", help="First name, as printed; overrides student.toml.")(command)
    return click.option("--nom", help="Family name, as printed; overrides student.toml.")(command)


def work(command: Command) -> Command:
    """How much is computed, and by how many processes."""
    effort = "quick, standard, thorough, or how many times the work of standard; overrides student.toml."
    command = click.option("--effort", help=f"How much is computed: {effort}")(command)
    return click.option("--jobs", type=click.IntRange(min=1), default=None, help="Processes to use; by default every core.")(command)


def asked(*, jobs: int | None, **options: Any) -> Request:
    """What these options ask for."""
    from hwgen.program.build import Request

    return Request(**options, jobs=jobs or 0)


def asked_of_all(**options: Any) -> Request:
    """The same of the whole version: what is judged, drawn and listed does not depend on what is handed in."""
    from pathlib import Path

    from hwgen.program.homework import homework

    return asked(version=homework(Path()).versions[0], **{"jobs": None, **options})
