"""Exercise 2 against width, the drawings."""

import math
from typing import Any

import numpy as np

from hwgen.authors import COLOURS, MARKERS
from hwgen.homework.maths import Array

from .problem import exercise
from .studies import Arrays, ball_gaps, hessian_terms

# The fourth colour is too light for letters.
DARK = {0: COLOURS[0], 3: "#A0527D"}


def twice(values: Array) -> Array:
    """Two standard errors of the means over the networks."""
    return np.asarray(2 * values.std(axis=0, ddof=1) / math.sqrt(len(values)))


def means(axes: Any, x: Array, y: Array, index: int, **style: Any) -> None:
    """Means over the networks, with bars of two standard errors."""
    axes.errorbar(x, y.mean(axis=0), twice(y), fmt=MARKERS[index], color=COLOURS[index], elinewidth=0.7, **style)


def by_width(axes: Any, x: Array, ylabel: str) -> None:
    """The axis of the widths, in powers of two."""
    axes.set_xscale("log", base=2)
    axes.set(xlabel="width $p$", ylabel=ylabel)
    axes.set_xticks(x[1::3])


@exercise.figure(of=[hessian_terms], height=1.75)
def terms_of_hessian(figure: Any, study: Arrays) -> None:
    """The two terms of the Hessian of g against width, the first times its root, with the means of their limits."""
    left, right = figure.subplots(1, 2)
    x = study["width"]
    slope, bend, _ = study["limits"]
    means(left, x, study["first"] * np.sqrt(x), 0)
    means(right, x, study["second"], 1)
    for axes, limit, name in ((left, slope, r"$\sqrt{p}\,T_1$"), (right, bend, "$T_2$")):
        axes.axhline(limit, color="0.3", ls="--", lw=0.8)
        by_width(axes, x, name)
        axes.set_ylim(0, 1.35 * limit)


@exercise.figure(of=[ball_gaps], height=1.65)
def gap_against_width(figure: Any, study: Arrays) -> None:
    """The largest departure of g from its linearisation against width: where it levels off, and where it decays."""
    left, right = figure.subplots(1, 2)
    x = study["width"]
    for index, name in ((2, r"$\phi(u)=u^2/2$"), (1, r"$\phi=\tanh$")):
        means(left, x, study["ball"][index], index)
        left.axhline(study["limits"][index], color="0.3", ls="--", lw=0.8)
        left.text(x[2], study["limits"][index] - 0.018, name, color=COLOURS[index], va="top")
    left.set_ylim(0, 0.42)
    for index, values, name, above in ((0, study["ball"][0], "in the ball", -0.12), (3, study["ray"][0], "on the segment", 0.1)):
        scaled = values * np.sqrt(x)
        means(right, x, scaled, index, mfc="white" if index == 3 else None)
        right.text(x[3], scaled.mean(axis=0)[3] + above, name, color=DARK[index], va="top" if above < 0 else "bottom")
    right.axhline(study["bound"][0] * np.sqrt(x[0]), color="0.3", ls="-", lw=0.8)
    right.text(x[0], study["bound"][0] * np.sqrt(x[0]) + 0.03, "bound", color="0.3")
    right.set_ylim(0, 2.2)
    by_width(left, x, r"$\sup\,|g-g_{\mathrm{lin}}|$")
    by_width(right, x, r"$\sqrt{p}\,\sup\,|f-f_{\mathrm{lin}}|$")
