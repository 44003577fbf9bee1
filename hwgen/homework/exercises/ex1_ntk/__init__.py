"""Exercise 1: the kernel of the first layer of a ReLU network, its concentration and its positivity.

To read in the order of the questions: problem; kernel_formula (a); widths, tosses, concentration (b); positivity, null_spaces,
singular_kernels (c); studies, figures. What symbols mean throughout stands in notation, what algebra proves in proofs.
"""

from hwgen.homework.exercises.ex1_ntk.problem import exercise

__all__ = ["exercise"]
