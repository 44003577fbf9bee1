"""The appendix: one row per claim with the domain in words, and nothing in it that differs between machines."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from conftest import Homework

from hwgen.model import Range, cases, closed, integers, log_closed, vectors
from hwgen.page import appendix
from hwgen.program import build


@pytest.mark.parametrize(
    ("spread", "words"),
    [
        (closed(0.3, 3), r"$\in[0.3,3]$"),
        (integers(2, 60), r"$\in\{2,\dots,60\}$"),
        (log_closed(1e-6, 1), r"$\in[10^{-6},1]$"),
        (closed(-2.5e6, 3e-4), r"$\in[-2.5\cdot10^{6},3\cdot10^{-4}]$"),
        (cases("a", "b"), " (2 cases)"),
        (vectors(3, norm=closed(0.5, 2)), r"$\in\mathbb R^3$, norm$\in[0.5,2]$"),
    ],
)
def test_a_domain_in_words(spread: Range, words: str) -> None:
    assert appendix.domain({"x_1": spread}) == rf"x\_1{words}"


def test_no_variable_no_domain() -> None:
    assert appendix.domain({}) == "no variable"


@pytest.mark.parametrize(("deviation", "shown"), [(0.0, "$0$"), (2e-13, "$10^{-12}$"), (1e-13, "$10^{-13}$"), (0.5, "$10^{0}$")])
def test_a_deviation_is_rounded_up(deviation: float, shown: str) -> None:
    assert appendix.power_of_ten(deviation) == shown


def test_every_claim_has_a_row_with_its_links_and_its_wrong_versions(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.mutate(document)
    text = appendix.appendix(ledger, document.content)
    refuted = sum(tally.refuted for tally in ledger.tallies)
    assert "Of 2 displayed relations 2 are under test" in text
    assert f"that the same check refutes: {refuted}." in text
    for name in ("area", "tangent", "wrong\\_area"):
        assert f"\\texttt{{{name}}}" in text
    assert r"\hypertarget{row.area}{}\hyperlink{claim.area}" in text
    assert "erratum" in text
    assert "Computed with python" in text


def test_a_statement_tells_how_often_it_was_looked_at(homework: Homework) -> None:
    document = build.read(homework.request())
    ledger = build.check(document)
    (said,) = [finding for finding in ledger.findings if finding.name == "round_"]
    twice = replace(said, evidence=said.evidence * 2)
    both = replace(ledger, findings=tuple(twice if one is said else one for one in ledger.findings))
    assert "more of the kind" not in appendix.appendix(ledger, document.content)
    text = appendix.appendix(both, document.content)
    assert re.search(rf"; 1 more of the kind\s*&\s*{2 * said.evidence[0].cases}\b", text)
