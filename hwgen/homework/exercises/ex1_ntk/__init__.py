"""Exercise 1: the kernel of the first layer of a ReLU network, its concentration and its positivity."""

from hwgen.homework.exercises.ex1_ntk import a_kernel, b_concentration, b_widths, c_null_spaces, c_positivity, d_further, figures, studies
from hwgen.homework.exercises.ex1_ntk.problem import exercise

__all__ = ["a_kernel", "b_concentration", "b_widths", "c_null_spaces", "c_positivity", "d_further", "exercise", "figures", "studies"]
