"""The drawings of Exercise 1: views of its studies, which compute nothing but fits and the bounds that they show."""

import math
from typing import Any

import numpy as np
import scipy

from hwgen.authors import COLOURS, DASHES, MARKERS, effort
from hwgen.homework.drawings import bound, level, means, panels
from hwgen.homework.maths import Array, Arrays
from hwgen.homework.maths.concentration import hoeffding_radius, hoeffding_width

from .problem import exercise
from .studies import DELTA, FAILURE_NETWORKS, example, kernel_matrices, singular_share


@exercise.figure(of=[kernel_matrices, example], height=1.7)
def example_networks(figure: Any, matrices: Arrays, known: Arrays) -> None:
    """The Frobenius error times the root of the width, and the smallest eigenvalue, on the example data, with what is proved of them."""
    left, right = panels(figure)
    width, n, variance = matrices["width"], int(known["size"]), float(known["variance"])
    scaled, promised = matrices["error"] * np.sqrt(width), float(hoeffding_radius(n, 1, DELTA))
    bound(left, width[0], promised, "promised by the union bound", -0.1 * promised)
    left.loglog(width, scaled.max(axis=0), MARKERS[2], color=COLOURS[2])
    left.text(width[0], 1.2 * scaled.max(), f"largest of {len(scaled)} networks", va="bottom", color=COLOURS[2])
    means(left, width, scaled, 0)
    level(left, math.sqrt(variance))
    left.text(width[0], 0.85 * math.sqrt(variance), "mean", va="top", color=COLOURS[0])
    left.text(width[-1], 0.85 * math.sqrt(variance), r"$\sqrt{V}$", va="top", ha="right", color=COLOURS[6])
    left.set(xlabel="width $p$", ylabel=r"$\sqrt{p}\,\|\hat K-K\|_{\mathrm{F}}$", ylim=(1, 60))
    left.set_yticks([1, 2, 5, 10, 20, 40], ["1", "2", "5", "10", "20", "40"])
    left.minorticks_off()
    _eigenvalues(right, width, matrices["least"], n, float(known["least"]))


def _eigenvalues(axes: Any, width: Array, seen: Array, n: int, least: float) -> None:
    axes.fill_between(width, seen.min(axis=0), seen.max(axis=0), color=COLOURS[5], alpha=0.4, linewidth=0, label="least to largest")
    axes.semilogx(width, np.median(seen, axis=0), DASHES[0], marker=MARKERS[0], color=COLOURS[0], label="median")
    for height, name, style in ((least, r"$\lambda_0$", "--"), (least / 2, r"$\lambda_0/2$", ":")):
        axes.axhline(height, linestyle=style, color="0.3", linewidth=0.8)
        axes.text(4e4, height, name, va="bottom")
    for allowed, name, side, shift in ((least, "$p_0$", "right", 0.85), (least / 2, "$p_{1/2}$", "left", 1.15)):
        edge = hoeffding_width(n, allowed, DELTA)
        axes.axvline(edge, color=COLOURS[1], linewidth=0.8)
        axes.text(shift * edge, 0.08 * least, name, ha=side, color=COLOURS[1])
    axes.set(xlabel="width $p$", ylabel=r"$\lambda_{\min}(\hat K)$", ylim=(0, 1.3 * least), xlim=(10, 2e7))
    axes.set_xticks([1e1, 1e3, 1e5, 1e7])
    axes.minorticks_off()
    axes.legend(loc="lower left", bbox_to_anchor=(0.05, 0.0))


# Levels and shifts of the counts in the 95 per cent interval of Clopper and Pearson.
INTERVAL = ((0.025, 0), (0.975, 1))


@exercise.figure(of=[singular_share, example], height=1.9)
def failure_against_width(figure: Any, share: Arrays, known: Arrays) -> None:
    """The share of singular kernels of narrow networks on the example data, between its bounds."""
    axes = figure.subplots()
    width, seen = share["width"], share["share"]
    n, rate = int(known["size"]), float(known["least"]) / float(known["largest"])
    networks = effort.times(FAILURE_NETWORKS)
    some, count = seen > 0, np.rint(seen * networks)
    low, high = (scipy.special.betaincinv(count + shift, networks - count + 1 - shift, level) for level, shift in INTERVAL)
    error = np.stack([seen - low, np.where(seen < 1, high, 1.0) - seen])[:, some]
    wide = np.geomspace(1, 1000, 400)
    axes.loglog(wide, np.minimum(n * (1 - rate) ** wide, 1.0), DASHES[1], color=COLOURS[1])
    axes.errorbar(width[some], seen[some], error, fmt=MARKERS[0], color=COLOURS[0], elinewidth=0.8)
    axes.plot(wide, 2.0**-wide, DASHES[2], color=COLOURS[2])
    axes.axvline(n / 10, linestyle=DASHES[3], color=COLOURS[6])
    # The axis ends at a power of ten below all intervals.
    floor = 10.0 ** math.floor(math.log10(float(low[some].min())))
    axes.set(xlabel="width $p$", ylabel="probability", xlim=(0.8, 1e3), ylim=(floor, 2))
    axes.text(350, 0.05, "upper bound", color=COLOURS[1])
    axes.text(14, 0.03, f"share of {networks} networks", color=COLOURS[0])
    axes.text(8.4, 7 * floor, "lower bound $2^{-p}$", color=COLOURS[2], ha="right")
    axes.text(0.95 * n / 10, 2 * floor, "$p=n/d$", ha="right")
