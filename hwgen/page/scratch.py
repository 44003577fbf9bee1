"""A folder outside of the homework for as long as a command lasts; what a killed one left is swept away by the next.

It belongs to whoever holds its lock, or lives under the number in its name: a process of another container has a number of its own.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hwgen.page import files


@dataclass(frozen=True)
class Scratch:
    """The folder, and its lock, which whoever works in it for this program holds too."""

    path: Path
    lock: int


@contextlib.contextmanager
def folder(purpose: str, among: Path | None = None) -> Iterator[Scratch]:
    """A new one, `among` others or where temporary files are; removed when it is left."""
    top = among or Path(tempfile.gettempdir())
    begins = f"{purpose}-"
    _sweep(top, begins)
    with tempfile.TemporaryDirectory(prefix=f"{begins}{os.getpid()}-", dir=top, ignore_cleanup_errors=True) as name:
        lock = os.open(name, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Scratch(Path(name), lock)
        finally:
            os.close(lock)


def _sweep(top: Path, begins: str) -> None:
    """Remove those of this user in which nobody works any more."""
    for path in top.glob(f"{begins}*-*"):
        if files.is_gone(path.name.removeprefix(begins).partition("-")[0]):
            with contextlib.suppress(OSError):
                _remove(path)


def _remove(path: Path) -> None:
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found = os.fstat(lock)
        if found.st_uid == os.geteuid() and os.path.samestat(found, path.lstat()) and stat.S_ISDIR(found.st_mode):
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)
