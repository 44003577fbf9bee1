"""Exercise 2: a non-linearity at the output."""

from hwgen.homework.exercises.ex2_output_nonlinearity.problem import exercise

__all__ = ["exercise"]
