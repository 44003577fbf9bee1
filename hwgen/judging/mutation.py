"""Judge wrong versions of a printed relation exactly as the page would be, against the same oracles: each must be refuted.

A mutant that cannot be read earns nothing. One that passes is either the same relation in other words, or a defect of the check.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import Any

import numpy as np

from hwgen.evidence.agreement import agreement
from hwgen.evidence.cases import Look
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.evidence.sampling import seed_of
from hwgen.judging.claim import chain_of, look_at
from hwgen.judging.slips import Mutant, mutants
from hwgen.judging.store import Store
from hwgen.model import Approx, Claim, Formula, Tally, Verdict
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

# As many readable mutants of one formula are judged; the kinds of change take turns, so that none is crowded out.
MOST = 25


def tally(claim: Claim, formula: Formula, problem: Any, store: Store | None = None) -> Tally:
    """What became of the mutants of one printed formula."""
    bindings = claim.bindings(problem)
    words = vocabulary(bindings)
    original = chain_of(claim, formula, problem)
    look = look_at(claim, problem, store)
    symbols = [symbol for symbol in bindings if symbol not in words.functions and symbol not in words.heads]
    counted = dict.fromkeys(("refuted", "stopped", "same", "unreadable"), 0)
    survivors: list[str] = []
    for mutant in _in_turns(list(mutants(formula.text, symbols))):
        if sum(counted.values()) - counted["unreadable"] + len(survivors) == MOST:
            break
        fate, why = _fate(mutant, formula, words, original, look)
        if fate == "survived":
            survivors.append(f"{mutant.how}: {' '.join(mutant.text.split())}; {why}")
        else:
            counted[fate] += 1
    return Tally(name=claim.name, formula=formula, survivors=tuple(survivors), **counted)


def _in_turns(found: list[Mutant]) -> list[Mutant]:
    """The mutants, one of each kind of change in turn."""
    kinds: dict[str, list[Mutant]] = {}
    for mutant in found:
        kinds.setdefault(mutant.how.split()[-2] if " " in mutant.how else mutant.how, []).append(mutant)
    turns = itertools.zip_longest(*kinds.values())
    return [mutant for turn in turns for mutant in turn if mutant is not None]


def _fate(mutant: Mutant, formula: Formula, words: Any, original: Chain, look: Look) -> tuple[str, str]:
    """What became of a mutant; for a survivor also why the check could not see it."""
    try:
        chain = read(dataclasses.replace(formula, text=mutant.text, places=()), words)
        found = agreement(chain, look)
    except ContentError:
        return "unreadable", ""
    except Exception:  # an oracle that refuses the mutant's arguments stops the build as well
        return "stopped", ""
    if found.verdict is not Verdict.SUPPORTED:
        return "refuted" if found.verdict is Verdict.REFUTED else "stopped", ""
    seen = f"it holds at all {found.cases} cases, to {found.deviation:.1g} where {found.tolerance:.1g} is allowed"
    return ("same", "") if _same(original, chain, look) else ("survived", seen)


class _Shaken(Scope):
    """A scope with every declared value moved by an amount of its own: what agrees only on the domain, at r = 1 say, differs here."""

    def value(self, name: str) -> Any:
        """The moved value; whole numbers stay whole, since they may count or index."""
        found = super().value(name)
        if name in self.local:
            return found
        if isinstance(found.value, float) and found.value.is_integer():
            return Approx(value=found.value + 1 + seed_of(name) % 3, error=found.error)
        return Approx(value=found.value * (0.7 + 0.25 * seed_of(name) / 2**32), error=found.error)


def _same(original: Chain, other: Chain, look: Look) -> bool:
    """Whether the relations agree, and every side takes the same value, at every point and at moved values, to the rounding."""
    if [one.symbol for one in original.relations] != [one.symbol for one in other.relations]:
        return False
    moved = [_Shaken(scope.bindings, scope.point) for scope in look.scopes]
    return all(_sides_equal(original, other, scope) for scope in [*look.scopes, *(one for one in moved if _values(original, one))])


def _sides_equal(original: Chain, other: Chain, scope: Scope) -> bool:
    left, right = _values(original, scope), _values(other, scope)
    return bool(left and right) and all(_equal(one, two) for one, two in zip(left, right, strict=True))


def _values(chain: Chain, scope: Scope) -> list[Any]:
    """The sides at one point; none where they have no finite value."""
    try:
        with np.errstate(all="ignore"):
            values = [evaluate(side, scope) for side in chain.sides]
    except Exception:  # moved values may leave the domain of an oracle
        return []
    return values if all(np.all(np.isfinite(one.value)) for one in values) else []


def _equal(left: Any, right: Any) -> bool:
    if np.shape(left.value) != np.shape(right.value):
        return False
    size = float(np.max(np.abs(left.value), initial=0.0))
    difference = float(np.max(np.abs(np.asarray(left.value) - np.asarray(right.value)), initial=0.0))
    return math.isfinite(difference) and difference <= 1e-12 * size + min(left.error, right.error)
