"""How means over networks are shown: the same marks, bars and axes in every figure, the same columns in every table. Owns no number."""

import math
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, MARKERS, digits
from hwgen.authors.numerics import power_law
from hwgen.homework.maths import Array


def twice(values: Array) -> Array:
    """Two standard errors of the means over the networks, the first axis."""
    return np.asarray(2 * values.std(axis=0, ddof=1) / math.sqrt(len(values)))


def panels(figure: Any, **options: Any) -> Any:
    """Two axes side by side, so far apart that the words at the second one are not read with the first."""
    figure.get_layout_engine().set(wspace=0.06)
    return figure.subplots(1, 2, **options)


def by_width(axes: Any, widths: Array, ylabel: str, every: int = 3) -> None:
    """The axis of the widths, in powers of two, of which each third one is named."""
    axes.set_xscale("log", base=2)
    axes.set(xlabel="width $p$", ylabel=ylabel)
    axes.set_xticks(widths[1::every])


def level(axes: Any, height: float) -> None:
    """A limit, or another number that is known exactly: a thin dashed line across the axes."""
    axes.axhline(height, color="0.3", linestyle="--", linewidth=0.8)


def bound(axes: Any, x: float, height: float, name: str, above: float) -> None:
    """What is proved of the means: a solid line across the axes, named at x so far above it, or below."""
    axes.axhline(height, color=COLOURS[1], linewidth=0.8)
    axes.text(x, height + above, name, color=COLOURS[1], va="bottom" if above > 0 else "top")


def means(axes: Any, x: Array, y: Array, index: int, **style: Any) -> None:
    """Means over the networks against x, with bars of two standard errors, in the marks and the colour of that index."""
    axes.errorbar(x, y.mean(axis=0), twice(y), fmt=MARKERS[index], color=COLOURS[index], elinewidth=0.7, **style)


def fitted(name: str, x: Array, y: Array) -> list[str]:
    """The first cells of a row: its name, and slope and drift of y (networks, widths) against x."""
    fit = power_law(x, y)
    return [name, f"${digits(fit.estimate)}$", f"${digits(fit.drifting)}$"]


def exceeds(above: Array, found: Array) -> str:
    """By how many per cent, rounded up to tenths, a bound exceeds what was found at most."""
    return rf"{math.ceil(1000 * (float(np.max(above / found)) - 1)) / 10}\,\%"
