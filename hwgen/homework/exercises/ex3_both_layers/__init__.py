"""Exercise 3: the linearisation of a two-layer network of which both layers move."""

from hwgen.homework.exercises.ex3_both_layers import (
    a_blocks,
    b_linearisation,
    b_neurons,
    b_rate,
    c_gradient,
    d_logarithm,
    e_widths,
    f_limit,
    g_relu,
    h_rates,
    i_output,
    j_wide,
)
from hwgen.homework.exercises.ex3_both_layers.problem import exercise

__all__ = [
    "a_blocks",
    "b_linearisation",
    "b_neurons",
    "b_rate",
    "c_gradient",
    "d_logarithm",
    "e_widths",
    "exercise",
    "f_limit",
    "g_relu",
    "h_rates",
    "i_output",
    "j_wide",
]
