"""The second homework's printed equalities typed again in the place of their oracles: found out there as at home."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import TESTS
from homework.printed import Source
from homework.retyping import again, bound, with_typed

from hwgen.judging.claim import finding_of
from hwgen.judging.independence import own_oracle
from hwgen.model import Claim, Function, Value, catalog
from hwgen.model.catalog import Catalog

HOMEWORK = TESTS / "homework5"
SOURCE = Source(HOMEWORK / "templates")


@pytest.fixture(scope="module")
def content() -> Iterator[Catalog]:
    """Its exercises, which leave the process with these tests: another homework may call its own so."""
    assert "exercises" not in sys.modules
    yield catalog.load("exercises", HOMEWORK)
    for name in [name for name in sys.modules if name.split(".")[0] == "exercises"]:
        del sys.modules[name]
    sys.path.remove(str(HOMEWORK))


# No expression of Python says these sides, which hold a sum, an index or a binomial; or no side of theirs is one computed symbol.
UNTYPED = {"iterates": "Indexed", "signed_sum": "Averaged", "equal_inputs": "Elementary binom"}
TYPED = {"interpolator", "best_step", "orthonormal"}


def test_each_equality_typed_again_as_its_oracle_stops_the_build(content: Catalog, tmp_path: Path) -> None:
    claims = {name: claim for name, claim in content.of(Claim).items() if not claim.false}
    assert UNTYPED.keys() | TYPED <= claims.keys()
    for name, claim in claims.items():
        formula = SOURCE.formula(name)
        chain, bindings = bound(content, claim, formula)
        assert own_oracle(chain, bindings) == ""
        for symbol, typed in again(content, claim, formula, tmp_path):
            if name in UNTYPED:
                assert typed == UNTYPED[name]
                continue
            assert name in TYPED
            assert f"{symbol} is bound to " in own_oracle(chain, {**bindings, symbol: Value(compute=typed)})
            assert not finding_of(with_typed(claim, symbol, typed), formula, content.problem(claim)).passed


def test_its_identities_compare_what_is_printed_and_have_no_oracle_that_could_be_typed(content: Catalog, tmp_path: Path) -> None:
    identities = {name: claim for name, claim in content.of(Claim).items() if claim.identity}
    assert set(identities) == {"dual", "induction"}
    for name, claim in identities.items():
        assert list(again(content, claim, SOURCE.formula(name), tmp_path)) == []
        assert not any(isinstance(one, Function) for one in bound(content, claim, SOURCE.formula(name))[1].values())
