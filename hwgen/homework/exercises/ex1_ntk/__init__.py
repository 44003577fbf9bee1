"""Exercise 1: the kernel of the first layer of a ReLU network, its concentration and its positivity."""

from hwgen.homework.exercises.ex1_ntk.problem import exercise

__all__ = ["exercise"]
