"""Every claim of the document and a part of its wrong versions, on arrays and point by point: the same verdict, for the same reason."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import pytest
from conftest import PROJECT

from hwgen.evidence.agreement import agreement, points_of
from hwgen.evidence.cases import Look
from hwgen.evidence.sampling import seed_of
from hwgen.evidence.scope import scope_at
from hwgen.judging.claim import chain_of
from hwgen.judging.slips import mutants
from hwgen.model import Claim, Evidence, Formula
from hwgen.model.errors import ContentError
from hwgen.program.build import Request, read
from hwgen.reading import Chain, vocabulary
from hwgen.reading import read as tree_of

# Walking the tree is slow: as many points of each claim, and every so many of its wrong versions.
POINTS = 5
EVERY = 11
DOCUMENT = read(Request(root=PROJECT))
FORMULAS = list({(one.name, one.text): one for one in DOCUMENT.formulas if isinstance(DOCUMENT.content.find(one.name), Claim)}.values())


def looks(claim: Claim, problem: Any) -> list[Look]:
    """Two equal looks at the first points, each with scopes of its own."""
    seed = seed_of(claim.name)
    points, bound = points_of(claim.domain, claim.points, claim.sharp, seed)
    bindings = claim.bindings(problem)
    return [
        Look(
            points=points[:POINTS],
            scopes=tuple(scope_at(bindings, point) for point in points[:POINTS]),
            bound={key: (point, scope_at(bindings, point)) for key, point in itertools.islice(bound.items(), 2)},
            sharp=claim.sharp,
            seed=seed,
            fixed=None,
        )
        for _ in range(2)
    ]


def outcome(judge: Callable[..., Evidence], *arguments: Any) -> Evidence | str:
    try:
        return judge(*arguments)
    except Exception as error:  # whatever is raised must be raised both ways
        return f"{type(error).__name__}: {error}"


def chains(claim: Claim, formula: Formula, problem: Any) -> list[Chain]:
    """The formula, and every so many of its readable wrong versions."""
    bindings = claim.bindings(problem)
    words = vocabulary(bindings)
    symbols = [symbol for symbol in bindings if symbol not in words.functions and symbol not in words.heads]
    found = [chain_of(claim, formula, problem)]
    for mutant in itertools.islice(mutants(formula.text, symbols), 0, None, EVERY):
        try:
            found.append(tree_of(Formula(macro=formula.macro, name=formula.name, text=mutant.text, place=formula.place), words))
        except ContentError:
            continue
    return found


def alike(one: Evidence | str, other: Evidence | str) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    if (one.verdict, one.method, one.relation, one.cases) != (other.verdict, other.method, other.relation, other.cases):
        return False
    if not math.isfinite(other.deviation):  # nan or inf
        return repr(one.deviation) == repr(other.deviation)
    return abs(one.deviation - other.deviation) <= 1e-9 * abs(other.deviation) + 2 * other.tolerance


@pytest.mark.parametrize("formula", FORMULAS, ids=[f"{one.name}-{number}" for number, one in enumerate(FORMULAS)])
def test_arrays_find_what_the_walk_finds(formula: Formula) -> None:
    claim = DOCUMENT.content.find(formula.name)
    assert isinstance(claim, Claim)
    problem = DOCUMENT.content.problem(claim)
    on_arrays, walked = looks(claim, problem)
    for number, chain in enumerate(chains(claim, formula, problem)):
        found, expected = outcome(agreement, chain, on_arrays), outcome(agreement, chain, walked, False)
        on_arrays.batches.kept = True
        assert alike(found, expected), f"{number}: {chain.text}\n{found}\n{expected}"
