r"""Question 2(c), the gap function of the link: :math:`\Delta_\phi(y,T)=\sup_{|\tau|\le T}|\phi(y+\tau)-\phi(y)-\phi'(y)\tau|`."""

from __future__ import annotations

import math

import numpy as np

from hwgen.homework.exercises.ex2_output_nonlinearity.initialisation import INPUT, QUADRATURE, mean_squared_gradient, neuron_law, sigma_of
from hwgen.homework.exercises.ex2_output_nonlinearity.problem import Problem, activation, exercise
from hwgen.homework.maths import gap
from hwgen.homework.maths.activations import Activation
from hwgen.model import Binding, Bindings, Binds, cases, closed, expectation, function, value, variable

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


def gap_of(problem: Problem, link: str = "own") -> Binding:
    """The gap function of one link."""
    return function(lambda y, T: gap.gap(link_named(problem, link), float(y), float(T)), error=MAXIMISED)


def gap_of_case(problem: Problem) -> Binding:
    """The gap function of the link that the point names."""
    return function(lambda y, T, *, link: gap.gap(link_named(problem, link), float(y), float(T)), of=("link",), error=MAXIMISED)


def flattest(problem: Problem, link: str, y: float, T: float) -> float:
    """The least |phi''| over [y - T, y + T], on a grid with both ends."""
    return float(np.min(np.abs(link_named(problem, link).second(np.linspace(y - T, y + T, 4001)))))


@exercise.claim(
    domain={"y": closed(-1.5, 1.7), "T": closed(0.3, 2.2)},
    identity="a definition: the page's supremum against the maximisation that the other checks use",
    points=16,
)
def gap_function(problem: Problem) -> Bindings:
    """The gap function of a link."""
    link = activation(problem.link)
    return {
        r"\Delta_\phi": gap_of(problem),
        "y": variable("y"),
        "T": variable("T"),
        r"\phi": function(link.call, link.first, link.second),
    }


@exercise.claim(
    domain={"link": cases("exponential", "decay", "quadratic"), "y": closed(-1.5, 1.7), "T": closed(0.3, 2.2)},
    identity="Taylor's formula holds for every link whose second derivative keeps its sign",
    sharp=[Binds(at={"link": "quadratic"})],
)
def gap_from_below(problem: Problem) -> Bindings:
    """Where the link is curved, its gap is at least quadratic."""
    return {
        r"\Delta_\phi": gap_of_case(problem),
        "y": variable("y"),
        "T": variable("T"),
        "c": value(lambda link, y, T: flattest(problem, link, y, T)),
    }


@exercise.claim(domain={"x": INPUT, "y": closed(-2, 2), "R": closed(0.4, 2.3)}, changed={"link": "cubic"}, points=12)
def quadratic_gap(problem: Problem) -> Bindings:
    """The gap of a half square depends neither on the point nor on chance."""
    link = "quadratic" if problem.link == "tanh" else problem.link
    return {
        r"\Delta_\phi": gap_of(problem, link),
        "y": variable("y"),
        "R": variable("R"),
        "L": value(lambda x: mean_squared_gradient(problem, x)),
        "r": value(lambda x: float(np.linalg.norm(x))),
        r"\sigma": sigma_of(problem),
        r"\mathbb{E}": expectation(lambda x: neuron_law(problem, x), "a", "z", "G", error=QUADRATURE),
    }


@exercise.claim(domain={"y": closed(-1.5, 1.7), "T": closed(0.3, 2.2)}, changed={"link": "sine"}, points=24)
def exponential_gap(problem: Problem) -> Bindings:
    """The gap of the exponential."""
    link = "exponential" if problem.link == "tanh" else problem.link
    return {r"\Delta_\phi": gap_of(problem, link), "y": variable("y"), "T": variable("T")}


@exercise.claim(domain={"T": closed(0.3, 2.2)}, changed={"link": "exponential"}, points=24)
def tanh_gap(problem: Problem) -> Bindings:
    """The gap of the hyperbolic tangent at its inflection point."""
    return {r"\Delta_\phi": gap_of(problem), "T": variable("T")}


def third_bound(problem: Problem, link: str) -> float:
    """sup |phi'''| over [-6, 6], outside of which that of the links used here is no larger."""
    return gap.maximum(lambda u: np.abs(link_named(problem, link).third(u)), -6.0, 6.0)


@exercise.claim(
    domain={"link": cases("own", "cubic", "sine", "sigmoid"), "y": closed(-1.5, 1.7), "T": closed(0.3, 2.2)},
    changed={"link": "relu"},
    sharp=[Binds(at={"link": "cubic"})],
)
def small_radius(problem: Problem) -> Bindings:
    """For a small ball the gap is half the second derivative times the squared radius."""
    return {
        r"\Delta_\phi": gap_of_case(problem),
        "y": variable("y"),
        "T": variable("T"),
        r"\phi": function(
            lambda u, *, link: link_named(problem, link).call(u),
            lambda u, *, link: link_named(problem, link).first(u),
            lambda u, *, link: link_named(problem, link).second(u),
            of=("link",),
        ),
        "K": value(lambda link: third_bound(problem, link)),
    }
