"""The events of laws on arrays: at which atoms a chain of relations holds, at every point at once.

An atom of which rounding may decide is asked by itself, as where the tree is walked. Nothing here weighs atoms.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np

from hwgen.arithmetic.algebra import Undecided
from hwgen.arithmetic.batch import Batch, Uneven, padded
from hwgen.arithmetic.scalars import TIE
from hwgen.evidence.evaluation import Scope, event_at
from hwgen.reading import tree
from hwgen.reading.tree import Chain

_RELATIONS: dict[str, Any] = {"=": np.equal, r"\le": np.less_equal, r"\ge": np.greater_equal, "<": np.less, ">": np.greater}


def held(
    node: tree.Averaged, sides: Sequence[Batch], scopes: Sequence[Scope] | None, counts: Any, lead: tuple[int, ...]
) -> tuple[Any, Any]:
    """Where the event of a head holds, NaN where a side has no value; and half of each atom for which rounding decides.

    `counts`: how many atoms each point has; `lead`: points and atoms, between them what the operators around the head range over. Below
    these there are no `scopes` that could be asked: Uneven is raised, as where rounding decides at every atom.
    """
    assert isinstance(node.body, Chain)
    found, near = _compared(node.body, sides, len(lead))
    if not near.any():
        return found, np.zeros(np.shape(found))
    # Below another operator an atom's sides depend on its variable, and no scope has that.
    if scopes is None or len(lead) != 2:
        raise Uneven
    found, near, unsure = np.array(np.broadcast_to(found, lead)), np.broadcast_to(near, lead), np.zeros(lead)
    for point, scope in enumerate(scopes):
        close = np.flatnonzero(near[point, : int(counts[point])])
        for place, said in zip(close, _asked(node.name, node.body, scope, close), strict=True):
            found[point, place], unsure[point, place] = (0.0, 0.5) if said is Undecided else (said, 0.0)
        if unsure[point, : int(counts[point])].all():
            raise Uneven
    return found, unsure


def _asked(head: str, event: Chain, scope: Scope, places: Any) -> list[Any]:
    """What a walk says of an event at these atoms of its law."""
    atoms = scope.law(head, frozenset(tree.names(event)))[1] if len(places) else []
    return [event_at(event, scope, atoms[place]) for place in places]


def _compared(chain: Chain, sides: Sequence[Batch], rank: int) -> tuple[Any, Any]:
    """Where every relation of the chain holds, NaN where a side has no value; and where a walk may find rounding to decide."""
    if any(side.shape for side in sides):
        raise Uneven
    values = [padded(side.value, side.rank, rank) for side in sides]
    errors = [padded(side.error, side.rank, rank) for side in sides]
    none: Any = functools.reduce(np.logical_or, [np.isnan(one) | ~np.isfinite(apart) for one, apart in zip(values, errors, strict=True)])
    all_hold: Any = True
    near: Any = False
    for place, relation in enumerate(chain.relations):
        left, right = values[place : place + 2]
        apart = np.abs(left - right)
        size, error = np.maximum(np.abs(left), np.abs(right)), errors[place] + errors[place + 1]
        slack = np.maximum(error, TIE * np.maximum(size, TIE))
        # Two numbers without an error that are equal are a tie that nothing decides otherwise.
        known = (left == right) & (error == 0)
        near = near | (~known & np.isfinite(apart) & (apart <= slack) & ~none)
        all_hold = all_hold & _RELATIONS[relation.symbol](left, right)
    return np.where(none, np.nan, all_hold), near
