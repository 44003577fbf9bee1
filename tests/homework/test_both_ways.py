"""Every claim of the document and a part of its wrong versions, on arrays and point by point: the same verdict, for the same reason."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from homework.printed import document

from hwgen.evidence.agreement import agreement
from hwgen.evidence.cases import Look
from hwgen.evidence.sampling import seed_of
from hwgen.evidence.scope import scope_at
from hwgen.judging.claim import chain_of
from hwgen.judging.look import Parted
from hwgen.judging.slips import mutants
from hwgen.model import Binding, Bindings, Claim, Evidence, Formula, Point, Value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, vocabulary
from hwgen.reading import read as tree_of

# Walking the tree is slow: as many points of each claim, and every so many of its wrong versions; fewer where an operator ranges.
POINTS, EVERY = 5, 23
DEAR, DEAR_POINTS, DEAR_EVERY = (r"\int", r"\sup", r"\mathbb{E}", r"\mathbb{P}", r"\Delta_\phi"), 2, 71
DOCUMENT = document()
FORMULAS = list({(one.name, one.text): one for one in DOCUMENT.formulas if isinstance(DOCUMENT.content.find(one.name), Claim)}.values())


def is_dear(formula: Formula) -> bool:
    return any(operator in formula.text for operator in DEAR)


def once(bindings: Bindings, point: Point) -> dict[str, Binding]:
    """The bindings, each value computed once for all scopes at this point."""
    scope = scope_at(bindings, point)
    known = {name: Value(compute=partial(scope.value, name)) for name, one in bindings.items() if isinstance(one, Value)}
    return {**bindings, **known}


def looks(claim: Claim, formula: Formula, problem: Any, count: int) -> list[Look]:
    """Two equal looks at the first points, each with scopes of its own; they share the oracles' values."""
    seed = seed_of(claim.name)
    points, bound = Parted(claim, problem, None, formula).points()
    bindings = claim.bindings(problem)
    tables = [(point, once(bindings, point)) for point in points[:count]]
    binding = {key: (point, once(bindings, point)) for key, point in itertools.islice(bound.items(), 2)}
    return [
        Look(
            points=points[:count],
            scopes=tuple(scope_at(table, point) for point, table in tables),
            bound={key: (point, scope_at(table, point)) for key, (point, table) in binding.items()},
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
    for mutant in itertools.islice(mutants(formula.text, symbols), 0, None, DEAR_EVERY if is_dear(formula) else EVERY):
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
    on_arrays, walked = looks(claim, formula, problem, DEAR_POINTS if is_dear(formula) else POINTS)
    for number, chain in enumerate(chains(claim, formula, problem)):
        found, expected = outcome(agreement, chain, on_arrays), outcome(agreement, chain, walked, False)
        on_arrays.batches.kept = True
        assert alike(found, expected), f"{number}: {chain.text}\n{found}\n{expected}"
