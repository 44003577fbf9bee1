"""Numbers with the nouns that they count, as in "1 page" and "2 pages"."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """The number and the noun, which has an s where it is not one."""
    return f"{number} {noun}{'s' * (number != 1)}"
