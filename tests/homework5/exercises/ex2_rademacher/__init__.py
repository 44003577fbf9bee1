"""Exercise 2: the Rademacher complexity of bounded linear predictors."""

from .problem import exercise

__all__ = ["exercise"]
