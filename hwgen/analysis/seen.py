"""What a function was found to be where it was looked at, with its errors: what they leave open of its integral, or of its least value.

Nothing here looks at a function.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# What underflow leaves, far out on an endless range, is no part of an integral.
NOTHING = 1e-290


class Seen:
    """Places, values and errors of some functions at once, a row for each; NaN where a function was not asked, or has no value."""

    def __init__(self) -> None:
        self._noted: list[tuple[Floats, Floats, Floats]] = []

    def note(self, places: Any, values: Any, errors: Any) -> None:
        """More places of every function."""
        # Copied, because a quadrature goes on to work in the arrays that it gave and was given.
        first, *others = np.broadcast_arrays(*(np.array(one, float) for one in (places, values, errors)))
        rows = len(first) if first.ndim > 1 else 1
        self._noted.append((first.reshape(rows, -1), others[0].reshape(rows, -1), others[1].reshape(rows, -1)))

    def _columns(self) -> tuple[Floats, Floats, Floats]:
        places, values, errors = (np.concatenate(some, axis=1) for some in zip(*self._noted, strict=True))
        known = np.isfinite(values)
        # A value without a bound on its error is not known at all.
        bounded = np.where(np.isfinite(errors), errors, np.inf)
        return places, np.where(known, values, np.nan), np.where(known, bounded, np.nan)

    def areas(self) -> tuple[Floats, Floats]:
        """The integrals of the modulus and of the error, by the trapezoids between the places."""
        places, values, errors = self._columns()
        order = np.argsort(places, axis=1)
        places, values, errors = (np.take_along_axis(one, order, axis=1) for one in (places, values, errors))
        with np.errstate(all="ignore"):
            steps = np.diff(places, axis=1)
            return _area(steps, np.abs(values)), _area(steps, np.where(errors > NOTHING, errors, errors * 0))

    def doubt(self, least: Floats) -> Floats:
        """How far the least values may be from those that were found, for all that the errors allow."""
        _, values, errors = self._columns()
        with np.errstate(all="ignore"):
            lowest, highest = (np.min(np.where(np.isnan(one), np.inf, one), axis=1) for one in (values - errors, values + errors))
            open_to: Floats = np.maximum(least - lowest, highest - least)
        return open_to


def _area(steps: Floats, heights: Floats) -> Floats:
    pieces = steps * (heights[:, 1:] + heights[:, :-1]) / 2
    found: Floats = np.sum(np.where(np.isnan(pieces), 0.0, pieces), axis=1)
    return found
