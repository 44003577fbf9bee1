"""What a failure inside of the printed hypotheses is laid at: one that lets it in, one that is missing, or one that leaves too much out.

A condition lets failing points in if it parts them from what holds, and if they hold once the variables that move it are taken farther
inside and nothing else is: what parts them by accident is innocent.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from hwgen.evidence.cases import REASON, Look, judge_at, place_of
from hwgen.evidence.evaluation import Scope
from hwgen.evidence.sharpness import RATIO, inequalities, largest_declared
from hwgen.judging.conditions import Stood, moving, stand
from hwgen.judging.look import Parted
from hwgen.judging.mended import kept
from hwgen.judging.truth import Truth, truth_at, truths_at
from hwgen.model import Choices, Evidence, Interval, Range, Verdict
from hwgen.reading import Chain

# A hypothesis is missing only where most of the universe holds: of a wrong relation, too, a part may hold, as its first step.
MOSTLY = 0.5
# One lets failing points in only where enough of those farther inside hold: of a wrong relation a point or two do, as where it binds.
ENOUGH = 0.1
# Two bounds are missing only where nearly all that holds lies between them.
NEARLY = 0.9
Height = Callable[[Stood], float]
Movers = Callable[[Stood, Stood], Sequence[str]]
# How many failing points are moved inwards, each to so many places.
MOVED, PLACES = 4, 3


def let_in(evidence: Evidence, chain: Chain, parted: Parted) -> Evidence:
    """The same evidence, but a failure is laid at the condition that lets the failing points in, if there is one: farther inside it holds.

    A point that the page promises and where the relation has no value then refutes the condition. Where one variable parts what fails
    from what holds better than any condition that it moves, the hypothesis that would bound it is missing, and that is said.
    """
    if evidence.verdict > Verdict.UNDECIDED or evidence.relation is None:
        return evidence
    if evidence.verdict is Verdict.REFUTED and _misses(chain, parted.look, evidence.relation):
        return evidence
    inside = parted.universe.inside
    points = list(zip(inside, parted.look.scopes, strict=True))
    found = list(zip(inside, truths_at(chain, points, parted.look.batches), strict=True))
    shares = [_by_condition(chain, parted, found, index) for index in range(len(parted.conditions))]
    best = _blamed(parted, found, shares) if shares else None
    shown = evidence.counterexample or evidence.reason
    share, farther, name = max(_ends(chain, parted, found), default=(0.0, "", ""))
    if share > max([MOSTLY, *shares]) and name not in _bounded(parted, shares):
        said = f"{shown}; where {name} is {farther} it holds, and no \\for{{{parted.claim.name}}}{{…}} on the page bounds it there"
        return dataclasses.replace(evidence, counterexample=said)
    if not parted.conditions and (some := _somewhere(parted, found)):
        return dataclasses.replace(evidence, counterexample=f"{shown}; {some}")
    if best is None or shares[best] < ENOUGH:
        return evidence
    said = f"{shown}; farther inside of {parted.conditions[best].text}, which lets this in, it holds"
    return dataclasses.replace(evidence, verdict=Verdict.REFUTED, reason=REASON, counterexample=said, hypothesis=best)


def _somewhere(parted: Parted, found: Sequence[tuple[Stood, Truth]]) -> str:
    """Of a claim without a hypothesis that it holds at most of its points, which no single variable tells from the others."""
    holds = sum(one is Truth.HOLDS for _, one in found)
    if holds <= MOSTLY * len(found):
        return ""
    return f"it holds at {holds} of {len(found)} points: if it is claimed there only, the page says so by \\for{{{parted.claim.name}}}{{…}}"


def _misses(chain: Chain, look: Look, relation: int) -> bool:
    """Whether an inequality is no equality where it is said to bind: then it is itself another one, and no hypothesis lets that in."""
    if chain.relations[relation].symbol == "=":
        return False
    number = inequalities(chain).index(relation)
    cases = [judge_at(chain, *at)[relation] for (said, _), at in look.bound.items() if said == number]
    return any(math.isfinite(case.deviation) and abs(case.deviation) > case.tolerance for case in cases)


def _blamed(parted: Parted, found: Sequence[tuple[Stood, Truth]], shares: Sequence[float]) -> int:
    """The condition that parts the points best; of several that do, the one that a slip of the pen mends.

    Taken far enough inside of an innocent one a relation may hold as well, as every bound on a probability does.
    """
    suspected = [index for index, share in enumerate(shares) if share >= ENOUGH]
    if len(suspected) < 2:
        return int(np.argmax(shares))
    return max(suspected, key=lambda index: (kept(parted, index, found), shares[index]))


def _cured(chain: Chain, parted: Parted, found: Sequence[tuple[Stood, Truth]], height: Height, movers: Movers) -> bool:
    """Whether failing points hold when only what makes them higher is taken from points that are; nothing is said where all does."""
    failing = [stood for stood, one in found if one.fails]
    edge = max(map(height, failing))
    farther = [stood for stood, one in found if one is Truth.HOLDS and height(stood) > edge]
    become = []
    for start, end in itertools.product(_some(failing, MOVED), _some(farther, PLACES)):
        names = movers(start, end)
        if names and len(names) < len(parted.claim.domain):
            moved = stand(parted.conditions, parted.bindings, {**start.point, **{name: end.point[name] for name in names}}, parted.asked)
            become += [truth_at(chain, moved, moved.scope)] if moved.inside else []
    return not become or 2 * sum(one is Truth.HOLDS for one in become) > len(become)


def _movers(parted: Parted, index: int, start: Stood, end: Stood) -> list[str]:
    """The variables of which a condition, as it stands at a point, would stand otherwise if they were taken from another one."""
    here, found = start.standing(index), []
    for name in moving(parted.conditions[index], parted.bindings, parted.claim.domain):
        other = stand(parted.conditions, parted.bindings, {**start.point, name: end.point[name]}, parted.asked)
        if other.standing(index) != here:
            found.append(name)
    return found


def _some(points: Sequence[Stood], most: int) -> Sequence[Stood]:
    """At most so many of them, evenly."""
    return [points[number * len(points) // most] for number in range(most)] if len(points) > most else points


def _bounded(parted: Parted, shares: Sequence[float]) -> frozenset[str]:
    """The variables that move a condition which parts what fails from what holds."""
    parting = [one for one, share in zip(parted.conditions, shares, strict=True) if share]
    return frozenset(name for one in parting for name in moving(one, parted.bindings, parted.claim.domain))


def _ends(chain: Chain, parted: Parted, found: Sequence[tuple[Stood, Truth]]) -> Iterator[tuple[float, str, str]]:
    """For each variable that is a number how much of it holds beyond all that fails, upwards, downwards, or between, if that cures it."""
    holding = sum(one is Truth.HOLDS for _, one in found) / len(found)
    for name, spread in parted.claim.domain.items():
        if _is_number(spread):
            for sign, farther in ((1, "larger"), (-1, "smaller")):
                share = _parting(chain, parted, found, functools.partial(_along, name, sign), functools.partial(_alone, name))
                # Of listed numbers some lie beyond any one: they say something where all that holds does.
                yield (share if isinstance(spread, Interval) or share == holding else 0.0), farther, name
            if between := _between(name, found):
                middle = functools.partial(_beside, name, sum(between) / 2)
                share = _parting(chain, parted, found, middle, functools.partial(_alone, name))
                # Between two accidents of a sample much holds, and as much beside them.
                yield (share if share > NEARLY * holding else 0.0), f"between {between[0]:.6g} and {between[1]:.6g}", name


def _is_number(spread: Range) -> bool:
    listed = isinstance(spread, Choices) and all(isinstance(one, int | float) and not isinstance(one, bool) for one in spread.values)
    return isinstance(spread, Interval) or listed


def _between(name: str, found: Sequence[tuple[Stood, Truth]]) -> tuple[float, float] | None:
    """The two values of a variable, one after the other of those at which something fails, between which most holds; None without any."""
    failing = sorted({_along(name, 1, stood) for stood, one in found if one.fails})
    holding = [_along(name, 1, stood) for stood, one in found if one is Truth.HOLDS]
    return max(itertools.pairwise(failing), key=lambda ends: sum(ends[0] < at < ends[1] for at in holding), default=None)


def _beside(name: str, middle: float, stood: Stood) -> float:
    return -abs(_along(name, 1, stood) - middle)


def _along(name: str, sign: int, stood: Stood) -> float:
    return float(sign * stood.point[name])


def _alone(name: str, start: Stood, end: Stood) -> Sequence[str]:
    return [name]


def _by_condition(chain: Chain, parted: Parted, found: Sequence[tuple[Stood, Truth]], index: int) -> float:
    """How much holds farther inside of a condition than all that fails, if that is what cures it."""
    return _parting(chain, parted, found, lambda stood: stood.standing(index).gap, functools.partial(_movers, parted, index))


def _parting(chain: Chain, parted: Parted, found: Sequence[tuple[Stood, Truth]], height: Height, movers: Movers) -> float:
    share = _share([(height(stood), one) for stood, one in found])
    return share if share and _cured(chain, parted, found, height, movers) else 0.0


def _share(found: Sequence[tuple[float, Truth]]) -> float:
    """The part of the points that hold, and lie higher than every failing one."""
    failing = [height for height, one in found if one.fails]
    if not failing:
        return 0.0
    return sum(one is Truth.HOLDS and height > max(failing) for height, one in found) / len(found)


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
    alone = [one for one in parted.outside if one[0].violates_only(index) and truth_at(chain, *one) is Truth.HOLDS]
    return max(((_ratio(chain, stood, scope, relation), place_of(stood.point)) for stood, scope in alone), default=(0.0, ""))


def _ratio(chain: Chain, stood: Stood, scope: Scope | None, relation: int) -> float:
    """The smaller side over the larger one, 0 where that is no number."""
    case = judge_at(chain, stood.point, scope)[relation] if scope else None
    if case is None or np.ndim(case.left) or np.ndim(case.right) or not case.right > 0 or not np.isfinite(case.left):
        return 0.0
    return float(case.left / case.right)
