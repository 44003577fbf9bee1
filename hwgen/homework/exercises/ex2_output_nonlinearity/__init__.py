"""Exercise 2: a non-linearity at the output. Importing this package registers everything on `exercise`."""

from hwgen.homework.exercises.ex2_output_nonlinearity import (
    a_hessian,
    b_deficit,
    b_examples,
    b_laws,
    b_laziness,
    b_limits,
    b_norms,
    b_unbounded,
    c_gap,
    c_kernel,
    c_laws,
    c_no_linearisation,
    c_remainder,
    c_training,
    figures,
    numbers,
)
from hwgen.homework.exercises.ex2_output_nonlinearity.problem import exercise

__all__ = [
    "a_hessian",
    "b_deficit",
    "b_examples",
    "b_laws",
    "b_laziness",
    "b_limits",
    "b_norms",
    "b_unbounded",
    "c_gap",
    "c_kernel",
    "c_laws",
    "c_no_linearisation",
    "c_remainder",
    "c_training",
    "exercise",
    "figures",
    "numbers",
]
