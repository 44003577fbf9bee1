"""Whether each printed hypothesis is needed, and in its own words: the relation looked at outside of what the page promises.

Outside, a relation without a value is one that does not hold there; an oracle that raises an exception says nothing, but the other
side still may.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hwgen.evidence.cases import REASON, judge_at, place_of
from hwgen.evidence.evaluation import Scope
from hwgen.evidence.sharpness import RATIO, largest_declared
from hwgen.judging.conditions import Condition, Stood, moving
from hwgen.judging.look import Parted
from hwgen.judging.reach import Reach
from hwgen.judging.there import There, everywhere, there
from hwgen.model import Claim, Evidence, Hypothesis, Interval, Need, Range, Verdict
from hwgen.reading import Chain

# A hypothesis is missing only where most of the universe holds: of a wrong relation, too, a part may hold, as its first step.
MOSTLY = 0.5
# One lets failing points in only where enough of those farther inside hold: of a wrong relation a point or two do, as where it binds.
ENOUGH = 0.1
# Where a condition has no value.
NOWHERE = 2


@dataclass
class Outside:
    """The claim's relations at every point outside of its hypotheses."""

    chain: Chain
    parted: Parted

    @cached_property
    def found(self) -> tuple[tuple[Stood, There], ...]:
        """Each point with what becomes of the claim there."""
        points = self.parted.outside
        return tuple(zip([stood for stood, _ in points], everywhere(self.chain, points), strict=True))

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
        known = [stood for stood, one in alone if one is not There.UNKNOWN]
        if known and not failing:
            return Need.NOT_NEEDED, _holds(known[0])
        if not self._reach.within(index):
            return Need.UNREACHED, ""
        if not failing:
            return Need.UNKNOWN, ""
        beside = {stood.key for stood in self.parted.universe.beside[index]}
        nearest = min(stood.standing(index).apart for stood, _ in alone)
        close = [(stood, one) for stood, one in alone if stood.key in beside or (not beside and stood.standing(index).apart == nearest)]
        close = [(stood, one) for stood, one in close if one is not There.UNKNOWN]
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


def let_in(evidence: Evidence, chain: Chain, parted: Parted) -> Evidence:
    """The same evidence, but a failure is laid at the condition that lets the failing points in, if there is one: farther inside it holds.

    A point that the page promises and where the relation has no value then refutes the condition. Where one variable parts what fails
    from what holds better than any condition that it moves, the hypothesis that would bound it is missing, and that is said.
    """
    if evidence.verdict > Verdict.UNDECIDED or evidence.relation is None:
        return evidence
    inside = parted.universe.inside
    points = list(zip(inside, parted.look.scopes, strict=True))
    found = list(zip(inside, everywhere(chain, points, parted.look.batches), strict=True))
    shares = [_share([(stood.standing(index).gap, one) for stood, one in found]) for index in range(len(parted.conditions))]
    best = int(np.argmax(shares)) if shares else None
    shown = evidence.counterexample or evidence.reason
    share, farther, name = max(_ends(found, parted.claim.domain), default=(0.0, "", ""))
    if share > max([MOSTLY, *shares]) and name not in _bounded(parted, shares):
        said = f"{shown}; where {name} is {farther} it holds, and no \\for{{{parted.claim.name}}}{{…}} on the page bounds it there"
        return dataclasses.replace(evidence, counterexample=said)
    if best is None or shares[best] < ENOUGH:
        return evidence
    said = f"{shown}; farther inside of {parted.conditions[best].text}, which lets this in, it holds"
    return dataclasses.replace(evidence, verdict=Verdict.REFUTED, reason=REASON, counterexample=said, hypothesis=best)


def _bounded(parted: Parted, shares: Sequence[float]) -> frozenset[str]:
    """The variables that move a condition which parts what fails from what holds."""
    parting = [one for one, share in zip(parted.conditions, shares, strict=True) if share]
    return frozenset(name for one in parting for name in moving(one, parted.bindings, parted.claim.domain))


def _ends(found: Sequence[tuple[Stood, There]], domain: Mapping[str, Range]) -> Iterator[tuple[float, str, str]]:
    """For each variable that is a number how much of it holds beyond all that fails, upwards and downwards."""
    for name, spread in domain.items():
        if isinstance(spread, Interval):
            for sign, farther in ((1, "larger"), (-1, "smaller")):
                yield _share([(sign * stood.point[name], one) for stood, one in found]), farther, name


def _share(found: Sequence[tuple[float, There]]) -> float:
    """The part of the points that hold, and lie higher than every failing one."""
    failing = [height for height, one in found if one.fails]
    if not failing:
        return 0.0
    return sum(one is There.HOLDS and height > max(failing) for height, one in found) / len(found)


def left_out(evidence: Evidence, chain: Chain, parted: Parted) -> Evidence:
    """The same evidence, but a largest ratio that is not reached is laid at the hypotheses that leave out where the sides are nearer.

    Its place is that of the first one outside of which no ratio is larger than declared.
    """
    if evidence.method != RATIO or evidence.relation is None or not parted.conditions:
        return evidence
    pairs = zip(parted.universe.inside, parted.look.scopes, strict=True)
    inside = max(_ratio(chain, stood, scope, evidence.relation) for stood, scope in pairs)
    nearer = {
        index: found for index in range(len(parted.conditions)) if (found := _nearest(chain, parted, index, evidence.relation))[0] > inside
    }
    if not nearer:
        return evidence
    declared = largest_declared(chain, parted.look.sharp, evidence.relation)
    said = "; ".join(
        f"{nearer[index][0]:.6g} {nearer[index][1]}, which its hypothesis {parted.conditions[index].text} leaves out" for index in nearer
    )
    at = next((index for index in nearer if nearer[index][0] <= declared), None)
    return dataclasses.replace(evidence, counterexample=f"{evidence.counterexample}; it is {said}", hypothesis=at)


def _nearest(chain: Chain, parted: Parted, index: int, relation: int) -> tuple[float, str]:
    """The largest ratio where a relation holds and only this condition does not, and its place."""
    alone = [(stood, scope) for stood, scope in parted.outside if stood.violates_only(index) and there(chain, stood, scope) is There.HOLDS]
    return max(((_ratio(chain, stood, scope, relation), place_of(stood.point)) for stood, scope in alone), default=(0.0, ""))


def _ratio(chain: Chain, stood: Stood, scope: Scope | None, relation: int) -> float:
    """The smaller side over the larger one, 0 where that is no number."""
    case = judge_at(chain, stood.point, scope)[relation] if scope else None
    if case is None or np.ndim(case.left) or np.ndim(case.right) or not case.right > 0 or not np.isfinite(case.left):
        return 0.0
    return float(case.left / case.right)
