"""Run one command and say what it cost: wall seconds, and peak memory summed over the whole tree of processes.

Memory is sampled from /proc, so a machine without it gives none.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hwgen.model.errors import InputError

PROC = Path("/proc")
EVERY = 0.05  # seconds between two looks: a LaTeX pass takes ten times as long


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Wall-clock seconds, and bytes at the worst moment (0 where they cannot be seen)."""

    seconds: float
    peak: int


def cost(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run `command` in `folder`. Raises InputError, with the end of what the command said, if it fails."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True)
        with Watch(process.pid) as watch:
            code = process.wait()
            seconds = time.perf_counter() - started
        if code != 0:
            said.seek(0)
            end = "\n".join(said.read().decode(errors="replace").splitlines()[-8:])
            raise InputError(
                f"{' '.join(command)} ended with exit code {code}; expected 0, since the bench measures builds that pass:\n{end}"
            )
    return Cost(seconds=seconds, peak=watch.peak)


class Watch:
    """Looks at a session of processes from time to time, and keeps the largest sum of their resident memory.

    The sum counts pages that processes share once for each of them, so it is an upper bound on the memory in use.
    """

    def __init__(self, session: int) -> None:
        self.session, self.peak = session, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self.peak = max(self.peak, sum(resident(self.session)))


def resident(session: int, proc: Path = PROC) -> Iterator[int]:
    """Resident bytes of each process of the session; a session outlives the parents that end before their children."""
    page = os.sysconf("SC_PAGE_SIZE")
    for process in proc.iterdir():
        if not process.name.isdecimal():
            continue
        try:
            # The name of a program may hold spaces and parentheses.
            fields = (process / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(fields[3]) == session:
            yield int(fields[21]) * page
