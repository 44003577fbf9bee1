"""The drawings of Exercise 1: views of its studies, which compute nothing but fits and the bounds that they show."""

from typing import Any

import numpy as np
import scipy

from hwgen.evidence.fits import power_law
from hwgen.homework.maths.concentration import hoeffding_radius, hoeffding_width
from hwgen.judging.drawing import COLOURS, DASHES, MARKERS
from hwgen.page.digits import digits

from .problem import Array, exercise
from .studies import DELTA, FAILURE_NETWORKS, NETWORKS, Arrays, example, kernel_matrices, kernel_simulation, singular_share, small_angles


@exercise.figure(of=[kernel_simulation], height=1.5)
def kernel(figure: Any, simulation: Arrays) -> None:
    """The kernel against the angle with its simulation, and the error of the simulation against the width."""
    left, right = figure.subplots(1, 2)
    angle = simulation["angle"]
    left.plot(angle, simulation["exact"], color=COLOURS[0], label=r"$\|x\|\,\|x'\|\,\cos\vartheta\,(\frac{1}{2}-\frac{\vartheta}{2\pi})$")
    left.errorbar(
        angle[::2], simulation["mean"][::2], 2 * simulation["spread"][::2],
        fmt=MARKERS[0], color=COLOURS[1], elinewidth=0.8, label=rf"mean of {NETWORKS} networks, $\pm 2$ s.e.",
    )  # fmt: skip
    left.axhline(0, color="0.7", linewidth=0.5)
    left.set(xlabel=r"angle $\vartheta$", ylabel=r"$K_{\mathrm{NTK}}(x,x')$")
    left.set_xticks([0, np.pi / 2, np.pi], ["$0$", r"$\pi/2$", r"$\pi$"])
    left.legend(loc="upper right")
    fitted(right, simulation["width"], simulation["error"], "one network")
    right.set(xlabel="width $p$", ylabel="rms error", ylim=(1e-3, 1e-1))
    right.legend()


@exercise.figure(of=[kernel_matrices, example], height=1.4)
def frobenius(figure: Any, matrices: Arrays, known: Arrays) -> None:
    """The Frobenius error on the example data against the width, with what is proved about it."""
    axes = figure.subplots()
    width, error = matrices["width"], matrices["error"]
    n, variance = int(known["size"]), float(known["variance"])
    axes.loglog(width, hoeffding_radius(n, width, DELTA), DASHES[1], color=COLOURS[1], label=rf"union bound, $\delta={DELTA}$")
    axes.loglog(width, error.max(axis=0), MARKERS[2], color=COLOURS[2], label=f"largest of {len(error)} networks")
    fitted(axes, width, error, f"mean of {len(error)} networks")
    axes.loglog(width, np.sqrt(variance / width), DASHES[3], color=COLOURS[6], label=r"$\sqrt{V/p}$")
    axes.set(xlabel="width $p$", ylabel=r"$\|\hat K-K\|_{\mathrm{F}}$")
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


@exercise.figure(of=[kernel_matrices, example], height=1.95)
def smallest_eigenvalues(figure: Any, matrices: Arrays, known: Arrays) -> None:
    """The smallest eigenvalue on the example data against the width, with the proved thresholds, and its distance from the limit."""
    left, right = figure.subplots(1, 2)
    width, seen = matrices["width"], matrices["least"]
    n, least = int(known["size"]), float(known["least"])
    reached = f"range over {len(seen)} networks"
    left.fill_between(width, seen.min(axis=0), seen.max(axis=0), color=COLOURS[5], alpha=0.4, linewidth=0, label=reached)
    left.semilogx(width, np.median(seen, axis=0), DASHES[0], marker=MARKERS[0], color=COLOURS[0], label="their median")
    left.axhline(least, linestyle=DASHES[1], color=COLOURS[6])
    left.axhline(least / 2, linestyle=DASHES[3], color=COLOURS[6])
    left.text(3e4, least, r"$\lambda_0$", va="bottom")
    left.text(3e4, least / 2, r"$\lambda_0/2$", va="bottom")
    for allowed, name, style in ((least, "$p_0$", 2), (least / 2, "$p_{1/2}$", 4)):
        edge = hoeffding_width(n, allowed, DELTA)
        left.axvline(edge, linestyle=DASHES[style], color=COLOURS[style - 1])
        left.text(0.93 * edge, 0.1 * least, name, ha="right")
    left.set(xlabel="width $p$", ylabel=r"$\lambda_{\min}(\hat K)$", ylim=(0, 1.3 * least))
    left.legend(loc="lower left", bbox_to_anchor=(0.1, 0.0))
    error = matrices["error"].mean(axis=0)
    right.loglog(width, error, MARKERS[1], color=COLOURS[1])
    right.text(width[5], 1.5 * error[5], r"mean of $\|\hat K-K\|_{\mathrm{F}}$", va="bottom")
    fitted(right, width, np.abs(seen - least), r"mean of $|\lambda_{\min}(\hat K)-\lambda_0|$")
    right.set(xlabel="width $p$", ylim=(3e-6, 3.0))
    right.legend(loc="lower left")


def fitted(axes: Any, width: Array, error: Array, label: str) -> None:
    """The mean of the error with its fitted power law, whose slope the legend gives with standard error and drift."""
    law = power_law(width, error)
    mean = error.mean(axis=0)
    line = np.exp(np.mean(np.log(mean)) + law.slope * (np.log(width) - np.mean(np.log(width))))
    axes.loglog(width, mean, MARKERS[0], color=COLOURS[0], label=label)
    axes.loglog(width, line, DASHES[0], color=COLOURS[0], label=f"slope ${digits(law.estimate)}$, drift ${digits(law.drifting)}$")


# Levels and shifts of the counts in the 95 per cent interval of Clopper and Pearson.
INTERVAL = ((0.025, 0), (0.975, 1))


@exercise.figure(of=[singular_share, example], height=2.0)
def failure_against_width(figure: Any, share: Arrays, known: Arrays) -> None:
    """The share of singular kernels of narrow networks on the example data, between its bounds."""
    axes = figure.subplots()
    width, seen = share["width"], share["share"]
    n, rate = int(known["size"]), float(known["least"]) / float(known["largest"])
    some, count = seen > 0, np.rint(seen * FAILURE_NETWORKS)
    low, high = (scipy.stats.beta.ppf(level, count + shift, FAILURE_NETWORKS - count + 1 - shift) for level, shift in INTERVAL)
    error = np.stack([seen - low, np.where(seen < 1, high, 1.0) - seen])[:, some]
    wide = np.geomspace(1, 1000, 400)
    bound = r"$\min(1,n(1-\lambda_0/\|\Gamma\|_{\mathrm{op}})^p)$"
    axes.loglog(wide, np.minimum(n * (1 - rate) ** wide, 1.0), DASHES[1], color=COLOURS[1], label=bound)
    axes.errorbar(
        width[some], seen[some], error, fmt=MARKERS[0], color=COLOURS[0], elinewidth=0.8, label=rf"share of {FAILURE_NETWORKS} networks"
    )
    axes.plot(wide, 2.0**-wide, DASHES[2], color=COLOURS[2], label="$2^{-p}$")
    axes.axvline(n / 10, linestyle=DASHES[3], color=COLOURS[6], label="$n/d$")
    axes.set(xlabel="width $p$", ylabel=r"$\mathbb{P}(\nu>0)$", ylim=(3e-4, 1.6))
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))


@exercise.figure(of=[small_angles], height=2.3)
def least_against_angle(figure: Any, found: Arrays) -> None:
    """The smallest eigenvalue against the smallest angle, for two inputs and for equally spaced lines, with its bounds."""
    left, right = figure.subplots(1, 2)
    angle, two = found["angle"], found["two"]
    left.loglog(angle, two, MARKERS[0], color=COLOURS[0], label=r"$\lambda_0$, two inputs")
    left.loglog(angle, angle / (2 * np.pi) + angle**2 / 4, DASHES[1], color=COLOURS[1], label=r"$\vartheta/2\pi+\vartheta^2/4$")
    left.loglog(angle, from_below(angle, 2), DASHES[2], color=COLOURS[2], label="lower bound")
    left.set(xlabel=r"angle $\vartheta$", ylabel=r"$\lambda_0$")
    left.legend(loc="upper left")
    step = np.pi / found["count"]
    right.loglog(step, found["lines"], MARKERS[0], color=COLOURS[0], label=r"$\lambda_0$, $n$ lines")
    right.loglog(step, from_below(step, found["count"]), DASHES[2], color=COLOURS[2], label="lower bound")
    right.set(xlabel=r"angle $\pi/n$")
    right.legend(loc="upper left")


def from_below(angle: Array, count: Any) -> Array:
    """The lower bound on the smallest eigenvalue of `count` unit inputs whose lines are at least `angle` apart."""
    return np.asarray(angle / (4 * np.pi * np.sqrt(np.pi * np.log(2 * count) + np.pi / 2 * angle**2)))
