"""What the symbols of Exercise 3 mean, where a claim says nothing else: mostly those of the network of a seed."""

from functools import partial

import numpy as np

from hwgen.authors import expectation, function, probability, value, variable

from . import blocks, gradient_and_biases, logarithm
from .problem import Problem, activated, activation, activation_of, exercise, preactivation, setting, suprema
from .steps import linear, moved, reached, step

exercise.notation(
    __name__,
    {
        # the network of a seed and its activation
        "p": value(lambda problem, seed: float(setting(problem, seed).p)),
        "r": value(lambda problem, seed: setting(problem, seed).r),
        "m": value(lambda problem, seed: setting(problem, seed).m),
        "M_1": value(lambda problem, seed: suprema(activation_of(problem, seed))[0], error=1e-11),
        "M_2": value(lambda problem, seed: suprema(activation_of(problem, seed))[1], error=1e-11),
        "a": value(lambda problem, seed: setting(problem, seed).network.a),
        "a_j": value(lambda problem, seed, j: float(setting(problem, seed).network.a[j])),
        "z": value(lambda problem, seed: setting(problem, seed).network.preactivations(setting(problem, seed).x)),
        "z_j": value(preactivation),
        r"\sigma": activated(lambda problem, seed: activation(activation_of(problem, seed)), of=["seed"]),
        # blocks
        r"\Lambda": function(partial(blocks.spectral, Problem())),
        r"\lambda_1": value(lambda problem, c, beta: blocks.eigenvalue(problem, c, beta, 1)),
        r"\lambda_2": value(lambda problem, c, beta: blocks.eigenvalue(problem, c, beta, 0)),
        "e_0": value(lambda problem, seed: np.eye(blocks.size(problem, seed))[0]),
        r"\hat x": value(lambda problem, seed: np.concatenate([[0.0], setting(problem, seed).x])),
        # a step, and suprema over the ball of radius R
        r"\alpha": value(lambda problem, seed, R, where: step(problem, seed, R, where).alpha),
        "f": value(moved),
        r"f_{\mathrm{lin}}": value(linear),
        "D_R": value(lambda problem, seed, R: reached(problem, seed, R)),
        r"\tilde D_R": value(lambda problem, seed, R: reached(problem, seed, R, biased=True)),
        # laws
        "L_2": value(gradient_and_biases.mean_square),
        r"\mathbb{E}": expectation(gradient_and_biases.neuron_law, "a", "z", "G", error=gradient_and_biases.QUADRATURE),
        r"\mathbb{P}": probability(logarithm.joint_law, r"\zeta_p", "G"),
        r"\mu": variable("price"),
    },
)
