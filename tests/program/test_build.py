"""What stops a build: a check that passes on a wrong version, or refutes none of a kind."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from conftest import Homework

from hwgen.judging import results
from hwgen.program import build


@pytest.mark.parametrize("fault", [{"survivors": ("a digit: A = 3",)}, {"blind": ("another number",)}, {"refuted": 0}])
def test_a_check_that_cannot_be_trusted_to_fail_stops_every_build(
    homework: Homework, monkeypatch: pytest.MonkeyPatch, fault: dict[str, Any]
) -> None:
    tally = results.tally
    monkeypatch.setattr(results, "tally", lambda *arguments: dataclasses.replace(tally(*arguments), **fault))
    for _ in range(2):
        built = build.pdf(build.read(homework.request()))
        assert built.pdf is None
        assert built.ledger.survivors
