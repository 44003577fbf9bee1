"""Ways to a file that the interpreter says little of: below an open folder, by its state alone, in a zip, by a pickle's names."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from freshness.runs import run

EXERCISE = """
import importlib, os, pickle, sys
import reads.entered
from importlib import metadata
from pathlib import Path
from hwgen.model import Estimate
from hwgen.model.exercise import Exercise

exercise = Exercise("one", title="One", problem=None)
CHOSEN = importlib.import_module("reads.chosen" + "")

def found(value): return Estimate(value=float(value), error=1e-3)

@exercise.constant()
def below(problem):
    folder = os.open("data", os.O_RDONLY)
    return found(os.read(os.open("below.txt", os.O_RDONLY, dir_fd=folder), 9))

@exercise.constant()
def worded(problem): return found(Path("module a.txt").read_text())

@exercise.constant()
def listed(problem): return found(len(os.listdir(os.open("listed", os.O_RDONLY))))

@exercise.constant()
def there(problem): return found(os.path.exists("data/there.txt"))

@exercise.constant()
def long(problem): return found(Path("data/long.txt").stat().st_size)

@exercise.constant()
def scanned(problem): return found(sum(one.stat().st_size for one in os.scandir("scanned")))

@exercise.constant()
def around(problem): return found(Path("/proc/self/cwd/data/around.txt").read_text())

@exercise.constant()
def led(problem): return found(os.readlink("data/led"))

@exercise.constant()
def turned(problem): return found(Path("data/turn/../turned.txt").read_text())

@exercise.constant()
def via(problem): return found(Path("OUTSIDE/here/data/via.txt").read_text())

@exercise.constant()
def mode(problem): return found((os.stat("data/mode.txt").st_mode & 0o777) == 0o644)

@exercise.constant()
def unpickled(problem): return found(pickle.loads(Path("data/made.pickle").read_bytes())())

@exercise.constant()
def by_name(problem): return found(CHOSEN.VALUE)

@exercise.constant()
def pointed(problem): return found(metadata.EntryPoint("x", "reads.entered:VALUE", "g").load())

@exercise.constant()
def bad(problem):
    BODY
"""
ZIPPED = "import sys\nsys.path.insert(0, 'data/packed.zip')\nfrom packed import VALUE\ndef value(): return VALUE\n"


def _zip(root: Path, value: float) -> None:
    with zipfile.ZipFile(root / "data/packed.zip", "w") as archive:
        archive.writestr("packed/__init__.py", f"VALUE = {value}\n")


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A homework of numbers that are read in these ways, each 1."""
    folder = tmp_path / "reads" / "exercises" / "one"
    folder.mkdir(parents=True)
    for package in (folder.parent.parent, folder.parent):
        (package / "__init__.py").write_text("")
    _ways_outside(tmp_path, beside := tmp_path_factory.mktemp("outside"))
    (folder / "__init__.py").write_text(EXERCISE.replace("BODY", "return 1 / 0").replace("OUTSIDE", str(beside)))
    (tmp_path / "reads/chosen.py").write_text("VALUE = 1.0\n")
    (tmp_path / "reads/entered.py").write_text("VALUE = 1.0\n")
    (tmp_path / "reads/named.py").write_text("def one():\n    return 1.0\n")
    for name in ("listed", "scanned"):
        (tmp_path / name).mkdir()
    for name in ("data/below.txt", "data/there.txt", "data/long.txt", "data/around.txt", "listed/a", "scanned/a", "module a.txt"):
        (tmp_path / name).write_text("1")
    (tmp_path / "data/led").symlink_to("1")
    (tmp_path / "data/made.pickle").write_bytes(b"creads.named\none\n.")
    assert pickle.dumps(print, 0).startswith(b"c__builtin__\nprint")  # the form of the line above
    _zip(tmp_path, 1.0)
    return tmp_path


def _ways_outside(root: Path, beside: Path) -> None:
    """Links that lead out of the homework and into it, and files behind them."""
    for name in ("dir", "other/data", "next/data"):
        (beside / name).mkdir(parents=True)
    (root / "data").mkdir()
    (root / "data/turn").symlink_to(beside / "dir")
    (root / "beside").symlink_to(beside)
    (beside / "turned.txt").write_text("1")
    (beside / "here").symlink_to(root)
    (root / "data/via.txt").write_text("1")
    (beside / "next/data/via.txt").write_text("2")
    (root / "data/mode.txt").write_text("")
    (root / "data/mode.txt").chmod(0o644)


def _via(root: Path) -> None:
    (root / "beside/here").unlink()
    (root / "beside/here").symlink_to(root / "beside/next")


def _led(root: Path) -> None:
    (root / "data/led").unlink()
    (root / "data/led").symlink_to("2")


CHANGES: dict[str, tuple[Callable[[Path], object], str, float]] = {
    "a file below an open folder": (lambda root: (root / "data/below.txt").write_text("2"), "below", 2.0),
    "a file whose name begins as a note does": (lambda root: (root / "module a.txt").write_text("2"), "worded", 2.0),
    "an open folder that is listed": (lambda root: (root / "listed/b").write_text(""), "listed", 2.0),
    "whether a file is there": (lambda root: (root / "data/there.txt").unlink(), "there", 0.0),
    "how long a file is": (lambda root: (root / "data/long.txt").write_text("12"), "long", 2.0),
    "how long a file in a scanned folder is": (lambda root: (root / "scanned/a").write_text("12"), "scanned", 2.0),
    "a file by a name of the system's": (lambda root: (root / "data/around.txt").write_text("2"), "around", 2.0),
    "where a link leads": (_led, "led", 2.0),
    "a file beside the folder that a link leads to": (lambda root: (root / "beside/turned.txt").write_text("2"), "turned", 2.0),
    "a file by a link outside that leads back": (_via, "via", 2.0),
    "who may read a file": (lambda root: (root / "data/mode.txt").chmod(0o600), "mode", 0.0),
    "a function that a pickle names": (
        lambda root: (root / "reads/named.py").write_text("def one():\n    return 2.0\n"), "unpickled", 2.0
    ),
    "a module that an entry point names": (lambda root: (root / "reads/entered.py").write_text("VALUE = 2.0\n"), "pointed", 2.0),
    "a module imported by a text at the top": (lambda root: (root / "reads/chosen.py").write_text("VALUE = 2.0\n"), "by_name", 2.0),
}  # fmt: skip
ALL = sorted(one for _, one, _ in CHANGES.values())


def test_each_of_them_is_in_the_key_of_what_went_that_way(project: Path) -> None:
    assert run(project, *ALL)[1] == [ALL, dict.fromkeys(ALL, 1.0)]
    assert run(project, *ALL)[1][0] == []
    for what, (change, stale, value) in CHANGES.items():
        change(project)
        computed, named = run(project, *ALL)[1]
        # A module that is imported at the top belongs to all that the module says.
        assert (what, computed, named[stale]) == (what, ALL if stale == "by_name" else [stale], value)
    assert run(project, *ALL)[1][0] == []


def test_a_module_in_a_zip_is_in_the_keys_of_what_imports_it(project: Path) -> None:
    # A library that nobody knows makes all of the content count; so it is there for this test alone.
    (project / "reads/zipped.py").write_text(ZIPPED)
    (project / "reads/exercises/one/__init__.py").write_text(
        EXERCISE.replace("BODY", "return found(value())").replace("CHOSEN =", "from reads.zipped import value\nCHOSEN =")
    )
    assert run(project, "bad")[1] == [["bad"], {"bad": 1.0}]
    assert run(project, "bad")[1] == [[], {"bad": 1.0}]
    _zip(project, 2.0)
    assert run(project, "bad")[1] == [["bad"], {"bad": 2.0}]


BAD = {
    "a library of C by another's name": ("importlib.import_module('ctypes').CDLL(None)", "ctypes is refused"),
    "a name of a library": ("vars(importlib.import_module('math'))['pi'] = 3.0", "bad: math.pi set by its computation"),
    "where modules are found": ("sys.path.append('data')", "bad: sys.path set by its computation"),
    "a name set in the text": ("sys.maxsize = 3", "sys.maxsize is set for all that is computed after it"),
}


@pytest.mark.parametrize("what", list(BAD))
def test_what_would_change_or_hide_what_others_compute_is_refused(project: Path, what: str) -> None:
    body, said = BAD[what]
    code = EXERCISE.replace("BODY", f"{body}; return found(1)")
    (project / "reads/exercises/one/__init__.py").write_text(code)
    kind, found = run(project, "long", "bad")
    assert kind == "SAID"
    assert said in found


@pytest.mark.parametrize("top", ["os.system('true')", "import socket; socket.create_connection(('127.0.0.1', 9))"])
def test_a_module_starts_no_program_and_connects_nowhere_while_it_is_imported(project: Path, top: str) -> None:
    (project / "reads/exercises/one/__init__.py").write_text(
        EXERCISE.replace("BODY", "return found(1)").replace("CHOSEN =", f"{top}\nCHOSEN =")
    )
    kind, found = run(project, "bad")
    assert (kind, "is refused to content while it is imported" in found) == ("SAID", True)


def test_variables_that_libraries_read_while_they_are_imported_do_not_reach_them() -> None:
    told = {"SYMPY_USE_CACHE": "no", "MPMATH_NOGMPY": "1", "NPY_PROMOTION_STATE": "weak", "SCIPY_ARRAY_API": "1", "KEPT": "1"}
    told |= {"SCIPY_DEVICE": "cuda", "SOURCE_DATE_EPOCH": "5", "PYTHONDOCS": "elsewhere"}
    code = f"import hwgen.__main__, os; print(sorted(one for one in os.environ if one in {set(told)}))"
    environment = {**os.environ, **told}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['KEPT']"
