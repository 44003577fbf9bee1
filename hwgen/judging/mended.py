"""Which hypothesis a slip of the pen made too weak: the one that another slip mends, so that all that fails is shut out, and little else.

Nothing here says whether one is too weak, or changes what is printed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from hwgen.judging.conditions import Condition, Stood, conditions
from hwgen.judging.look import Parted
from hwgen.judging.truth import Truth
from hwgen.judging.weaker import wrong_versions
from hwgen.model import Formula
from hwgen.model.errors import ContentError
from hwgen.reading import Vocabulary, vocabulary


def kept(parted: Parted, index: int, found: Sequence[tuple[Stood, Truth]]) -> float:
    """How much of what holds a slip of this condition keeps that shuts out all that fails, at best; 0 if none does."""
    holding = [stood for stood, one in found if one is Truth.HOLDS]
    failing = [stood for stood, one in found if one.fails]
    best = 0.0
    for other in _mended(parted, index):
        try:
            if not any(_held(other, stood) for stood in failing):
                best = max(best, sum(_held(other, stood) for stood in holding) / max(len(holding), 1))
        except ContentError:
            continue
    return best


def _held(other: Sequence[Condition], stood: Stood) -> bool:
    return all(one.at(stood.scope).held for one in other)


def _mended(parted: Parted, index: int) -> Iterator[tuple[Condition, ...]]:
    """What a hypothesis would be with one slip in it, the others as they are left out: they hold wherever it is asked."""
    assert parted.formula is not None
    words, text = vocabulary(parted.bindings), parted.conditions[index].text
    for printed in parted.formula.hypotheses:
        own = _read(printed, printed.text, words)
        if text not in {one.text for one in own}:
            continue
        for mutant in wrong_versions(printed, list(parted.bindings)):
            other = _read(printed, mutant.text, words)
            # A slip elsewhere in the same \\for is none of this condition.
            if other and text not in {one.text for one in other}:
                yield other


def _read(printed: Formula, text: str, words: Vocabulary) -> tuple[Condition, ...]:
    try:
        return conditions([dataclasses.replace(printed, text=text, places=())], words) if text.strip() else ()
    except ContentError:
        return ()
