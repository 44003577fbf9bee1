"""Terms of a printed sum that its relation cannot see: everywhere smaller than the distance up to which its sides count as equal.

Such a relation would hold as well with another term in its place. Nothing here compares the sides.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hwgen.arithmetic.rounding import size
from hwgen.evidence.cases import WIDEST, Look, undecided
from hwgen.evidence.evaluation import evaluate
from hwgen.evidence.table import Table
from hwgen.model import Evidence
from hwgen.reading import Chain
from hwgen.reading.tree import Negative, Node, Operation

# An error below this part of the tolerance is not what makes it wide.
UNSEEN = 0.25
Sizes = NDArray[np.float64]


def swamped(chain: Chain, look: Look, table: Table) -> Evidence | None:
    """The first term of a sum that drowns in its relation's tolerance at every point; None if there is none."""
    numbers = range(len(look.points))
    for index in range(len(chain.relations)):
        sums = [terms for terms in (list(_terms(side)) for side in chain.sides[index : index + 2]) if len(terms) > 1]
        if not sums:
            continue
        tolerance = np.array([case.tolerance for case in table.relation(index, numbers)])
        for term in (one for terms in sums for one in terms):
            sizes, errors = _sizes(chain, term, look)
            # What is zero within an error that nobody sees is no part of the sum.
            there = (sizes > errors) | (sizes > 0) & (errors > UNSEEN * tolerance)
            if np.any(there) and not np.any(WIDEST * sizes > tolerance):
                low, high = term.span
                said = f"{chain.text[low:high].strip()} is at every point less than what rounding and the oracles' errors leave open"
                return undecided(f"{said}; expected it on its own, or sides that it is a part of", look)
    return None


def _terms(side: Node) -> Iterator[Node]:
    """What a side adds and subtracts."""
    match side:
        case Operation(symbol="+" | "-"):
            yield from _terms(side.left)
            yield from _terms(side.right)
        case Negative():
            yield from _terms(side.of)
        case _:
            yield side


def _sizes(chain: Chain, term: Node, look: Look) -> tuple[Sizes, Sizes]:
    """The modulus of a term at every point, the largest of an array's, and its error; the sides computed both already."""
    sizes, errors = np.zeros(len(look.points)), np.zeros(len(look.points))
    alone = dataclasses.replace(chain, sides=(term,), relations=())
    for some, sides in look.batches.sides(alone, range(len(look.points)), lambda _: True):
        found = [(one.value, one.error) for one in sides] if sides else [_at(term, look, some)]
        sizes[[*some]], errors[[*some]] = _largest(found[0][0]), found[0][1]
    return sizes, errors


def _at(term: Node, look: Look, some: Sequence[int]) -> tuple[list[float], list[float]]:
    found = [evaluate(term, look.scopes[number]) for number in some]
    return [size(one.value) for one in found], [one.error for one in found]


def _largest(values: Sequence[float] | NDArray[np.float64]) -> Sizes:
    found: Sizes = np.abs(np.asarray(values))
    largest: Sizes = np.max(found.reshape(len(found), -1), axis=1, initial=0.0)
    return largest
