"""The package of `keyed`, in a folder of its own."""

from freshness.keyed import package

__all__ = ["package"]
