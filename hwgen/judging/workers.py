"""Processes that compute results, each within its limits: whatever one of them does, the others and this process go on.

A worker ends with its parent, ignores Ctrl-C (its parent ends it), and says nothing on standard output.
"""

from __future__ import annotations

import contextlib
import ctypes
import io
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from hwgen.model import Place

# A copy of this process is ready at once; where the system's libraries do not bear that, a new one is started.
METHOD = "fork" if sys.platform.startswith("linux") else "spawn"
PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What a computation may print: for a look at it, not for a page.
MOST_PRINTED = 20_000


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one result may take: seconds of the clock, and bytes of memory."""

    seconds: float = 600.0
    memory: int = 4 << 30


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a worker gives back: a result, the exception raised, with the author's line, or the reason why there is neither."""

    result: Any = None
    error: BaseException | None = None
    said: str = ""
    ended: str = ""
    place: Place | None = None


@dataclass
class _Worker:
    process: BaseProcess
    connection: Connection
    label: str = ""
    until: float = 0.0


class Workers:
    """As many processes as are asked for; leaving the `with` ends them."""

    def __init__(self, most: int, limits: Limits) -> None:
        self.most, self.limits = most, limits
        self.idle: list[_Worker] = []
        self.busy: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        with _uninterrupted():
            for worker in [*self.idle, *self.busy]:
                _end(worker)
            self.idle, self.busy = [], []

    @property
    def free(self) -> bool:
        """Whether another computation can begin."""
        return len(self.busy) < self.most

    def give(self, label: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Begin a computation."""
        worker = self.idle.pop() if self.idle else _started(self.limits)
        worker.label, worker.until = label, time.monotonic() + self.limits.seconds
        self.busy.append(worker)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has died: `finished` says so
            worker.connection.send((function, arguments))

    def finished(self) -> Iterator[tuple[str, Outcome]]:
        """Wait until a computation has ended, or has had its time, and say how."""
        patience = max(min(worker.until for worker in self.busy) - time.monotonic(), 0)
        ready = wait([worker.connection for worker in self.busy], timeout=patience)
        for worker in list(self.busy):
            outcome = self._outcome(worker, worker.connection in ready)
            if outcome:
                self.busy.remove(worker)
                if outcome.error is not None:  # it has ended itself
                    _end(worker)
                elif not outcome.ended:
                    self.idle.append(worker)
                yield worker.label, outcome

    def _outcome(self, worker: _Worker, answered: bool) -> Outcome | None:
        if answered:
            try:
                outcome: Outcome = worker.connection.recv()
                return outcome
            except (EOFError, OSError, pickle.UnpicklingError):
                return Outcome(ended=_death(worker))
        if time.monotonic() < worker.until:
            return None
        _end(worker)
        return Outcome(ended=stopped(self.limits))


def stopped(limits: Limits) -> str:
    """What is said of a computation that has had its time."""
    return f"was stopped after {limits.seconds:g} s; make it cheaper, or give it more (timeout in student.toml)"


def _death(worker: _Worker) -> str:
    """How a worker ended that should not have."""
    worker.process.join(1)
    code = worker.process.exitcode
    _end(worker)
    return died(code)


def died(code: int | None) -> str:
    """What is said of a process that ended with this code, minus a signal's number, and should not have."""
    if code is None or code >= 0:
        return f"ended its process with exit code {code}; expected a function that returns"
    name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
    why = "out of memory, or by hand: try again" if name == "SIGKILL" else "a crash inside a library, most likely"
    return f"was killed by {name} ({why})"


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _started(limits: Limits) -> _Worker:
    context: Any = multiprocessing.get_context(METHOD)
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, limits, os.getpid()), daemon=True)
    with warnings.catch_warnings(), _uninterrupted():
        warnings.simplefilter("ignore", DeprecationWarning)  # of copies of processes with threads: a worker touches no lock of theirs
        process.start()
    # While this end is open here, the worker's death would not end the pipe.
    theirs.close()
    return _Worker(process, ours)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """A few moments in which a signal waits: what it raises would be lost in what Python does of its own around a fork."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def serve(connection: Connection, limits: Limits, parent: int, word: bytes = b"") -> None:
    """The life of a worker: what comes over the connection is computed, and the outcome sent back, until it is closed.

    What a failed computation left half done, or set for others, ends with it. The `word` is said before each computation, if there is one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    end_with(parent)
    if METHOD == "fork":
        let_go(connection)
    _limit(limits.memory)
    sys.stdout = sys.stderr = _Bounded(sys.__stderr__ if METHOD == "spawn" else open(2, "w", closefd=False))  # noqa: SIM115 # ends with us
    while True:
        try:
            if word:
                connection.send_bytes(word)
            function, arguments = connection.recv()
        except (EOFError, OSError):
            os._exit(0)
        if not _answer(connection, _performed(function, arguments)):
            os._exit(0)


def _performed(function: Callable[..., Any], arguments: tuple[Any, ...]) -> Outcome:
    try:
        return Outcome(result=function(*arguments))
    except BaseException as error:  # SystemExit and KeyboardInterrupt of a computation are its own affair
        return _raised(error)


def _answer(connection: Connection, outcome: Outcome) -> bool:
    """Give an outcome back; whether it is a result."""
    try:
        data = pickle.dumps(outcome)
        pickle.loads(data)  # what does not come back here would not come back there
    except Exception as error:
        said = outcome.said or f"gave a result that cannot be kept ({type(error).__name__}: {error}); expected numbers, arrays and text"
        outcome = Outcome(error=RuntimeError(said), said=said, place=outcome.place)
        data = pickle.dumps(outcome)
    connection.send_bytes(data)
    return outcome.error is None


def _raised(error: BaseException) -> Outcome:
    """An exception of the author's code with its file and line."""
    from hwgen.judging.chains import fault

    said, place, function = fault(error)
    # A library may have taught pickle to take tracebacks along, which an endless recursion makes too deep for it.
    error.__traceback__ = error.__cause__ = error.__context__ = None
    return Outcome(error=error, said=f"{said} (in {function})" if function else said, place=place)


def end_with(parent: int) -> None:
    """This process ends when its parent does, however that one ends."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        # It may have ended before this asked to be told.
        if os.getppid() != parent:
            os._exit(1)
    else:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def let_go(connection: Connection) -> None:
    """Close what was open in the parent: a pipe that stays open here would keep LaTeX waiting for its end, a lock everybody else."""
    kept = connection.fileno()
    os.closerange(3, kept)
    os.closerange(kept + 1, max(os.sysconf("SC_OPEN_MAX"), 256) if os.sysconf("SC_OPEN_MAX") < 1 << 20 else 65536)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    if null > 2 and null != kept:
        os.close(null)


def _limit(memory: int) -> None:
    """Bound the memory of this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Not the address space, of which libraries reserve far more than they use.
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


class _Bounded(io.TextIOBase):
    """Standard error, up to a number of characters."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.left = stream, MOST_PRINTED

    def write(self, text: str) -> int:
        if self.left > 0:
            self.stream.write(text[: self.left])
            self.left -= len(text)
            if self.left <= 0:
                self.stream.write("\n(the rest of what this computation prints is left out)\n")
            self.stream.flush()
        return len(text)
