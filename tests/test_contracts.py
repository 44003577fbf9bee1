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

FORBIDDEN = {
    "The engine imports no exercise and no mathematics": ("hwgen/report.py", "import hwgen.maths.gap"),
    "Mathematics knows nothing of hwgen": ("hwgen/maths/gap.py", "import hwgen.errors"),
    "Exercises do not know each other": ("hwgen/exercises/ex1_ntk/problem.py", "import hwgen.exercises.ex3_both_layers.problem"),
    "Exercises do not drive the engine": ("hwgen/exercises/ex1_ntk/problem.py", "import hwgen.store"),
    "The nouns stand on the standard library": ("hwgen/model.py", "import numpy"),
}


def broken(folder: Path) -> list[str]:
    """The names of the broken contracts of the project in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert "Contracts:" in done.stdout, done.stdout + done.stderr
    return [line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "hwgen", tmp_path / "hwgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_listed_here_and_kept(project: Path) -> None:
    declared = (project / "pyproject.toml").read_text()
    assert declared.count("[[tool.importlinter.contracts]]") == len(FORBIDDEN)
    assert all(f'name = "{name}"' in declared for name in FORBIDDEN)
    assert broken(project) == []


def test_every_module_of_the_engine_is_held_by_its_contract() -> None:
    listed = {module for contract in tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][:1]
              for module in contract["source_modules"]}  # fmt: skip
    content = {"__init__", "__main__", "bench", "exercises", "maths"}
    there = {path.stem for path in (PROJECT / "hwgen").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert listed == {f"hwgen.{name}" for name in there - content}


@pytest.mark.parametrize("contract", list(FORBIDDEN))
def test_a_forbidden_import_breaks_its_contract(project: Path, contract: str) -> None:
    name, line = FORBIDDEN[contract]
    path = project / name
    path.write_text(path.read_text().replace("from __future__ import annotations\n", f"from __future__ import annotations\n{line}\n", 1))
    assert broken(project) == [contract]
