"""What a proof counts for: the part that it covers, its cases, and nothing where it raises."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest
import sympy
from judging.powers import Problem, judged, printed

from hwgen.evidence.proof import Proof, prove
from hwgen.judging.claim import proved
from hwgen.model import Evidence, Kind, Verdict, value, variable
from hwgen.reading import Chain, read, vocabulary


def _evidence(verdict: Verdict, covered: float = 1.0) -> list[Evidence]:
    return [Evidence(kind=Kind.INTERVAL, method="balls", verdict=verdict, cases=1, covered=covered)]


@pytest.mark.parametrize(
    ("verdict", "covered", "expected"),
    [
        (Verdict.PROVED, 1.0, Verdict.PROVED),
        (Verdict.PROVED, 0.9, Verdict.SUPPORTED),
        (Verdict.UNDECIDED, 1.0, Verdict.SUPPORTED),
        (Verdict.REFUTED, 0.1, Verdict.REFUTED),
    ],
)
def test_a_proof_counts_on_the_part_that_it_covers(
    monkeypatch: pytest.MonkeyPatch, verdict: Verdict, covered: float, expected: Verdict
) -> None:
    found = judged("S(x) = x^2", proof=_proofs(monkeypatch, lambda chain, problem: _evidence(verdict, covered)))
    assert found.verdict is expected
    assert found.passed == (expected is Verdict.PROVED)
    assert found.passed or "its proof does not go through" in found.complaint or "everywhere" not in found.complaint


def _proofs(monkeypatch: pytest.MonkeyPatch, prove: Any) -> str:
    """The name of a module that proves `trial` in that way."""
    module = types.ModuleType("proofs_of_a_trial")
    monkeypatch.setattr(module, "trial", prove, raising=False)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return module.__name__


def test_a_proof_that_raises_is_no_pass_and_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    def prove(chain: Any, problem: Any) -> list[Evidence]:
        raise ZeroDivisionError("no such limit")

    found = judged("S(x) = x^2", proof=_proofs(monkeypatch, prove))
    assert (found.verdict, found.passed) == (Verdict.SUPPORTED, False)
    assert "its proof does not go through" in found.complaint
    assert "ZeroDivisionError: no such limit" in found.complaint


X = sympy.Symbol("x", real=True)


SQUARE = Proof(meanings={"S": X**2, "x": X}, method="algebra")


CUBE = Proof(meanings={"S": X**3, "x": X}, method="algebra")


def _made() -> Proof:
    return SQUARE


def _cases() -> tuple[Proof, ...]:
    return SQUARE, CUBE


def _by_hand(chain: Chain, problem: Any) -> list[Evidence]:
    return [prove(chain, SQUARE), prove(chain, CUBE)]


@pytest.mark.parametrize(
    ("stated", "verdicts"),
    [
        (SQUARE, [Verdict.PROVED]),
        (CUBE, [Verdict.UNDECIDED]),
        (_made, [Verdict.PROVED]),
        ((SQUARE, SQUARE), [Verdict.PROVED]),
        (_cases, [Verdict.UNDECIDED]),
        (_by_hand, [Verdict.PROVED, Verdict.UNDECIDED]),
    ],
)
def test_a_proof_is_a_value_several_cases_or_a_function(stated: Any, verdicts: list[Verdict]) -> None:
    bindings = {"S": value(lambda x: x**2), "x": variable("x")}
    chain = read(printed("S = x^2"), vocabulary(bindings))
    assert [one.verdict for one in proved(stated, chain, Problem())] == verdicts
