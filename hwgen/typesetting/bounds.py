"""What a LaTeX process may take, and that it ends with the program that began it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
SECONDS, MEMORY, FILE = 300, 4 << 30, 1 << 30


def ending(parent: int) -> Callable[[], None]:
    """What a new process does before it becomes another program: it will end with its parent, by whatever that is killed."""
    system = ctypes.CDLL(None) if sys.platform.startswith("linux") else None

    def begin() -> None:
        if system:
            system.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:
                os._exit(1)

    return begin


def bounded(parent: int) -> Callable[[], None]:
    """What a new process does before it becomes LaTeX: seconds of computing, bytes of memory, bytes of one file, and its parent's end."""
    end = ending(parent)

    def begin() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (FILE, FILE))
        end()

    return begin
