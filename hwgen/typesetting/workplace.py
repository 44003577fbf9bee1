"""A folder for one run of LaTeX: nobody else writes there while the run lasts, and nothing of it stays behind.

LaTeX holds the folder's lock too: should this program be killed alone, no later run takes the folder before its LaTeX has ended.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from hwgen.page import files

FOLDER = Path("build/tex")
LOCK = "lock"
# Looks at the lock, and seconds between two: the last build may still lead from its page to the templates.
PATIENCE, MOMENT = 40, 0.02


@dataclass(frozen=True)
class Workplace:
    """The folder, by its path from the homework's root (where LaTeX runs), and the lock that makes it ours."""

    root: Path
    path: Path
    lock: TextIO

    def file(self, name: str) -> Path:
        """A file of that name in it."""
        return self.root / self.path / name

    def now(self) -> int:
        """The present time by the clock of the file system, in nanoseconds."""
        # By the clock that the times of files are of, which need not be that of this machine.
        os.utime(self.lock.fileno())
        return os.fstat(self.lock.fileno()).st_ctime_ns

    def close(self) -> None:
        """Give it up, and all that is in it."""
        shutil.rmtree(self.root / self.path, ignore_errors=True)
        self.lock.close()


def taken(root: Path) -> Workplace:
    """The first folder that nobody works in, empty."""
    for number in itertools.count(1):
        path = FOLDER / f"run-{number}"
        lock = _locked(root / path)
        if lock:
            for left in (root / path).iterdir():
                if left.name != LOCK:
                    shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
            return Workplace(root, path, lock)
    raise AssertionError


def printing(root: Path, *, quietly: bool = False) -> TextIO:
    """The lock of whoever draws the figures of this homework and makes its page; waits for another one, and says so if that takes long."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    lock = files.lock(root / FOLDER / LOCK)
    for _ in range(0 if quietly else PATIENCE):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return lock
        time.sleep(MOMENT)
    if not quietly:
        print("another build of this homework is making its page: waiting for it", file=sys.stderr, flush=True)
    fcntl.flock(lock, fcntl.LOCK_EX)
    return lock


def _locked(folder: Path) -> TextIO | None:
    """The lock of the folder, which is made; None if somebody has it."""
    while True:
        if folder.is_symlink():  # what LaTeX writes there would be written elsewhere
            folder.unlink()
        folder.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # its last user has just given it up
            lock = files.lock(folder / LOCK)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # The file that was locked may have been removed with its folder, and made anew by somebody else.
                if os.path.samestat(os.fstat(lock.fileno()), (folder / LOCK).stat()):
                    return lock
                lock.close()
            except BlockingIOError:
                lock.close()
                return None
            except FileNotFoundError:
                lock.close()
