"""`make soak`: every fault again and again for a bounded time, and the table of them in docs/trust.md.

SOAK_SECONDS says how long (540), SOAK_SEED by which lot (1), SOAK_ONLY which faults, by a part of their names. With SOAK_TALLY=FILE
a run goes on where the last one with that file ended, and counts on. The table is written when every fault was tried, and none did harm.
"""

from __future__ import annotations

import json
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

SECONDS = float(os.environ.get("SOAK_SECONDS", "540"))
SEED = int(os.environ.get("SOAK_SEED", "1"))
ONLY, TALLY = os.environ.get("SOAK_ONLY", ""), os.environ.get("SOAK_TALLY", "")
KILLS = 50


def _order() -> list[str]:
    """The faults in the order in which they are tried: every one once, then 50 of kill -9, then all by lot."""
    names = [name for name in faults.FAULTS if ONLY in name]
    kills = [name for name in names if name.startswith("kill")]
    more = [kills[turn % len(kills)] for turn in range(KILLS - len(kills))] if kills else []
    return [*names, *more, *random.Random(SEED).choices(names, k=10_000)]


def _tally() -> tuple[Counter[str], float]:
    """How often each fault was tried before, and in how many seconds."""
    if not TALLY or not Path(TALLY).exists():
        return Counter(), 0.0
    known = json.loads(Path(TALLY).read_text())
    return Counter(known["counts"]), float(known["seconds"])


def _show(started: float, said: str) -> None:
    print(f"{time.monotonic() - started:5.0f} s  {said}", file=sys.__stderr__, flush=True)


@pytest.mark.soak
def test_every_fault_is_survived(tmp_path: Path) -> None:
    started, known = time.monotonic(), made(tmp_path / "first")
    counts, before = _tally()
    wrong: list[str] = []
    project, turn = copied(known, tmp_path / "second"), sum(counts.values())
    for name in _order()[turn:]:
        if time.monotonic() - started > SECONDS:
            break
        turn += 1
        try:
            said = faults.tried(name, project, SEED * 10_000 + turn)
        except NotPossible as error:
            _show(started, f"{name}: not tried here, {error}")
            counts.setdefault(name, 0)
            continue
        _show(started, said or name)
        counts[name] += 1
        if said:
            wrong.append(said)
            project = copied(known, tmp_path / f"again-{turn}")
    assert wrong == []
    seconds = before + time.monotonic() - started
    if TALLY:
        Path(TALLY).write_text(json.dumps({"counts": counts, "seconds": seconds}))
    if set(counts) == set(faults.FAULTS):
        table.write(PROJECT / "docs/trust.md", counts, seconds)
