"""A signal ends a build with one message, the documented exit code, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PROJECT, Homework


def _begun(homework: Homework) -> subprocess.Popen[str]:
    """A build whose check never ends."""
    exercise = homework.root / "slow" / "exercises"
    package = PROJECT / "tests/toy/exercises"
    exercise.parent.mkdir()
    subprocess.run(["cp", "-r", str(package), str(exercise)], check=True)
    (exercise.parent / "__init__.py").write_text("")
    code = exercise / "circle" / "__init__.py"
    text = code.read_text()
    assert text.count("** 2) * 2 * np.pi)") == 1
    code.write_text(
        text.replace("** 2) * 2 * np.pi)", "** 2) * 2 * np.pi * endless())") + "\n\ndef endless():\n    while True:\n        pass\n"
    )
    task = homework.root / "homework.toml"
    task.write_text(task.read_text().replace("toy.exercises", "slow.exercises"))
    environment = {**os.environ, "PYTHONPATH": f"{homework.root}{os.pathsep}{PROJECT}"}
    return subprocess.Popen(
        [sys.executable, "-m", "hwgen", "check", "--jobs=1"],
        cwd=homework.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_listen,
    )


def _listen() -> None:
    """As from a terminal, also where the tests run under nohup or in the background, whose children ignore two of the signals."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _children(parent: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_and_a_second_one_end_everything_in_one_line(homework: Homework, number: signal.Signals, code: int) -> None:
    build = _begun(homework)
    until = time.monotonic() + 60
    while not (workers := _children(build.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    assert workers
    os.killpg(build.pid, number)
    time.sleep(0.02)
    if build.poll() is None:
        os.killpg(build.pid, number)
    _, said = build.communicate(timeout=30)
    assert said.splitlines()[-1] == "interrupted; what was computed is kept"
    assert "Traceback" not in said
    assert build.returncode == code
    assert _gone(workers)


def _gone(workers: list[int]) -> bool:
    """Whether they have ended: the kernel kills them with their parent, and on a busy machine takes its time to bury them."""
    until = time.monotonic() + 5
    while (left := [worker for worker in workers if Path(f"/proc/{worker}").exists()]) and time.monotonic() < until:
        time.sleep(0.05)
    return not left


def test_a_check_that_takes_longer_than_its_timeout_is_undecided_by_name(homework: Homework) -> None:
    (homework.root / "student.toml").write_text("timeout = 1\n")
    build = _begun(homework)
    said, complaint = build.communicate(timeout=120)
    assert build.returncode == 1, complaint
    assert "UNDECIDED" in said + complaint
    assert "was stopped after 1 s" in said + complaint


def test_a_signal_waits_while_the_program_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from hwgen import __main__ as program

    held: list[set[int]] = []
    monkeypatch.delenv("PYTHONHASHSEED", raising=False)
    monkeypatch.setattr("os.execve", lambda *_: held.append(signal.pthread_sigmask(signal.SIG_BLOCK, [])))
    try:
        program._steady()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, program.ENDING)
    assert [set(program.ENDING) <= one for one in held] == [True]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at /proc")
def test_a_request_to_end_is_answered_from_the_first_moment_that_the_program_listens(homework: Homework) -> None:
    build = _begun(homework)
    heard, until = Path(f"/proc/{build.pid}/status"), time.monotonic() + 60
    while not int(heard.read_text().partition("SigCgt:")[2].split()[0], 16) >> (signal.SIGTERM - 1) & 1 and time.monotonic() < until:
        time.sleep(0.001)
    os.killpg(build.pid, signal.SIGTERM)  # before or while it begins again
    _, said = build.communicate(timeout=60)
    assert (build.returncode, said) == (143, "interrupted; what was computed is kept\n")
