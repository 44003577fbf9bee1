"""The fast path of a build without a change: times and sizes of all that the last good build read and wrote.

Standard library only, and little of it: this runs before anything else is imported, and `--help` does without json.
Any doubt means the full path.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

FILE = "build/snapshot.json"
TEMPLATES = "templates"
SINGLE = ("pyproject.toml", "constraints.txt", ".venv/.ready")
STUDENT, HOMEWORK = "student.toml", "homework.toml"
ENGINE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _stamp(path: str) -> list[int]:
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [status.st_mtime_ns, status.st_size]


def stamps(folders: Iterable[str], files: Iterable[str]) -> dict[str, list[int]]:
    """The times and sizes of all files in the folders, and of the single ones; empty for a file that is not there."""
    found = {path: _stamp(path) for path in files}
    for top in folders:
        for folder, below, names in os.walk(top):
            below[:] = [name for name in below if name != "__pycache__"]
            found.update((path, _stamp(path)) for path in (os.path.join(folder, name) for name in names))
    return found


def computed(content: str, root: str = "") -> list[str]:
    """The folders of all code that results are made by: the engine, and the top folder of the content package, wherever they are.

    Relative to `root`, or to the present folder, where they lie in it.
    """
    from importlib.machinery import PathFinder

    here = root or os.getcwd()
    top = content.split(".")[0]
    spec = PathFinder.find_spec(top, [here]) or PathFinder.find_spec(top)
    folders = {ENGINE, *((spec and spec.submodule_search_locations) or ())}
    return sorted(folder.removeprefix(here + os.sep) for folder in folders)


def _sources(folders: Iterable[str]) -> dict[str, list[int]]:
    return stamps((TEMPLATES, *folders), (*SINGLE, STUDENT, HOMEWORK))


def take(arguments: Sequence[str], outputs: Iterable[str], said: Sequence[str], folders: Sequence[str]) -> None:
    """Remember a good build: its arguments, everything it read, the code in `folders` too, what it wrote and said."""
    state = {
        "arguments": list(arguments),
        "folders": list(folders),
        "sources": _sources(folders),
        "outputs": {path: _stamp(path) for path in outputs},
        "said": list(said),
    }
    import json

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
    import json

    try:
        with open(FILE) as file:
            state = json.load(file)
        same = state["arguments"] == list(arguments) and state["sources"] == _sources(state["folders"])
        if same and state["outputs"] and all(stamp and stamp == _stamp(path) for path, stamp in state["outputs"].items()):
            said: list[str] = state["said"]
            return said
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None
