"""A batch: one value of a formula at many points, with its error bound at each; and the way there from single points and back.

Nothing here computes with batches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hwgen.model import Approx

Floats = NDArray[np.float64]


class Uneven(Exception):
    """Something that differs from point to point and must not; `labels`: what it is at each point, where splitting by it would help.

    `lasting`: whether the next formula is likely to be split in the same way.
    """

    def __init__(self, labels: Sequence[Any] = (), lasting: bool = True) -> None:
        super().__init__(labels)
        self.labels, self.lasting = labels, lasting


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """A number, vector or matrix at many points: value (*lead, *shape), and error (*lead) for all entries of a point together.

    The axes of lead are the points, then what the operators around range over, outermost first; an axis may have length 1.
    """

    value: Floats
    error: Floats

    @property
    def rank(self) -> int:
        """How many axes lead."""
        return self.error.ndim

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape at one point."""
        return self.value.shape[self.error.ndim :]


def raised_to(x: Batch, rank: int, entries: int) -> tuple[Floats, Floats]:
    """Value and error with `rank` leading axes and `entries` axes after them."""
    more = (1,) * (rank - x.rank)
    value = x.value.reshape(x.value.shape[: x.rank] + more + x.shape + (1,) * (entries - len(x.shape)))
    return value, x.error.reshape(x.error.shape + more)


def padded(array: Floats, rank: int, wanted: int) -> Floats:
    """An array with so many leading axes instead of `rank`."""
    return array.reshape(array.shape[:rank] + (1,) * (wanted - rank) + array.shape[rank:])


def full(one: Batch, lead: tuple[int, ...]) -> Batch:
    """With all leading axes at full length."""
    value, error = padded(one.value, one.rank, len(lead)), padded(one.error, one.rank, len(lead))
    return Batch(np.broadcast_to(value, lead + one.shape), np.broadcast_to(error, lead))


def by_element(one: Batch) -> Iterator[Approx]:
    """What a batch holds at each element of its leading axes."""
    values = one.value.reshape((-1, *one.shape))
    # Floats of Python: at one point numbers are told from arrays by their type.
    plain = values if one.shape else values.tolist()
    return (Approx(value=value, error=error) for value, error in zip(plain, one.error.ravel().tolist(), strict=True))


def stacked(found: Sequence[Approx], lead: tuple[int, ...]) -> Batch:
    """Values of one shape as a batch. Raises Uneven with the shapes if they differ from point to point."""
    values = [one.value for one in found]
    shapes = [np.shape(one) for one in values]
    if any(shape != shapes[0] for shape in shapes):
        raise Uneven(shapes if len(lead) == 1 else ())
    return Batch(np.array(values, float).reshape(lead + shapes[0]), np.array([one.error for one in found], float).reshape(lead))
