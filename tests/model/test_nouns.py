"""Verdicts have ceilings, and no evidence without a case is a pass."""

from __future__ import annotations

import pytest

from hwgen.model import Evidence, Kind, Verdict, verdict_of


def _found(verdict: Verdict, covered: float = 1.0, kind: Kind = Kind.SYMBOLIC) -> Evidence:
    return Evidence(kind=kind, method="look", verdict=verdict, covered=covered, cases=1)


def test_sampling_never_proves() -> None:
    with pytest.raises(ValueError, match="at most SUPPORTED"):
        _found(Verdict.PROVED, kind=Kind.NUMERIC)


def test_no_case_is_no_pass() -> None:
    with pytest.raises(ValueError, match="without a case"):
        Evidence(kind=Kind.NUMERIC, method="look", verdict=Verdict.SUPPORTED)


def test_one_refutation_outweighs_a_proof() -> None:
    assert verdict_of([_found(Verdict.PROVED), _found(Verdict.REFUTED)]) is Verdict.REFUTED


def test_a_proof_on_a_part_of_the_domain_does_not_count() -> None:
    assert verdict_of([_found(Verdict.PROVED, covered=0.5), _found(Verdict.SUPPORTED)]) is Verdict.SUPPORTED
    assert verdict_of([_found(Verdict.PROVED, covered=0.5)]) is Verdict.UNDECIDED


def test_no_evidence_is_undecided() -> None:
    assert verdict_of([]) is Verdict.UNDECIDED
