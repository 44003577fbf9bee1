"""`make soak`: every fault again and again for a bounded time, and the table of them in docs/trust.md.

SOAK_SECONDS says how long (520), SOAK_SEED by which lot (1), SOAK_ONLY which faults, by a part of their names. The table is written
when none did harm, with the numbers of this one run; a fault for which no time was left says so.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from conftest import PROJECT

from soak import faults, table
from soak.project import NotPossible, copied, made

SECONDS = float(os.environ.get("SOAK_SECONDS", "520"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
ONLY = os.environ.get("SOAK_ONLY", "")
KILLS = 50


def _order() -> list[str]:
    """The faults in the order in which they are tried: every one once, then 50 of kill -9, then all by lot."""
    names = [name for name in faults.FAULTS if ONLY in name]
    kills = [name for name in names if name.startswith("kill")]
    more = [kills[turn % len(kills)] for turn in range(KILLS - len(kills))] if kills else []
    return [*names, *more, *random.Random(SEED).choices(names, k=10_000)]


def _show(started: float, said: str) -> None:
    print(f"{time.monotonic() - started:5.0f} s  {said}", file=sys.__stderr__, flush=True)


@pytest.mark.soak
def test_every_fault_is_survived(tmp_path: Path) -> None:
    started, known, load = time.monotonic(), made(tmp_path / "first"), os.getloadavg()[0]
    counts, impossible, wrong = Counter(dict.fromkeys(faults.FAULTS, 0)), set[str](), list[str]()
    project = copied(known, tmp_path / "second")
    for turn, name in enumerate(_order(), start=1):
        if time.monotonic() - started > SECONDS:
            break
        try:
            said = faults.tried(name, project, SEED * 10_000 + turn)
        except NotPossible as error:
            _show(started, f"{name}: not tried here, {error}")
            impossible.add(name)
            continue
        _show(started, said or name)
        counts[name] += 1
        if said:
            wrong.append(said)
            project = copied(known, tmp_path / f"again-{turn}")
    assert wrong == []
    if not ONLY:
        table.write(PROJECT / "docs/trust.md", counts, time.monotonic() - started, impossible, load)
