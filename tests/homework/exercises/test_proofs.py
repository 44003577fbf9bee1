"""The proofs of the exercises: each goes through for the formula as printed, and for none of the wrong equalities made from it."""

from __future__ import annotations

import importlib

import pytest
from homework.printed import document

from hwgen.judging.claim import chain_of, proved
from hwgen.judging.slips import mutants
from hwgen.model import Claim, Formula, Verdict
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary

# A wrong version of an inequality may be true, only weaker: that it binds nowhere is for the numerical evidence to say.
WRONG = 5


def proved_claims() -> list[str]:
    return [name for name, claim in document().content.of(Claim).items() if claim.proof]


@pytest.mark.parametrize("name", proved_claims())
def test_a_proof_goes_through_for_what_is_printed_and_not_for_a_wrong_version(name: str) -> None:
    claim = document().content.find(name)
    assert isinstance(claim, Claim)
    problem = document().content.problem(claim)
    stated = getattr(importlib.import_module(claim.proof), name)
    formulas = {formula.text: formula for formula in document().formulas if formula.name == name}
    for formula in formulas.values():
        chain = chain_of(claim, formula, problem)
        assert max(evidence.verdict for evidence in proved(stated, chain, problem)) is Verdict.PROVED
        if all(relation.symbol == "=" for relation in chain.relations):
            _no_wrong_version(claim, formula, problem)


def _no_wrong_version(claim: Claim, formula: Formula, problem: object) -> None:
    stated = getattr(importlib.import_module(claim.proof), claim.name)
    bindings = claim.bindings(problem)
    words, tried = vocabulary(bindings), 0
    for mutant in mutants(formula.text, list(bindings)):
        try:
            chain = read(Formula(macro="checked", name=claim.name, text=mutant.text, place=formula.place), words)
        except ContentError:
            continue
        if tried == WRONG or any(relation.symbol != "=" for relation in chain.relations):
            break
        tried += 1
        assert all(evidence.verdict is not Verdict.PROVED for evidence in proved(stated, chain, problem)), mutant.text


def test_at_least_ten_claims_are_proved() -> None:
    assert len(proved_claims()) >= 10
