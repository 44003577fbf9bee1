"""Faults tried on whole builds of a small homework, and what must be true after each."""
