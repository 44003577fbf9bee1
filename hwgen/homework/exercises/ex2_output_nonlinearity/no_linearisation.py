"""Question 2(c), second half: the supremum of |g - g_lin| over a ball of fixed radius, against the gap function."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Bindings, Binds, Derived, Ratio, cases, closed, function, value, variable
from hwgen.homework.maths import Array, gap
from hwgen.homework.maths.activations import Activation
from hwgen.homework.oracles import activation

from .problem import (
    BOUNDED,
    CALM,
    LOUD,
    NARROW,
    SATURATED,
    SEEDS,
    SUNKEN,
    UNEVEN,
    WIDE,
    Problem,
    Setting,
    derivative,
    exercise,
    saturated,
    setting,
)
from .remainder_of_f import gradient_length
from .suprema import GAP_OF_CASE, LINK_OF_CASE, link_at, supremum_of_g

# Wider than the page promises: no ball has a negative radius.
RADIUS = closed(-0.2, 1.6)
NETWORKS = cases(*SEEDS[:4], SATURATED, SUNKEN, CALM)
BY_WIDTH = cases(*SEEDS[:4], SATURATED, NARROW, WIDE, SUNKEN, CALM)


def off_the_gap(problem: Problem, case: Any, link: str, R: float) -> Approx:
    """How far the supremum is from the link's gap, either way, by maximisation of both."""
    here, found = setting(problem, case), supremum_of_g(problem, case, link, R)
    reach = R * float(gradient_length(problem, case).value)
    apart = found.value - gap.gap(link_at(problem, case, link, R), float(here.f), reach) if reach >= 0 else np.nan
    return Approx(value=max(apart, -apart), error=found.error + 1e-12 * abs(found.value))


NEARLY_LINEAR = "of a network that is nearly linear the supremum is nearly the gap"
# The supremum is less than the gap by all that the bound allows.
FALLEN = Binds(at={"link": "notched", "case": SUNKEN, "R": 0.3})


@exercise.claim(
    r"S_R, f_0, R, \ell, \Delta_\phi, D_R, \phi",
    domain={"case": NETWORKS, "link": cases("own", "falling", "exponential", "bent", "kinked"), "R": RADIUS},
    changed={"skip": 0.7},
    sharp=[(*(Binds(at={"link": "kinked", "case": SATURATED, "R": R}) for R in (0.5, 1.1)), Derived(smaller=value(off_the_gap)))],
    coarse={1.6e-6: NEARLY_LINEAR},
    points=24,
    in_words=[r"If $\phi$ is $C^1$", r"differentiable at $\theta^0$"],
)
def gap_bound(problem: Problem) -> Bindings:
    """The supremum of the departure of g against the gap function of the link, for every differentiable model."""
    return {r"\Delta_\phi": GAP_OF_CASE, r"\phi": LINK_OF_CASE}


@exercise.claim(
    r"S_R, f_0, R, \ell, \Delta_\phi, D_R, M_2, r, p, a",
    domain={"case": cases(*BY_WIDTH.values, LOUD, UNEVEN), "link": cases("own", "identity", "notched"), "R": RADIUS},
    changed={"skip": 0.7},
    sharp=[(*saturated(link="identity", R=1.3), FALLEN), saturated(R=0.9)],
    points=36,
    in_words=[r"with $|\phi'|\le1$", *BOUNDED],
)
def contraction_gap(problem: Problem) -> Bindings:
    """The same for a link of slope at most one, with the width made explicit."""
    return {r"\Delta_\phi": GAP_OF_CASE}


@exercise.claim(
    r"S_R, f_0, R, \ell, D_R",
    domain={"case": NETWORKS, "link": cases("quadratic"), "R": RADIUS},
    changed={"skip": 0.7},
    sharp=[(Binds(at={"case": SATURATED, "R": 1.2}), Derived(smaller=value(off_the_gap)))],
    coarse={2.5e-6: NEARLY_LINEAR},
    points=15,
    in_words=[r"for $\phi(v)=v^2/2$"],
)
def half_square_gap() -> None:
    """The departure of half the square of the network, at finite width."""


@cache
def mirrored(problem: Problem, case: Any) -> Setting:
    """The network of that case and its copy with outer weights of opposite sign, so that f vanishes at initialisation."""
    here = setting(problem, case)
    a, W = np.concatenate([here.a, -here.a]), np.vstack([here.network.W, here.network.W])
    return replace(here, network=replace(here.network, a=a, W=W), a=a)


@exercise.claim(
    "H_g, H, M_2, r, p",
    domain={"case": cases(*BY_WIDTH.values, LOUD, UNEVEN)},
    changed={"link": "exponential"},
    sharp=[saturated()],
    in_words=["the initialisation mirrored", *BOUNDED],
)
def mirrored_hessian() -> Bindings:
    """At a mirrored initialisation the Hessian of g is as small as that of f."""
    return {
        "H_g": value(lambda problem, case: derivative(mirrored(problem, case), "hessian g")),
        "H": value(lambda problem, case: derivative(mirrored(problem, case), "hessian f")),
        "a": value(lambda problem, case: mirrored(problem, case).a),
        "p": value(lambda problem, case: float(mirrored(problem, case).network.width)),
    }


@exercise.claim(
    "S_R, R, H_g",
    domain={"case": cases(*SEEDS), "link": cases("own"), "R": closed(0.4, 1.6)},
    false=True,
    points=8,
    quotes=r"S_R = \frac{R^2}{2}\,\|H_g\|_{\mathrm{op}}",
)
def frozen_hessian() -> Bindings:
    """What the Hessian at initialisation alone would give for the supremum over the ball."""
    return {"H_g": value(lambda problem, case: derivative(setting(problem, case), "hessian g"))}


def rippled(height: float) -> Activation:
    r""":math:`u+\epsilon^2\cos(u/\epsilon)`, height = epsilon."""
    return replace(
        activation("identity"),
        name="rippled",
        call=lambda u: u + height**2 * np.cos(u / height),
        first=lambda u: 1 - height * np.sin(u / height),
        second=lambda u: -np.cos(u / height),
    )


@exercise.claim(
    r"\Delta_\phi, \epsilon, b", domain={"epsilon": cases(0.11, 0.125, 0.14), "b": closed(0.1, 2.2)}, changed={"skip": 0.7}, points=9
)
def ripple_gap(problem: Problem) -> Bindings:
    """The gap of a link with small fast ripples is small, although its second derivative is not."""

    def departure(y: float, T: float, *, epsilon: float) -> float:
        # Moved out of its crest by `skip`, the ripple has a tangent of its own.
        return gap.gap(rippled(epsilon), problem.skip * epsilon, float(T)) + 0 * y

    return {r"\Delta_\phi": function(departure, of=("epsilon",), error=1e-9), r"\epsilon": variable("epsilon")}


def neuron_left(problem: Problem, case: Any, R: float, share: float) -> Array:
    """For each neuron, the largest modulus of what its step adds to sqrt(p) (f - f_lin), less the step's price; by maximisation."""
    here, price = setting(problem, case), multiplier(problem, case, share)
    sigma, reach = here.network.activation, R * here.r

    def left(a: float, z: float) -> float:
        return gap.maximum(lambda u: np.abs(a * gap.departure(sigma, z, u)) - price * (u / here.r) ** 2 / 2, -reach, reach)

    if R < 0:
        return np.full(here.network.width, np.nan)
    return np.array([left(float(a), float(z)) for a, z in zip(here.a, here.z, strict=True)])


def multiplier(problem: Problem, case: Any, share: float) -> float:
    """A multiple of the largest second derivative of a neuron's part at no step."""
    here = setting(problem, case)
    return share * here.r**2 * float(np.max(np.abs(here.a * here.network.activation.second(here.z))))


# For constant curvature each neuron that the ball moves alone gains a fifth: the bound is (0.8 + 0.2 p) times the supremum.
ONE_GAINS = "for constant curvature the neurons that the ball moves alone gain a fifth each"
SHORT = [
    Ratio(largest=1 / (0.8 + 0.2 * p), within=1e-6, where={"case": case, "share": 0.8}, because=ONE_GAINS)
    for case, p in ((NARROW, 2), (WIDE, 9))
]


@exercise.claim(
    r"D_R, p, R, \mu, Q",
    domain={"case": BY_WIDTH, "R": RADIUS, "share": cases(1.0, 1.2, 0.8, 1.7, -0.5)},
    changed={"prefactor": 0.0},
    sharp=[(*saturated(share=1.0, R=1.1), *SHORT)],
    points=40,
    kept={r"\mu>0": "the multiplier of an inequality; with any other number the bound holds too, and is no better"},
)
def dual_bound() -> Bindings:
    """Lagrange's dual bounds the supremum over the ball."""
    return {r"\mu": value(multiplier), "Q": value(neuron_left, error=1e-10)}
