"""What another process makes beside this one: a copy of it, which has all that this one has, and gives back what it made.

Where there is one core only, or no copy to be had, it is made here when it is asked for; so it is if the copy fails, which then tells why.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from hwgen.judging.workers import ENDING, end_with, let_go

T = TypeVar("T")


def copies() -> bool:
    """Whether copies of this process cost little, and have a core to work on."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1


def aside(make: Callable[[], T]) -> Callable[[], T]:
    """Begin to make it, and give who has it, to be asked once."""
    if not copies():
        return make
    context: Any = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)  # what a signal raises would be lost in a fork
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of copies of processes with threads: it touches no lock of theirs
            process = context.Process(target=_give, args=(there, make, os.getpid()), daemon=True)
            process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    there.close()

    def taken() -> T:
        with here:
            try:
                made: T = here.recv()
            except (EOFError, OSError, pickle.UnpicklingError):
                return make()
        process.join()
        return made

    return taken


def _give(there: Connection, make: Callable[[], Any], parent: int) -> None:
    """The life of a copy: its parent alone says what goes wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which its parent hears, and ends with it
    for one in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    end_with(parent)
    let_go(there)
    try:
        there.send_bytes(pickle.dumps(make()))
    except Exception:
        os._exit(1)
    os._exit(0)
