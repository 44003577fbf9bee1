"""Exercise 3: the linearisation of a two-layer network of which both layers move."""

from hwgen.homework.exercises.ex3_both_layers.problem import exercise

__all__ = ["exercise"]
