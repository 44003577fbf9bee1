r"""Printed hypotheses changed by hand: each bound moved outwards, each sign made strict or not, each condition dropped.

`silent` names the changes that neither stop a build nor are told to be printed without need: there a false hypothesis could stand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hwgen.freshness.store import Store
from hwgen.judging.claim import finding_of
from hwgen.judging.look import Parted
from hwgen.model import Claim, Formula
from hwgen.model.errors import ContentError
from hwgen.reading import tokenize
from hwgen.reading.hypotheses import pieces

FLIPPED = {"<": r"\le ", ">": r"\ge ", r"\le": "<", r"\ge": ">"}
DOWN = {"<", r"\le"}
# By how much of what a condition's sides differ by over the universe its bound is moved; of whole numbers by one.
PARTS = (0.1, 0.5)
OPENING, CLOSING = {"(", "[", "{", r"\{", r"\langle"}, {")", "]", "}", r"\}", r"\rangle"}


@dataclass(frozen=True)
class Change:
    """The formula with one hypothesis in other words, and what was done to it."""

    how: str
    formula: Formula


def changes(claim: Claim, problem: Any, formula: Formula) -> Iterator[Change]:
    """Every change of one condition that a hand would make, but of those that are kept though other words would do."""
    parted = Parted(claim, problem, None, formula)
    kept = {*map(_bare, claim.kept)}
    number = 0
    for printed in formula.hypotheses:
        parts = pieces(printed)
        for place, piece in enumerate(parts):
            signs = _signs(piece)
            for which in range(len(signs)):
                if _bare(parted.conditions[number + which].text) not in kept:
                    for text in _moved(piece, signs, which, _steps(parted, number + which)):
                        changed = ", ".join([*parts[:place], text, *parts[place + 1 :]])
                        yield _changed(formula, printed, f"{piece} as {text or 'nothing'}", changed)
            # A piece without a sign shares that of the next one.
            number += max(len(signs), 1)


def _changed(formula: Formula, printed: Formula, how: str, text: str) -> Change:
    others = [replace(printed, text=text, places=()) if one is printed else one for one in formula.hypotheses]
    return Change(how, replace(formula, hypotheses=tuple(one for one in others if one.text.strip(", "))))


def _signs(piece: str) -> list[Any]:
    """The signs of a piece, outside of all brackets."""
    found, depth = [], 0
    for token in tokenize(piece):
        depth += (token.text in OPENING) - (token.text in CLOSING)
        if depth == 0 and token.text in FLIPPED.keys() | {"=", r"\ne", r"\in"}:
            found.append(token)
    return found


def _moved(piece: str, signs: Sequence[Any], which: int, steps: Sequence[float]) -> Iterator[str]:
    """A piece with a relation dropped, its sign flipped, and its bound moved outwards: the bound is the side at the end of the chain."""
    sign, last = signs[which], len(signs) - 1
    if last == 0:
        yield ""
    elif which in (0, last):
        yield piece[sign.end :] if which == 0 else piece[: sign.start]
    if sign.text not in FLIPPED:
        return
    yield f"{piece[: sign.start]}{FLIPPED[sign.text]}{piece[sign.end :]}"
    for by in steps:
        amount = f"{by:.6f}".rstrip("0").rstrip(".")
        if which == 0 < last:
            yield f"{piece[: sign.start]}{'-' if sign.text in DOWN else '+'}{amount}{piece[sign.start :]}"
        elif which == last:
            yield f"{piece}{'+' if sign.text in DOWN else '-'}{amount}"


def _steps(parted: Parted, index: int) -> list[float]:
    points = (*parted.universe.inside, *parted.universe.outside)
    gaps = [gap for one in points if math.isfinite(gap := one.standing(index).gap)]
    if not gaps or max(gaps) == min(gaps):
        return []
    if all(gap == int(gap) for gap in gaps):
        # 2h and 2h-1 are two numbers of which one alone is met: a step is what lies between two of the points.
        return [min(high - low for low, high in itertools.pairwise(sorted(set(gaps))))]
    return [part * (max(gaps) - min(gaps)) for part in PARTS]


def silent(claim: Claim, problem: Any, formula: Formula, store: Store | None = None) -> list[str]:
    """The changes with which a build would go through, and nobody be told."""
    return [one.how for one in changes(claim, problem, formula) if passes(claim, problem, one.formula, store)]


def passes(claim: Claim, problem: Any, formula: Formula, store: Store | None = None) -> bool:
    """Whether a build with this on its page would go through; what the claim keeps and the page does not print any more is forgotten."""
    try:
        printed = {_bare(one.text) for one in Parted(claim, problem, None, formula).conditions}
        kept = {text: why for text, why in claim.kept.items() if _bare(text) in printed}
        return finding_of(replace(claim, kept=kept), formula, problem, store).passed
    except ContentError:
        return False


def _bare(text: str) -> str:
    return "".join(text.split())
