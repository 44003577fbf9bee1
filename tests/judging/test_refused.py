"""What a computation must not do is said with its name, the same words again, and harms nothing beside it."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from judging.reads import EXERCISE, written
from judging.runs import run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


BAD = {
    "writes": ("Path('x.txt').write_text('x')", "writing a file is refused"),
    "removes": ("os.remove('data/table.csv')", "writing a file is refused"),
    "connects": ("socket.create_connection(('127.0.0.1', 9))", "a network connection is refused"),
    "starts a program": ("subprocess.run(['true'])", "starting a program is refused"),
    "writes on a thread of a pool": ("next(ThreadPoolExecutor(1).map(Path('x.txt').write_text, ['x']))", "writing a file is refused"),
    "removes on a thread of a pool": ("next(ThreadPoolExecutor(1).map(os.remove, ['data/table.csv']))", "writing a file is refused"),
    "starts a program on a thread of a pool": (
        "next(ThreadPoolExecutor(1).map(subprocess.check_output, [['cat', 'data/table.csv']]))",
        "starting a program is refused",
    ),
    "raises": ("raise RuntimeError('no')", "raised RuntimeError: no"),
    "ends its process": ("os._exit(3)", "ended its process with exit code 3"),
    "crashes": ("os.kill(os.getpid(), 11)", "was killed by SIGSEGV"),
    "is killed": ("os.kill(os.getpid(), 9)", "was killed by SIGKILL"),
    "never ends": ("time.sleep(60)", "was stopped after 4 s"),
    "spins": ("exec('while True: pass')", "was stopped after 4 s"),
    "takes all memory": ("np.ones(1 << 40)", "MemoryError"),
    "takes all memory bit by bit": ("held = [np.empty(1 << 22) for _ in range(10_000)]", "MemoryError"),
    "leaves": ("raise SystemExit(4)", "raised SystemExit"),
    "returns what cannot be kept": ("return lambda: 1", "the constant returned function; expected an Estimate"),
    "imports nothing": ("importlib.import_module('reads.nowhere')", "raised ModuleNotFoundError"),
}


@pytest.mark.parametrize("what", list(BAD))
def test_what_a_computation_must_not_do_is_said_with_its_name_and_again(project: Path, what: str) -> None:
    body, said = BAD[what]
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))
    for _ in range(2):
        kind, found = run(project, "first", "bad")
        assert kind == "SAID"
        assert found.startswith("bad: ") or ": bad: " in found
        assert said in found
    assert run(project, "first")[1][1] == {"first": 1.0}
    assert (project / "data/table.csv").exists()


def test_megabytes_of_output_are_cut(project: Path) -> None:
    body = textwrap.indent("print('x' * 10**7)\nreturn Estimate(value=1.0, error=1e-3)", "    ").strip()
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))
    assert run(project, "bad") == ("DONE", [["bad"], {"bad": 1.0}])
