"""Who is at work: what the frames of this thread say of the definition, the import or the library that asks the interpreter for something.

Nothing here notes or refuses anything.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from hwgen.freshness import opened, sources
from hwgen.freshness.definitions import WHOLE

# Where the engine itself reads and writes for a computation.
OURS = frozenset(
    {
        "hwgen.page.signature",
        "hwgen.freshness.store",
        "hwgen.freshness.kept",
        "hwgen.freshness.definitions",
        "hwgen.freshness.digests",
        "hwgen.freshness.sources",
        "hwgen.freshness.dependencies",
        "hwgen.freshness.acting",
        "hwgen.judging.written",
        "hwgen.judging.described",
    }
)
# Those who ask on behalf of others.
BETWEEN = frozenset({__name__, "hwgen.freshness.observed", "hwgen.freshness.wrapped"})
# What reads files of the user while it is imported.
READS_AT_IMPORT = frozenset({"matplotlib.style", "matplotlib.style.core"})


def _frames(innermost: FrameType | None = None) -> Iterator[tuple[FrameType, str]]:
    """The frames of this thread, or from another one's innermost, outwards, each with its module."""
    frame: FrameType | None = innermost or sys._getframe(1)
    while frame is not None:
        yield frame, str(frame.f_globals.get("__name__", ""))
        frame = frame.f_back


def author() -> str | None:
    """The innermost definition of the author that is at work, as `module.name`; None if there is none, nothing where the engine reads."""
    # Asked of every file that is opened or looked at: by hand, which takes a third of the time.
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module in OURS:
            return ""
        if sources.is_authors(module):
            name = frame.f_code.co_qualname.split(".")[0]
            return f"{module}.{WHOLE if name.startswith('<') else name}"
        frame = frame.f_back
    return None


def asker(*between: str) -> str:
    """The module that asks the interpreter for something, past ourselves and the packages that lie between."""
    return next((module for _, module in _frames() if module not in BETWEEN and module.split(".")[0] not in between), "")


def is_imported() -> bool:
    """Whether the top of one of the author's modules is at work."""
    return any(frame.f_code.co_name == "<module>" and sources.is_authors(module) for frame, module in _frames())


def serving() -> bool:
    """Whether this is a thread that somebody began, and no result or import of its own."""
    return threading.current_thread() is not threading.main_thread()


def is_imported_elsewhere() -> bool:
    """Whether one of the author's modules is at work at its top on another thread, which this one may serve."""
    if not serving():
        return False
    return any(
        frame.f_code.co_name == "<module>" and sources.is_authors(module)
        for one in sys._current_frames().values()
        for frame, module in _frames(one)
    )


def importing() -> bool:
    """Whether it is an import that opens the file or lists the folder: its modules are followed by their names."""
    for frame, module in _frames():
        if _loads(frame, module):
            return True
        if sources.is_authors(module) or _is_apart(frame, module):
            return False
    return False


def loading() -> bool:
    """Whether a module is imported below the author's code: once for all results, whoever comes first."""
    for frame, module in _frames():
        if _loads(frame, module):
            return True
        if sources.is_authors(module):
            return False
    return False


def apart() -> bool:
    """Whether a module that nobody follows is at work below the author's code, or is imported."""
    found = False
    for frame, module in _frames():
        if sources.is_authors(module) or (found and _loads(frame, module)):
            return found
        found = found or _is_apart(frame, module)
    return False


def _loads(frame: FrameType, module: str) -> bool:
    return frame.f_code.co_name == "_find_and_load" and module == "importlib._bootstrap"


def _is_apart(frame: FrameType, module: str) -> bool:
    """A module of neither the engine, nor the author, nor what is installed with a version."""
    if module in READS_AT_IMPORT:
        return True
    path = frame.f_code.co_filename
    known = module == "__main__" or module.split(".")[0] == "hwgen" or sources.is_authors(module)
    return not known and path.startswith(os.sep) and not opened.is_of_the_system(path)
