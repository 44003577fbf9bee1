"""Sides of bounds as their derivations give them: slopes integrated along a step, and its best direction; no bound is retyped."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from hwgen.authors import Approx, Binds, Derived, binds_at, value
from hwgen.homework.maths import both_layers, gaussian
from hwgen.homework.maths.maximisation import highest
from hwgen.homework.oracles import suprema

from .problem import LINEAR, Problem, activation_of, setting


def attained(larger: Callable[..., float], **others: Any) -> tuple[Binds | Derived, ...]:
    """A bound is an equality for the affine networks, of four widths, and its larger side is what its derivation gives."""
    return *binds_at("seed", *LINEAR, **others), Derived(larger=value(larger))


# Directions of a step that are tried before the best one is refined, and those of the bracket of a supremum.
DIRECTIONS, FINE = np.linspace(0.0, math.pi / 2, 61), 720
LENGTHS, NODES = gaussian.uniform(0.0, 1.0, count=4)


def most(outer: float, first: float, second: float, alpha: Any, u: Any) -> Any:
    """What a neuron adds at most, by Taylor's integrals along its step (alpha, u): outer weight and slopes are the largest there can be."""
    u = np.abs(u)
    undone = sum(length * (1 - node) for length, node in zip(LENGTHS, NODES, strict=True))
    return outer * second * u * u * undone + np.abs(alpha) * np.sum(LENGTHS * first) * u


def best(outer: float, first: float, second: float, r: float, reach: float) -> float:
    """The largest of that over steps of length `reach`, whose inner part is along an input of norm r."""

    def added(angle: Any) -> Any:
        return most(outer, first, second, reach * np.cos(angle), reach * r * np.sin(angle))

    return highest(added, DIRECTIONS)[0]


def on_ball(problem: Problem, seed: int, R: float, *, wider: float = 0.0, r: float = 0.0) -> float:
    """The bound on the supremum over the ball: one neuron takes the whole step, its outer weight at most m + `wider`."""
    here, largest = setting(problem, seed), suprema(activation_of(problem, seed))
    return best(here.m + wider, *largest, r or here.r, R) / math.sqrt(here.p)


def by_rows(problem: Problem, seed: int, R: float) -> float:
    """The simpler bound on the Hessian: the largest row sum of a block, which no symmetric matrix's norm exceeds, |a_j| at most m + R."""
    here, (first, second) = setting(problem, seed), suprema(activation_of(problem, seed))
    block = both_layers.block((here.m + R) * second * here.r**2, first * here.r)
    return float(np.linalg.norm(block, np.inf)) / math.sqrt(here.p)


def bracketed(problem: Problem, seed: int, R: float, name: str) -> Approx:
    """sqrt(p) D_R by dividing R^2 among the neurons, to what Lagrange's dual may neglect."""
    here = setting(problem, seed, name)
    attained, _ = both_layers.bracket(here.network, here.x, R, angles=FINE)
    return Approx(value=attained, error=both_layers.NEGLECTED * attained)


def least(slope: float, second: float, r: float, R: float) -> float:
    """What a neuron gains at least whose two layers share R^2 equally: its outer step times slopes that fall as fast as they can."""
    alpha, u = R / math.sqrt(2), r * R / math.sqrt(2)
    return float(alpha * u * np.sum(LENGTHS * (slope - second * u * NODES)))


def cubic(second: float, r: float, R: float) -> float:
    """The largest of what the curvature adds to a neuron whose outer weight moves as well."""

    def added(angle: Any) -> Any:
        u = r * R * np.sin(angle)
        return np.abs(R * np.cos(angle)) * sum(length * second * u * u * node for length, node in zip(LENGTHS, NODES, strict=True))

    return highest(added, DIRECTIONS)[0]


def steepest_in_ball(problem: Problem, seed: int, R: float, name: str) -> float:
    """What a slope can be at most in the ball, from the weights moved along x either way as far as it lets them."""
    here = setting(problem, seed, name)
    sides = [np.abs((here.network.W + sign * R * here.x / here.r) @ here.x) for sign in (1, -1)]
    return float(np.abs(here.network.activation.first(0.0)) + here.network.activation.sup_second * np.max(sides))
