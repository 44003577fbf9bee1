"""The setting of Exercise 3, and the networks and steps at which its relations are tried; no relation itself."""

import math
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from hwgen.authors import Approx, Exercise, Range, cases, closed, integers
from hwgen.homework import oracles
from hwgen.homework.maths import Array, networks, shares
from hwgen.homework.maths.differentiation import Field
from hwgen.homework.maths.networks import Network
from hwgen.homework.oracles import activated, activation


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The lecture's setting with one activation; every other value of a field is a changed problem."""

    activation: str = "erf"
    example: str = "tanh"  # the activation whose constants are printed
    unbounded: str = "rippled"  # an activation whose derivative has no bound, while its second derivative has one
    square: str = "quadratic"  # a multiple of this one is the example for the logarithm
    kinked: str = "relu"  # the activation that has no second derivative at 0
    link: str = "quadratic"  # the non-linearity at the output
    law_of_a: str = "uniform"  # on [-m, m]; "rademacher": m or -m; "wide": uniform on [-2m, 2m]
    spread: float = 1.0  # standard deviation of the coordinates of w_j
    prefactor: float = 0.5  # f = p^-prefactor times the sum over the neurons
    corner: float = 0.0  # f has p^-prefactor corner sum a_j^2 / 2 besides: a second derivative in a_j


exercise = Exercise("ex3_both_layers", title="Both layers move", problem=Problem())

# Hypotheses in words, as the page prints them.
SMOOTH = [r"$\sigma$ is twice differentiable"]
CURVED, BOUNDED = [*SMOOTH, r"$M_2<\infty$"], [*SMOOTH, r"$M_1,M_2<\infty$"]
# What claims on blocks share: they fail where f has a second derivative in a_j.
OF_BLOCKS: dict[str, Any] = {"changed": {"corner": 0.7}, "in_words": SMOOTH}

SEEDS = (0, 1, 2, 3, 4, 5, 6, 7)
# Networks of the widths 1, 2, 4 and 7: affine ones, for which bounds by the mixed block alone are exact; ones with the square; and
# ones with large outer weights of which the first neuron has the steepest block, for which the bounds are nearly exact. LIGHT ones
# have small outer weights instead. BEYOND: networks that no bound by m covers, as their first outer weight, of a large m, is m times
# this; the NEAREST one has the steepest block too, and comes so near to most of the bounds that they fail for it.
LINEAR = (20, 21, 22, 23)
FLAT = (25, 57)  # affine ones too, of which x is shorter than 1 and longer than the root of 2
SQUARE = (40, 41, 42, 43)
KEEN = (30, 31, 32, 33)
LIGHT = (34, 35)
NEAREST = 58
BEYOND = {NEAREST: 1.03, 49: 1.9}
# Networks with outer weights of every size, and these with affine ones.
ALL_SIZES, ON_BALL = (*SEEDS, *KEEN, *LIGHT, *BEYOND), (*SEEDS, *LINEAR, *KEEN, *LIGHT, *BEYOND)
# Bounds m on the outer weights and norms r of an input, where no network is needed.
SCALES: dict[str, Range] = {"m": closed(0.5, 2.0), "r": closed(0.6, 1.6)}
NEURON: dict[str, Range] = {"seed": cases(*SEEDS), "j": integers(0, 1)}
WIDTHS = dict(
    zip(
        (*SEEDS, *LINEAR, *SQUARE, *KEEN, *LIGHT, *BEYOND, *FLAT),
        (2, 3, 4, 2, 3, 2, 5, 3, *(1, 2, 4, 7) * 3, 1, 3, 2, 3, 2, 1),
        strict=True,
    )
)
OTHERS = (
    {1: "gentle", 2: "swift", 3: "sigmoid", 5: "gentle", 7: "swift", 31: "gentle", 32: "swift", NEAREST: "swift"}
    | dict.fromkeys((*LINEAR, *FLAT), "slanted")
    | dict.fromkeys(LIGHT, "rapid")
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Setting:
    """One network at one input, the bound m on its outer weights, and its value as a function of all its parameters."""

    network: Network
    biases: Array
    x: Array
    m: float
    field: Field  # (k, p (d + 1)) -> (k,): in (a_1, w_1, a_2, w_2, …), without biases
    biased: Field  # (k, p (d + 2)) -> (k,): in (a_1, w_1, b_1, a_2, …)
    theta: Array  # the parameters without biases
    theta_biased: Array  # with biases
    r: float  # the norm of x
    p: int  # the width

    @property
    def z(self) -> Array:
        """The preactivations, (p,)."""
        return self.network.preactivations(self.x)

    @property
    def f(self) -> float:
        """The output at these parameters, without biases."""
        return float(self.field(self.theta[None])[0])


EXAMPLE = activated(lambda problem: activation(problem.example))


def activation_of(problem: Problem, seed: int) -> str:
    """The activation of a case."""
    return OTHERS.get(seed, problem.activation)


def outer_weights(problem: Problem, rng: np.random.Generator, m: float, width: int) -> Array:
    """Weights a_j, the first of them at an end of their range."""
    if problem.law_of_a == "rademacher":
        return m * rng.choice([-1.0, 1.0], width)
    reach = 2 * m if problem.law_of_a == "wide" else m
    a = rng.uniform(-reach, reach, width)
    a[0] = math.copysign(reach, a[0])
    return a


def bound(rng: np.random.Generator, seed: int) -> float:
    """The bound m of a case."""
    m = float(rng.uniform(0.6, 1.7)) + 2 * (seed in KEEN) + 6 * (seed in BEYOND)
    return m * (0.3 if seed in LIGHT else 1)


@cache
def setting(problem: Problem, seed: int, name: str = "") -> Setting:
    """A random network for a seed: two or three inputs, m from 0.6 to 1.7 (but see `bound`), norm of x from 0.6 to 1.5."""
    rng = np.random.default_rng([3, seed])
    width, dimension = WIDTHS[seed], int(rng.integers(2, 4))
    m = bound(rng, seed)
    a = outer_weights(problem, rng, m, width)
    a[0] *= BEYOND.get(seed, 1.0)
    W = problem.spread * rng.standard_normal((width, dimension))
    direction = rng.standard_normal(dimension)
    x = float(rng.uniform(0.6, 1.5)) * direction / np.linalg.norm(direction)
    sigma = activation(name or activation_of(problem, seed))
    if seed in (*KEEN, *LIGHT, *BEYOND):
        W[0] = shares.steepest(sigma, m, float(np.linalg.norm(x)))[1] * x / float(x @ x)
    network = networks.Network(a=a, W=W, activation=sigma)

    def field(inputs: Array, points: Array) -> Array:
        columns = np.reshape(points, (len(points), width, 1 + inputs.size))
        a, z = columns[:, :, 0], columns[:, :, 1:] @ inputs
        return np.asarray(width**-problem.prefactor * np.sum(a * sigma.call(z) + problem.corner * a**2 / 2, axis=1))

    biases = rng.uniform(-0.8, 0.8, width) * (seed not in BEYOND)
    return Setting(
        network=network,
        biases=biases,
        x=x,
        m=m,
        field=partial(field, x),
        biased=partial(field, np.append(x, 1.0)),  # a bias is the weight of an input that is 1
        theta=network.both_layers(),
        theta_biased=np.column_stack([a, W, biases]).ravel(),
        r=float(np.linalg.norm(x)),
        p=width,
    )


@cache
def gradient(problem: Problem, seed: int) -> Approx:
    """The gradient in both layers, by Cauchy's formula on the values of the network."""
    here = setting(problem, seed)
    return oracles.gradient(here.field, here.theta)


@cache
def hessian(problem: Problem, seed: int, *, biased: bool = False) -> Approx:
    """The Hessian in both layers, or in these and the biases, by Cauchy's formula on the values of the network."""
    here = setting(problem, seed)
    return oracles.hessian(here.biased, here.theta_biased) if biased else oracles.hessian(here.field, here.theta)
