r"""No printed hypothesis can be weakened by hand, or its sign be changed, without a build that stops: of each claim, here and elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import PROJECT, TESTS
from homework.printed import Source
from homework.weakening import passes, silent

from hwgen.freshness.store import Store
from hwgen.homework import exercises
from hwgen.model import Claim, Formula, catalog

Print = Callable[[str], Formula]

CONTENT = catalog.load(exercises.__name__)
PRINTED = Source(PROJECT / "templates")
CLAIMS = sorted(name for name in CONTENT.of(Claim) if PRINTED.formula(name, "").hypotheses)
# Judged at a dozen places each they take minutes: those that were wrong once and some others here, all by make soak.
QUICK = {"hoeffding", "other_reading", "force_slope", "two_singular", "polygon_nullity", "beats_union", "rank_bound", "flow_length"}
QUICK |= {"relu_balance", "relu_dual", "ripple_gap", "least_at_most", "series_coefficients"}
# True in these words, too, and as strong; the page says less, as its proof needs a plane that both inputs span. No float is pi.
TRUE = {"two_singular": [r"0<\vartheta<\pi as 0<\vartheta\le \pi"]}
# As true, and told where a float lies on the boundary.
TRUE |= {"ripple_gap": [r"b\ge\pi\epsilon as b>\pi\epsilon"]}
TRUE |= {"taylor_lagrange": [r"\|h\|\le R as \|h\|< R"]}


@pytest.mark.parametrize("name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.soak) for name in CLAIMS])
def test_no_hypothesis_can_be_weakened_in_silence(name: str, formula: Print, store: Store) -> None:
    claim = CONTENT.find(name)
    assert isinstance(claim, Claim)
    assert silent(claim, CONTENT.problem(claim), formula(name), store) == TRUE.get(name, [])


@pytest.mark.parametrize(
    ("name", "printed", "false"),
    [
        ("other_reading", r"0<\delta\le1", r"0<\delta\le1.5"),
        ("other_reading", r"\epsilon>0", r"\epsilon>-0.1"),
        ("hoeffding", "t>0", "t>-0.1"),
        ("hoeffding", "t>0", r"t\ge-0.3"),
        ("force_slope", r"|y|\le1", r"y\le1"),
    ],
)
def test_what_was_printed_wrongly_between_listed_cases_stops_the_build(
    name: str, printed: str, false: str, formula: Print, store: Store
) -> None:
    claim, as_printed = CONTENT.find(name), formula(name)
    assert isinstance(claim, Claim)
    assert passes(claim, CONTENT.problem(claim), as_printed, store)
    changed = [replace(one, text=false) if one.text == printed else one for one in as_printed.hypotheses]
    assert changed != list(as_printed.hypotheses)
    assert not passes(claim, CONTENT.problem(claim), replace(as_printed, hypotheses=tuple(changed)), store)


ELSEWHERE = """
from pathlib import Path
from homework.printed import Source
from homework.weakening import silent
from hwgen.model import Claim, catalog

content, printed = catalog.load("exercises"), Source(Path("templates"))
tried = 0
for name, claim in content.of(Claim).items():
    formula = printed.formula(name, "")
    if formula.hypotheses:
        tried += 1
        for one in silent(claim, content.problem(claim), printed.formula(name)):
            print(name, one)
print(tried, "claims")
"""


@pytest.mark.parametrize(
    ("folder", "found"),
    [("tests/homework5", ["11 claims"]), pytest.param("hwgen/program/start", ["1 claims"], id="what init writes")],
)
def test_nor_can_it_in_other_homeworks(folder: str, found: list[str]) -> None:
    """In a process of its own, as each has a package of exercises."""
    path = os.pathsep.join([str(PROJECT / folder), str(PROJECT), str(TESTS)])
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=PROJECT / folder,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.splitlines(), done.stderr) == (found, "")
