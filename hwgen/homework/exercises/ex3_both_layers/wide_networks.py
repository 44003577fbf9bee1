"""The limits of wide networks: the supremum over a ball, in one layer and in two, and for ReLU, each at one width and for one network."""

import math

import numpy as np

from hwgen.authors import Evidence
from hwgen.authors.numerics import near, seed_of
from hwgen.homework.maths import Array, both_layers, kinks, networks
from hwgen.homework.maths.networks import Network

from .against_width import RADIUS, X
from .limit_of_supremum import shared
from .problem import Problem, activation, exercise, suprema
from .relu import dual_limit

WIDTH = 2**20
# Parts of the limit by which the suprema at this width may miss it: a quarter of what separates V from R^2 Lambda^*/2 for tanh.
NEAR = 0.004
NEURONS, ANGLES = 100, 80


def wide(problem: Problem, name: str, width: int = WIDTH) -> Network:
    """One network of that width at initialisation, with outer weights of the problem's law on [-1, 1] or [-2, 2]."""
    law, reach = ("rademacher", 1.0) if problem.law_of_a == "rademacher" else ("uniform", 2.0 if problem.law_of_a == "wide" else 1.0)
    found = networks.drawn(
        np.random.default_rng(seed_of(name)), width, X.size, activation(problem.example), law=law, deviation=problem.spread
    )
    return networks.Network(a=reach * found.a, W=found.W, activation=found.activation)


def missed(name: str, attained: float, limit: float, what: str) -> Evidence:
    """How far an attained value is from the limit, relative to it."""
    return near(
        abs(attained / limit - 1),
        NEAR,
        method=f"the largest value found for {what} at one width, relative to the limit",
        cases=1,
        reason="a quarter of what separates the limit from half the norm of the Hessian",
        seed=seed_of(name),
    )


@exercise.statement(changed={"law_of_a": "wide"})
def two_layer_limit(problem: Problem) -> list[Evidence]:
    """The supremum over the ball in both layers, for a tanh network of width 2^18, has nearly the limit V."""
    network, normal = wide(problem, "two_layer_limit", WIDTH // 4), Problem()
    tables = both_layers.gains(network, X, RADIUS, neurons=NEURONS, angles=ANGLES)
    attained = max(both_layers.knapsack(table) for table in tables)
    return [missed("two_layer_limit", attained, float(shared(normal.example, 1.0, 1.0, RADIUS).value), "both layers")]


def evenly_shared(network: Network, parts: int) -> float:
    """sqrt(p) times what the best `parts` neurons add to |f - f_lin| when each preactivation moves by the same length."""
    r = float(np.linalg.norm(X))
    z, u = network.preactivations(X), RADIUS * r / math.sqrt(parts)
    gains = [both_layers.remainder(network.activation, network.a, z, np.zeros_like(z), np.full_like(z, sign * u)) for sign in (1.0, -1.0)]
    return max(float(np.sum(np.sort(kind)[-parts:])) for kind in (np.maximum(*gains), -np.minimum(*gains)))


@exercise.statement(changed={"law_of_a": "wide"})
def one_layer_limit(problem: Problem) -> list[Evidence]:
    """The supremum over the ball in the first layer, for a tanh network of width 2^20, has nearly the limit m M_2 R^2 r^2 / 2."""
    network = wide(problem, "one_layer_limit")
    attained = max(evenly_shared(network, 2**k) for k in range(6, 10))
    return [missed("one_layer_limit", attained, suprema(Problem().example)[1] * RADIUS**2 * float(X @ X) / 2, "the first layer")]


def crossings(problem: Problem, number: int) -> Array:
    """p^(1/6) times the supremum for ReLU in the first layer: attained, and allowed by the dual."""
    rng = np.random.default_rng([seed_of("relu_limit"), number])
    law = problem.law_of_a
    a = rng.choice([-1.0, 1.0], WIDTH) if law == "rademacher" else rng.uniform(-1, 1, WIDTH)
    z = problem.spread * float(np.linalg.norm(X)) * rng.standard_normal(WIDTH)
    found = np.array(kinks.bracket(a, z, RADIUS * float(np.linalg.norm(X))))
    return np.asarray(found * WIDTH ** (1 / 6 - 1 / 2))


@exercise.statement(changed={"law_of_a": "rademacher"})
def relu_limit(problem: Problem) -> list[Evidence]:
    """The supremum over the ball for ReLU at width 2^20, mean of four networks, times p^(1/6), has nearly its limit."""
    count = 4
    low, high = np.mean([crossings(problem, number) for number in range(count)], axis=0)
    limit = float(dual_limit(Problem(), 1.0, 1.0, RADIUS).value)
    return [
        near(
            max(abs(low / limit - 1), abs(high / limit - 1)),
            2 * WIDTH ** (-1 / 3),
            method="mean of the values attained and of those that the dual allows, relative to the limit",
            cases=count,
            reason="twice p^(-1/3), the order of the fluctuation of one network",
            seed=seed_of("relu_limit"),
        )
    ]
