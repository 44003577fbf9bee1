"""The words of the report are there for all that it tells of."""

from __future__ import annotations

from hwgen.model import Kind
from hwgen.report.words import BY


def test_every_kind_of_evidence_has_its_word() -> None:
    assert set(BY) == set(Kind.__members__)
