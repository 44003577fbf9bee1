"""Whether each printed hypothesis is needed, and in its own words: the relation looked at outside of what the page promises.

Outside, a relation without a value is one that does not hold there; an oracle that raises an exception says nothing, but the other
side still may.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hwgen.evidence.cases import place_of
from hwgen.judging.conditions import Condition, Stood
from hwgen.judging.look import Parted
from hwgen.judging.reach import Reach
from hwgen.judging.truth import Truth, truths_at
from hwgen.model import Claim, Hypothesis, Need
from hwgen.reading import Chain

# Where a condition has no value.
NOWHERE = 2


@dataclass
class Outside:
    """The claim's relations at every point outside of its hypotheses."""

    chain: Chain
    parted: Parted

    @cached_property
    def found(self) -> tuple[tuple[Stood, Truth], ...]:
        """Each point with what becomes of the claim there."""
        points = self.parted.outside
        return tuple(zip([stood for stood, _ in points], truths_at(self.chain, points), strict=True))

    @cached_property
    def _reach(self) -> Reach:
        parted = self.parted
        return Reach(parted.universe, parted.conditions, parted.bindings, parted.claim.domain, parted.asked)

    def need(self, index: int) -> tuple[Need, str]:
        """How one condition stands, and what shows it."""
        alone = [(stood, one) for stood, one in self.found if stood.violates_only(index)]
        if not alone:
            return self._unseen(index)
        failing = [stood for stood, one in alone if one.fails]
        known = [stood for stood, one in alone if one is not Truth.UNKNOWN]
        # First of all: what it promises on its other side, say, may be false, whatever is found outside of it.
        if not self._reach.within(index):
            return Need.UNREACHED, ""
        if known and not failing:
            return Need.NOT_NEEDED, _holds(known[0])
        if not failing:
            return Need.UNKNOWN, ""
        beside = {stood.key for stood in self.parted.universe.beside[index]}
        nearest = min(stood.standing(index).apart for stood, _ in alone)
        close = [(stood, one) for stood, one in alone if stood.key in beside or (not beside and stood.standing(index).apart == nearest)]
        close = [(stood, one) for stood, one in close if one is not Truth.UNKNOWN]
        kinds = {stood.key: one for stood, one in alone}
        for side in sides([stood for stood, _ in close], index, self.parted.conditions[index]):
            if not any(kinds[stood.key].fails for stood in side):
                return Need.STRICTER, _holds(side[0])
        nearest_failing = min(failing, key=lambda stood: stood.standing(index).apart)
        need = Need.EXACT if self._reach.beyond(index) else Need.APART
        shown = failing[0] if need is Need.EXACT else nearest_failing
        return need, f"it {kinds[shown.key].value} {place_of(shown.point)}".strip()

    def _unseen(self, index: int) -> tuple[Need, str]:
        """Of a condition that excludes nothing by itself: nothing at all, or not even its boundary is in the universe."""
        excluded = [stood for stood, _ in self.found if stood.standing(index).held is False]
        if excluded:
            others = [[one.held for number, one in enumerate(stood.standings) if number != index] for stood in excluded]
            return (Need.IMPLIED, "") if all(False in held for held in others) else (Need.UNKNOWN, "")
        return (Need.UNSEEN, "") if self._reach.anywhere(index) else (Need.UNREACHED, "")


def sides(outside: Sequence[Stood], index: int, condition: Condition) -> list[list[Stood]]:
    """The points outside of a condition apart, as it is exact only if the relation fails on each side.

    Where it has no value is one side, of an equality either way off it another, and of a strict order the boundary itself, which it alone
    leaves out. The boundary of where a condition has no value belongs to that.
    """
    of = [stood.standing(index) for stood in outside]
    if condition.symbol == "=":
        signs = [NOWHERE if math.isnan(one.gap) else int(np.sign(one.gap)) for one in of]
    else:
        # On which side of its boundary a point lies where the sides differ by rounding is not known: it is taken with what is beyond.
        signs = [NOWHERE if math.isnan(one.gap) else int(not one.meets) for one in of]
        signs = signs if 1 in signs else [NOWHERE] * len(signs)
    return [[stood for stood, one in zip(outside, signs, strict=True) if one == sign] for sign in sorted(set(signs))]


def _holds(stood: Stood) -> str:
    return f"it holds {place_of(stood.point)}".strip()


def hypotheses(claim: Claim, chain: Chain, parted: Parted) -> tuple[Hypothesis, ...]:
    """What a run finds of each printed condition of a claim that holds inside of all of them."""
    outside = Outside(chain, parted)
    found = [outside.need(index) for index in range(len(parted.conditions))]
    return tuple(
        Hypothesis(text=one.text, need=need, said=said, kept=kept_for(claim, one))
        for one, (need, said) in zip(parted.conditions, found, strict=True)
    )


def kept_for(claim: Claim, condition: Condition) -> str:
    """Why the author keeps a condition that is not needed in its own words."""
    return next((why for text, why in claim.kept.items() if "".join(text.split()) == "".join(condition.text.split())), "")
