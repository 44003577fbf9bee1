"""Exercise 1: gradient descent on a parabola. Every module here is imported by itself."""

from .problem import exercise

__all__ = ["exercise"]
