"""Each import contract is seen to fail: one forbidden import breaks the contract that forbids it, and no other one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from conftest import PROJECT

ORDER = "The rooms stand on each other in one order"
SECOND = "The second opinion shares the reader with the first, and nothing else"
# (contract, file, a forbidden import)
FORBIDDEN = [
    (ORDER, "hwgen/model/place.py", "import hwgen.reading.tokens"),
    (ORDER, "hwgen/reading/tree.py", "import hwgen.freshness.store"),
    (ORDER, "hwgen/guards/labels.py", "import hwgen.evidence"),
    (ORDER, "hwgen/evidence/limits.py", "import hwgen.guards.labels"),
    (ORDER, "hwgen/arithmetic/powers.py", "import hwgen.analysis.calculus"),
    (ORDER, "hwgen/analysis/areas.py", "import hwgen.evidence.scope"),
    (ORDER, "hwgen/page/text.py", "import hwgen.guards.misread_arguments"),
    (ORDER, "hwgen/freshness/store.py", "import hwgen.judging.claim"),
    (ORDER, "hwgen/guards/labels.py", "import hwgen.typesetting.synctex"),
    (ORDER, "hwgen/freshness/history.py", "import hwgen.typesetting.synctex"),
    (ORDER, "hwgen/typesetting/log.py", "import hwgen.judging.ledger"),
    (ORDER, "hwgen/freshness/history.py", "import hwgen.program.student"),
    (ORDER, "hwgen/report/words.py", "import hwgen.judging.ledger"),
    (ORDER, "hwgen/guards/labels.py", "import hwgen.report.words"),
    (SECOND, "hwgen/verify/evaluator.py", "import hwgen.arithmetic.scalars"),
    (SECOND, "hwgen/verify/evaluator.py", "import hwgen.page.text"),
    (ORDER, "hwgen/verify/verify.py", "import hwgen.judging.claim"),
    (ORDER, "hwgen/program/summary.py", "import hwgen.homework.exercises"),
    (ORDER, "hwgen/homework/exercises/ex1_ntk/problem.py", "import hwgen.program.student"),
    (ORDER, "hwgen/program/summary.py", "import hwgen.bench.table"),
    (ORDER, "hwgen/freshness/history.py", "import hwgen.authors"),
    (ORDER, "hwgen/authors/__init__.py", "import hwgen.program.student"),
    ("Mathematics knows nothing of hwgen", "hwgen/homework/maths/gap.py", "import hwgen.authors"),
    ("The content imports what authors may", "hwgen/homework/exercises/ex1_ntk/problem.py", "import hwgen.model.errors"),
    ("The content imports what authors may", "hwgen/homework/stream.py", "import hwgen.judging.drawing"),
    ("The content imports what authors may", "hwgen/homework/stream.py", "import hwgen.report.words"),
    ("The content imports what authors may", "hwgen/homework/stream.py", "import hwgen.verify.values"),
    (
        "Exercises do not know each other",
        "hwgen/homework/exercises/ex1_ntk/problem.py",
        "import hwgen.homework.exercises.ex3_both_layers.problem",
    ),
    ("What the fast ways load stands on the standard library", "hwgen/model/place.py", "import click"),
    ("The report computes nothing", "hwgen/report/pictures.py", "import numpy"),
    ("The page has no library of numbers", "hwgen/page/tables.py", "import scipy"),
    ("A change of prose loads no library of numbers", "hwgen/program/finish.py", "import numpy"),
    ("A change of prose loads no library of numbers", "hwgen/program/memory.py", "import hwgen.judging.results"),
    ("A change of prose loads no library of numbers", "hwgen/program/finish.py", "import hwgen.freshness.dependencies"),
]


def broken(folder: Path) -> list[str]:
    """The names of the broken contracts of the project in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return [line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, which each test leaves as it was."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PROJECT / "hwgen", folder / "hwgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", folder)
    return folder


def test_every_contract_is_listed_here_and_kept(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {one["name"] for one in declared} == {contract for contract, _, _ in FORBIDDEN}
    assert broken(project) == []


def test_a_room_that_no_layer_names_breaks_the_order(project: Path) -> None:
    attic = project / "hwgen" / "attic.py"
    attic.write_text("")
    assert broken(project) == [ORDER]
    attic.unlink()


@pytest.mark.parametrize(("contract", "name", "line"), FORBIDDEN)
def test_a_forbidden_import_breaks_its_contract(project: Path, contract: str, name: str, line: str) -> None:
    path = project / name
    text = path.read_text()
    path.write_text(f"{text}\n{line}\n")
    assert broken(project) == [contract]
    path.write_text(text)
