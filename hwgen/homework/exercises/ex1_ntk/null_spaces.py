"""1(c), null spaces: what the directions of the inputs say of them, and what simulated kernels and random inputs say against it."""

import itertools
import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from hwgen.authors import Bindings, Evidence, Kind, Verdict, cases, integers, value
from hwgen.authors.numerics import kolmogorov, near
from hwgen.homework.maths import Array
from hwgen.homework.maths.spectra import counted_nullity, directions, numerical_nullity, smallest_eigenvalue

from .problem import Problem, exercise, limit_matrix

CONFIGURATIONS, SEED = 120, 2025


def _polygon(sides: int) -> Array:
    angles = 2 * np.pi * np.arange(sides) / sides
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _corners(dimension: int) -> Array:
    return np.array(list(itertools.product((-1.0, 1.0), repeat=dimension)))


def _numbers(count: int) -> Array:
    """Distinct non-zero numbers, the first of the other sign, as inputs in dimension 1."""
    return np.concatenate([[-0.7], 0.2 + 0.1 * np.arange(count - 1)])[:, None]


def _crowd(seed: int) -> Array:
    """Random inputs of rank at most the dimension, with zeros, repeated directions and opposite pairs among them."""
    rng = np.random.default_rng([SEED, seed])
    fresh = rng.standard_normal((int(rng.integers(1, 6)), int(rng.integers(1, 5))))
    copies = fresh[rng.integers(0, len(fresh), int(rng.integers(0, 6)))]
    factors = rng.choice([-1.5, -1.0, 0.0, 0.5, 2.0], (len(copies), 1))
    return np.concatenate([fresh, factors * copies])


# Why the two sides of the relations below never differ: they are whole numbers.
COUNTED = "a dimension and numbers of directions, all of them counted"
NAMED = {
    **{"square": _polygon(4), "hexagon": _polygon(6), "octagon": _polygon(8), "heptagon": _polygon(7), "cube": _corners(3)},
    # Both causes at once: repeated directions, and opposite pairs on dependent lines.
    "a corner twice": np.concatenate([_polygon(6), 2 * _polygon(6)[:1]]),
}


def _configurations() -> dict[str, Array]:
    """The named configurations and random ones."""
    return NAMED | {f"seed {seed}": _crowd(seed) for seed in range(CONFIGURATIONS)}


def _named(draw: Any) -> Array:
    """A configuration by its name, or the one of a seed."""
    return _crowd(draw) if isinstance(draw, int) else NAMED[draw]


def null_dimension(problem: Problem, X: Array) -> int:
    """Dimension of the null space of the quadrature kernel."""
    return numerical_nullity(limit_matrix(problem, X))


BY_COUNTING: dict[str, Any] = {"changed": {"leak": 1.0}, "exact": COUNTED}


@exercise.claim(
    domain={"draw": cases(*NAMED, *range(200, 227))},
    source="tensor powers",
    always="for all inputs, of any number and dimension",
    **BY_COUNTING,
)
def nullity_count() -> Bindings:
    """The dimension of the null space from three counts of directions."""
    return {
        r"\nu_0": value(lambda problem, draw: null_dimension(problem, _named(draw))),
        "n": value(lambda draw: len(_named(draw))),
        "D": value(lambda draw: directions(_named(draw))[0]),
        r"\beta": value(lambda draw: directions(_named(draw))[1]),
        r"\gamma": value(lambda draw: directions(_named(draw))[2]),
    }


@exercise.claim(r"\nu_0, h", domain={"h": integers(1, 9)}, source="h lines of the plane", **BY_COUNTING)
def polygon_nullity() -> Bindings:
    """Null directions of the kernel of a regular polygon with an even number of sides."""
    return {r"\nu_0": value(lambda problem, h: null_dimension(problem, _polygon(2 * int(h))))}


@exercise.claim(r"\nu_0, d", domain={"d": integers(0, 5)}, source="lines through opposite corners", **BY_COUNTING)
def cube_nullity() -> Bindings:
    """Null directions of the kernel of the corners of a cube."""
    return {r"\nu_0": value(lambda problem, d: null_dimension(problem, _corners(int(d))))}


@exercise.claim(r"\nu_0, n", domain={"n": integers(1, 9)}, source="one line", **BY_COUNTING)
def line_nullity() -> Bindings:
    """Null directions of the kernel of non-zero numbers of both signs."""
    return {r"\nu_0": value(lambda problem, n: null_dimension(problem, _numbers(int(n))))}


@exercise.statement(changed={"leak": 1.0}, words=["if and only if no input is zero"])
def nullity(problem: Problem) -> list[Evidence]:
    """The null space of the kernel matrix has the dimension that the directions of the inputs say."""
    wrong = []
    for name, X in _configurations().items():
        found, expected = null_dimension(problem, X), counted_nullity(X)
        if found != expected:
            wrong.append(f"{name}: {found} null eigenvalues, {expected} counted")
    method = "eigenvalues of the quadrature kernel against the count of directions"
    return [_without_exception(wrong, method, len(_configurations()))]


def _without_exception(wrong: Sequence[str], method: str, cases: int) -> Evidence:
    return Evidence(
        kind=Kind.NUMERIC,
        method=method,
        verdict=Verdict.REFUTED if wrong else Verdict.SUPPORTED,
        cases=cases,
        reason="dimensions are whole numbers",
        counterexample=wrong[0] if wrong else "",
        seed=SEED,
    )


# Widths at which every kernel is simulated, how often, and the widest network that is worth its time.
WIDTHS, TRIALS, WIDEST = (1, 3, 30, 300), 3, 20_000


@exercise.statement(changed={"leak": 1.0}, words=["the following are equivalent"])
def same_null_space(problem: Problem) -> list[Evidence]:
    """Random kernel matrices have all the null directions of their mean at every width, and no other once the bound says so."""
    wrong, count = [], 0
    for name, X in _configurations().items():
        rng, singular = np.random.default_rng([SEED, len(X)]), counted_nullity(X)
        gram = X @ X.T
        least = smallest_eigenvalue(limit_matrix(exercise.problem, X))
        # The width from which the bound n (1 - lambda_0 / |Gamma|)^p is below a false alarm of 1e-12.
        needed = [] if singular else [math.ceil(math.log(1e-12 / len(X)) / math.log1p(-least / float(np.linalg.norm(gram, 2))))]
        for p in [*WIDTHS, *(width for width in needed if width < WIDEST)] * TRIALS:
            count += 1
            found = numerical_nullity(_simulated(problem, X, p, rng))
            if found < singular or (p in needed and found):
                wrong.append(f"{name}, width {p}: {found} null eigenvalues, the mean has {singular}")
    return [_without_exception(wrong, "eigenvalues of simulated kernels against the null space of their mean", count)]


def _simulated(problem: Problem, X: Array, p: int, rng: np.random.Generator) -> Array:
    """The kernel matrix of p random neurons with the slope `leak` on the negative half-line."""
    slopes = np.where(X @ rng.standard_normal((X.shape[1], p)) > 0, 1.0, problem.leak)
    return np.asarray((X @ X.T) * (slopes @ slopes.T) / p)


def _without_atoms(dimension: int) -> Callable[[np.random.Generator, int], Array]:
    return lambda rng, n: rng.standard_normal((n, dimension)) + 0.3


def _with_an_atom(rng: np.random.Generator, n: int) -> Array:
    """Directions of the plane of which one has the probability 0.4."""
    X = rng.standard_normal((n, 2))
    X[rng.random(n) < 0.4] = [0.6, 0.8]
    return X


def _sometimes_zero(rng: np.random.Generator, n: int) -> Array:
    return np.asarray(rng.standard_normal((n, 3)) * (rng.random((n, 1)) > 0.2))


# Chance that two shifted Gaussian numbers have the same sign; erf, as scipy.stats alone costs more than a build after one formula.
SAME_SIGN = (1 + math.erf(0.3 / math.sqrt(2)) ** 2) / 2
# Laws of the inputs: their number, the chance that the kernel is singular, a draw.
LAWS = {
    "Gaussian in the plane": (6, 0.0, _without_atoms(2)),
    "Gaussian in dimension 3": (8, 0.0, _without_atoms(3)),
    "Gaussian on the line, shifted": (2, SAME_SIGN, _without_atoms(1)),
    "three Gaussian numbers": (3, 1.0, _without_atoms(1)),
    "a direction of probability 0.4": (3, 1 - 0.6**3 - 3 * 0.4 * 0.6**2, _with_an_atom),
    "zero with probability 0.2": (2, 1 - 0.8**2, _sometimes_zero),
}
SURE, SAMPLES = 60, 600  # draws where the chance is 0 or 1, and where it is another


@exercise.statement(changed={"leak": 1.0}, words=["every law with a density"])
def random_inputs(problem: Problem) -> list[Evidence]:
    """The kernel of random inputs is singular never if no direction has positive probability, else as often as two inputs share one."""
    found, reason = [], "Hoeffding, and exactly for the probabilities 0 and 1"
    for name, (n, chance, draw) in LAWS.items():
        rng, method = np.random.default_rng([SEED, n, len(name)]), f"share of singular kernels against its probability: {name}"
        count, most = (SAMPLES, kolmogorov(SAMPLES)) if 0 < chance < 1 else (SURE, 0.0)
        share = float(np.mean([null_dimension(problem, draw(rng, n)) > 0 for _ in range(count)]))
        found.append(near(abs(share - chance), most, method=method, cases=count, reason=reason, seed=SEED))
    return found
