"""Which keys change with which file of the engine: every literal of it is changed, and the keys of a small homework are made again.

Keys are made from the text of modules, so a copy of the engine is enough and nothing is computed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import PROJECT, TESTS, once

pytestmark = pytest.mark.xdist_group("keys")
EVIDENCE = ("model", "reading", "arithmetic", "analysis", "evidence", "freshness", "judging")
CLAIMS = {"area", "tangent", "wrong_area", "round_", "wrong versions of area", "wrong versions of tangent"}
STUDY, NUMBER, FIGURE, TABLE = "darts", "slope_darts", "darts_error", "darts_table"
# What the rest of the page reaches in the engine, beside the packages that make evidence of it.
VIEWS = {
    "hwgen/judging/making.py": {STUDY, NUMBER, FIGURE, TABLE},
    "hwgen/judging/drawing.py": {FIGURE},
    "hwgen/judging/seen.py": {FIGURE},
    "hwgen/freshness/defaults.py": {FIGURE},
    "hwgen/evidence/fits.py": {NUMBER},
    "hwgen/model/found.py": {NUMBER},
    "hwgen/model/effort.py": {STUDY, NUMBER, FIGURE, TABLE},
    # What says that an effort is asked for too early.
    "hwgen/model/errors.py": {STUDY, NUMBER, FIGURE, TABLE},
    "hwgen/model/place.py": {STUDY, NUMBER, FIGURE, TABLE},
    "toy/exercises/circle/__init__.py": {STUDY, NUMBER, FIGURE, TABLE},
}
RUN = r"""
import ast, json, sys
from pathlib import Path
from hwgen.freshness import acting, definitions, dependencies, libraries, operated, quiet, sources, statements, texts
from hwgen.judging import tasks
from hwgen.freshness.store import Store
from hwgen.model import Formula, Place, catalog

PLACE = Place(file="t", line=1, column=1)
def formula(name, text, macro="checked"):
    return Formula(macro=macro, name=name, text=text, place=PLACE, places=(PLACE,) * len(text))
FORMULAS = [formula("area", "A = 1"), formula("tangent", "A > 1")]
FORMULAS += [formula("wrong_area", "A = 2", "refuted"), formula("round_", "", "verified")]
CATALOG = catalog.load("toy.exercises")
texts.keep(Store(Path("build/store")))

def keys():
    for module in (acting, definitions, dependencies, libraries, operated, quiet, sources):
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
    found = tasks.tasks_for(CATALOG, FORMULAS, ["slope_darts", "darts_error", "darts_table"], wrong=True)
    return {name.split(":")[0]: task.key for name, task in found.items()}

class Changed(ast.NodeTransformer):
    def visit_Constant(self, node):
        value = node.value
        other = not value if isinstance(value, bool) else value + 1 if isinstance(value, int | float) else value
        other = value + "x" if isinstance(value, str) else other
        return ast.copy_location(ast.Constant(other), node)
    def visit_JoinedStr(self, node):
        return node

before, found = keys(), {}
for path in sorted(Path().rglob("*.py")):
    text = path.read_text()
    changed = ast.unparse(Changed().visit(statements.without_docstrings(ast.parse(text)))) + "\nANOTHER = 0\n"
    path.write_text(changed)
    after = keys()
    found[str(path)] = sorted(name for name in before if before[name] != after[name])
    path.write_text(text)
assert keys() == before
print(json.dumps([sorted(before), found]))
"""


def _copied_and_changed(root: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "homework", "bench")
    shutil.copytree(PROJECT / "hwgen", root / "hwgen", ignore=ignored)
    shutil.copytree(TESTS / "toy", root / "toy", ignore=ignored)
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", RUN], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (root / "found.json").write_text(done.stdout)


@pytest.fixture(scope="module")
def changed(shared: Path) -> Mapping[str, set[str]]:
    """For each source file the results whose key it changes."""
    names, found = json.loads((once(shared, "keys", _copied_and_changed) / "found.json").read_text())
    assert set(names) == CLAIMS | {STUDY, NUMBER, FIGURE, TABLE}
    return {file: set(stale) for file, stale in found.items()}


SOURCES = sorted(
    str(path.relative_to(PROJECT))
    for path in (PROJECT / "hwgen").rglob("*.py")
    if not {"homework", "bench"} & set(path.relative_to(PROJECT).parts)
)


def _expected(file: str) -> set[str]:
    room = Path(file).parts[1]
    return (CLAIMS if room in EVIDENCE else set()) | VIEWS.get(file, set())


def test_a_file_of_the_engine_changes_the_right_keys_and_no_other(changed: Mapping[str, set[str]]) -> None:
    assert len(SOURCES) > 100
    assert {file: changed[file] for file in SOURCES if changed[file] != _expected(file)} == {}


def test_a_file_of_the_homework_changes_all_that_names_it(changed: Mapping[str, set[str]]) -> None:
    assert changed["toy/exercises/circle/__init__.py"] == CLAIMS | VIEWS["toy/exercises/circle/__init__.py"]
    assert changed["toy/exercises/__init__.py"] == set()
