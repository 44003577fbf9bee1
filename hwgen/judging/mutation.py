"""Judge wrong versions of a printed relation exactly as the page would be, against the same oracles: each must be refuted.

A mutant that cannot be read earns nothing. One that passes is either the same relation in other words, or a defect of the check.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import numpy as np

from hwgen.arithmetic.batch import Batch
from hwgen.evidence import exact
from hwgen.evidence.agreement import agreement
from hwgen.evidence.batches import Batches
from hwgen.evidence.cases import STRICT, Look, place_of
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.freshness.store import Store
from hwgen.judging.atoms import Mutant
from hwgen.judging.chains import chain_of
from hwgen.judging.conditions import Condition
from hwgen.judging.look import Parted
from hwgen.judging.moved import Negated, Shaken, finite, of_either_sign, same_values, sides_equal, values, within
from hwgen.judging.slips import BARS, RELATION, mutants
from hwgen.judging.unlike import unlike
from hwgen.judging.unsettled import closely, with_fewer_relations, without_value
from hwgen.judging.weaker import NO_POINT, UNREACHED, UNTOLD, Weakened, wrong_versions
from hwgen.model import Claim, Evidence, Formula, Tally, Verdict, Wrong
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

# What a relation says without its strictness: where its sides never meet, both say the same.
WEAK = {"<": r"\le", ">": r"\ge", r"\leq": r"\le", r"\geq": r"\ge"}


# Why a wrong version has no verdict, cause by cause in docs/trust.md: what it computes is refused, is no number, is none to compare with
# the other side, is the same as that to the error bounds, against a strict sign, or is not known well enough; or one of the rest.
REFUSED, NO_VALUE, SHAPES = "an oracle or an operator refuses its arguments", "a side has no finite value", "sides of different shapes"
MEETS, ROUGH = "a strict sign where the sides meet", "a side is not known well enough"
UNDECIDED = {
    "declare how sharp": "another sign, of which no sharpness is declared",
    "print =": "an inequality that is an equality everywhere",
    "values over the cases": "a symbol that hardly varies",
    "drowns": "a term that drowns in the tolerance",
    "no point at which the ratio": "a ratio of the sides that is nowhere defined",
    " has shape ": SHAPES,
}
# What its sides are where exact arithmetic knows them.
EQUAL = "the same number, in exact arithmetic"
# Why a strict sign has no verdict that no point could give.
CLOSE = "a strict sign between sides that are the same to within their errors"
# Why a strict sign is false in place of an equality that is proved.
PROVED_EQUAL = "at every point, as its sides are proved to be equal"
# At so many points what bars hold is looked at with a sign changed.
_NEGATED = 6
CAUSES = (REFUSED, NO_VALUE, MEETS, ROUGH, *UNDECIDED.values(), CLOSE, NO_POINT, UNTOLD, UNREACHED)


class Judged(NamedTuple):
    """A wrong version, its fate, why if it survives or has no verdict, what was found of a formula, or of which hypothesis it is."""

    mutant: Mutant
    fate: str
    why: str
    found: Evidence | None = None
    of: str = ""


def tally(claim: Claim, formula: Formula, problem: Any, store: Store | None = None) -> Tally:
    """What became of the mutants of one printed formula."""
    bindings = claim.bindings(problem)
    words = vocabulary(bindings)
    original = chain_of(claim, formula, problem)
    parted = Parted(claim, problem, store, formula)
    look = parted.look
    symbols = [symbol for symbol in bindings if symbol not in words.functions and symbol not in words.heads]
    judge = _Judge(formula, words, original, look, parted.conditions, bool(claim.proof), of_either_sign(bindings))
    counted = dict.fromkeys(("refuted", "close", "stopped", "same", "kept", "unseen", "unreadable"), 0)
    survivors: list[str] = []
    fates: dict[str, set[str]] = {}
    wrong = [Judged(mutant, *judge.fate(mutant)) for mutant in mutants(formula.text, symbols)]
    weaker = list(of_hypotheses(parted, original, symbols))
    for mutant, fate, why, *_ in (*wrong, *weaker):
        fates.setdefault(mutant.kind, set()).add(fate)
        if fate == "survived":
            survivors.append(f"{mutant.how}: {' '.join(mutant.text.split())}; {why}")
        else:
            counted["stopped" if fate == "undecided" else fate] += 1
    return Tally(
        name=claim.name,
        formula=formula,
        survivors=tuple(survivors),
        blind=_blind(fates),
        wrong=tuple(_wrong(one, formula.text) for one in wrong),
        hypotheses=tuple(_wrong(one, one.of) for one in weaker),
        **counted,
    )


def _wrong(judged: Judged, text: str) -> Wrong:
    """A wrong version by the part of the text that it changes: what both texts begin and end with is left out."""
    mutant, fate, why, found, of = judged
    low = _common(text, mutant.text)
    same = _common(text[low:][::-1], mutant.text[low:][::-1])
    high, new = len(text) - same, mutant.text[low : len(mutant.text) - same]
    at, sides = (found.at, found.sides) if found else (why, ())
    fate = "stopped" if fate == "undecided" else fate
    if fate != "refuted":
        at, sides = why if fate in {"stopped", "close"} else "", ()
    return Wrong(kind=mutant.kind, fate=fate, low=low, high=high, new=new, at=at, sides=sides, of=of)


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def of_hypotheses(parted: Parted, chain: Chain, symbols: Sequence[str]) -> Iterator[Judged]:
    """What becomes of the wrong versions of the hypotheses, each once."""
    weakened, seen = Weakened(chain, parted), set[str]()
    for printed in parted.formula.hypotheses if parted.formula else ():
        for mutant in wrong_versions(printed, symbols):
            bare = "".join(mutant.text.split())
            if bare not in seen:
                seen.add(bare)
                yield Judged(mutant, *weakened.fate(printed, mutant), of=printed.text)


def _blind(fates: Mapping[str, Set[str]]) -> tuple[str, ...]:
    """The kinds of change of which some have values, none is refuted, and not all say the same.

    Another relation is not one of them: an inequality without a declared sharpness has no verdict, whatever its sides.
    """
    return tuple(kind for kind, found in fates.items() if kind != RELATION and "undecided" in found and "refuted" not in found)


class _Judge:
    """Judges the mutants of one formula on one look; what the formula itself computes is kept, and they share it."""

    def __init__(
        self, formula: Formula, words: Any, original: Chain, look: Look, conditions: Sequence[Condition], proved: bool, free: Set[str]
    ) -> None:
        self.formula, self.words, self.original, self.look, self.proved = formula, words, original, look, proved
        self.conditions, self.free = conditions, free
        shaken = [Shaken(scope.bindings, scope.point, along) for along in (0, 1, -1) for scope in look.scopes]
        self.moved = Batches([scope for scope in shaken if within(conditions, scope)])
        self.own: dict[Scope, list[Any]] = {}
        # For what it leaves behind: mutants share most parts of the formula, each of which is then computed once.
        list(look.batches.sides(original, range(len(look.batches.scopes)), lambda _: True))
        look.batches.kept = True

    def fate(self, mutant: Mutant) -> tuple[str, str, Evidence | None]:
        """What became of a mutant; for a survivor also why the check could not see it; what was found, if it was judged."""
        try:
            # With the author's own commands: without them no wrong version of a formula that uses one can be read.
            chain = read(dataclasses.replace(self.formula, text=mutant.text, places=()), self.words)
            found = agreement(chain, self.look)
        except ContentError:
            return "unreadable", "", None
        except Exception:  # an oracle that refuses the mutant's arguments stops the build as well
            return "stopped", REFUSED, None
        if found.verdict is Verdict.REFUTED:
            return "refuted", "", found
        if found.verdict is not Verdict.SUPPORTED:
            return self._unsettled(mutant, chain, found)
        seen = f"it holds at all {found.cases} cases, to {found.deviation:.1g} where {found.tolerance:.1g} is allowed"
        if not self._same(chain):
            return "survived", seen, found
        turned = self._otherwise_negative(chain) if mutant.kind == BARS else ""
        positive = f"what the bars hold is at no case what {turned} makes it with its sign changed"
        return ("survived", positive, found) if turned else ("same", "", found)

    def _unsettled(self, mutant: Mutant, chain: Chain, found: Evidence) -> tuple[str, str, Evidence | None]:
        """The fate of what has no verdict as a page has it."""
        if self._proved_otherwise(mutant, chain):
            return "refuted", PROVED_EQUAL, None
        shown = (
            self._equal_exactly(mutant, chain, found)
            or with_fewer_relations(self.original, chain, self.look)
            or without_value(chain, self.look)
        )
        if shown:
            return "refuted", "", shown
        if mutant.kind == RELATION and closely(self.original, chain, self.look):
            return "close", CLOSE, found
        other = self._of_another_form(chain, found)
        return other or ("undecided" if math.isfinite(found.deviation) else "stopped", _undecided(found, chain), found)

    def _equal_exactly(self, mutant: Mutant, chain: Chain, found: Evidence) -> Evidence | None:
        """What refutes a strict sign in the place of an equality: a point at which its sides are equal in exact arithmetic."""
        if mutant.kind != RELATION:
            return None
        for index, (one, other) in enumerate(zip(self.original.relations, chain.relations, strict=False)):
            for scope in self.look.scopes if one.symbol == "=" and other.symbol in STRICT else ():
                if exact.compared(other.symbol, chain.sides[index], chain.sides[index + 1], scope, evaluate) is False:
                    return dataclasses.replace(found, at=place_of(scope.point), sides=(EQUAL, EQUAL), relation=index)
        return None

    def _proved_otherwise(self, mutant: Mutant, chain: Chain) -> bool:
        """Whether a strict sign stands between sides of which a proof shows that they are equal: one that fails ends every build."""
        pairs = zip(self.original.relations, chain.relations, strict=False)
        return self.proved and mutant.kind == RELATION and any(one.symbol == "=" and other.symbol in STRICT for one, other in pairs)

    def _of_another_form(self, chain: Chain, found: Evidence) -> tuple[str, str, Evidence] | None:
        """The fate of what compares arrays of as many entries with no others: refuted by its form, where no reading saves it.

        A row and a column have as many entries, and a reader may take one for the other: of these nothing is said.
        """
        if found.relation is None or _undecided(found, chain) != SHAPES:
            return None
        for scope in self.look.scopes:
            pair = values(chain, scope)[found.relation : found.relation + 2]
            if pair and unlike(chain.relations[found.relation].symbol, *pair):
                said = tuple(f"of shape {np.shape(one.value)}" for one in pair)
                return "refuted", "", dataclasses.replace(found, at=place_of(scope.point), sides=said)
        return None

    def _same(self, other: Chain) -> bool:
        """Whether the relations agree, and every side takes the same value, at every point and at moved values, to the rounding.

        A strict sign in place of a weak one that was SUPPORTED says no more: at none of the points do the sides meet.
        """
        signs = [[WEAK.get(one.symbol, one.symbol) for one in chain.relations] for chain in (self.original, other)]
        if signs[0] != signs[1]:
            return False
        pair = dataclasses.replace(self.original, sides=self.original.sides + other.sides)
        equal = all(
            self._equal_there(batches, other, numbers, sides, moved=batches is self.moved)
            for batches, count in self._there_and_moved()
            for numbers, sides in batches.sides(pair, range(count), lambda _: True)
        )
        # Where the formula has a value at none of the moved ones, nothing was asked of them.
        return equal and any(map(self._own, self.moved.scopes))

    def _equal_there(self, batches: Batches, other: Chain, numbers: Sequence[int], sides: Sequence[Batch] | None, moved: bool) -> bool:
        """Whether the sides are equal at these points; at moved values only where the formula itself has finite ones."""
        if sides is None:
            scopes = [batches.scopes[number] for number in numbers]
            return all(sides_equal(self._own(one), other, one) for one in scopes if not moved or self._own(one))
        half = len(sides) // 2
        mine, others = sides[:half], sides[half:]
        known = np.all([finite(one) for one in mine], axis=0)
        if not moved and not known.all():
            return False
        return all(bool(np.all(same_values(one, two) | ~known)) for one, two in zip(mine, others, strict=True))

    def _otherwise_negative(self, other: Chain) -> str:
        """The symbol that tells a formula from its wrong version once its sign is changed, where the hypotheses allow that."""
        for scope in self.look.scopes[:_NEGATED]:
            for name in sorted(other.symbols & self.free):
                turned = Negated(scope.bindings, scope.point, name)
                mine = values(self.original, turned) if within(self.conditions, turned) else []
                if mine and values(other, turned) and not sides_equal(mine, other, turned):
                    return name
        return ""

    def _there_and_moved(self) -> Iterator[tuple[Batches, int]]:
        """The points, and the moved values: there the formula itself is computed when it is first asked for, as few mutants get so far."""
        yield self.look.batches, len(self.look.scopes)
        if not self.moved.kept:
            list(self.moved.sides(self.original, range(len(self.moved.scopes)), lambda _: True))
            self.moved.kept = True
        yield self.moved, len(self.moved.scopes)

    def _own(self, scope: Scope) -> list[Any]:
        """The sides of the formula itself at one point, computed once for all mutants."""
        if scope not in self.own:
            self.own[scope] = values(self.original, scope)
        return self.own[scope]


def _undecided(found: Evidence, chain: Chain) -> str:
    """Why a wrong version has no verdict, in one of a few words."""
    told = next((said for part, said in UNDECIDED.items() if part in found.reason), "")
    if told or not math.isfinite(found.deviation):
        return told or NO_VALUE
    strict = found.relation is not None and chain.relations[found.relation].symbol in STRICT
    return MEETS if strict and found.deviation <= found.tolerance else ROUGH
