"""The simulations of Exercise 1 and the numbers read off them. Nothing here is evidence for a display."""

import math

import numpy as np

from hwgen.authors import Estimate, effort
from hwgen.homework.maths import Array, Arrays
from hwgen.homework.maths.concentration import error_variance, hoeffding_radius, hoeffding_width, mcdiarmid_radius
from hwgen.homework.maths.kernels import arc_cosine_kernel_0, cosines, empirical_ntk_stream, ntk_matrix
from hwgen.homework.maths.spectra import smallest_eigenvalue

from .problem import Problem, example_data, exercise

DELTA = 0.05
REPLICATES = 120
WIDTHS = 2 ** np.arange(4, 15)
FAILURE_WIDTHS, FAILURE_NETWORKS = np.arange(1, 17), 2000
# An eigenvalue below this is rounding: those of singular matrices are below 1e-14 here, the others above 1e-7.
SINGULAR = 1e-10
# What the example prints of an eigenvalue: half-width of the enclosure, far above the rounding error of the eigenvalue itself.
DIGITS = 1e-6


@exercise.study
def kernel_matrices(_problem: Problem) -> dict[str, Array]:
    """Frobenius error and smallest eigenvalue of the kernel matrix of random networks on the example data.

    Axes: row is network; width is p.
    """
    X = example_data()
    K = ntk_matrix(X)
    replicates, widths = range(effort.times(REPLICATES, share=0.5)), effort.widths(WIDTHS, share=0.5)

    def measured(replicate: int, p: int) -> tuple[float, float]:
        estimate = empirical_ntk_stream(X, p, seed=10_000 * replicate + p)
        return float(np.linalg.norm(estimate - K)), smallest_eigenvalue(estimate)

    found = np.array([[measured(replicate, int(p)) for p in widths] for replicate in replicates])
    return {"width": np.array(widths, float), "error": found[:, :, 0], "least": found[:, :, 1]}


@exercise.study
def example(_problem: Problem) -> dict[str, Array]:
    """What is known exactly of the example data: the number n of its inputs, V, norms of the Gram matrix, lambda_0."""
    X = example_data()
    G = X @ X.T
    variance = error_variance(G, arc_cosine_kernel_0(cosines(X)))
    return {
        "size": np.array(float(len(X))),
        "variance": np.array(variance),
        "gram": np.array(np.linalg.norm(G)),
        "largest": np.array(np.linalg.eigvalsh(G)[-1]),
        "least": np.array(smallest_eigenvalue(ntk_matrix(X))),
    }


exercise.power_law("frobenius_{}", "the mean Frobenius error on the example data", of=[kernel_matrices], x="width", y="error")
exercise.settings(
    matrix_networks=(effort.scaled(REPLICATES, share=0.5), "Number of networks at each width, on the example data."),
    example_size=(len(example_data()), "Number of inputs of the example data."),
    failure_probability=(DELTA, "The failure probability for which the figures draw the promised bounds."),
    singular_below=(SINGULAR, "Eigenvalues below this are taken for 0 in the simulation of singular kernels."),
    failure_networks=(effort.scaled(FAILURE_NETWORKS), "Number of networks at each width of the simulation of singular kernels."),
)
exercise.stand_for(example_size="n", failure_probability=r"\delta")


@exercise.numbers(
    of=[example],
    example_least="Smallest eigenvalue of the limiting kernel matrix of the example data.",
    example_level="Root mean square Frobenius error of the example data, times the root of the width.",
    union_level="Frobenius error that the union bound promises on the example data, times the root of the width.",
    bounded_level="Frobenius error that bounded differences promise on the example data, times the root of the width.",
    example_half_width="Width from which half of the smallest eigenvalue of the example data is kept, with the probability of the figure.",
    example_positive_width="Width at which the union bound makes the kernel of the example data positive definite, with that probability.",
    example_definite_width="The same width from the mean nullity, rounded up.",
)
def example_numbers(known: Arrays) -> dict[str, Estimate]:
    """What is promised on the example data."""
    n, least, variance = int(known["size"]), float(known["least"]), float(known["variance"])
    promised = {
        "union_level": float(hoeffding_radius(n, 1, DELTA)),
        "bounded_level": float(mcdiarmid_radius(variance, float(known["gram"]), 1, DELTA)),
    }
    widths = {"example_half_width": hoeffding_width(n, least / 2, DELTA), "example_positive_width": hoeffding_width(n, least, DELTA)}
    definite = rounded_up(float(known["largest"]) / least * math.log(n / DELTA))
    return {
        "example_least": Estimate(value=least, error=DIGITS),
        "example_level": Estimate(value=math.sqrt(variance), error=1000 * DIGITS),
        **{name: Estimate(value=level, error=1000 * DIGITS, rounds="up") for name, level in promised.items()},
        **{name: Estimate(value=width, error=1e-3 * width) for name, width in widths.items()},
        "example_definite_width": Estimate(value=definite, error=0),
    }


@exercise.constant(of=[kernel_matrices, example])
def seen_half_width(matrices: Arrays, known: Arrays) -> Estimate:
    """Smallest width of the figure from which on no network of the simulation lost half of the smallest eigenvalue."""
    lost = np.any(matrices["least"] < float(known["least"]) / 2, axis=0)
    return Estimate(value=float(matrices["width"][np.flatnonzero(lost)[-1] + 1 if lost.any() else 0]), error=0)


def rounded_up(width: float) -> float:
    """The width rounded up to three significant digits, a whole number that the six stored digits of its data fix."""
    unit = 10.0 ** (math.floor(math.log10(width)) - 2)
    return float(math.ceil(width / unit) * unit)


@exercise.study
def singular_share(_problem: Problem) -> dict[str, Array]:
    """Share of networks whose kernel matrix on the example data is singular, for narrow widths.

    Axes: width is p.
    """
    rng = np.random.default_rng(57)
    X = example_data()
    G = X @ X.T

    def is_singular(p: int) -> bool:
        seen = (X @ rng.standard_normal((10, p)) > 0).astype(float)
        return bool(np.linalg.eigvalsh(G * (seen @ seen.T) / p)[0] < SINGULAR)

    singular = [[is_singular(int(p)) for _ in range(effort.times(FAILURE_NETWORKS))] for p in FAILURE_WIDTHS]
    return {"width": FAILURE_WIDTHS.astype(float), "share": np.mean(singular, axis=1)}


exercise.named(
    example_level="here {}",
    union_level="union bound promises {}",
    bounded_level="at most {}",
    frobenius_slope="slope {}",
    frobenius_drift="drift {}",
    example_least=r"\lambda_0 \approx {}",
    example_half_width="{} neurons",
    seen_half_width="of width {}",
    example_definite_width="it is {}",
    example_positive_width=r"p_0 \approx {}",
    failure_networks="{} networks",
    singular_below="{} in floating point",
)
