"""What the symbols of Exercise 3 mean, in words and in computations, where a claim says nothing else: mostly those of a seed's network."""

from functools import partial

import numpy as np

from hwgen.authors import expectation, function, probability, value, variable
from hwgen.homework.oracles import QUADRATURE, activated, activation, squared_gradient, suprema

from . import blocks, gradient_and_biases, logarithm
from .problem import Problem, activation_of, exercise, setting
from .steps import linear, moved, reached, step

exercise.notation(
    __name__,
    {
        "r": ("norm of the input $x$", value(lambda problem, seed: setting(problem, seed).r)),
        r"\hat x": ("$(0,x)$ in the weights of a neuron", value(lambda problem, seed: np.concatenate([[0.0], setting(problem, seed).x]))),
        "e_0": ("$(1,0)$ there", value(lambda problem, seed: np.eye(blocks.size(problem, seed))[0])),
        "p": ("width of the network", value(lambda problem, seed: float(setting(problem, seed).p))),
        "a": ("outer weights", value(lambda problem, seed: setting(problem, seed).network.a)),
        "m": ("bound on the initial ones", value(lambda problem, seed: setting(problem, seed).m)),
        "z": ("preactivations $\\langle w_j,x\\rangle$", value(lambda problem, seed: setting(problem, seed).z)),
        r"\zeta_p": "largest initial $|z_j|$",
        r"\sigma": ("activation", activated(lambda problem, seed: activation(activation_of(problem, seed)), of=["seed"])),
        "M_1": ("$\\sup|\\sigma'|$", value(lambda problem, seed: suprema(activation_of(problem, seed))[0], error=1e-11)),
        "M_2": ("$\\sup|\\sigma''|$", value(lambda problem, seed: suprema(activation_of(problem, seed))[1], error=1e-11)),
        r"\gamma": "largest initial $|\\sigma'(z_j)|$",
        "f": ("output of the network", value(moved)),
        "f_0": "that at initialisation",
        "s": "standard deviation of its limit",
        r"f_{\mathrm{lin}}": ("linearisation in both layers", value(linear)),
        "H": "Hessian of $f$, $H_{jk}$ its blocks",
        r"H_\bullet": "$H$ at a point of a segment",
        r"\tilde H": "$H$ with biases",
        "I": "identity matrix",
        "c": "corner of a two-by-two block",
        r"\beta": "its mixed entry",
        r"\lambda": "its eigenvalues $\\lambda_1\\ge\\lambda_2$",
        r"\chi": "its characteristic polynomial",
        r"\Lambda": ("its norm", function(partial(blocks.spectral, Problem()))),
        r"\Lambda^*": "largest norm of a block",
        r"\ell": "length of the initial gradient",
        "L_2": ("limit of $\\ell^2$", value(lambda problem, x, m: squared_gradient(problem, x, "a w", m))),
        r"\tilde L_2": "that with biases",
        "R": "radius of a ball around $\\theta^0$",
        "D_R": ("largest $|f-f_{\\mathrm{lin}}|$ in it", value(lambda problem, seed, R: reached(problem, seed, R))),
        r"\tilde D_R": ("that with biases", value(lambda problem, seed, R: reached(problem, seed, R, biased=True))),
        r"\bar D_R": "that for the first layer alone",
        "S_R": "largest $|g-g_{\\mathrm{lin}}|$, $g=\\phi(f)$",
        r"\Delta_\phi": "gap function of the link",
        "v": "its first argument",
        "h": "step $\\theta-\\theta^0$",
        r"\alpha": ("step of an outer weight", value(lambda problem, seed, R, where: step(problem, seed, R, where).alpha)),
        r"\eta": "length of the step of $w_j$",
        "u": "step of a preactivation",
        "Y_+": "$f-f_{\\mathrm{lin}}$ for one step",
        "Y_-": "the same, $a_j$ moved the other way",
        "F": "what a neuron adds to $\\sqrt p\\,(f-f_{\\mathrm{lin}})$",
        r"\rho": "length of the step of a neuron",
        "q": "largest $|F|$ for that length",
        "n": "number of neurons that share $R^2$",
        "V": "what the best division of $R^2$ adds",
        "C": "third-order coefficient of $F$",
        r"\omega": "parameter of the largest block",
        "T": "$|\\tanh z|$",
        "t": "a level of a Gaussian variable",
        r"\delta": "failure probability",
        r"\mu": ("Lagrange multiplier", variable("price")),
        r"\mu_*": "the best one over $p^{1/3}$",
        "X": "gain of neurons that cross the kink",
        "P": "limit of $p^{-1/3}X$",
        # an index of a letter above, an operator
        "a_j": value(lambda problem, seed, j: float(setting(problem, seed).network.a[j])),
        "z_j": value(lambda problem, seed, j: float(setting(problem, seed).z[j])),
        r"\lambda_1": value(lambda problem, c, beta: blocks.eigenvalue(problem, c, beta, 1)),
        r"\lambda_2": value(lambda problem, c, beta: blocks.eigenvalue(problem, c, beta, 0)),
        r"\mathbb{E}": expectation(gradient_and_biases.neuron_law, "a", "z", "G", error=QUADRATURE),
        r"\mathbb{P}": probability(logarithm.joint_law, r"\zeta_p", "G"),
    },
)
