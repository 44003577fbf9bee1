"""First and second derivatives when both layers move, and the norm of a block: against differentiation and linear algebra."""

import math
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Range, binds_at, cases, closed, function, integers, ratios, value, variable
from hwgen.homework.maths.both_layers import block
from hwgen.homework.oracles import neuron, part

from .problem import NEURON, OF_BLOCKS, SEEDS, SMOOTH, Problem, exercise, gradient, hessian, setting

# The entries of a two-by-two block. What claims on it share: they fail where its first entry is not 0.
PLANE: dict[str, Range] = {"c": closed(-3, 3), "beta": closed(-3, 3)}
ON_PLANE: dict[str, Any] = {"domain": PLANE, "changed": {"corner": 0.7}}
ALL_REALS = "for all real numbers"


def size(problem: Problem, seed: int) -> int:
    """Parameters of one neuron, 1 + d."""
    return 1 + setting(problem, seed).x.size


def block_of(problem: Problem, seed: int, j: int, k: int) -> Approx:
    """The block of the Hessian that belongs to two neurons."""
    return part(hessian(problem, seed), neuron(j, size(problem, seed)), neuron(k, size(problem, seed)))


@exercise.claim(r"\nabla_jf, p, a_j, \sigma, z_j, e_0, \hat x", domain=NEURON, changed={"prefactor": 0.25}, in_words=SMOOTH)
def both_gradient() -> Bindings:
    """The part of the gradient that belongs to one neuron, in both layers."""
    return {r"\nabla_jf": value(lambda problem, seed, j: part(gradient(problem, seed), neuron(j, size(problem, seed))))}


@exercise.claim(r"H_{jk}, I_{jk}, p, a_j, \sigma, z_j, e_0, \hat x", domain=NEURON | {"k": integers(0, 1)}, **OF_BLOCKS)
def both_blocks() -> Bindings:
    """All blocks of the Hessian in both layers."""
    return {"H_{jk}": value(block_of), "I_{jk}": value(lambda j, k: float(j == k))}


# Why the norm of such a block is found without any rounding.
DIAGONAL = "the largest entry of a block that is diagonal, or diagonal but for the order of its rows"


def spectral(problem: Problem, c: Any, beta: Any) -> Any:
    """The largest singular value of the two-by-two block."""
    c, beta = np.broadcast_arrays(np.asarray(c, float), np.asarray(beta, float))
    rows = np.stack([np.stack([np.full(c.shape, problem.corner), beta], axis=-1), np.stack([beta, c], axis=-1)], axis=-2)
    return np.linalg.norm(rows, 2, axis=(-2, -1))


def eigenvalue(problem: Problem, c: float, beta: float, which: int) -> Approx:
    """An eigenvalue of the two-by-two block, in increasing order."""
    return Approx(value=float(np.linalg.eigvalsh(block(c, beta, problem.corner))[which]), error=1e-14)


def characteristic(problem: Problem, lam: float, c: float, beta: float) -> Approx:
    """det(lam I - block), by elimination."""
    return Approx(value=float(np.linalg.det(lam * np.eye(2) - block(c, beta, problem.corner))), error=1e-13)


@exercise.claim(
    r"\lambda, \chi, c, \beta, \lambda_1, \lambda_2",
    domain=PLANE | {"lam": closed(-4.1, 3.7)},
    source="completing the square",
    always=ALL_REALS,
    changed={"corner": 0.7},
)
def block_characteristic() -> Bindings:
    """The characteristic polynomial of the block, down to its two roots."""
    return {r"\lambda": variable("lam"), r"\chi": function(characteristic, of=("c", "beta"))}


@exercise.claim(r"c, \beta, \lambda_1", always=ALL_REALS, **ON_PLANE)
def block_larger() -> None:
    """The larger eigenvalue of the block."""


@exercise.claim(r"c, \beta, \lambda_2", always=ALL_REALS, **ON_PLANE)
def block_smaller() -> None:
    """The smaller eigenvalue of the block."""


@exercise.claim(
    r"\Lambda, c, \beta, \lambda_1, \lambda_2",
    source="roots of the characteristic polynomial",
    kept={r"\beta\ge0": "Lambda is wanted there only, where it increases with beta"},
    **ON_PLANE,
)
def block_eigenvalues() -> Bindings:
    """The largest modulus of an eigenvalue of the block is its norm."""
    return {r"\Lambda": function(spectral)}


@exercise.claim(r"c, \beta, \Lambda", sharp=[binds_at("beta", 0.0), binds_at("c", 0.0)], exact=DIAGONAL, **ON_PLANE)
def block_between() -> Bindings:
    """The norm of the block between its lower right entry and the sum of its entries."""
    return {r"\Lambda": function(spectral)}


CLOSED_FORM = {3.0: (math.sqrt(5) - 1) / 2, -0.75: (math.sqrt(65) - 1) / 8}
SLANTED = ratios("c", CLOSED_FORM, within=1e-9, because="in closed form at beta = 3")


@exercise.claim(r"c, \beta, \Lambda", sharp=[(*binds_at("c", 0.0), *SLANTED)], exact=DIAGONAL, **ON_PLANE)
def block_mixed() -> Bindings:
    """The mixed entry alone bounds the norm of the block from below."""
    return {r"\Lambda": function(spectral)}


@exercise.claim(r"H_j, \Lambda, r, p, a_j, \sigma, z_j", domain=NEURON, **OF_BLOCKS)
def block_norm() -> Bindings:
    """The operator norm of the block of one neuron, from the Hessian of the real network."""
    return {"H_j": value(lambda problem, seed, j: block_of(problem, seed, j, j))}


@exercise.claim(r"H, p, \Lambda, a, \sigma, z, r", domain={"seed": cases(*SEEDS)}, **OF_BLOCKS)
def both_norm() -> Bindings:
    """The operator norm of the whole Hessian in both layers."""
    return {"H": value(hessian)}
