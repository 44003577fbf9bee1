"""What the tests of the homework share: its exercises, what the page prints, and verdicts on other formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from homework.printed import Source

from hwgen.evidence.agreement import Look, agreement
from hwgen.freshness.store import MISSING, Store
from hwgen.judging.claim import chain_of, look_at
from hwgen.judging.look import Parted
from hwgen.model import Claim, Formula, Point, Verdict, catalog

CONTENT = catalog.load("hwgen.homework.exercises")
SOURCE = Source(PROJECT / "templates")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one claim stay in one worker, which has its oracles' values."""
    for item in items:
        name = getattr(item, "callspec", None) and item.callspec.params.get("name")
        if isinstance(name, str) and Path(__file__).parent in item.path.parents:  # the hook is shown all that was collected
            item.add_marker(pytest.mark.xdist_group(name))


class Layered(Store):
    """What these tests have computed, over what a build of the document has left, if one of this session has begun."""

    def __init__(self, folder: Path, below: Path) -> None:
        super().__init__(folder)
        self.below = Store(below)

    def get(self, key: str) -> Any:
        found = super().get(key)
        return self.below.get(key) if found is MISSING else found


@pytest.fixture(scope="session")
def store(shared: Path) -> Store:
    """Oracle tables, computed once a session: all workers share the folder."""
    return Layered(shared / "oracles", shared / "document/build/store")


@pytest.fixture(scope="session")
def verdict(store: Store) -> Callable[[str, str], Verdict]:
    """The verdict on a formula in the place of that of a claim."""

    @cache
    def look(name: str) -> Look:
        claim = CONTENT.find(name)
        assert isinstance(claim, Claim)
        return look_at(claim, CONTENT.problem(claim), store, formula=SOURCE.formula(name, ""))

    def judged(name: str, text: str) -> Verdict:
        claim = CONTENT.find(name)
        assert isinstance(claim, Claim)
        return agreement(chain_of(claim, SOURCE.formula(name, text), CONTENT.problem(claim)), look(name)).verdict

    return judged


@pytest.fixture(scope="session")
def tried() -> Callable[[str, int], Sequence[Point]]:
    """Some points of a claim's universe where its printed hypotheses hold."""

    def points(name: str, count: int) -> Sequence[Point]:
        claim = CONTENT.find(name)
        assert isinstance(claim, Claim)
        few = replace(claim, points=count, sharp=())
        return Parted(few, CONTENT.problem(claim), None, SOURCE.formula(name, "")).points()[0][:count]

    return points


@pytest.fixture(scope="session")
def printed() -> Callable[[str], str]:
    r"""The argument of a claim's \checked, braces balanced."""
    return SOURCE.printed


@pytest.fixture(scope="session")
def formula() -> Callable[[str], Formula]:
    """What the templates print for a claim, with its hypotheses."""
    return SOURCE.formula
