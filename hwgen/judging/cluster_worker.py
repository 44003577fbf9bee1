"""What a worker of a cluster runs: it keeps the code of a run in a folder, and has each task computed by a process of that code.

This module is sent by value: nothing of hwgen need be installed there, and nothing of it is imported here, nor in that worker's own
process. A process that computes has the limits and the observer of one at home, and what it does to itself ends it alone.
"""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

from distributed import WorkerPlugin, get_worker

# Seconds between two looks whether the run that asked is over.
LOOK = 0.2
ALONE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


# What became of a task: answered, late, died or differs; the pickled outcome, an exit code, or versions; the folder; the worker.
# No class, which would be another one at home.
Answer = tuple[str, Any, str, str]


@dataclass(frozen=True)
class Told:
    """What is the same at home and on all workers: the versions, and what Python is told by variables; some libraries hear none."""

    versions: dict[str, str]
    variables: dict[str, str | None]
    unheard: tuple[str, ...]

    def environment(self, own: Mapping[str, str]) -> dict[str, str]:
        """The variables of a process that computes, from those of a worker."""
        left = {name: value for name, value in own.items() if name not in self.variables and not name.startswith(self.unheard)}
        return left | {name: value for name, value in self.variables.items() if value is not None}


@dataclass
class _Child:
    process: subprocess.Popen[bytes]
    connection: Connection
    agreed: bool = False

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.connection.close()


class Code(WorkerPlugin):
    """The code of one run on one worker, and the processes that it is run by; ends with the run."""

    def __init__(self, name: str, archive: bytes, package: str, told: Told, memory: int) -> None:
        self.name, self.archive, self.package, self.told, self.memory = name, archive, package, told, memory

    def setup(self, worker: Any) -> None:
        """Unpack the code. Called on every worker, also on one that comes later."""
        self.where, self.over, self.lock = worker.address, False, threading.Lock()
        self.idle: list[_Child] = []
        self.busy: list[_Child] = []
        self.folder = Path(worker.local_directory) / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(io.BytesIO(self.archive)) as archive:
            archive.extractall(self.folder)

    def teardown(self, worker: Any) -> None:
        """End everything; nothing of the run is left."""
        with self.lock:
            self.over = True
            children = [*self.idle, *self.busy]
        for child in children:
            child.end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def answer(self, data: bytes, seconds: float) -> Answer:
        """Have one task computed, within its seconds."""
        child = self._child()
        try:
            differing = self._differing(child)
            if differing:
                return self._said("differs", differing)
            child.connection.send_bytes(data)
            until = time.monotonic() + seconds
            while not child.connection.poll(LOOK):
                if self.over or time.monotonic() > until:
                    return self._said("late", self._ended(child))
            answered = child.connection.recv_bytes()
        except (EOFError, OSError):
            return self._said("died", self._ended(child))
        with self.lock:
            self.busy.remove(child)
            self.idle.append(child)
        return self._said("answered", answered)

    def _said(self, how: str, data: Any) -> Answer:
        return how, data, str(self.folder.resolve()), self.where

    def _child(self) -> _Child:
        with self.lock:
            while self.idle:
                child = self.idle.pop()
                if _is_ready(child):
                    break
                child.end()
            else:
                child = _started(self.folder, self.package, self.memory, self.told)
            self.busy.append(child)
            return child

    def _differing(self, child: _Child) -> dict[str, str]:
        """The versions there that are not those at home, the first time that this process is asked."""
        if child.agreed:
            return {}
        there = json.loads(child.connection.recv_bytes())
        if there != self.told.versions:
            self._ended(child)
            return cast(dict[str, str], there)
        _is_ready(child)  # what it has imported takes nothing from the task's time
        child.agreed = True
        return {}

    def _ended(self, child: _Child) -> int | None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(0 if child.connection.closed else 1)
        code = child.process.poll()
        child.end()
        with self.lock:
            if child in self.busy:
                self.busy.remove(child)
        return code


def _is_ready(child: _Child) -> bool:
    """Whether it says that it waits for another task: it ends after one that failed, and what that one set ends with it."""
    try:
        return bool(child.connection.recv_bytes())
    except (EOFError, OSError):
        return False


def _started(folder: Path, package: str, memory: int, told: Told) -> _Child:
    ours, theirs = multiprocessing.Pipe()
    command = [sys.executable, "-m", "hwgen.judging.cluster_process", package, str(theirs.fileno()), str(os.getpid()), str(memory)]
    # One thread for each process, as at home: libraries that divide a sum differently round it differently.
    own = {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1", **dict.fromkeys(ALONE, "1")}
    environment = told.environment(os.environ) | own
    process = subprocess.Popen(command, cwd=folder, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
    theirs.close()
    return _Child(process, ours)


def errand(name: str, seconds: float) -> Callable[[bytes], Answer]:
    """What a worker does with a task of the run of that name; defined inside, so that it is sent by value and not by its name."""

    def run(data: bytes) -> Answer:
        code = cast(Code, get_worker().plugins[name])
        return code.answer(data, seconds)

    return run
