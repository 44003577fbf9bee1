"""Exercise 1: gradient descent from zero finds the interpolator of least norm."""

from .problem import exercise

__all__ = ["exercise"]
