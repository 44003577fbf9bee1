"""`make soak`: every fault again and again for a bounded time, and the table of them in docs/trust.md.

SOAK_SECONDS says how long (520), SOAK_SEED by which lot (1), SOAK_ONLY which faults, by a part of their names. The table is written
when none did harm, with the numbers of this one run; a fault for which no time was left says so.
"""

from __future__ import annotations

import os
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from conftest import PROJECT

from soak import faults, table
from soak.project import NotPossible, Project, copied, made

SECONDS = float(os.environ.get("SOAK_SECONDS", "520"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
ONLY = os.environ.get("SOAK_ONLY", "")
KILLS = 50
# How many homeworks are disturbed at once: a build alone leaves cores idle while it starts and while LaTeX runs.
LANES = 4


def _order() -> list[str]:
    """The faults in the order in which they are tried: every one once, then 50 of kill -9, then all by lot."""
    names = [name for name in faults.FAULTS if ONLY in name]
    kills = [name for name in names if name.startswith("kill")]
    more = -(-(KILLS - sum(map(faults.times, kills))) // faults.times(kills[0])) if kills else 0
    return [*names, *(kills[turn % len(kills)] for turn in range(more)), *random.Random(SEED).choices(names, k=10_000)]


def _show(started: float, said: str) -> None:
    print(f"{time.monotonic() - started:5.0f} s  {said}", file=sys.__stderr__, flush=True)


@dataclass
class _Run:
    """What was tried so far, by several lanes at once, each in a folder of its own."""

    known: Project
    folder: Path
    started: float
    waiting: Iterator[tuple[int, str]]
    counts: Counter[str]
    impossible: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    taking: threading.Lock = field(default_factory=threading.Lock)

    def lane(self, number: int) -> None:
        """Try one fault after the other, until there is no more time."""
        project = copied(self.known, self.folder / f"lane-{number}")
        while time.monotonic() - self.started < SECONDS:
            with self.taking:
                turn, name = next(self.waiting)
            try:
                said = faults.tried(name, project, SEED * 10_000 + turn)
            except NotPossible as error:
                _show(self.started, f"{name}: not tried here, {error}")
                self.impossible.add(name)
                continue
            _show(self.started, said or name)
            self.counts[name] += faults.times(name)
            if said:
                self.wrong.append(said)
                project = copied(self.known, self.folder / f"again-{turn}")


@pytest.mark.soak
def test_every_fault_is_survived(tmp_path: Path) -> None:
    started, load = time.monotonic(), os.getloadavg()[0]
    run = _Run(made(tmp_path / "first"), tmp_path, started, iter(enumerate(_order(), start=1)), Counter(dict.fromkeys(faults.FAULTS, 0)))
    with ThreadPoolExecutor(LANES) as lanes:
        list(lanes.map(run.lane, range(LANES)))
    assert run.wrong == []
    if not ONLY:
        table.write(PROJECT / "docs/trust.md", run.counts, time.monotonic() - started, run.impossible, load)
