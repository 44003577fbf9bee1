r"""Question 2(c), the gap function of the link: :math:`\Delta_\phi(y,b)=\sup_{|\tau|\le b}|\phi(y+\tau)-\phi(y)-\phi'(y)\tau|`."""

import math

import numpy as np

from hwgen.authors import Binding, Bindings, closed, function
from hwgen.homework.maths import gap
from hwgen.homework.maths.activations import Activation

from .initialisation import INPUT, NORM, OVER_NEURON
from .problem import SIGMA, Problem, activation, exercise

# The maximisation over one variable is accurate to this, relative.
MAXIMISED = 1e-10


DECAY = Activation(
    name="decay",
    call=lambda u: np.exp(-u),
    first=lambda u: -np.exp(-u),
    second=lambda u: np.exp(-u),
    third=lambda u: -np.exp(-u),
    sup_first=math.inf,
    sup_second=math.inf,
)


def link_named(problem: Problem, link: str) -> Activation:
    """The link of that name, the problem's for "own"."""
    if link == "decay":
        return DECAY
    return activation(problem.link if link == "own" else link)


def gap_of(link: str = "own") -> Binding:
    """The gap function of one link."""
    return function(lambda problem, y, b: gap.gap(link_named(problem, link), float(y), float(b)), error=MAXIMISED)


GAP_OF_CASE = function(lambda problem, y, b, link: gap.gap(link_named(problem, link), float(y), float(b)), of=["link"], error=MAXIMISED)


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
