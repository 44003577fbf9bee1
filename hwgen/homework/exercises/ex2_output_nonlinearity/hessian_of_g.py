"""Question 2(a): the Hessian of the output non-linearity, entry by entry, and the blocks of the network's own derivatives."""

from hwgen.authors import Approx, Bindings, Range, cases, integers, value
from hwgen.homework.oracles import gradient, neuron, part

from .problem import OF_F, OF_G, SEEDS, Problem, differentiated, exercise, setting

NEURON: dict[str, Range] = {"case": cases(*SEEDS), "j": integers(0, 2)}


@exercise.claim(
    r"\partial_\beta\partial_\alpha g, \partial_\beta\psi, \psi, \partial_\alpha f, \partial_\beta f, \partial_\beta\partial_\alpha f, "
    r"\phi, f",
    domain={"case": cases(*SEEDS), "i": integers(0, 5), "k": integers(0, 5)},
    source="chain and product rules",
    **OF_G,
)
def chain_rule(problem: Problem) -> Bindings:
    """Two partial derivatives of the composition, entry by entry."""

    def slope(case: int, k: int) -> Approx:
        here = setting(problem, case)
        return part(gradient(here.network.field_first(here.x, here.link.first), here.network.first_layer()), k)

    return {
        r"\partial_\beta\partial_\alpha g": value(lambda problem, case, i, k: part(differentiated(problem, case, "hessian g"), k, i)),
        r"\partial_\beta\psi": value(slope),
        r"\psi": value(lambda problem, case: setting(problem, case).link.first(setting(problem, case).f)),
        r"\partial_\alpha f": value(lambda problem, case, i: part(differentiated(problem, case, "gradient f"), i)),
        r"\partial_\beta f": value(lambda problem, case, k: part(differentiated(problem, case, "gradient f"), k)),
        r"\partial_\beta\partial_\alpha f": value(lambda problem, case, i, k: part(differentiated(problem, case, "hessian f"), k, i)),
    }


@exercise.claim(r"H_g, \phi, f, H, \nabla f", domain={"case": cases(*SEEDS)}, source="2025 handout, eq. (6)", **OF_G)
def output_hessian() -> Bindings:
    """The Hessian of the composition against differentiation of the real network."""
    return {"H_g": value(lambda problem, case: differentiated(problem, case, "hessian g"))}


def of_neuron(problem: Problem, case: int, j: int) -> slice:
    """Where the weights of a neuron stand."""
    return neuron(j, setting(problem, case).x.size)


def block_of(problem: Problem, case: int, j: int, k: int) -> Approx:
    """The block of the Hessian of f that belongs to two neurons."""
    return part(differentiated(problem, case, "hessian f"), of_neuron(problem, case, j), of_neuron(problem, case, k))


@exercise.claim(r"\nabla_{w_j}f, p, a_j, \sigma, z_j, x", domain=NEURON, **OF_F)
def neuron_gradient() -> Bindings:
    """The part of the gradient that belongs to one neuron."""
    return {
        r"\nabla_{w_j}f": value(lambda problem, case, j: part(differentiated(problem, case, "gradient f"), of_neuron(problem, case, j)))
    }


@exercise.claim(r"H_{jk}, I_{jk}, p, a_j, \sigma, z_j, x", domain=NEURON | {"k": integers(0, 2)}, points=64, **OF_F)
def neuron_block() -> Bindings:
    """The block of the Hessian that belongs to two neurons."""
    return {"H_{jk}": value(block_of), "I_{jk}": value(lambda j, k: float(j == k))}
