"""A formula that was read in another way than it is printed looks another way in the report."""

from __future__ import annotations

import copy
import dataclasses
from typing import Any

import pytest
from report.entries import FACTS, entry_of

from hwgen.judging import claim as judging
from hwgen.judging import ledger
from hwgen.model import Verdict
from hwgen.reading.plain import plain
from hwgen.reading.tree import Chain, Elementary, Node, Number, Operation, Relation, Symbol
from hwgen.report.report import report

AT = {"span": (0, 0)}


def _read(left: Node, right: Node) -> Any:
    return plain(Chain(text="", sides=(left, right), relations=(Relation(symbol="=", **AT),), symbols=frozenset()))


def test_a_planted_misreading_is_seen(toy_evidence: Any) -> None:
    """A = pi r^2 read as A = (pi r)^2 looks another way and has other words."""
    document, evidence = toy_evidence
    wrong = copy.deepcopy(evidence)
    pi, r, two = Number(text="pi", **AT), Symbol(name="r", **AT), Number(text="2", **AT)
    product = Operation(symbol="*", left=pi, right=r, **AT)
    wrong["findings"][0]["reading"] = _read(Symbol(name="A", **AT), Operation(symbol="^", left=product, right=two, **AT))
    right, misread = (entry_of(report(one, document.page, FACTS), "area") for one in (evidence, wrong))
    assert "A = (π · (r ^ 2))" in right
    assert "A = ((π · r) ^ 2)" in misread
    printed, read = misread.split("As read")
    assert printed == right.split("As read")[0]
    assert "<msup><mrow><mo>(</mo><mrow><mi>π</mi><mo>·</mo>" in read
    assert "<msup><mrow><mo>(</mo>" not in right


def test_a_misreading_of_the_reader_reaches_the_report(toy_evidence: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge is given A = (pi r)^2 for A = pi r^2: it judges that, and the report shows what it judged."""
    document, evidence = toy_evidence
    claim = document.content.find("area")
    right = judging.chain_of

    def misread(*given: Any) -> Chain:
        chain = right(*given)
        product = Operation(symbol="*", left=Number(text="pi", **AT), right=Symbol(name="r", **AT), **AT)
        return dataclasses.replace(chain, sides=(chain.sides[0], Operation(symbol="^", left=product, right=Number(text="2", **AT), **AT)))

    monkeypatch.setattr(judging, "chain_of", misread)
    found = judging.finding_of(claim, document.formulas[0], document.content.problem(claim))
    assert found.verdict is Verdict.REFUTED
    told = copy.deepcopy(evidence)
    told["findings"][0] = ledger.plain(found)
    entry = entry_of(report(told, document.page, FACTS), "area")
    assert "A = ((π · r) ^ 2)" in entry
    assert 'class="badge short"' in entry


def test_a_symbol_of_several_letters_is_one_box_and_a_product_is_not(toy_evidence: Any) -> None:
    document, evidence = toy_evidence
    one, other = copy.deepcopy(evidence), copy.deepcopy(evidence)
    a, b, both = Symbol(name="a", **AT), Symbol(name="b", **AT), Symbol(name="a_b", **AT)
    one["findings"][0]["reading"] = _read(both, Elementary(name="log", arguments=(a,), **AT))
    other["findings"][0]["reading"] = _read(Operation(symbol="*", left=a, right=b, **AT), Elementary(name="log", arguments=(a,), **AT))
    counted = [entry_of(report(evidence, document.page, FACTS), "area").count('class="symbol"') for evidence in (one, other)]
    assert counted == [2, 3]
