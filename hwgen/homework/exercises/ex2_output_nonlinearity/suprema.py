r"""Question 2(c): suprema over balls found in real networks by maximisation, and the gap function of a link.

:math:`\Delta_\phi(v,b)=\sup_{|\tau|\le b}|\phi(v+\tau)-\phi(v)-\phi'(v)\tau|`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Binding, Bindings, closed, function
from hwgen.homework.maths import Array, differentiation, gap
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.maximisation import supremum_over_ball
from hwgen.homework.oracles import NORM, PLANE, SIGMA, activated, activation

from .initialisation import OVER_NEURON
from .problem import SUNKEN, Problem, exercise, setting
from .remainder_of_f import gradient_length

# The maximisation over one variable is accurate to this, relative.
MAXIMISED = 1e-10
# What an ascent in at most four variables, or among neurons that are all alike, misses of a supremum, relative; seen as the
# spread over independent starts.
ASCENT = 5e-9
STEEP, SLOPE, EXTRA = 40.0, 0.6, 1.1


def departure(problem: Problem, case: Any, link: Activation, skip: float) -> Callable[[Array], Array]:
    """g - g_lin after moving the preactivations by the rows of u, in the real network, for the given link."""
    here = setting(problem, case)
    field, theta = here.network.field_first(here.x), here.network.first_layer()
    f0 = here.f
    link0, skip0 = link.call(f0), skip * f0
    tangent = differentiation.complex_step(here.network.field_first(here.x, lambda f: link.call(f) + skip * f), theta[None])[0]

    def height(u: Array) -> Array:
        points = gap.moved(here.network, here.x, u)
        f = field(points)
        return np.asarray(link.call(f) + skip * f - link0 - skip0 - (points - theta) @ tangent)

    return height


def supremum(problem: Problem, case: Any, R: float, link: Activation, skip: float) -> Approx:
    """The supremum over the ball of radius R: of one point for R = 0, and there is none for R < 0."""
    if R <= 0:
        return Approx(value=0.0 if R == 0 else np.nan, error=0.0)
    here = setting(problem, case)
    # A climb may try a step far out of the ball before it turns back, where a link overflows.
    with np.errstate(over="ignore", invalid="ignore"):
        found = supremum_over_ball(departure(problem, case, link, skip), here.network.width, R * here.r, each=1)
    return Approx(value=found, error=ASCENT * found)


@cache
def distance(problem: Problem, case: Any, R: float) -> Approx:
    """delta, the supremum of |f - f_lin| over the ball."""
    return supremum(problem, case, R, activation("identity"), 0.0)


def highest(linear: float, behind: float) -> float:
    """How far f rises in a ball in which its linear part rises so far, and f falls behind by the square of that, at most so much."""
    return linear - behind if linear >= 2 * behind else linear**2 / (4 * behind)


def notched(foot: float) -> Activation:
    """Zero up to there, then of slope -1."""
    return replace(
        activation("identity"),
        name="notched",
        call=lambda u: -np.maximum(np.real(u) - foot, 0.0),
        first=lambda u: -np.asarray(np.real(u) > foot, float),
    )


@cache
def link_at(problem: Problem, case: Any, link: str, R: float) -> Activation:
    """The link of that name; "bent" and "kinked" are linear as far as f goes in the ball, or as far as its linear part goes.

    "notched" falls from where f ends on its way up in the sunken network, which never gets there; elsewhere it is the problem's own link.

    Both are steeper beyond. "kinked" has one more slope from where the linear part ends to where f ends, so that the
    supremum of the link's slope is taken at the very end of the ball.
    """
    if link not in {"bent", "kinked", "notched"} or (link == "notched" and case != SUNKEN):
        return activation(problem.link if link in {"own", "notched"} else link)
    here, inner = setting(problem, case), R * float(gradient_length(problem, case).value)
    # f goes at most R |grad f| + delta far.
    centre, edge = here.f, inner + float(distance(problem, case, R).value)
    if link == "notched":
        return notched(centre + highest(inner, edge - inner))
    extra = EXTRA if link == "kinked" else 0.0

    def past(u: Any, start: float) -> Any:
        return np.maximum(np.abs(np.real(u) - centre) - start, 0.0)

    return replace(
        activation("identity"),
        name=link,
        call=lambda u: SLOPE * u + np.sign(np.real(u) - centre) * (extra * past(u, inner) + STEEP * past(u, edge) ** 2),
        first=lambda u: SLOPE + extra * (past(u, inner) > 0) + 2 * STEEP * past(u, edge),
    )


@cache
def supremum_of_g(problem: Problem, case: Any, link: str, R: float) -> Approx:
    """S_R, the supremum of |g - g_lin| over the ball of radius R."""
    return supremum(problem, case, R, link_at(problem, case, link, R), problem.skip)


def gap_of(choose: Callable[..., Activation], of: Sequence[str] = ()) -> Binding:
    """The gap function of the link that `choose(problem, **point)` names; no step is at most as long as a negative number."""

    def departure(problem: Problem, v: Any, b: Any, **point: Any) -> float:
        return gap.gap(choose(problem, **point), float(v), float(b)) if b >= 0 else np.nan

    return function(departure, of=of, error=MAXIMISED)


# The link that the point names, and its gap function.
LINK_OF_CASE = activated(link_at, of=["case", "link", "R"], orders=2)
GAP_OF_CASE = gap_of(link_at, of=["case", "link", "R"])


@exercise.claim(
    r"\Delta_\phi, v, b, \phi",
    domain={"v": closed(-1.5, 1.7), "b": closed(-0.3, 2.2)},
    identity="a definition: the page's supremum against the maximisation that the other checks use",
    points=16,
)
def gap_function() -> None:
    """The gap function of a link."""


@exercise.claim(
    r"\Delta_\phi, v, R, L, r, \sigma, \mathbb{E}",
    domain={"x": PLANE, "v": closed(-2, 2), "R": closed(-0.3, 2.3)},
    changed={"link": "cubic"},
    points=12,
    in_words=[r"If $\phi(v)=v^2/2$"],
)
def quadratic_gap(problem: Problem) -> Bindings:
    """The gap of a half square depends neither on the point nor on chance."""
    link = activation("quadratic" if problem.link == "tanh" else problem.link)
    return {r"\Delta_\phi": gap_of(lambda problem: link), "r": NORM, r"\sigma": SIGMA, r"\mathbb{E}": OVER_NEURON}


@exercise.claim(r"\Delta_\phi, b", domain={"b": closed(-0.3, 2.2)}, changed={"link": "exponential"}, points=24)
def tanh_gap() -> None:
    """The gap of the hyperbolic tangent at its inflection point."""
