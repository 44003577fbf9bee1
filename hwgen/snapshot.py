"""The fast path of a build without a change: times and sizes of all that the last good build read and wrote.

Standard library only, and little of it: this runs before anything else is imported. Any doubt means the full path.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence

FILE = "build/snapshot.json"
SOURCES = ("templates", "hwgen")
SINGLE = ("student.toml", "pyproject.toml", "constraints.txt", ".venv/.ready")


def _stamp(path: str) -> list[int]:
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_size]


def _sources() -> dict[str, list[int]]:
    found = {path: _stamp(path) for path in SINGLE}
    for top in SOURCES:
        for folder, folders, files in os.walk(top):
            folders[:] = [name for name in folders if name != "__pycache__"]
            found.update((path, _stamp(path)) for path in (os.path.join(folder, name) for name in files))
    return found


def take(arguments: Sequence[str], outputs: Iterable[str], said: Sequence[str]) -> None:
    """Remember a good build: its arguments, everything it read, what it wrote and said."""
    state = {"arguments": list(arguments), "sources": _sources(), "outputs": {path: _stamp(path) for path in outputs}, "said": list(said)}
    aside = FILE + ".new"
    with open(aside, "w") as file:
        json.dump(state, file)
    os.replace(aside, FILE)


def forget() -> None:
    """A build has begun: until it ends well there is nothing to skip."""
    if os.path.exists(FILE):
        os.remove(FILE)


def unchanged(arguments: Sequence[str]) -> list[str] | None:
    """What the last good build said, if nothing that it read or wrote has changed since; otherwise None."""
    try:
        with open(FILE) as file:
            state = json.load(file)
        same = state["arguments"] == list(arguments) and state["sources"] == _sources()
        if same and state["outputs"] and all(stamp and stamp == _stamp(path) for path, stamp in state["outputs"].items()):
            said: list[str] = state["said"]
            return said
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None
