"""Values of different forms: whether a relation between them is nonsense to a reader, whatever an array one may take a number for.

Nothing here evaluates a formula, or says what follows.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from hwgen.arithmetic.rounding import size
from hwgen.evidence.cases import FLIPPED
from hwgen.model import Approx


def unlike(symbol: str, left: Approx, right: Approx) -> bool:
    """Whether two values have no common form, and a number that stands for an array of its own makes the relation no truer.

    To a reader 0 may be the zero vector, v <= 1 may be meant of every entry, and a number beside a matrix be so many times the identity;
    an order of matrices may be that of their entries, or of their quadratic forms.
    """
    if symbol in FLIPPED:
        symbol, left, right = FLIPPED[symbol], right, left
    if np.size(left.value) == np.size(right.value):
        return False
    if min(np.size(left.value), np.size(right.value)) > 1:
        return True
    shape = max(np.shape(left.value), np.shape(right.value), key=math.prod)
    meant = [np.ones(shape)] + ([np.eye(*shape)] if len(shape) == 2 and shape[0] == shape[1] else [])
    slack = left.error + right.error + 1e-12 * max(size(left.value), size(right.value))
    pairs = [[_filled(one.value, unit) for one in (left, right)] for unit in meant]
    return all(_apart(symbol, *pair) > slack for pair in pairs) and (symbol == "=" or len(pairs) == 1 or _of_forms(*pairs[1]) > slack)


def _filled(value: Any, unit: Any) -> Any:
    """A number as the array of these units; an array as it is."""
    return unit * float(np.squeeze(value)) if np.size(value) == 1 else np.asarray(value)


def _apart(symbol: str, left: Any, right: Any) -> float:
    """By how much the entries miss a relation, at most."""
    return float(np.max(np.abs(left - right) if symbol == "=" else left - right))


def _of_forms(left: Any, right: Any) -> float:
    """By how much the quadratic forms of two matrices miss an order, at most."""
    difference = left - right
    return float(np.linalg.eigvalsh((difference + difference.T) / 2)[-1]) if np.all(np.isfinite(difference)) else 0.0
