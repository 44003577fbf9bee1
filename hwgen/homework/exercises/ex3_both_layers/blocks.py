"""First and second derivatives when both layers move, and the norm of a block: against differentiation and linear algebra."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np

from hwgen.homework.exercises.ex3_both_layers.problem import (
    SEEDS,
    Array,
    Problem,
    block_of,
    exercise,
    gradient,
    hessian,
    neuron,
    setting,
    sigma_of_case,
)
from hwgen.homework.maths.both_layers import block
from hwgen.model import Approx, Binding, Bindings, Binds, Range, cases, closed, function, integers, value, variable

NEURON: dict[str, Range] = {"seed": cases(*SEEDS), "j": integers(0, 1)}
PLANE: dict[str, Range] = {"c": closed(-3, 3), "s": closed(0, 3)}


def size(problem: Problem, seed: int) -> int:
    """Parameters of one neuron, 1 + d."""
    return 1 + setting(problem, seed).x.size


def outer_axis(problem: Problem, seed: int) -> Array:
    """e_0 in R^(1+d)."""
    return np.asarray(np.eye(size(problem, seed))[0])


def lifted(problem: Problem, seed: int) -> Array:
    """(0, x) in R^(1+d)."""
    return np.concatenate([[0.0], setting(problem, seed).x])


def axes(problem: Problem) -> Bindings:
    """The two vectors that span what a block acts on."""
    return {
        "e_0": value(lambda seed: outer_axis(problem, seed)),
        r"\hat x": value(lambda seed: lifted(problem, seed)),
    }


@exercise.claim(domain=NEURON, changed={"prefactor": 0.25})
def both_gradient(problem: Problem) -> Bindings:
    """The part of the gradient that belongs to one neuron, in both layers."""

    def part(seed: int, j: int) -> Approx:
        found = gradient(problem, seed)
        return Approx(value=np.reshape(found.value, (-1, size(problem, seed)))[j], error=found.error)

    return {r"\nabla_jf": value(part), **neuron(problem), **axes(problem)}


@exercise.claim(domain=NEURON | {"k": integers(0, 1)}, changed={"corner": 0.7}, points=40)
def both_blocks(problem: Problem) -> Bindings:
    """All blocks of the Hessian in both layers."""
    return {
        "H_{jk}": value(lambda seed, j, k: block_of(hessian(problem, seed), size(problem, seed), j, k)),
        r"\delta_{jk}": value(lambda j, k: float(j == k)),
        **neuron(problem),
        **axes(problem),
    }


def spectral(problem: Problem, c: Any, s: Any) -> Any:
    """The largest singular value of the two-by-two block."""
    c, s = np.broadcast_arrays(np.asarray(c, float), np.asarray(s, float))
    rows = np.stack([np.stack([np.full(c.shape, problem.corner), s], axis=-1), np.stack([s, c], axis=-1)], axis=-2)
    return np.linalg.norm(rows, 2, axis=(-2, -1))


def norm_of(problem: Problem) -> Any:
    """Lambda as a printed function."""
    return function(partial(spectral, problem))


def eigenvalue(problem: Problem, c: float, s: float, which: int) -> float:
    """An eigenvalue of the two-by-two block, in increasing order."""
    return float(np.linalg.eigvalsh(block(c, s, problem.corner))[which])


def characteristic(problem: Problem, lam: float, c: float, s: float) -> Approx:
    """det(lam I - block), by elimination."""
    return Approx(value=float(np.linalg.det(lam * np.eye(2) - block(c, s, problem.corner))), error=1e-13)


@exercise.claim(domain=PLANE | {"lam": closed(-4.1, 3.7)}, changed={"corner": 0.7}, source="completing the square")
def block_characteristic(problem: Problem) -> Bindings:
    """The characteristic polynomial of the block, down to its two roots."""
    return {
        r"\lambda": variable("lam"),
        r"\chi": function(partial(characteristic, problem), of=("c", "s")),
        **root_symbols(problem),
    }


def root_symbols(problem: Problem) -> dict[str, Binding]:
    """The symbols of the block and of its eigenvalues, lambda_1 >= lambda_2."""
    return {
        "c": variable("c"),
        "s": variable("s"),
        r"\lambda_1": value(lambda c, s: Approx(value=eigenvalue(problem, c, s, 1), error=1e-14)),
        r"\lambda_2": value(lambda c, s: Approx(value=eigenvalue(problem, c, s, 0), error=1e-14)),
    }


def without(symbols: dict[str, Binding], name: str) -> dict[str, Binding]:
    """The symbols but one."""
    return {key: binding for key, binding in symbols.items() if key != name}


@exercise.claim(domain=PLANE, changed={"corner": 0.7})
def block_larger(problem: Problem) -> Bindings:
    """The larger eigenvalue of the block."""
    return without(root_symbols(problem), r"\lambda_2")


@exercise.claim(domain=PLANE, changed={"corner": 0.7})
def block_smaller(problem: Problem) -> Bindings:
    """The smaller eigenvalue of the block."""
    return without(root_symbols(problem), r"\lambda_1")


@exercise.claim(domain=PLANE, changed={"corner": 0.7}, source="roots of the characteristic polynomial")
def block_eigenvalues(problem: Problem) -> Bindings:
    """The largest modulus of an eigenvalue of the block is its norm."""
    return {
        r"\Lambda": norm_of(problem),
        **root_symbols(problem),
    }


@exercise.claim(domain=PLANE, changed={"corner": 0.7}, sharp=[Binds(at={"s": 0.0}), Binds(at={"c": 0.0})])
def block_between(problem: Problem) -> Bindings:
    """The norm of the block between its lower right entry and the sum of its entries."""
    return {"c": variable("c"), "s": variable("s"), r"\Lambda": norm_of(problem)}


@exercise.claim(domain=PLANE, changed={"corner": 0.7}, sharp=[Binds(at={"c": 0.0})])
def block_mixed(problem: Problem) -> Bindings:
    """The mixed entry alone bounds the norm of the block from below."""
    return {"c": variable("c"), "s": variable("s"), r"\Lambda": norm_of(problem)}


@exercise.claim(domain=NEURON, changed={"corner": 0.7})
def block_norm(problem: Problem) -> Bindings:
    """The operator norm of the block of one neuron, from the Hessian of the real network."""
    return {
        "H_j": value(lambda seed, j: block_of(hessian(problem, seed), size(problem, seed), j, j)),
        r"\Lambda": norm_of(Problem()),
        "r": value(lambda seed: setting(problem, seed).r),
        **neuron(problem),
    }


@exercise.claim(domain={"seed": cases(*SEEDS)}, changed={"corner": 0.7})
def both_norm(problem: Problem) -> Bindings:
    """The operator norm of the whole Hessian in both layers."""
    return {
        "H": value(lambda seed: hessian(problem, seed)),
        "p": value(lambda seed: float(setting(problem, seed).p)),
        r"\Lambda": norm_of(Problem()),
        "a": value(lambda seed: setting(problem, seed).network.a),
        r"\sigma": sigma_of_case(problem),
        "z": value(lambda seed: setting(problem, seed).network.preactivations(setting(problem, seed).x)),
        "r": value(lambda seed: setting(problem, seed).r),
    }
