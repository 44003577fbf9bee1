"""Question 2(a): the Hessian of the output non-linearity, entry by entry, and the blocks of the network's own derivatives."""

from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, cases, integers, value
from hwgen.homework.maths import differentiation

from .problem import SEEDS, Problem, activated, differentiated, exercise, setting


def entry(found: Approx, *index: int) -> Approx:
    """One entry of a computed array, with its error."""
    return Approx(value=float(found.value[index]), error=found.error)


def slope_gradient(problem: Problem, case: Any) -> Approx:
    """The gradient of phi' o f, by differentiation of its values."""
    here = setting(problem, case)
    found, error = differentiation.gradient(here.network.field_first(here.x, here.link.first), here.network.first_layer())
    return Approx(value=found, error=error)


@exercise.claim(
    r"\partial_\beta\partial_\alpha g, \partial_\beta\psi, \psi, \partial_\alpha f, \partial_\beta f, \partial_\beta\partial_\alpha f, "
    r"\phi, f",
    domain={"seed": cases(*SEEDS), "i": integers(0, 5), "k": integers(0, 5)},
    changed={"skip": 0.7},
    source="chain and product rules",
)
def chain_rule(problem: Problem) -> Bindings:
    """Two partial derivatives of the composition, entry by entry."""

    def partial(what: str) -> Any:
        return lambda seed, i: entry(differentiated(problem, seed, what), i)

    def second(what: str) -> Any:
        return lambda seed, i, k: entry(differentiated(problem, seed, what), k, i)

    return {
        r"\partial_\beta\partial_\alpha g": value(second("hessian g")),
        r"\partial_\beta\psi": value(lambda problem, seed, k: entry(slope_gradient(problem, seed), k)),
        r"\psi": value(lambda problem, seed: setting(problem, seed).link.first(output(problem, seed))),
        r"\partial_\alpha f": value(partial("gradient f")),
        r"\partial_\beta f": value(lambda problem, seed, k: entry(differentiated(problem, seed, "gradient f"), k)),
        r"\partial_\beta\partial_\alpha f": value(second("hessian f")),
        "f": value(lambda problem, seed: output(problem, seed)),
    }


def output(problem: Problem, case: Any) -> float:
    """f(x) of the network of that case."""
    here = setting(problem, case)
    return here.network.output(here.x)


@exercise.claim(r"H_g, \phi, f, H, \nabla f", domain={"seed": cases(*SEEDS)}, changed={"skip": 0.7}, source="2025 handout, eq. (6)")
def output_hessian() -> Bindings:
    """The Hessian of the composition against differentiation of the real network."""
    return {
        "H_g": value(lambda problem, seed: differentiated(problem, seed, "hessian g")),
        "f": value(lambda problem, seed: output(problem, seed)),
        "H": value(lambda problem, seed: differentiated(problem, seed, "hessian f")),
        r"\nabla f": value(lambda problem, seed: differentiated(problem, seed, "gradient f")),
    }


NEURON: Bindings = {
    "p": value(lambda problem, seed: float(setting(problem, seed).network.width)),
    "a_j": value(lambda problem, seed, j: float(setting(problem, seed).a[j])),
    r"\sigma": activated(lambda problem, seed: setting(problem, seed).network.activation, of=["seed"]),
    "z_j": value(lambda problem, seed, j: float(setting(problem, seed).network.preactivations(setting(problem, seed).x)[j])),
    "x": value(lambda problem, seed: setting(problem, seed).x),
}


@exercise.claim(domain={"seed": cases(*SEEDS), "j": integers(0, 2)}, changed={"prefactor": 1.0})
def neuron_gradient(problem: Problem) -> Bindings:
    """The part of the gradient that belongs to one neuron."""

    def part(seed: int, j: int) -> Approx:
        found = differentiated(problem, seed, "gradient f")
        return Approx(value=np.reshape(found.value, setting(problem, seed).network.W.shape)[j], error=found.error)

    return {r"\nabla_{w_j}f": value(part), **NEURON}


@exercise.claim(domain={"seed": cases(*SEEDS), "j": integers(0, 2), "k": integers(0, 2)}, changed={"prefactor": 1.0}, points=64)
def neuron_block(problem: Problem) -> Bindings:
    """The block of the Hessian that belongs to two neurons."""

    def block(seed: int, j: int, k: int) -> Approx:
        found, d = differentiated(problem, seed, "hessian f"), setting(problem, seed).x.size
        return Approx(value=found.value[j * d : (j + 1) * d, k * d : (k + 1) * d], error=found.error)

    return {"H_{jk}": value(block), "I_{jk}": value(lambda j, k: float(j == k)), **NEURON}
