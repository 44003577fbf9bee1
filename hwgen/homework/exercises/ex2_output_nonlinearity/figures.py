"""Exercise 2 against width, the drawings."""

import math
from typing import Any

import numpy as np

from hwgen.evidence.fits import power_law
from hwgen.judging.drawing import COLOURS, DASHES, MARKERS
from hwgen.page.digits import digits

from .problem import exercise
from .studies import Array, Arrays, ball_gaps, hessian_terms

HALF = 2.86  # inches: two drawings side by side


def _points(axes: Any, x: Array, y: Array, index: int, label: str, *, dashes: Any = "", hollow: bool = False) -> None:
    """Mean over the networks, with a bar of two standard errors, and the fitted power law."""
    mean, error = y.mean(axis=0), y.std(axis=0, ddof=1) / math.sqrt(len(y))
    fit = power_law(x, y)
    line = np.exp(np.mean(np.log(mean)) + fit.slope * (np.log(x) - np.mean(np.log(x))))
    face = "white" if hollow else COLOURS[index]
    axes.errorbar(
        x, mean, 2 * error, fmt=MARKERS[index], color=COLOURS[index], mfc=face, elinewidth=0.7, label=f"{label}: ${digits(fit.estimate)}$"
    )
    axes.plot(x, line, color=COLOURS[index], ls=dashes or DASHES[index], lw=0.8)


def _scaled(axes: Any, ylabel: str) -> None:
    axes.set(xscale="log", yscale="log", xlabel="width $p$", ylabel=ylabel)
    axes.set_xscale("log", base=2)
    axes.legend(loc="best")


@exercise.figure(of=[hessian_terms], height=2.0)
def terms_of_hessian(figure: Any, study: Arrays) -> None:
    """The two terms of the Hessian of g against width, in half the width of the page."""
    figure.set_figwidth(HALF)
    axes = figure.subplots()
    x = study["width"]
    slope, bend, _ = study["limits"]
    _points(axes, x, study["first"], 0, r"$T_1$")
    _points(axes, x, study["second"], 1, r"$T_2$")
    axes.plot(x, slope / np.sqrt(x), color="0.45", ls=":", lw=1.0)
    axes.plot(x, np.full(len(x), bend), color="0.45", ls=":", lw=1.0)
    _scaled(axes, "operator norm")


@exercise.figure(of=[ball_gaps], height=2.0)
def gap_against_width(figure: Any, study: Arrays) -> None:
    """The largest departure of g from its linearisation against width, for three links, in half the width of the page."""
    figure.set_figwidth(HALF)
    axes = figure.subplots()
    x, names = study["width"], (r"$u$", r"$\tanh$", r"$u^2/2$")
    for index in (2, 1, 0):
        _points(axes, x, study["ball"][index], index, names[index])
    _points(axes, x, study["ray"][0], 3, r"$u$, ray", dashes=DASHES[4], hollow=True)
    for index in (1, 2):
        axes.plot(x, np.full(len(x), study["limits"][index]), color="0.45", ls=":", lw=1.0)
    axes.plot(x, study["bound"], color="0.45", ls="-", lw=0.5)
    _scaled(axes, r"$\sup\,|g-g_{\mathrm{lin}}|$")
    axes.set_ylim(top=9)
    axes.legend(loc="upper left", ncols=2, handletextpad=0.1, columnspacing=0.6, borderaxespad=0.0, fontsize=7)
