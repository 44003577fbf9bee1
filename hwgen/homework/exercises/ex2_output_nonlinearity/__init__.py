"""Exercise 2: a non-linearity at the output.

To read in the order of the questions: problem; hessian_of_g (a); norms_of_terms, initialisation, against_width, limit_laws (b);
remainder_of_f, suprema, no_linearisation, training_of_g (c). What symbols mean throughout stands in notation, what algebra proves in
proofs.
"""

from hwgen.homework.exercises.ex2_output_nonlinearity.problem import exercise

__all__ = ["exercise"]
