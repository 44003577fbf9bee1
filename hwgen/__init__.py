"""hwgen: a homework solution whose every printed relation is under test."""

__version__ = "0.1.0"

# What a solution can be: with all that goes further, or the asked answers alone.
VERSIONS = ("full", "concise")
