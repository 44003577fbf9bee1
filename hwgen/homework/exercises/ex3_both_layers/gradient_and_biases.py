"""The gradient in both layers and its limit, and both again with biases: one real neuron, differentiated, under the law of its weights."""

from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Range, cases, closed, value
from hwgen.homework.maths import Array, gaussian
from hwgen.homework.oracles import NORM, PLANE, SIGMA, law_of_a, neuron, part, squared_gradient

from .blocks import size
from .derivations import attained, on_ball
from .problem import BOUNDED, NEURON, OF_BLOCKS, ON_BALL, SEEDS, SMOOTH, Problem, exercise, gradient, hessian, setting

INPUT: dict[str, Range] = {"x": PLANE, "m": closed(0.5, 2.2)}

LAWS = r"independent $a_j\sim\mathrm{Unif}([-m,m])$ and $w_j\sim\mathcal N(0,I_d)$"
UNBIASED = "if the biases start at $0$"


@exercise.claim(r"\nabla f, p, a, z, \sigma, r", domain={"seed": cases(*SEEDS)}, changed={"prefactor": 0.25}, in_words=SMOOTH)
def gradient_squared() -> Bindings:
    """The squared norm of the gradient in both layers."""
    return {r"\nabla f": value(lambda problem, seed: gradient(problem, seed))}


def neuron_law(problem: Problem, x: Array, m: float) -> tuple[Array, ...]:
    """(weights, a, z = <w, x>, G), with G opposite to z: no relation between the two may be used, only their laws."""
    weights, a, normal = gaussian.product(law_of_a(problem, 2), gaussian.normal(step=0.2))
    heavy = weights > 1e-18
    deviation = problem.spread * float(np.linalg.norm(x))
    return weights[heavy], m * a[heavy], deviation * normal[heavy], -normal[heavy]


@exercise.claim(r"L_2, r, \sigma, m, \mathbb{E}", domain=INPUT, changed={"law_of_a": "rademacher"}, points=10, in_words=[LAWS])
def gradient_limit() -> Bindings:
    """The mean of the squared gradient in both layers, down to the two kernels on the diagonal."""
    return {"r": NORM, r"\sigma": SIGMA}


@exercise.claim(r"\tilde L_2, r, \sigma, m, \mathbb{E}", domain=INPUT, changed={"spread": 0.6}, points=10, in_words=[LAWS, UNBIASED])
def gradient_limit_biased() -> Bindings:
    """The same with biases that start at zero."""
    return {r"\tilde L_2": value(lambda problem, x, m: squared_gradient(problem, x, "a w b", m)), "r": NORM, r"\sigma": SIGMA}


def biased_block(problem: Problem, seed: int, j: int) -> Approx:
    """The block of the Hessian in (a, w, b) that belongs to one neuron."""
    return part(hessian(problem, seed, biased=True), *[neuron(j, 1 + size(problem, seed))] * 2)


@exercise.claim(r"\tilde H_j, \Lambda, p, a_j, \sigma, z_j, r", domain=NEURON, **OF_BLOCKS)
def biased_block_norm() -> Bindings:
    """The operator norm of the block of one neuron in (a, w, b)."""
    return {
        r"\tilde H_j": value(biased_block),
        "z_j": value(lambda problem, seed, j: float((setting(problem, seed).z + setting(problem, seed).biases)[j])),
    }


def biased_most(problem: Problem, seed: int, R: float, wider: float = 0.0) -> float:
    """The bound on the supremum over the ball, for the input with a 1 appended: a bias is its weight."""
    return on_ball(problem, seed, R, wider=wider, r=float(np.linalg.norm(np.append(setting(problem, seed).x, 1.0))))


BIASED: dict[str, Range] = {"seed": cases(*ON_BALL), "R": cases(0.0, 0.1, 0.6, 1.7, -0.02, -0.5)}

IN_THE_BALL: dict[str, Any] = {
    "prints": r"\tilde D_R, \Lambda, R, p, a, m, r, M_1, M_2",
    "domain": BIASED,
    "changed": {"prefactor": 0.25},
    "in_words": BOUNDED,
}


@exercise.claim(sharp=[attained(lambda problem, seed, R: biased_most(problem, seed, R, R), R=0.6)], **IN_THE_BALL)
def biased_ball() -> None:
    """The supremum over the ball with biases against the bound through the Hessian."""


@exercise.claim(sharp=[attained(biased_most, R=0.6)], **IN_THE_BALL)
def biased_direct() -> None:
    """The supremum over the ball with biases against the bound neuron by neuron."""
