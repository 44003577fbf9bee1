r"""Question 2(c), the gap function of the link: :math:`\Delta_\phi(y,b)=\sup_{|\tau|\le b}|\phi(y+\tau)-\phi(y)-\phi'(y)\tau|`."""

from hwgen.authors import Binding, Bindings, closed, function
from hwgen.homework.maths import gap
from hwgen.homework.oracles import SIGMA, activation

from .initialisation import INPUT, NORM, OVER_NEURON
from .problem import Problem, exercise

# The maximisation over one variable is accurate to this, relative.
MAXIMISED = 1e-10


def gap_of(link: str = "") -> Binding:
    """The gap function of the link of that name, or of the problem's."""
    return function(lambda problem, y, b: gap.gap(activation(link or problem.link), float(y), float(b)), error=MAXIMISED)


@exercise.claim(
    r"\Delta_\phi, y, b, \phi",
    domain={"y": closed(-1.5, 1.7), "b": closed(0.3, 2.2)},
    identity="a definition: the page's supremum against the maximisation that the other checks use",
    points=16,
)
def gap_function() -> None:
    """The gap function of a link."""


@exercise.claim(
    r"\Delta_\phi, y, R, L, r, \sigma, \mathbb{E}",
    domain={"x": INPUT, "y": closed(-2, 2), "R": closed(0.4, 2.3)},
    changed={"link": "cubic"},
    points=12,
)
def quadratic_gap(problem: Problem) -> Bindings:
    """The gap of a half square depends neither on the point nor on chance."""
    link = "quadratic" if problem.link == "tanh" else problem.link
    return {r"\Delta_\phi": gap_of(link), "r": NORM, r"\sigma": SIGMA, r"\mathbb{E}": OVER_NEURON}


@exercise.claim(r"\Delta_\phi, b", domain={"b": closed(0.3, 2.2)}, changed={"link": "exponential"}, points=24)
def tanh_gap() -> None:
    """The gap of the hyperbolic tangent at its inflection point."""
