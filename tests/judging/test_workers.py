"""Whatever a computation does, it ends alone, within its limits, and what is said of it names what happened."""

from __future__ import annotations

import ctypes
import multiprocessing
import operator
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from hwgen.judging.workers import METHOD, MOST_PRINTED, Limits, Outcome, Workers, serve


def _ended(function: Callable[..., Any], seconds: float = 20.0, memory: int = 1 << 30) -> Outcome:
    """How one computation ended; the next one with the same workers goes well."""
    with Workers(1, Limits(seconds=seconds, memory=memory)) as workers:
        workers.give("bad", function)
        ((name, outcome),) = workers.finished()
        assert name == "bad"
        workers.give("good", os.getpid)
        ((name, good),) = workers.finished()
        assert (name, good.ended, good.error) == ("good", "", None)
        assert good.result != os.getpid()
    return outcome


def _never_ends() -> None:
    while True:
        pass


def _sleeps_through_signals() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(1000)


def _takes_all_memory() -> int:
    held = [bytearray(1 << 26) for _ in range(1000)]
    return len(held)


def _leaves() -> None:
    os._exit(0)


def _leaves_badly() -> None:
    os._exit(3)


def _exits() -> None:
    sys.exit("enough")


def _crashes() -> None:
    ctypes.string_at(0)


def _kills_itself() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _leaves_from_a_thread() -> None:
    threading.Thread(target=os._exit, args=(1,)).start()
    time.sleep(10)


def _interrupts() -> None:
    raise KeyboardInterrupt


def _function() -> Any:
    return lambda: 1


def _recursion() -> None:
    _recursion()


def _fails() -> None:
    raise ValueError("after it has set something")


def test_a_process_in_which_a_computation_failed_computes_nothing_more() -> None:
    with Workers(1, Limits(seconds=20.0)) as workers:
        seen = []
        for function in (os.getpid, os.getpid, _fails, os.getpid):
            workers.give("one", function)
            ((_, outcome),) = workers.finished()
            seen.append(outcome.result)
    assert seen[0] == seen[1] != seen[3]
    assert seen[2] is None


ENDS: dict[Callable[..., Any], str] = {
    _never_ends: "was stopped after 0.5 s; make it cheaper, or give it more (timeout in student.toml)",
    _sleeps_through_signals: "was stopped after 0.5 s; make it cheaper, or give it more (timeout in student.toml)",
    _leaves: "ended its process with exit code 0; expected a function that returns",
    _leaves_badly: "ended its process with exit code 3; expected a function that returns",
    _leaves_from_a_thread: "ended its process with exit code 1; expected a function that returns",
}


@pytest.mark.parametrize("function", list(ENDS))
def test_a_computation_that_does_not_return_is_told_by_how_it_ended(function: Callable[..., Any]) -> None:
    outcome = _ended(function, seconds=0.5 if "stopped" in ENDS[function] else 20.0)
    assert outcome.ended == ENDS[function]


@pytest.mark.parametrize(("function", "number"), [(_crashes, signal.SIGSEGV), (_kills_itself, signal.SIGKILL)])
def test_a_computation_that_is_killed_is_told_by_the_signal(function: Callable[..., Any], number: signal.Signals) -> None:
    assert number.name in _ended(function).ended


@pytest.mark.parametrize(
    ("function", "kind"),
    [(_takes_all_memory, MemoryError), (_exits, SystemExit), (_interrupts, KeyboardInterrupt), (_recursion, RecursionError)],
)
def test_what_a_computation_raises_comes_back(function: Callable[..., Any], kind: type[BaseException]) -> None:
    assert isinstance(_ended(function).error, kind)


def test_a_result_that_cannot_be_kept_says_what_was_expected() -> None:
    assert "cannot be kept" in _ended(_function).said
    assert "expected numbers, arrays and text" in _ended(_function).said


def _prints() -> int:
    for _ in range(1000):
        print("x" * 10_000)
    os.write(1, b"y")
    return 1


def test_what_a_computation_prints_is_bounded_and_no_part_of_what_the_program_says(capfd: pytest.CaptureFixture[str]) -> None:
    assert _ended(_prints).result == 1
    said = capfd.readouterr()
    assert said.out == ""
    assert MOST_PRINTED <= len(said.err) < MOST_PRINTED + 200
    assert "the rest of what this computation prints is left out" in said.err


def test_a_process_of_a_cluster_says_that_it_waits_and_ends_after_what_failed() -> None:
    context: Any = multiprocessing.get_context(METHOD)
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs, Limits(), os.getpid(), b"waits"), daemon=True)
    process.start()
    theirs.close()
    for divisor, result in ((2, 0.5), (0, None)):
        assert ours.recv_bytes() == b"waits"
        ours.send((operator.truediv, (1, divisor)))
        assert ours.recv().result == result
    with pytest.raises((EOFError, OSError)):
        ours.recv_bytes()
    process.join(10)
    assert process.exitcode == 0
