"""What every test of the engine shares: the toy homework in a folder of its own."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pretended import Make
from pretended import machine as pretended_machine

from hwgen import model
from hwgen.model import Place, Student
from hwgen.model.errors import ContentError
from hwgen.page.guards import Guard
from hwgen.page.page import Names, Page
from hwgen.page.template import Rendered
from hwgen.program import build
from hwgen.program.build import Document, Request

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

TASK = model.Homework(file="{NOM}.pdf", content="toy", title="Toy")
TESTS = Path(__file__).parent
PROJECT = TESTS.parent
# A homework of its own, whose tests run in its folder: see tests/program/test_homework5.py.
collect_ignore = ["homework5"]


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
    (folder / "student.toml").write_text('nom = "Lovelace"\nprenom = "Ada"\n')
    return Homework(folder)


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
