"""A second opinion by several processes is the one of a single process, told in the order of the page; what ends a process is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hwgen.judging.workers import Outcome
from hwgen.program import verify as program
from hwgen.verify.verify import Opinion, verify

FINDING = {"name": "area", "formula": {"place": "t.tex.j2:1:1"}}


@pytest.fixture
def ledger(toy_evidence: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(toy_evidence[0].request.root)
    path = tmp_path / "ledger.json"
    path.write_text(json.dumps(toy_evidence[1]))
    return path


@pytest.mark.parametrize("jobs", [1, 3])
def test_opinions_come_in_the_order_of_the_page_and_do_not_depend_on_the_processes(toy_evidence: Any, ledger: Path, jobs: int) -> None:
    document, evidence = toy_evidence
    seen: list[tuple[int, int]] = []
    seed, found = program.opinions(Path(), ledger, 7, jobs, lambda name, done, total: seen.append((done, total)))
    assert seed == 7
    assert list(found) == list(verify(evidence, document.content, 7))
    assert seen == [(done, 4) for done in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome(ended="was killed by SIGKILL"), "its computation was killed by SIGKILL"),
        (Outcome(said="raised ValueError"), "its computation raised ValueError"),
    ],
)
def test_a_process_that_ends_early_confirms_nothing(outcome: Outcome, said: str) -> None:
    found = program._said(FINDING, outcome)
    assert isinstance(found, Opinion)
    assert found.doubt is not None
    assert (found.doubt.words, found.doubt.false) == (said, False)
