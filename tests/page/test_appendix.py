"""The appendix: one page, on which each claim stands with its verdict and its links, and which names the report."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from conftest import Homework

from hwgen.model import Verdict
from hwgen.page import appendix
from hwgen.program import build


def test_every_claim_has_its_links_its_verdict_and_its_wrong_versions(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.mutate(document)
    text = appendix.appendix(ledger)
    refuted = sum(tally.refuted for tally in ledger.tallies)
    assert "Of 2 displayed relations 2 are under test" in text
    assert f"refutes ({refuted} of them all)" in text
    assert r"\texttt{build/report/index.html}" in text
    for name, letter in (("area", "S"), ("tangent", "S"), ("wrong_area", "E")):
        entry = rf"hypertarget{{row.{name}}}{{}}\hyperlink{{claim.{name}}}{{\texttt{{{appendix.escaped(name)}}}}}"
        assert re.search(rf"{re.escape(entry)}\s*&\s*\\pageref\*{{claim:{name}}}\s*&\s*{letter}\s*&", text)
    assert "Computed with python" in text


@pytest.mark.parametrize("count", [1, 2, 3, 4, 130])
def test_all_claims_stand_once_and_side_by_side(homework: Homework, count: int) -> None:
    ledger = build.check(build.read(homework.request()))
    findings = tuple(replace(ledger.findings[0], name=f"claim{number}x", verdict=Verdict.PROVED) for number in range(count))
    text = appendix.appendix(replace(ledger, findings=findings))
    assert sorted(re.findall(r"row\.(claim\d+x)", text)) == sorted(one.name for one in findings)
    rows = [line for line in text.splitlines() if "row.claim" in line]
    assert len(rows) == -(-count // appendix.ACROSS)
    assert len({row.count("&") for row in rows}) == 1
