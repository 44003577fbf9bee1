"""hwgen: a homework solution whose every printed relation is under test."""

__version__ = "0.1.0"
