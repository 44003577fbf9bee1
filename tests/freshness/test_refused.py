"""What a computation must not do is said with its name, the same words again, and harms nothing beside it."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import pytest
from freshness.reads import EXERCISE, written
from freshness.runs import run


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
    "makes a database": ("sqlite3.connect('given/new.db').execute('create table t (x)')", "unable to open database file"),
    "writes a database": ("sqlite3.connect('given/known.db').execute('delete from numbers')", "attempt to write a readonly database"),
    "writes a database by its address": (
        "sqlite3.connect('file:given/known.db?mode=rwc', uri=True).execute('delete from numbers')", "attempt to write a readonly database"
    ),
    "writes a database by its class": ("sqlite3.Connection('given/known.db')", "opening a database by another way than sqlite3.connect"),
    "writes a database into another": (
        "sqlite3.connect(':memory:').backup(sqlite3.connect('given/known.db'))", "attempt to write a readonly database"
    ),
    "writes a database into a file": (
        "c = sqlite3.connect(':memory:'); c.execute('vacuum'); c.execute('vacuum' + ' into ' + '\"given/new.db\"')", "authorization denied"
    ),
    "draws by chance, past the text": ("getattr(os, 'urandom')(1)", "drawing numbers by chance is refused"),
    "lets a library draw by chance": (
        "getattr(np.random, 'default_rng')()", "drawing numbers by chance is refused to a computation; expected a seed"
    ),
    "makes a pipe": ("os.mkfifo('given/new.db')", "writing a file is refused"),
    "makes a node": ("os.mknod('given/new.db')", "writing a file is refused"),
    "puts a file's time back": ("os.utime('data/table.csv', (0, 0))", "writing a file is refused"),
    "gives a file away": ("os.chown('data/table.csv', -1, -1)", "writing a file is refused"),
    "notes something with a file": ("os.setxattr('data/table.csv', 'user.x', b'x')", "writing a file is refused"),
    "makes a file in shared memory": (
        "from multiprocessing import shared_memory as s; s.SharedMemory('hwgen-refused', create=True, size=9)", "writing a file is refused"
    ),
    "asks for an address": ("socket.gethostbyname('localhost')", "a network connection is refused"),
    "starts a program by another interpreter": (
        "importlib.import_module('tkinter').Tcl().eval('exec touch given/new.db')", "_tkinter is refused, as nobody can follow what it does"
    ),
    "writes what was typed": ("importlib.import_module('readline').write_history_file('given/new.db')", "readline is refused"),
    "starts a program by what subprocess rests on": (
        "importlib.import_module('multiprocessing.util').spawnv_passfds(b'/bin/touch', [b'touch', b'given/new.db'], [])",
        "starting a program is refused",
    ),
    "starts a program by a library of C that another one has": (
        "np.ctypeslib.ctypes.pythonapi.system(b'touch given/new.db')", "ctypes is refused"
    ),
    "sends a signal": ("os.kill(1, 0)", "sending a signal is refused"),
    "takes more than it may": (
        "importlib.import_module('resource').setrlimit(4, (0, 0))", "changing its limits is refused"
    ),
    "raises": ("raise RuntimeError('no')", "raised RuntimeError: no"),
    "ends its process": ("os._exit(3)", "ended its process with exit code 3"),
    "crashes": ("import signal; signal.raise_signal(11)", "was killed by SIGSEGV"),
    "is killed": ("import signal; signal.raise_signal(9)", "was killed by SIGKILL"),
    "never ends": ("time.sleep(60)", "was stopped after 4 s"),
    "spins": ("exec('while True: pass')", "was stopped after 4 s"),
    "takes all memory": ("np.ones(1 << 40)", "MemoryError"),
    "takes all memory bit by bit": ("held = [np.empty(1 << 22) for _ in range(10_000)]", "MemoryError"),
    "leaves": ("raise SystemExit(4)", "raised SystemExit"),
    "returns what cannot be kept": ("return lambda: 1", "the constant returned function; expected an Estimate"),
    "imports nothing": ("importlib.import_module('reads.nowhere')", "raised ModuleNotFoundError"),
}  # fmt: skip


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
    assert not os.path.lexists(project / "given/new.db")


def test_megabytes_of_output_are_cut(project: Path) -> None:
    body = textwrap.indent("print('x' * 10**7)\nreturn Estimate(value=1.0, error=1e-3)", "    ").strip()
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))
    assert run(project, "bad") == ("DONE", [["bad"], {"bad": 1.0}])


def test_what_a_library_draws_while_it_is_imported_is_its_own_affair(project: Path) -> None:
    (project / "drawing.py").write_text("import os\nEXAMPLE = os.urandom(3)\n")
    body = "import drawing; return Estimate(value=float(len(drawing.EXAMPLE)), error=1e-3)"
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))
    assert run(project, "bad") == ("DONE", [["bad"], {"bad": 3.0}])
