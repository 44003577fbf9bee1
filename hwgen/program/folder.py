"""The homework's folder: the one a command is run in, or the nearest above it. Standard library only, and little of it."""

from __future__ import annotations

import os
import sys

MARKS = ("homework.toml", "templates")


def above(start: str) -> str | None:
    """The nearest folder, from `start` upwards, that is a homework's; None if there is none."""
    folder = start
    while not all(os.path.exists(os.path.join(folder, mark)) for mark in MARKS):
        if folder == os.path.dirname(folder):
            return None
        folder = os.path.dirname(folder)
    return folder


def entered() -> bool:
    """Go to the homework's folder; whether there is one. Going up is said as make says it, so that editors find the files."""
    found = above(os.getcwd())
    if found and found != os.getcwd():
        os.chdir(found)
        print(f"hwgen: Entering directory '{found}'", file=sys.stderr)
    return found is not None
