"""What the tests of the homework share: its exercises, what the page prints, and verdicts on other formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT

from hwgen.evidence.agreement import Look, agreement
from hwgen.judging.claim import chain_of, look_at
from hwgen.judging.look import Parted
from hwgen.judging.store import MISSING, Store
from hwgen.model import Claim, Formula, Place, Point, Verdict, catalog

CONTENT = catalog.load("hwgen.homework.exercises")
SOURCE = "".join(template.read_text(encoding="utf-8") for template in sorted((PROJECT / "templates").glob("*.tex.j2")))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one claim stay in one worker, which has its oracles' values."""
    for item in items:
        name = getattr(item, "callspec", None) and item.callspec.params.get("name")
        if isinstance(name, str):
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


def _formula(name: str, text: str) -> Formula:
    """A formula in the place of that of a claim, under the hypotheses that the templates print for it."""
    place = Place(file="page", line=1)
    given = [(names, _argument(match.end())) for match in re.finditer(r"\\for\{([^{}]*)\}\{", SOURCE) for names in [match[1].split(",")]]
    hypotheses = tuple(Formula(macro="for", name=name, text=said, place=place) for names, said in given if name in names)
    return Formula(macro="checked", name=name, text=text, place=place, hypotheses=hypotheses)


def _argument(start: int) -> str:
    """The source from here up to the brace that closes it."""
    depth, stop = 1, start
    while depth:
        depth += {"{": 1, "}": -1}.get(SOURCE[stop], 0)
        stop += 1
    return SOURCE[start : stop - 1]


@pytest.fixture(scope="session")
def verdict(store: Store) -> Callable[[str, str], Verdict]:
    """The verdict on a formula in the place of that of a claim."""

    @cache
    def look(name: str) -> Look:
        claim = CONTENT.find(name)
        assert isinstance(claim, Claim)
        return look_at(claim, CONTENT.problem(claim), store, formula=_formula(name, ""))

    def judged(name: str, text: str) -> Verdict:
        claim = CONTENT.find(name)
        assert isinstance(claim, Claim)
        return agreement(chain_of(claim, _formula(name, text), CONTENT.problem(claim)), look(name)).verdict

    return judged


@pytest.fixture(scope="session")
def tried() -> Callable[[str, int], Sequence[Point]]:
    """Some points of a claim's universe where its printed hypotheses hold."""

    def points(name: str, count: int) -> Sequence[Point]:
        claim = CONTENT.find(name)
        assert isinstance(claim, Claim)
        few = replace(claim, points=count, sharp=())
        return Parted(few, CONTENT.problem(claim), None, _formula(name, "")).points()[0][:count]

    return points


def _printed(name: str) -> str:
    claim = CONTENT.find(name)
    opening = rf"\{'refuted' if isinstance(claim, Claim) and claim.false else 'checked'}{{{name}}}{{"
    assert opening in SOURCE, f"{name} is not printed"
    return _argument(SOURCE.index(opening) + len(opening))


@pytest.fixture(scope="session")
def printed() -> Callable[[str], str]:
    r"""The argument of a claim's \checked, braces balanced."""
    return _printed


@pytest.fixture(scope="session")
def formula() -> Callable[[str], Formula]:
    """What the templates print for a claim, with its hypotheses."""
    return lambda name: _formula(name, _printed(name))
