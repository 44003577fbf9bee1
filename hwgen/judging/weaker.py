r"""Wrong versions of the printed hypotheses, judged as the page would be if it printed them instead: each must be found out.

One that lets a point in where the relation fails is refuted by it; one that shuts points out without need is told to be stricter than
need be. What changes nothing but a boundary on which the relation holds says the same.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hwgen.evidence.cases import place_of
from hwgen.evidence.evaluation import Scope, scope_at
from hwgen.judging.atoms import Mutant, spliced
from hwgen.judging.boundaries import boundary
from hwgen.judging.conditions import Condition, Standing, Stood, conditions, moving, stand
from hwgen.judging.look import Parted
from hwgen.judging.moved import Scaled
from hwgen.judging.needed import Outside, kept_for, sides
from hwgen.judging.reach import Reach
from hwgen.judging.slips import mutants
from hwgen.judging.truth import Truth, truth_at
from hwgen.judging.universe import Universe
from hwgen.model import Formula, Need, Point
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, tokenize, vocabulary
from hwgen.reading.hypotheses import UNEQUAL, pieces

KIND = "another hypothesis"
# Beside what the slips of a relation make: a strict sign that is no longer so, and equality for its contrary.
_OTHERS = {"<": r"\le", ">": r"\ge"} | dict.fromkeys(UNEQUAL, "=")
# Why one has no verdict: it says nothing of any point that is tried, or too little is known of a point that it lets in.
NO_POINT, UNTOLD = "a hypothesis that leaves no point inside", "a hypothesis that lets in points without a verdict"
# It ends between the points, where nothing is tried: of the page the build would say so.
UNREACHED = "a hypothesis that promises more than is tried"
# By what the entries of arrays are multiplied, at about how many points, to see whether a wrong version is the same relation.
_SCALES, _SCALED = (0.25, 0.5, 0.7, 0.9, 1.1, 1.4, 2.0, 4.0), 12
# From how many points the boundary of a wrong version is looked for.
_STARTS = 4


def wrong_versions(printed: Formula, symbols: Sequence[str]) -> Iterator[Mutant]:
    r"""Every wrong version of what a \for prints: by a slip of a relation, of a strict sign, or by the loss of one condition."""
    yield from (dataclasses.replace(one, kind=KIND) for one in mutants(printed.text, symbols))
    tokens = tokenize(printed.text)
    for index, token in enumerate(tokens):
        if token.text in _OTHERS:
            other = _OTHERS[token.text]
            yield Mutant(f"{token.text} becomes {other}", spliced(printed.text, tokens, index, index + 1, other), KIND)
    kept = pieces(printed)
    for index in range(len(kept)):
        yield Mutant(f"{kept[index]} dropped", ", ".join([*kept[:index], *kept[index + 1 :]]), KIND)


@dataclass
class Weakened:
    """Judges the wrong versions of a claim's hypotheses at the points of its universe, where the claim has been judged already."""

    chain: Chain
    parted: Parted

    @cached_property
    def outside(self) -> Outside:
        """What becomes of the claim outside of its hypotheses as printed."""
        return Outside(self.chain, self.parted)

    @cached_property
    def needs(self) -> list[Need]:
        """How each printed condition stands."""
        return [self.outside.need(index)[0] for index in range(len(self.parted.conditions))]

    def fate(self, printed: Formula, mutant: Mutant) -> tuple[str, str]:
        """What becomes of a wrong version of one \\for; of a survivor also why, of what is refuted by a point where that lies."""
        try:
            other = self._read(printed, mutant.text)
            within = self._within(other)
        except ContentError:
            return "unreadable", ""
        count = len(self._inside)
        gained = [pair for pair, held in zip(self.outside.found, within[count:], strict=True) if held]
        lost = [stood for (stood, _), held in zip(self._inside, within[:count], strict=True) if not held]
        return self._fate(other, gained, lost)

    def _read(self, printed: Formula, text: str) -> tuple[Condition, ...]:
        assert self.parted.formula is not None
        others = [one for one in self.parted.formula.hypotheses if one is not printed]
        changed = [dataclasses.replace(printed, text=text, places=())] if text.strip() else []
        return conditions([*others, *changed], vocabulary(self.parted.bindings))

    @property
    def _inside(self) -> list[tuple[Stood, Scope]]:
        return list(zip(self.parted.universe.inside, self.parted.look.scopes, strict=True))

    @cached_property
    def _scopes(self) -> list[Scope]:
        """The scopes of all points, those inside first."""
        known = [*self._inside, *self.parted.outside]
        return [scope or scope_at(self.parted.bindings, stood.point, self.parted.asked) for stood, scope in known]

    @cached_property
    def _held(self) -> dict[Any, list[bool]]:
        """Where each relation that was asked for holds: a wrong version changes one of them."""
        return {}

    def _within(self, other: Sequence[Condition]) -> list[bool]:
        """Whether all of a wrong version's conditions hold, point by point; each is asked, so that what cannot be compared is found."""
        for one in other:
            if _relation(one) not in self._held:
                self._held[_relation(one)] = [bool(one.at(scope).held) for scope in self._scopes]
        columns = [self._held[_relation(one)] for one in other]
        return [all(column[number] for column in columns) for number in range(len(self._scopes))]

    def _stood(self, other: Sequence[Condition], stood: Stood, scope: Scope | None) -> Stood:
        return stand(other, self.parted.bindings, stood.point, self.parted.asked) if scope is None else Stood(stood.point, other, scope)

    def _fate(self, other: Sequence[Condition], gained: Sequence[tuple[Stood, Truth]], lost: Sequence[Stood]) -> tuple[str, str]:
        # The order counts: what refutes comes before what is not known, and that before what makes no difference.
        against = next((stood for stood, one in gained if one.fails), None)
        if against:
            return "refuted", f"{place_of(against.point)}, which it lets in"
        if len(lost) == len(self.parted.universe.inside):
            return self._empty(other)
        if any(one is Truth.UNKNOWN for _, one in gained):
            return "stopped", UNTOLD
        more = [stood for stood, _ in gained if not self._tie(stood)]
        if more:
            kept = all(self._is_kept(stood) for stood in more)
            return ("kept", "") if kept else ("survived", f"it holds {place_of(more[0].point)} too, which this lets in")
        if lost and self._stricter(other):
            return "refuted", f"{place_of(lost[0].point)}, which it shuts out"
        fewer = [stood for stood in lost if not self._tie(stood)]
        changed = self._changed(other)
        if not fewer and not lost and self._past_the_points(other):
            return "stopped", UNREACHED
        if not fewer and self._lets_in_more(other):
            return "survived", "no point tells it from what is printed, and it lets in more"
        if not fewer:
            bounds = [number for number in changed if self.needs[number] not in {Need.UNSEEN, Need.UNKNOWN}]
            return ("same" if bounds or not changed else "unseen"), ""
        kept = all(self._kept[number] for number in changed)
        return ("kept", "") if kept else ("survived", f"it is stricter {place_of(fewer[0].point)}, and exact elsewhere")

    def _lets_in_more(self, other: Sequence[Condition]) -> bool:
        """Whether it holds, and what is printed does not, of arrays of other sizes: of the least entry of a vector, for the largest."""
        return any(all(_standing(one, moved).held for one in other) for moved in self._moved)

    @cached_property
    def _moved(self) -> list[Scope]:
        """The points with arrays of other sizes at which a printed condition fails, and not on its boundary."""
        some = self._scopes[:: max(len(self._scopes) // _SCALED, 1)]
        moved = [Scaled(one.bindings, one.point, scale) for one in some for scale in _SCALES]
        stood = [[_standing(one, scope) for one in self.parted.conditions] for scope in moved]
        return [scope for scope, found in zip(moved, stood, strict=True) if any(one.held is False and one.gap != 0 for one in found)]

    def _past_the_points(self, other: Sequence[Condition]) -> bool:
        """Whether what shuts out the same points as printed ends farther out than they reach: of the page that would be said."""
        printed = set(map(_relation, self.parted.conditions))
        points = [self._stood(other, *pair) for pair in (*self._inside, *self.parted.outside)]
        within, outside = (tuple(one for one in points if getattr(one, way)) for way in ("inside", "outside"))
        # It shuts out the same points: where the boundary that it moves was met, so is its own, as near as that is tried.
        met = self.parted.universe.met.issuperset(self._changed(other))
        apart = Universe(within, outside, (), frozenset(range(len(other)) if met else ()))
        reach = Reach(apart, other, self.parted.bindings, self.parted.claim.domain, self.parted.asked)
        return any(not reach.within(index) for index, one in enumerate(other) if _relation(one) not in printed)

    def _empty(self, other: Sequence[Condition]) -> tuple[str, str]:
        """The fate of what leaves no point inside: stricter than need be, where one condition alone shuts a point out."""
        for stood, scope in self._inside:
            without = self._stood(other, stood, scope)
            alone = any(without.violates_only(index) for index in range(len(other)))
            if alone and truth_at(self.chain, stood, scope) is Truth.HOLDS:
                return "refuted", f"{place_of(stood.point)}, where it holds, and which this leaves out, as all others"
        return "stopped", NO_POINT

    @cached_property
    def _kept(self) -> list[bool]:
        """Which conditions are kept without need."""
        return [bool(kept_for(self.parted.claim, one)) for one in self.parted.conditions]

    def _is_kept(self, stood: Stood) -> bool:
        """Whether a condition that is kept without need fails at a point."""
        return any(kept and one.held is False for kept, one in zip(self._kept, stood.standings, strict=True))

    def _changed(self, other: Sequence[Condition]) -> list[int]:
        """The printed conditions that a wrong version does not have."""
        texts = {one.text for one in other}
        return [number for number, one in enumerate(self.parted.conditions) if one.text not in texts]

    def _tie(self, stood: Stood) -> bool:
        """Whether the point lies on the boundary of a printed condition."""
        return any(one.gap == 0 for one in stood.standings)

    def _stricter(self, other: Sequence[Condition]) -> bool:
        """Whether one of its conditions would be told to be stricter than need be: right outside of it all is inside as printed."""

        def at(point: Point) -> Stood:
            return stand(other, self.parted.bindings, point, self.parted.asked)

        within = [self._stood(other, stood, scope) for stood, scope in self._inside]
        starts = [one for one in within if one.inside][:: max(len(within) // _STARTS, 1)]
        domain = self.parted.claim.domain
        printed = set(map(_relation, self.parted.conditions))
        # What was changed is told first, mostly; of the others the boundaries are far from new.
        for index in sorted(range(len(other)), key=lambda number: _relation(other[number]) in printed):
            names = moving(other[index], self.parted.bindings, domain)
            moved = {name: domain[name] for name in domain if name in names}
            edges = [edge for start in starts for edge in boundary(start, index, moved, at)]
            beside = [one for edge in edges for one in edge if one.violates_only(index)]
            out = beside or [one for one in within if one.violates_only(index)]
            if any(all(self._printed(one.point) for one in side) for side in sides(out, index, other[index])):
                return True
        return False

    def _printed(self, point: Point) -> bool:
        """Whether the hypotheses hold there as printed."""
        return stand(self.parted.conditions, self.parted.bindings, point, self.parted.asked).inside


def _standing(one: Condition, scope: Scope) -> Standing:
    try:
        return one.at(scope)
    except ContentError:  # moved values may be of no use to an oracle
        return Standing(None, math.nan)


def _relation(one: Condition) -> Any:
    """What a condition says, wherever it stands."""
    return one.left, one.symbol, one.right
