"""The ledger is what its schema says, and the schema tells a wrong one."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import PROJECT
from jsonschema import Draft202012Validator

from hwgen.judging.ledger import SCHEMA
from hwgen.model import Kind
from hwgen.reading.plain import KINDS

DOCUMENT = json.loads((PROJECT / "docs" / "ledger.schema.json").read_text())
VALIDATOR = Draft202012Validator(DOCUMENT)


def test_the_schema_is_one_and_of_this_version() -> None:
    Draft202012Validator.check_schema(DOCUMENT)
    assert DOCUMENT["properties"]["schema"]["const"] == SCHEMA


def test_what_a_run_writes_is_what_the_schema_says(toy_evidence: Any) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(toy_evidence[1])] == []


def test_every_part_of_the_ledger_and_of_a_finding_is_described(toy_evidence: Any) -> None:
    evidence = toy_evidence[1]
    described = DOCUMENT["$defs"]
    assert set(evidence) == set(DOCUMENT["properties"])
    for part, one in (
        ("finding", evidence["findings"][0]),
        ("evidence", evidence["findings"][0]["evidence"][0]),
        ("tally", evidence["tallies"][0]),
        ("tried", evidence["findings"][0]["tried"]),
    ):
        assert set(one) == set(described[part]["properties"])
    for noun in evidence["nouns"].values():
        assert set(noun) <= set(described["noun"]["properties"])
    assert set(described["node"]["properties"]["is"]["enum"]) == set(KINDS)
    assert set(described["evidence"]["properties"]["kind"]["enum"]) == set(Kind.__members__)


WRONG: list[Callable[[Any], Any]] = [
    lambda one: one.pop("nouns"),
    lambda one: one.update(schema=0),
    lambda one: one["findings"][0].update(verdict="GOOD"),
    lambda one: one["findings"][0]["reading"]["sides"][0].update({"is": "riddle"}),
    lambda one: one["findings"][0]["tried"]["compared"][0].update(left=["much"]),
    lambda one: one["tallies"][0]["wrong"][0].insert(1, "lost"),
    lambda one: one["nouns"]["area"]["symbols"]["A"].pop("is"),
    lambda one: one["nouns"]["area"]["domain"]["r"].pop("low"),
]


@pytest.mark.parametrize("spoil", WRONG)
def test_a_ledger_that_is_none_is_told(spoil: Callable[[Any], Any], toy_evidence: Any) -> None:
    spoiled = copy.deepcopy(toy_evidence[1])
    spoil(spoiled)
    assert not VALIDATOR.is_valid(spoiled)
