"""A ledger says of everything that is declared what it is, by which function, and where that stands."""

from __future__ import annotations

import inspect
import json
from dataclasses import fields
from typing import Any

import pytest

from hwgen.judging import described, ledger
from hwgen.model import Bindings, Claim


@pytest.fixture
def evidence(toy_evidence: Any) -> Any:
    return toy_evidence[1]


def test_each_symbol_is_named_with_its_function_and_line(evidence: Any) -> None:
    from toy.exercises.circle import _area

    symbols = evidence["nouns"]["area"]["symbols"]
    assert symbols["r"] == {"is": "variable", "said": "domain", "name": "r"}
    assert symbols["A"]["function"] == "toy.exercises.circle._area.<locals>.<lambda>"
    start = inspect.getsourcelines(_area)[1]
    line = int(symbols["A"]["place"].rpartition(":")[2])
    assert start < line < start + 10


def test_a_claim_has_its_domain_source_and_changed_problem(evidence: Any) -> None:
    area = evidence["nouns"]["area"]
    assert area["domain"] == {"r": {"is": "interval", "low": 0.3, "high": 3, "integer": False, "log": False}}
    assert (area["source"], area["changed"], area["kind"]) == ("Archimedes", {"exponent": "4.0"}, "claim")
    assert evidence["nouns"]["tangent"]["sharp"] == [[{"is": "binds", "at": {"r": "2.0"}}]]
    assert evidence["exercises"]["circle"] == {"title": "The circle", "problem": {"exponent": "2.0"}}


def test_what_views_a_study_says_so_and_the_study_has_its_arrays(evidence: Any) -> None:
    assert evidence["nouns"]["slope_darts"]["of"] == ["darts"]
    assert evidence["studies"]["darts"]["throws"] == [16, 64, 256, 1024, 4096, 16384]
    assert len(evidence["studies"]["darts"]["errors"]) == 30


def test_every_finding_of_a_claim_has_the_tree_that_was_judged(evidence: Any) -> None:
    found = {one["name"]: one for one in evidence["findings"]}
    assert found["area"]["reading"]["sides"][1]["is"] == "operation"
    assert found["area"]["tried"]["compared"][0]["left"]
    assert found["round_"]["reading"] is None


def test_nothing_in_it_is_more_than_plain_data(evidence: Any) -> None:
    assert json.loads(json.dumps(evidence, allow_nan=False)) == evidence
    assert evidence["schema"] == ledger.SCHEMA


def test_a_value_is_told_in_short_and_the_same_in_every_run() -> None:
    assert described.brief(inspect.getdoc) == "inspect.getdoc"
    assert len(described.brief("x" * 1000)) == described.LONGEST


def _nothing(problem: Any) -> Bindings:
    return {}


def test_what_an_author_declares_that_a_check_lets_pass_is_in_the_ledger(evidence: Any) -> None:
    """Each of these lets something pass on the author's word; one that comes later has its place here, or says why not."""
    given = Claim(name="t", exercise="e", sentence="", domain={}, bind=_nothing, exact="counted", road="short", coarse={1e-3: "searched"})
    assert described.granted(given) == {"exact": "counted", "road": "short", "coarse": {"0.001": "searched"}, "kept": {}, "fixed": []}
    assert set(described.granted(given)) < set(evidence["nouns"]["area"])
    elsewhere = {"name", "exercise", "sentence", "domain", "needs", "source", "sharp", "changed", "identity", "false", "proof"}
    of_findings, of_the_page, of_how = {"in_words", "always"}, {"prints", "notation", "quotes"}, {"bind", "points"}
    known = set(described.granted(given)) | elsewhere | of_findings | of_the_page | of_how
    assert {one.name for one in fields(Claim)} == known
