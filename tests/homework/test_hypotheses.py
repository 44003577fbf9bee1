r"""Every claim says what it needs: hypotheses that \for puts under test, others in words, or why there is none."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest

from hwgen.evidence.evaluation import scope_at
from hwgen.freshness.store import Store
from hwgen.homework import exercises
from hwgen.judging.chains import chain_of
from hwgen.judging.claim import finding_of
from hwgen.judging.look import Parted
from hwgen.judging.truth import truth_at
from hwgen.model import Claim, Formula, catalog
from hwgen.model.errors import ContentError
from hwgen.program.listing import stated

Print = Callable[[str], Formula]

CONTENT = catalog.load(exercises.__name__)
EXERCISES = ("ex1_ntk", "ex2_output_nonlinearity", "ex3_both_layers")
CLAIMS = {name: claim for name, claim in CONTENT.of(Claim).items() if claim.exercise in EXERCISES}
# What a lost hypothesis does to each of them is in the ledger, where tests/test_document.py reads it. Here the whole way is gone for
# every fourth, and by make soak for all; the suprema over balls, which take seconds, are judged at the first points that it lets in.
SLOW = {"gap_bound", "contraction_gap", "half_square_gap", "dual_bound"}
POINTS = 3
QUICK = sorted(name for name in set(CLAIMS) - SLOW if not CLAIMS[name].false)
TAKEN_OFF = [pytest.param(name, marks=[] if number % 4 == 0 else pytest.mark.soak) for number, name in enumerate(QUICK)]


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_says_what_its_hypotheses_are(name: str, formula: Print) -> None:
    row = stated(CLAIMS[name], [one.text for one in formula(name).hypotheses])
    assert row["stands"] in {"under test", "in words", "none needed", "an erratum"}
    assert row["hypotheses"] or CLAIMS[name].false


@pytest.mark.parametrize("name", TAKEN_OFF)
def test_a_hypothesis_taken_off_the_page_stops_the_build(name: str, formula: Print, store: Store) -> None:
    printed = formula(name)
    for lost in printed.hypotheses:
        without = replace(printed, hypotheses=tuple(one for one in printed.hypotheses if one is not lost))
        assert lost.text in CLAIMS[name].kept or _stops(_forgetful(CLAIMS[name], lost.text), without, store), lost.text


@pytest.mark.parametrize("name", sorted(SLOW))
def test_a_slow_claim_fails_where_a_hypothesis_taken_off_the_page_lets_it_in(name: str, formula: Print) -> None:
    claim, printed = CLAIMS[name], formula(name)
    problem = CONTENT.problem(claim)
    chain, parted = chain_of(claim, printed, problem), Parted(claim, problem, None, printed)
    for index, condition in enumerate(parted.conditions):
        alone = (one for one in parted.universe.outside if one.violates_only(index))
        first = itertools.islice(alone, POINTS)
        found = any(truth_at(chain, one, scope_at(parted.bindings, one.point)).fails for one in first)
        assert found or condition.text in claim.kept, condition.text


def _forgetful(claim: Claim, text: str) -> Claim:
    """The claim without a reason to keep what its page does not print any more."""
    bare = "".join(text.split())
    return replace(claim, kept={said: why for said, why in claim.kept.items() if "".join(said.split()) not in bare.replace("0<", "")})


def _stops(claim: Claim, printed: Formula, store: Store) -> bool:
    """Whether a build with this on its page would stop."""
    try:
        return not finding_of(claim, printed, CONTENT.problem(claim), store).passed
    except ContentError:
        return True
