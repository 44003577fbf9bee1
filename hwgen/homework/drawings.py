"""How means over networks are drawn: the same marks, bars and axes in every figure. Owns no number."""

import math
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, MARKERS
from hwgen.homework.maths import Array


def twice(values: Array) -> Array:
    """Two standard errors of the means over the networks, the first axis."""
    return np.asarray(2 * values.std(axis=0, ddof=1) / math.sqrt(len(values)))


def by_width(axes: Any, widths: Array, ylabel: str, every: int = 3) -> None:
    """The axis of the widths, in powers of two, of which each third one is named."""
    axes.set_xscale("log", base=2)
    axes.set(xlabel="width $p$", ylabel=ylabel)
    axes.set_xticks(widths[1::every])


def means(axes: Any, x: Array, y: Array, index: int, **style: Any) -> None:
    """Means over the networks against x, with bars of two standard errors, in the marks and the colour of that index."""
    axes.errorbar(x, y.mean(axis=0), twice(y), fmt=MARKERS[index], color=COLOURS[index], elinewidth=0.7, **style)
