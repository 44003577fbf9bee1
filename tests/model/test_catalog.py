"""Content registers under one name each, says how it can fail, and is found by name."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from hwgen.model import Bindings, Claim, closed, variable
from hwgen.model.catalog import PROVED, Catalog, Exercise
from hwgen.model.errors import ContentError


@dataclass(frozen=True)
class Problem:
    scale: float = 1.0


def _exercise() -> Exercise:
    return Exercise("toy", title="Toy", problem=Problem())


def double(problem: Problem) -> Bindings:
    """Twice is twice."""
    return {"x": variable("x")}


def test_a_claim_keeps_its_name_and_sentence() -> None:
    exercise = _exercise()
    claim = exercise.claim(domain={"x": closed(0, 1)}, changed={"scale": 2.0})(double)
    assert (claim.name, claim.sentence) == ("double", "Twice is twice.")
    assert Catalog("toy", (exercise,)).of(Claim) == {"double": claim}


@pytest.mark.parametrize("arguments", [{}, {"changed": {"scale": 2.0}, "identity": "algebra"}])
def test_a_claim_says_how_it_can_fail_in_exactly_one_way(arguments) -> None:
    with pytest.raises(ContentError, match=r"expected either changed=\{…\}.*or identity"):
        _exercise().claim(domain={}, **arguments)(double)


def test_a_changed_problem_changes_something_that_exists() -> None:
    with pytest.raises(ContentError, match="has no 'skale'"):
        _exercise().claim(domain={}, changed={"skale": 2.0})(double)


def test_one_name_for_one_thing() -> None:
    exercise = _exercise()
    exercise.claim(domain={}, identity="algebra")(double)
    with pytest.raises(ContentError, match="double is declared twice in toy"):
        exercise.claim(domain={}, identity="algebra")(double)


def test_the_same_name_in_two_exercises_is_refused() -> None:
    first, second = _exercise(), Exercise("other", title="Other", problem=Problem())
    for exercise in (first, second):
        exercise.claim(domain={}, identity="algebra")(double)
    with pytest.raises(ContentError, match="declared in toy and in other"):
        _ = Catalog("toy", (first, second)).nouns


def test_an_unknown_name_gets_the_nearest_known_one() -> None:
    exercise = _exercise()
    exercise.claim(domain={}, identity="algebra")(double)
    with pytest.raises(ContentError, match="Did you mean 'double'"):
        Catalog("toy", (exercise,)).find("duble")


@pytest.mark.parametrize("arguments", [{"false": True}, {"false": True, "quotes": " "}, {"quotes": "x = y", "identity": "algebra"}])
def test_an_erratum_quotes_what_is_wrong_and_nothing_else_quotes(arguments) -> None:
    with pytest.raises(ContentError, match=r"double: expected quotes=r'…' with false=True"):
        _exercise().claim(domain={}, **arguments)(double)


PROOFS = """
def first(chain, problem):
    return []

second = Proof(method="algebra")
third: Any = Proof(method="algebra")

def _helper():
    second = 3

HELPER = 1
"""


def test_a_proof_is_a_public_function_or_value_of_the_name_of_its_claim() -> None:
    assert [match[1] or match[2] for match in PROVED.finditer(PROOFS)] == ["first", "second", "third"]
