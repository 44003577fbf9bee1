"""Question 2(b), large width: moments of the initialisation, the limit of the squared gradient and the variance of the output."""

import math
from typing import Any

import numpy as np
import scipy

from hwgen.authors import Approx, Bindings, Evidence, cases, closed, expectation, value
from hwgen.authors.numerics import kolmogorov, near, seed_of
from hwgen.homework.maths import Array, differentiation, gaussian
from hwgen.homework.maths.gaussian import Rule
from hwgen.homework.oracles import NORM, PLANE, QUADRATURE, SIGMA, activation, law_of_a

from .problem import Problem, exercise

# Hypotheses in the words of the page.
UNIFORM = [r"$a_j\sim\mathrm{Unif}([-1,1])$"]
DRAWN = [*UNIFORM, r"$\mathcal N(0,I_d)$"]


AT_THE_START: dict[str, Any] = {"changed": {"law_of_a": "rademacher"}, "in_words": DRAWN}


@exercise.claim(domain={}, changed={"law_of_a": "rademacher"}, in_words=UNIFORM)
def second_moment() -> Bindings:
    """The second moment of a uniform outer weight."""
    return {r"\mathbb{E}": expectation(law_of_a, "a")}


@exercise.claim(domain={}, changed={"law_of_a": "rademacher"}, in_words=UNIFORM)
def fourth_moment() -> Bindings:
    """The fourth moment of a uniform outer weight."""
    return {r"\mathbb{E}": expectation(law_of_a, "a")}


def normal_law() -> Rule:
    """N(0, 1) with few atoms, accurate to QUADRATURE for the fourth power of the slope of erf at 1.5 G."""
    weights, nodes = gaussian.normal(step=0.2)
    near = np.abs(nodes) < 7
    return weights[near], nodes[near]


def one_neuron(problem: Problem, r: float) -> tuple[Array, ...]:
    """(weights, a, z, G = z / r) for one neuron at an input of norm r."""
    weights, a, G = gaussian.product(law_of_a(problem, 2), normal_law())
    return weights, a, problem.spread * r * G, problem.spread * G


# The mean over the law of one neuron at the input x.
OVER_NEURON = expectation(lambda problem, x: one_neuron(problem, float(np.linalg.norm(x))), "a", "z", "G", error=QUADRATURE)


@exercise.claim(r"L, r, \sigma, \mathbb{E}", domain={"x": PLANE}, points=12, **AT_THE_START)
def tangent_limit(problem: Problem) -> Bindings:
    """The limit of the squared norm of the gradient, by independence of the two layers."""
    return {"r": NORM, r"\sigma": SIGMA, r"\mathbb{E}": OVER_NEURON}


def pairs(problem: Problem, r: float, width: int) -> tuple[Array, list[Array], list[Array]]:
    """The law of (a_j, z_j) for up to two neurons: (weights, [a_j], [z_j])."""
    weights, *values = gaussian.product(*[law_of_a(problem, 3), gaussian.normal(step=0.16)] * width)
    heavy = weights > 1e-24
    kept = [one[heavy] for one in values]
    return weights[heavy], kept[::2], [problem.spread * r * z for z in kept[1::2]]


def variance(weights: Array, values: Array) -> Approx:
    """The variance of the values under the rule."""
    mean = float(weights @ values)
    found = float(weights @ (values - mean) ** 2)
    return Approx(value=found, error=QUADRATURE * found)


def squared_slope(problem: Problem, r: float) -> Rule:
    """The law of the squared gradient of one neuron, by half of each symmetric rule: its values are even in a and in z."""
    weights, a, G = gaussian.product(law_of_a(problem, 3), normal_law())
    weights = weights * np.where(np.abs(a) < 1e-12, 1, 2) * np.where(np.abs(G) < 1e-12, 1, 2)
    kept = (a > -1e-12) & (G > -1e-12)
    sigma = activation(problem.activation)
    slopes = differentiation.complex_step(lambda t: sigma.call(t[:, 0]), (problem.spread * r * G[kept])[:, None])[:, 0]
    values, place = np.unique(np.round((r * a[kept] * slopes) ** 2, 15), return_inverse=True)
    return np.bincount(place, weights=weights[kept]).astype(float), values


def gradient_variance(problem: Problem, r: float, p: int) -> Approx:
    """The variance of the squared norm of the gradient of a network with that many neurons, up to four, over its whole law."""
    one = squared_slope(problem, r)
    weights, *values = gaussian.product(*[one] * p)
    return variance(weights, np.sum(values, axis=0) / p)


@exercise.claim(r"V_p, r, p, \sigma, \mathbb{E}", domain={"r": closed(0.4, 1.5), "p": cases(1, 2, 3, 4)}, points=8, **AT_THE_START)
def tangent_variance(problem: Problem) -> Bindings:
    """How far the squared norm of the gradient is from its limit, in mean square, at every width."""
    return {"V_p": value(gradient_variance), r"\sigma": SIGMA}


def network_deviation(problem: Problem, r: float, p: int) -> Approx:
    """The standard deviation of the output of a network with p neurons at an input of norm r."""
    weights, a, z = pairs(problem, r, p)
    sigma = activation(problem.activation)
    outputs = np.sum([one * sigma.call(argument) for one, argument in zip(a, z, strict=True)], axis=0) / p**problem.prefactor
    found = variance(weights, outputs)
    return Approx(value=math.sqrt(found.value), error=found.error / math.sqrt(found.value))


@exercise.claim(r"s, r, \sigma, \mathbb{E}", domain={"r": closed(0.4, 1.5), "p": cases(1, 2)}, points=8, **AT_THE_START)
def output_variance(problem: Problem) -> Bindings:
    """The variance of the output at initialisation, the same at every width."""
    return {"s": value(network_deviation), r"\sigma": SIGMA, r"\mathbb{E}": expectation(one_neuron, "a", "z", "G", error=QUADRATURE)}


# Constant of the Berry-Esseen inequality for identically distributed terms; Shevtsova (2011).
BERRY_ESSEEN = 0.4748
OUTPUTS, WIDTH, NORM_OF_X = 6000, 1024, 1.3


def outputs(problem: Problem) -> Array:
    """f at initialisation for independent networks of width WIDTH at an input of norm NORM_OF_X."""
    rng, sigma = np.random.default_rng(seed_of("output_law")), activation(problem.activation)
    found = []
    for _ in range(OUTPUTS // 500):
        signs = rng.choice([-1.0, 1.0], (500, WIDTH))
        a = signs if problem.law_of_a == "rademacher" else signs * rng.random((500, WIDTH))
        z = problem.spread * NORM_OF_X * rng.standard_normal((500, WIDTH))
        found.append(np.sum(a * sigma.call(z), axis=1) / WIDTH**problem.prefactor)
    return np.concatenate(found)


def absolute_moment(power: int) -> float:
    """The mean of |a sigma(z)|^power in the unchanged setting, by quadrature."""
    sigma = activation(exercise.problem.activation)
    outer = gaussian.mean(gaussian.uniform(0, 1), lambda a: a**power)
    return outer * gaussian.mean(gaussian.normal_panels(0.0), lambda g: np.abs(sigma.call(NORM_OF_X * g)) ** power)


@exercise.statement(changed={"law_of_a": "rademacher"}, words=["not identically zero"])
def output_law(problem: Problem) -> list[Evidence]:
    """The output of wide networks at initialisation is nearly normal with the variance of a uniform outer weight."""
    s = math.sqrt(absolute_moment(2))
    found = float(scipy.stats.kstest(outputs(problem) / s, "norm").statistic)
    most = kolmogorov(OUTPUTS) + BERRY_ESSEEN * absolute_moment(3) / s**3 / math.sqrt(WIDTH)
    method = "largest distance between the empirical law of simulated outputs and the normal law"
    reason = "Dvoretzky-Kiefer-Wolfowitz-Massart and Berry-Esseen"
    return [near(found, most, method=method, cases=OUTPUTS, reason=reason, seed=seed_of("output_law"))]
