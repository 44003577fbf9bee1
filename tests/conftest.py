"""What every test of the engine shares: the toy homework in a folder of its own, and what is dear made once for all workers."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pretended import Make
from pretended import machine as pretended_machine

from hwgen import model
from hwgen.guards.guards import Guard
from hwgen.model import Place, Student
from hwgen.model.errors import ContentError
from hwgen.page.page import Names, Page
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.program.build import Document, Request

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

# Bytecode goes by the second and the length of a text, and tests write the next text of a module within the same second.
sys.dont_write_bytecode = True

TASK = model.Homework(file="{NOM}.pdf", content="toy", title="Toy")
TESTS = Path(__file__).parent
PROJECT = TESTS.parent
# A homework of its own, whose tests run in its folder: see tests/program/test_homework5.py.
collect_ignore = ["homework5"]


# What takes minutes begins first. Tests of the real claims come last: by then the document's build has computed what their oracles do.
FIRST = ("document", "homework5", "cluster", "soak")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The order in which workers take tests; it decides on no result."""
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    group = item.get_closest_marker("xdist_group")
    if group and group.args[0] in FIRST:
        return FIRST.index(group.args[0])
    return len(FIRST) + (TESTS / "homework" in item.path.parents)


@dataclass(frozen=True)
class Homework:
    """A copy of the toy homework, to be changed at will."""

    root: Path

    @property
    def template(self) -> Path:
        return self.root / "templates" / "circle.tex.j2"

    def request(self, jobs: int = 1, draft: bool = False) -> Request:
        return Request(root=self.root, jobs=jobs, draft=draft)

    def change(self, old: str, new: str) -> int:
        """Replace the one occurrence of `old` in the template; the line (from 1) where it begins."""
        text = self.template.read_text()
        assert text.count(old) == 1, f"{old} occurs {text.count(old)} times"
        self.template.write_text(text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1


def toy_in(folder: Path) -> Homework:
    """The toy homework with the real preamble, in that folder."""
    shutil.copytree(TESTS / "toy" / "templates", folder / "templates")
    shutil.copy(PROJECT / "templates" / "preamble.tex", folder / "templates")
    shutil.copy(TESTS / "toy" / "homework.toml", folder)
    (folder / "student.toml").write_text('nom = "Lovelace"\nprenom = "Ada"\nversion = "full"\n')
    return Homework(folder)


def once(shared: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker to ask fills, while the others wait; all of them only read it."""
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / f"{name}.made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            (shared / f"{name}.made").touch()
    return folder


def program(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command in a process of its own, as the shell would start it, with the toy exercises within reach."""
    environment = {**os.environ, "PYTHONPATH": f"{PROJECT}{os.pathsep}{TESTS}"}
    command = [sys.executable, "-m", "hwgen", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this session, the same for all its workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def toy_built(shared: Path) -> Path:
    """The toy homework after its first good build, to be copied."""

    def made(folder: Path) -> None:
        done = program(toy_in(folder).root, "pdf", "--jobs=1")
        assert done.returncode == 0, done.stderr

    return once(shared, "toy-built", made)


@pytest.fixture(scope="session")
def document_built(shared: Path) -> Path:
    """The real homework, all of it, built from nothing: whatever is stored elsewhere is not there."""

    def made(folder: Path) -> None:
        shutil.copytree(PROJECT / "templates", folder / "templates")
        shutil.copy(PROJECT / "homework.toml", folder)
        (folder / "student.toml").write_text('nom = "Lovelace"\nprenom = "Ada"\nversion = "full"\n')
        done = program(folder, "pdf")
        assert done.returncode == 0, done.stderr

    return once(shared, "document", made)


@pytest.fixture
def built(tmp_path: Path, toy_built: Path) -> Homework:
    """The toy homework after its first good build: a copy of the one that all tests share."""
    for name in ("build", "figures"):
        shutil.copytree(toy_built / name, tmp_path / name)
    return toy_in(tmp_path)


@pytest.fixture
def known(tmp_path: Path, toy_built: Path) -> Homework:
    """The toy homework with all that its first build computed and LaTeX noted, for tests of what comes after: no page is there yet."""
    for name in ("store", "tex"):
        shutil.copytree(toy_built / "build" / name, tmp_path / "build" / name)
    return toy_in(tmp_path)


@pytest.fixture
def machine(tmp_path: Path) -> Make:
    """A machine that a test says how to pretend."""
    return functools.partial(pretended_machine, tmp_path)


@pytest.fixture
def homework(tmp_path: Path) -> Homework:
    """The toy homework with the real preamble."""
    return toy_in(tmp_path)


@pytest.fixture(scope="session")
def toy_evidence(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Mapping[str, Any]]:
    """The toy homework, and all that there is to know of it, as a ledger in plain data."""
    document = build.read(toy_in(tmp_path_factory.mktemp("toy")).request())
    return document, build.evidence(document)


@pytest.fixture
def rendered() -> Callable[[str], Rendered]:
    """A document as if rendered from a template of the same text."""

    def make(text: str) -> Rendered:
        lines = text.split("\n")
        return Rendered(text, tuple(Place(file="templates/t.tex.j2", line=number) for number in range(1, len(lines) + 1)))

    return make


@pytest.fixture
def page(tmp_path: Path, rendered: Callable[[str], Rendered]) -> Callable[[str], Page]:
    """A page as if rendered from a template of the same text, beside no other file."""

    def make(text: str) -> Page:
        return Page(root=tmp_path, homework=TASK, who=Student(), names=Names(values={}, claims={}), rendered=rendered(text))

    return make


@pytest.fixture
def refused(page: Callable[[str], Page]) -> Callable[[Guard, str], list[ContentError]]:
    """What a guard refuses on a page of that text."""
    return lambda guard, text: list(guard(page(text)))
