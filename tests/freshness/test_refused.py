"""What a computation must not do is said with its name, the same words again, and harms nothing beside it."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path

import pytest
from freshness.reads import EXERCISE, written
from freshness.runs import run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return written(tmp_path)


# What is said, and computations of which it is said, each by what it does.
BAD = {
    "writing a file is refused": {
        "writes": "Path('x.txt').write_text('x')",
        "removes": "os.remove('data/table.csv')",
        "writes on a thread of a pool": "next(ThreadPoolExecutor(1).map(Path('x.txt').write_text, ['x']))",
        "removes on a thread of a pool": "next(ThreadPoolExecutor(1).map(os.remove, ['data/table.csv']))",
        "makes a pipe": "os.mkfifo('given/new.db')",
        "makes a node": "os.mknod('given/new.db')",
        "puts a file's time back": "os.utime('data/table.csv', (0, 0))",
        "gives a file away": "os.chown('data/table.csv', -1, -1)",
        "notes something with a file": "os.setxattr('data/table.csv', 'user.x', b'x')",
        "makes a file in shared memory": (
            "from multiprocessing import shared_memory as s; s.SharedMemory('hwgen-refused', create=True, size=9)"
        ),
    },
    "reading standard input is refused": {
        "reads standard input": "open(0).read()",
        "reads standard input by its number": "os.fdopen(0).read()",
        "reads a line that is typed": "input()",
        "reads standard input on a thread": "next(ThreadPoolExecutor(1).map(open, [0]))",
    },
    "a network connection is refused": {
        "connects": "socket.create_connection(('127.0.0.1', 9))",
        "asks for an address": "socket.gethostbyname('localhost')",
    },
    "starting a program is refused": {
        "starts a program": "subprocess.run(['true'])",
        "starts a program on a thread of a pool": "next(ThreadPoolExecutor(1).map(subprocess.check_output, [['cat', 'data/table.csv']]))",
        "starts a program by what subprocess rests on": (
            "importlib.import_module('multiprocessing.util').spawnv_passfds(b'/bin/touch', [b'touch', b'given/new.db'], [])"
        ),
    },
    "unable to open database file": {"makes a database": "sqlite3.connect('given/new.db').execute('create table t (x)')"},
    "attempt to write a readonly database": {
        "writes a database": "sqlite3.connect('given/known.db').execute('delete from numbers')",
        "writes a database by its address": "sqlite3.connect('file:given/known.db?mode=rwc', uri=True).execute('delete from numbers')",
        "writes a database into another": "sqlite3.connect(':memory:').backup(sqlite3.connect('given/known.db'))",
    },
    "opening a database by another way than sqlite3.connect": {"writes a database by its class": "sqlite3.Connection('given/known.db')"},
    "authorization denied": {
        "writes a database into a file": (
            "c = sqlite3.connect(':memory:'); c.execute('vacuum'); c.execute('vacuum' + ' into ' + '\"given/new.db\"')"
        ),
    },
    "drawing numbers by chance is refused": {"draws by chance, past the text": "getattr(os, 'urandom')(1)"},
    "drawing numbers by chance is refused to a computation; expected a seed": {
        "lets a library draw by chance": "getattr(np.random, 'default_rng')()"
    },
    "_tkinter is refused, as nobody can follow what it does": {
        "starts a program by another interpreter": "importlib.import_module('tkinter').Tcl().eval('exec touch given/new.db')"
    },
    "readline is refused": {"writes what was typed": "importlib.import_module('readline').write_history_file('given/new.db')"},
    "ctypes is refused": {
        "starts a program by a library of C that another one has": "np.ctypeslib.ctypes.pythonapi.system(b'touch given/new.db')"
    },
    "sending a signal is refused": {"sends a signal": "os.kill(1, 0)"},
    "changing its limits is refused": {"takes more than it may": "importlib.import_module('resource').setrlimit(4, (0, 0))"},
    "raised RuntimeError: no": {"raises": "raise RuntimeError('no')"},
    "ended its process with exit code 3": {"ends its process": "os._exit(3)"},
    "was killed by SIGSEGV": {"crashes": "import signal; signal.raise_signal(11)"},
    "was killed by SIGKILL": {"is killed": "import signal; signal.raise_signal(9)"},
    "was stopped after 4 s": {
        "never ends": "time.sleep(60)",
        "spins": "exec('while True: pass')",
    },
    "MemoryError": {
        "takes all memory": "np.ones(1 << 40)",
        "takes all memory bit by bit": "held = [np.empty(1 << 22) for _ in range(10_000)]",
    },
    "raised SystemExit": {"leaves": "raise SystemExit(4)"},
    "the constant returned function; expected an Estimate": {"returns what cannot be kept": "return lambda: 1"},
    "raised ModuleNotFoundError": {"imports nothing": "importlib.import_module('reads.nowhere')"},
}

# Debian has it in a package of its own.
if importlib.util.find_spec("_tkinter") is None:
    del BAD["_tkinter is refused, as nobody can follow what it does"]


def _computes(project: Path, body: str) -> None:
    """In the place of what the constant `bad` computes."""
    (project / "reads/exercises/one/__init__.py").write_text(EXERCISE.replace("BODY", body))


@pytest.mark.parametrize(("body", "said"), [pytest.param(body, said, id=what) for said, ones in BAD.items() for what, body in ones.items()])
def test_what_a_computation_must_not_do_is_said_with_its_name_and_again(project: Path, body: str, said: str) -> None:
    _computes(project, body)
    for _ in range(2):
        kind, found = run(project, "first", "bad")
        assert kind == "SAID"
        assert found.startswith("bad: ") or ": bad: " in found
        assert said in found
    assert run(project, "first")[1][1] == {"first": 1.0}
    assert (project / "data/table.csv").exists()
    assert not os.path.lexists(project / "given/new.db")


def test_megabytes_of_output_are_cut(project: Path) -> None:
    _computes(project, "print('x' * 10**7); return Estimate(value=1.0, error=1e-3)")
    assert run(project, "bad") == ("DONE", [["bad"], {"bad": 1.0}])


def test_what_a_library_draws_while_it_is_imported_is_its_own_affair(project: Path) -> None:
    (project / "drawing.py").write_text("import os\nEXAMPLE = os.urandom(3)\n")
    _computes(project, "import drawing; return Estimate(value=float(len(drawing.EXAMPLE)), error=1e-3)")
    assert run(project, "bad") == ("DONE", [["bad"], {"bad": 3.0}])
