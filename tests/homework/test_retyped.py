"""Every printed equality, and every derived side of a bound, is typed again as Python in the place of its oracle, and found out.

Also where `identity=` says that no changed problem makes sense: nothing is exempt. What no expression says is left out, and listed here.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from homework import retyping
from homework.retyping import Typist, Untyped, bound, lone, with_typed

from hwgen.freshness.store import Store
from hwgen.homework import exercises
from hwgen.judging.claim import finding_of
from hwgen.judging.independence import own_oracle, retyped_side
from hwgen.model import Claim, Derived, Formula, Value, catalog
from hwgen.model.declared import declarations
from hwgen.reading import Chain

Print = Callable[[str], Formula]

CONTENT = catalog.load(exercises.__name__)
CLAIMS = {name: claim for name, claim in CONTENT.of(Claim).items() if not claim.false}
# The equalities of these are between what is printed alone, or what their oracle would have to repeat is a search.
NO_ORACLE = {"relu_price", "relu_gain", "gap_function"}
# Each has inequalities alone: sharpness, and what is derived for their sides, is typed again below.
BOUNDS = {"weyl", "linear_range", "training_bound", "flow_length", "kernel_moved", "cubic_share", "relu_dual"}


def _declared(claim: Claim) -> list[Any]:
    return [one for declared in claim.sharp for one in declarations(declared)]


@pytest.mark.parametrize("name", CLAIMS)
def test_an_equality_typed_again_as_its_oracle_is_found_out(name: str, formula: Print, tmp_path: Path) -> None:
    chain, bindings = bound(CONTENT, CLAIMS[name], formula(name))
    assert own_oracle(chain, bindings) == ""
    for symbol, again in retyping.again(CONTENT, CLAIMS[name], formula(name), tmp_path):
        if callable(again):
            said = own_oracle(chain, {**bindings, symbol: Value(compute=again)})
            assert f"{symbol} is bound to " in said or "are one computation" in said
            assert f"{Path(again.__code__.co_filename).name}:" in said


def test_most_equalities_can_be_typed_and_what_cannot_is_known(formula: Print, tmp_path: Path) -> None:
    found = [again for name, claim in CLAIMS.items() for _, again in retyping.again(CONTENT, claim, formula(name), tmp_path)]
    assert sum(map(callable, found)) >= 20
    assert set(Counter(one for one in found if not callable(one))) <= {"Averaged", "Indexed", "Elementary binom"}


def test_every_identity_is_typed_again_or_has_nothing_to_type(formula: Print, tmp_path: Path) -> None:
    identities = {name for name, claim in CLAIMS.items() if claim.identity}
    typed = {
        name for name in identities if any(callable(again) for _, again in retyping.again(CONTENT, CLAIMS[name], formula(name), tmp_path))
    }
    assert identities - typed == NO_ORACLE | BOUNDS
    for name in NO_ORACLE - {"gap_function"}:
        assert not any(isinstance(one, Value) for one in bound(CONTENT, CLAIMS[name], formula(name))[1].values())


@pytest.mark.parametrize("name", ["beats_union"])
def test_an_identity_typed_again_stops_the_build_and_names_the_line(name: str, formula: Print, tmp_path: Path, store: Store) -> None:
    claim = CLAIMS[name]
    assert claim.identity
    ((symbol, again),) = retyping.again(CONTENT, claim, formula(name), tmp_path)
    found = finding_of(with_typed(claim, symbol, again), formula(name), CONTENT.problem(claim))
    assert not found.passed
    assert found.complaint.startswith(f"{name} is its own oracle: ")
    assert f"{Path(again.__code__.co_filename).name}:6" in found.complaint


DERIVED = [name for name, claim in CLAIMS.items() if any(isinstance(one, Derived) for one in _declared(claim))]


@pytest.mark.parametrize("name", DERIVED)
def test_a_bound_typed_again_as_its_derivation_is_found_out(name: str, formula: Print, tmp_path: Path) -> None:
    claim, problem = CLAIMS[name], CONTENT.problem(CLAIMS[name])
    chain, bindings = bound(CONTENT, claim, formula(name))
    assert retyped_side(claim, chain, bindings, problem) == ""
    for number, side in _bounded(chain):
        try:
            again = Typist(bindings).function(side, claim.domain, tmp_path)
        except Untyped:
            continue
        sharp = (*claim.sharp[:number], Derived(larger=Value(compute=again)), *claim.sharp[number + 1 :])
        said = retyped_side(replace(claim, sharp=sharp), chain, bindings, problem)
        assert "is that formula, typed again" in said or lone(side, bindings)


def _bounded(chain: Chain) -> Iterator[tuple[int, Any]]:
    """Each side of each inequality, with the number of that among them."""
    inequalities = [index for index, relation in enumerate(chain.relations) if relation.symbol != "="]
    for number, index in enumerate(inequalities):
        for side in chain.sides[index : index + 2]:
            yield number, side


def test_most_sides_that_are_derived_can_be_typed(formula: Print, tmp_path: Path) -> None:
    typed = 0
    for name in DERIVED:
        chain, bindings = bound(CONTENT, CLAIMS[name], formula(name))
        for _, side in _bounded(chain):
            with contextlib.suppress(Untyped):
                typed += callable(Typist(bindings).function(side, CLAIMS[name].domain, tmp_path)) and not lone(side, bindings)
    assert typed >= 30
