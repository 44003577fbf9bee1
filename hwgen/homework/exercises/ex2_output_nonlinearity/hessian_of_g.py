"""Question 2(a): the Hessian of the output non-linearity, entry by entry, and the blocks of the network's own derivatives."""

from typing import Any

import numpy as np

from hwgen.authors import Approx, Binding, Bindings, cases, integers, value
from hwgen.homework.oracles import gradient

from .problem import SEEDS, Problem, differentiated, exercise, setting

# A hypothesis in the words of the page.
SMOOTH = [r"If $\phi$ and $\sigma$ are twice differentiable"]


def entry(found: Approx, *index: int) -> Approx:
    """One entry of a computed array, with its error."""
    return Approx(value=float(found.value[index]), error=found.error)


def slope_gradient(problem: Problem, case: Any) -> Approx:
    """The gradient of phi' o f, by differentiation of its values."""
    here = setting(problem, case)
    return gradient(here.network.field_first(here.x, here.link.first), here.network.first_layer())


@exercise.claim(
    r"\partial_\beta\partial_\alpha g, \partial_\beta\psi, \psi, \partial_\alpha f, \partial_\beta f, \partial_\beta\partial_\alpha f, "
    r"\phi, f",
    domain={"case": cases(*SEEDS), "i": integers(0, 5), "k": integers(0, 5)},
    changed={"skip": 0.7},
    source="chain and product rules",
    in_words=SMOOTH,
)
def chain_rule(problem: Problem) -> Bindings:
    """Two partial derivatives of the composition, entry by entry."""

    def first(what: str) -> Binding:
        return value(lambda problem, case, i: entry(differentiated(problem, case, what), i))

    def second(what: str) -> Binding:
        return value(lambda problem, case, i, k: entry(differentiated(problem, case, what), k, i))

    return {
        r"\partial_\beta\partial_\alpha g": second("hessian g"),
        r"\partial_\beta\psi": value(lambda problem, case, k: entry(slope_gradient(problem, case), k)),
        r"\psi": value(lambda problem, case: setting(problem, case).link.first(output(problem, case))),
        r"\partial_\alpha f": first("gradient f"),
        r"\partial_\beta f": value(lambda problem, case, k: entry(differentiated(problem, case, "gradient f"), k)),
        r"\partial_\beta\partial_\alpha f": second("hessian f"),
    }


def output(problem: Problem, case: Any) -> float:
    """f(x) of the network of that case."""
    here = setting(problem, case)
    return here.network.output(here.x)


@exercise.claim(
    r"H_g, \phi, f, H, \nabla f", domain={"case": cases(*SEEDS)}, changed={"skip": 0.7}, source="2025 handout, eq. (6)", in_words=SMOOTH
)
def output_hessian() -> Bindings:
    """The Hessian of the composition against differentiation of the real network."""
    return {"H_g": value(lambda problem, case: differentiated(problem, case, "hessian g"))}


@exercise.claim(
    r"\nabla_{w_j}f, p, a_j, \sigma, z_j, x",
    domain={"case": cases(*SEEDS), "j": integers(0, 2)},
    changed={"prefactor": 1.0},
    in_words=SMOOTH,
)
def neuron_gradient(problem: Problem) -> Bindings:
    """The part of the gradient that belongs to one neuron."""

    def part(case: int, j: int) -> Approx:
        found = differentiated(problem, case, "gradient f")
        return Approx(value=np.reshape(found.value, setting(problem, case).network.W.shape)[j], error=found.error)

    return {r"\nabla_{w_j}f": value(part)}


@exercise.claim(
    r"H_{jk}, I_{jk}, p, a_j, \sigma, z_j, x",
    domain={"case": cases(*SEEDS), "j": integers(0, 2), "k": integers(0, 2)},
    changed={"prefactor": 1.0},
    points=64,
    in_words=SMOOTH,
)
def neuron_block(problem: Problem) -> Bindings:
    """The block of the Hessian that belongs to two neurons."""

    def block(case: int, j: int, k: int) -> Approx:
        found, d = differentiated(problem, case, "hessian f"), setting(problem, case).x.size
        return Approx(value=found.value[j * d : (j + 1) * d, k * d : (k + 1) * d], error=found.error)

    return {"H_{jk}": value(block), "I_{jk}": value(lambda j, k: float(j == k))}
