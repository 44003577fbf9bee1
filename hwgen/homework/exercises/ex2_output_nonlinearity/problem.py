"""The setting of Exercise 2 and the networks at which its relations are tried; no relation itself."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from hwgen.authors import Approx, Binds, Exercise, binds_at, cases
from hwgen.homework.maths import Array, activations, networks
from hwgen.homework.maths.activations import Activation
from hwgen.homework.maths.networks import Network
from hwgen.homework.oracles import activation, gradient, hessian


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The handout's setting, with one activation and one link; every other value of a field is a changed problem."""

    activation: str = "erf"
    link: str = "tanh"
    law_of_a: str = "uniform"
    spread: float = 1.0  # standard deviation of the coordinates of w_j
    prefactor: float = 0.5  # f = p^-prefactor times the sum over the neurons
    skip: float = 0.0  # g = phi(f) + skip f


exercise = Exercise("ex2_output_nonlinearity", title="A non-linearity at the output", problem=Problem())

# Hypotheses in the words of the page.
SMOOTH, BOUNDED = [r"If $\phi$ and $\sigma$ are twice differentiable"], [r"$M_2=\sup|\sigma''|<\infty$"]
# What claims share: those on f fail with another power of the width, those on g where f is added to phi(f).
OF_F: dict[str, Any] = {"changed": {"prefactor": 1.0}, "in_words": SMOOTH}
OF_G: dict[str, Any] = {"changed": {"skip": 0.7}, "in_words": SMOOTH}

SATURATED, CALM = "saturated", "calm"
# The same at two and at nine neurons.
NARROW, WIDE = "saturated 2", "saturated 9"
# Curved downwards: f falls behind its linearisation.
SUNKEN = "sunken"
# As saturated, but for outer weights that are larger than 1: all that is short of 1 in the second one leaves their mean below 1.
LOUD, UNEVEN = "loud", "uneven"

# Curvatures other than 1, so that a factor M is missed when it is dropped; the calm one leaves f nearly linear.
SPECIAL = {
    SATURATED: activations.polynomial("bowl", 0.0, 0.0, 1.5),
    NARROW: activations.polynomial("shallow", 0.0, 0.0, 0.8),
    WIDE: activations.polynomial("steep", 0.0, 0.0, 2.3),
    SUNKEN: activations.polynomial("trough", 0.0, 0.0, -1.4),
    LOUD: activations.polynomial("loud", 0.0, 0.0, 1.2),
    UNEVEN: activations.polynomial("uneven", 0.0, 0.0, 1.3),
    CALM: activations.polynomial("calm", 0.0, 1.0, 0.02),
}
SEEDS = (0, 1, 2, 3, 4, 5, 6, 7)
# Suprema over balls are accurate for few neurons: the first four networks have at most four.
NAMED = (SATURATED, NARROW, WIDE, CALM, LOUD, SUNKEN, UNEVEN)
WIDTHS = dict(zip((*SEEDS, *NAMED), (3, 4, 3, 4, 5, 6, 7, 5, 4, 2, 9, 3, 3, 4, 3), strict=True))
OTHERS = {1: "tanh", 3: "sine", 4: "softplus", 6: "sigmoid"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Setting:
    """One network at one input: `a` as in the formulas, `network` with the problem's prefactor absorbed in its outer weights."""

    network: Network
    a: Array
    x: Array
    link: Activation
    output: Callable[[Any], Any]

    @property
    def r(self) -> float:
        """The norm of x."""
        return float(np.linalg.norm(self.x))

    @property
    def z(self) -> Array:
        """The preactivations, (p,)."""
        return self.network.preactivations(self.x)

    @property
    def f(self) -> float:
        """The output of the network."""
        return self.network.output(self.x)


# Networks of every width.
CASES = cases(*SEEDS, SATURATED, NARROW, WIDE, SUNKEN)
# Wider than the page promises: outer weights above 1.
ANY_WEIGHTS = cases(*CASES.values, LOUD, UNEVEN)


def saturated(**others: Any) -> tuple[Binds, ...]:
    """A bound is an equality for the saturated networks: three widths tell powers of the width apart, the sunken one signs."""
    return binds_at("case", SATURATED, NARROW, WIDE, SUNKEN, **others)


def is_saturated(case: Any) -> bool:
    """Whether the bounds are attained at a case, or just missed."""
    return case in (SATURATED, NARROW, WIDE, SUNKEN, LOUD, UNEVEN)


def outer_weights(case: Any, width: int) -> Array:
    """Those of a saturated case, or of one whose last outer weight is too large."""
    others = {LOUD: 1.0, UNEVEN: 0.9}.get(case)
    return np.ones(width) if others is None else -np.array([others] * (width - 1) + [1.05])


@cache
def setting(problem: Problem, case: Any) -> Setting:
    """A random network for a seed: two or three inputs, norm of x from 0.6 to 1.6; the activation of some seeds is their own.

    The cases SPECIAL have an activation of constant second derivative, and outer weights 1; the loud one has -1, the uneven one -0.9,
    and -1.05 last.
    """
    rng = np.random.default_rng({SATURATED: 99, NARROW: 97, WIDE: 96, CALM: 98, LOUD: 95, SUNKEN: 94, UNEVEN: 93}.get(case, case))
    width, dimension = WIDTHS[case], 2 if case == WIDE else int(rng.integers(2, 4))
    sigma = activation(OTHERS.get(case, problem.activation))
    drawn = networks.drawn(rng, width, dimension, sigma, law=problem.law_of_a, deviation=problem.spread)
    if case == 1:  # so that its last neuron, and not its first one, has the largest curvature
        drawn = replace(drawn, a=drawn.a[::-1].copy(), W=drawn.W[::-1].copy())
    if case in SPECIAL:
        drawn = replace(drawn, activation=SPECIAL[case])
    if is_saturated(case):
        drawn = replace(drawn, a=outer_weights(case, width))
    direction = rng.standard_normal(dimension)
    x = rng.uniform(0.6, 1.6) * direction / np.linalg.norm(direction)
    link = activation(problem.link)
    return Setting(
        network=replace(drawn, a=drawn.a * width ** (0.5 - problem.prefactor)),
        a=drawn.a,
        x=x,
        link=link,
        output=lambda f: link.call(f) + problem.skip * f,
    )


@cache
def differentiated(problem: Problem, case: Any, what: str) -> Approx:
    """By Cauchy's formula on values alone: "gradient f", "hessian f", "gradient g", "hessian g" in the first layer."""
    return derivative(setting(problem, case), what)


def derivative(here: Setting, what: str) -> Approx:
    """The same of the network, the input and the link of a setting."""
    order, function = what.split()
    field = here.network.field_first(here.x, here.output if function == "g" else None)
    return (gradient if order == "gradient" else hessian)(field, here.network.first_layer())
