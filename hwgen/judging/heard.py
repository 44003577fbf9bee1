"""What Python and its libraries warn of while a result is computed: a message at the author's line, each said once in a run.

A worker hears it, and gives it back with its result; the process that asked for the result says it.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

from hwgen.freshness.sources import is_authors
from hwgen.model import Place
from hwgen.model.place import short

# Of numbers without a value, which an oracle may have on purpose.
MEANT = "; mend it, or say by np.errstate(…) around it that it is meant"
LOGGED = "matplotlib"
Heard = dict[str, Place | None]
_told: dict[str, str] = {}


class _Listener(logging.Handler):
    """Hears what a library logs instead of warning of it."""

    def __init__(self, found: Heard) -> None:
        super().__init__(logging.WARNING)
        self.found = found

    def emit(self, record: logging.LogRecord) -> None:
        """Note it."""
        self.found.setdefault(_line(record.getMessage()), _author())


@contextlib.contextmanager
def hearing() -> Iterator[Heard]:
    """All that is warned of meanwhile, each with the author's line at which it was, if it was at one."""
    found: Heard = {}

    def note(message: Warning | str, category: type[Warning], file: str, line: int, *_: Any) -> None:
        advice = MEANT if issubclass(category, RuntimeWarning) else ""
        found.setdefault(f"{_line(str(message))} ({category.__name__}){advice}", _author() or _compiled(category, file, line))

    listener, logger, before = _Listener(found), logging.getLogger(LOGGED), warnings.showwarning
    logger.addHandler(listener)
    # Not by catch_warnings: the filters that a module sets while it is imported are its author's, and stay.
    warnings.showwarning = note  # type: ignore[assignment]  # called by place, whatever its arguments are called
    try:
        yield found
    finally:
        warnings.showwarning = before
        logger.removeHandler(listener)


def _line(text: str) -> str:
    return " ".join(text.split())


def _author() -> Place | None:
    """The innermost line of the content that is being run."""
    frame = sys._getframe(2)
    while frame and not is_authors(str(frame.f_globals.get("__name__", ""))):
        frame = frame.f_back  # type: ignore[assignment]  # None behind the outermost one, which ends this
    return Place(file=short(frame.f_code.co_filename), line=frame.f_lineno) if frame else None


def _compiled(category: type[Warning], file: str, line: int) -> Place | None:
    """What Python warns of before a module runs is of its text."""
    return Place(file=short(file), line=line) if issubclass(category, SyntaxWarning) else None


def learn(name: str, found: Heard, otherwise: Place | None = None) -> None:
    """Keep what was heard of a result, at its own lines or at the one where the result is declared, until it is told."""
    declared = otherwise and Place(file=short(otherwise.file), line=otherwise.line)
    for said, place in found.items():
        at = place or declared
        what = f"{at}: {said}" if at else said
        _told[what] = min(name, _told.get(what, name))


def told() -> Iterable[str]:
    """All that was learned, each once, with the first result, by name, of which it was heard; from now on it is told."""
    said = [f"{what} (of {name})" if name else what for what, name in _told.items()]
    _told.clear()
    return said
