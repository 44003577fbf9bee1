"""Progress of long work: a bar on a terminal, a plain line every few seconds elsewhere."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from hwgen.program import build

T = TypeVar("T")
QUIET_SECONDS = 5.0


def watched(document: build.Document, work: Callable[[build.Document], T]) -> T:
    """Run `work` on the document, showing which results have come in."""
    if not sys.stderr.isatty():
        return work(_reporting(document, _Lines().show))
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        row = bar.add_task("reading")

        def show(name: str, done: int, total: int) -> None:
            bar.update(row, description=name, completed=done, total=total)

        return work(_reporting(document, show))


def _reporting(document: build.Document, show: Callable[[str, int, int], None]) -> build.Document:
    return dataclasses.replace(document, request=dataclasses.replace(document.request, progress=show))


class _Lines:
    def __init__(self) -> None:
        self.last = time.monotonic()

    def show(self, name: str, done: int, total: int) -> None:
        if time.monotonic() - self.last > QUIET_SECONDS:
            self.last = time.monotonic()
            print(f"{done} of {total} results, last {name}", file=sys.stderr, flush=True)
