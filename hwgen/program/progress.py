"""Progress of long work: a bar on a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

import contextlib
import dataclasses
import sys
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from hwgen.program import build, terminal

T = TypeVar("T")
QUIET_SECONDS = 5.0
# The part of the results from which on their pace says something of the rest.
KNOWN_FROM = 0.25


def watched(document: build.Document, work: Callable[[build.Document], T]) -> T:
    """Run `work` on the document, showing which results have come in."""
    with shown() as show:
        return work(_reporting(document, show))


@contextlib.contextmanager
def shown() -> Iterator[Callable[[str, int, int], None]]:
    """What shows how far the work is: the last result by its name, how many there are, and of how many."""
    if not sys.stderr.isatty():
        yield _Lines().show
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=terminal.behind(sys.stderr)), transient=True) as bar:
        row = bar.add_task("reading")
        yield lambda name, done, total: bar.update(row, description=name, completed=done, total=total)


def _reporting(document: build.Document, show: Callable[[str, int, int], None]) -> build.Document:
    return dataclasses.replace(document, request=dataclasses.replace(document.request, progress=show))


class _Lines:
    def __init__(self) -> None:
        self.begun = self.last = time.monotonic()

    def show(self, name: str, done: int, total: int) -> None:
        if time.monotonic() - self.last > QUIET_SECONDS:
            self.last = time.monotonic()
            spent = self.last - self.begun
            said = f"{done} of {total} verdicts, numbers and figures after {spent:.0f} s{left(spent, done, total)}, last {name}"
            print(said, file=sys.stderr, flush=True)


def left(spent: float, done: int, total: int) -> str:
    """About how long the rest takes, as each result so far did; not from the first few, which are the longest ones."""
    if not KNOWN_FROM * total <= done < total:
        return ""
    seconds = spent * (total - done) / done
    return f", about {seconds / 60:.0f} min left" if seconds >= 90 else f", about {max(1, round(seconds))} s left"
