"""For a look in between: a precompiled preamble where that works, and a process that has read it and waits for the text."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from hwgen.page.rendered import Rendered
from hwgen.typesetting import formats, last, process
from hwgen.typesetting.last import PREVIEW
from hwgen.typesetting.process import Pass
from hwgen.typesetting.run import Run, given_up_on_failure, marked, possible
from hwgen.typesetting.workplace import Workplace, printing, taken


@dataclass
class _Waiting:
    """A process in its workplace that has read a preamble."""

    preamble: str
    stamp: str
    place: Workplace
    one: Pass

    def close(self) -> None:
        self.one.stop()
        self.place.close()


class Preview:
    """Begins one run after the other, each with the process that was made ready for it."""

    def __init__(self) -> None:
        self.preamble = ""
        self.waiting: _Waiting | None = None

    def begin(self, filled: Rendered, root: Path, draft: Collection[str] | None = None) -> Run:
        """Begin a page with the process that waits, or with a new one if the preamble is another."""
        possible(root)
        lock = printing(root)
        self.preamble = formats.precompiled(root, marked(filled, None))
        waiting = self._taken(formats.stamp(root, self.preamble))
        place = waiting.place if waiting else taken(root)
        run = Run(filled, lock, place, PREVIEW, marked(filled, draft), _fed, preamble=self.preamble)
        with given_up_on_failure(run):
            last.carry(place, PREVIEW)
            run.first(waiting.one if waiting else None)
            if waiting:
                process.feed(waiting.one, run.text)
        return run

    def _taken(self, stamp: str) -> _Waiting | None:
        """The process that waits, if it still does, and for a text with this preamble, made of the same files."""
        waiting, self.waiting = self.waiting, None
        # It has read a preamble, and cannot read another.
        if waiting and ((waiting.preamble, waiting.stamp) != (self.preamble, stamp) or waiting.one.process.poll() is not None):
            waiting.close()
            return None
        return waiting

    def ready(self, root: Path) -> None:
        """Have a process that waits for the next text."""
        if self.preamble and not self.waiting:
            place = taken(root)
            self.waiting = _Waiting(
                self.preamble, formats.stamp(root, self.preamble), place, process.from_pipe(place, PREVIEW, self.preamble)
            )

    def close(self) -> None:
        """End the process that waits."""
        if self.waiting:
            self.waiting.close()
            self.waiting = None


def _fed(run: Run) -> Pass:
    one = process.from_pipe(run.place, PREVIEW, run.preamble)
    process.feed(one, run.text)
    return one
