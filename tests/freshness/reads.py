"""A homework whose numbers come from files, folders, modules, variables and databases: what the tests of observation compute."""

from __future__ import annotations

import contextlib
import py_compile
import shutil
import sqlite3
from pathlib import Path

import matplotlib

EXERCISE = """
import contextlib, functools, importlib.util, json, os, pkgutil, socket, sqlite3, subprocess, time
from concurrent.futures import ThreadPoolExecutor
from matplotlib.font_manager import FontProperties
from pathlib import Path
import numpy as np
from hwgen.model import Estimate
from hwgen.model.exercise import Exercise
from reads.exercises.one.loading import table

exercise = Exercise("one", title="One", problem=None)

@exercise.constant()
def first(problem): return Estimate(value=table()[0], error=1e-3)

@exercise.constant()
def second(problem): return Estimate(value=table()[1], error=1e-3)

@exercise.constant()
def other(problem): return Estimate(value=7.0, error=1e-3)

@exercise.study
def listed(problem): return {"n": np.array([float(len(os.listdir("data")))])}

@exercise.constant(of=[listed])
def view(arrays): return Estimate(value=arrays["n"][0], error=1e-3)

@exercise.constant()
def by_name(problem): return Estimate(value=importlib.import_module("reads.chosen").VALUE, error=1e-3)

@exercise.constant()
def optional(problem):
    try:
        return Estimate(value=json.loads(Path("data/more.json").read_text()), error=1e-3)
    except OSError:
        return Estimate(value=0.0, error=1e-3)

@exercise.constant()
def told(problem): return Estimate(value=float(os.environ.get("SCALE", "1")) + float(os.getenv("SHIFT") or 0), error=1e-3)

@exercise.constant()
def by_pool(problem):
    with ThreadPoolExecutor(1) as pool:
        return Estimate(value=float(next(pool.map(np.loadtxt, ["given/pool.txt"]))), error=1e-3)

@exercise.constant()
def database(problem):
    with contextlib.closing(sqlite3.connect("given/known.db")) as known:
        return Estimate(value=known.execute("select * from numbers").fetchone()[0], error=1e-3)

@exercise.constant()
def packed(problem): return Estimate(value=float(pkgutil.get_data("reads", "packed.txt")), error=1e-3)

@exercise.constant()
def loaded(problem):
    spec = importlib.util.spec_from_file_location("apart", "given/apart.py")
    apart = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(apart)
    return Estimate(value=apart.VALUE, error=1e-3)

@exercise.figure(of=[])
def lettered(figure): figure.text(0.5, 0.5, "A", fontproperties=FontProperties(fname="given/letters.ttf"))

@exercise.constant()
def bad(problem):
    BODY
"""
LOADING = "import functools\nimport numpy as np\n\n@functools.cache\ndef table():\n    return np.loadtxt('data/table.csv')\n"


def written(root: Path) -> Path:
    """A homework of numbers, three of which come from files, in this folder."""
    folder = root / "reads" / "exercises" / "one"
    folder.mkdir(parents=True)
    for package in (folder.parent.parent, folder.parent):
        (package / "__init__.py").write_text("")
    (folder / "__init__.py").write_text(EXERCISE.replace("BODY", "return 1 / 0"))
    (folder / "loading.py").write_text(LOADING)
    (root / "reads" / "chosen.py").write_text("VALUE = 3.0\n")
    (root / "data").mkdir()
    (root / "data" / "table.csv").write_text("1.0\n2.0\n")
    (root / "given").mkdir()
    (root / "given/pool.txt").write_text("1.0\n")
    database(root, 1.0)
    (root / "reads/packed.txt").write_text("1.0")
    (root / "given/apart.py").write_text("VALUE = 1.0\n")
    py_compile.compile(str(root / "given/apart.py"))
    shutil.copy(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf", root / "given/letters.ttf")
    return root


def database(project: Path, value: float) -> None:
    with contextlib.closing(sqlite3.connect(project / "given/known.db")) as known:
        known.execute("create table if not exists numbers (value real)")
        known.execute("delete from numbers")
        known.execute("insert into numbers values (?)", (value,))
        known.commit()
