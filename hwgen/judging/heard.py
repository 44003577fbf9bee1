"""What Python and its libraries warn of while a result is computed: a message at the author's line, each said once in a run.

A worker hears it, and gives it back with its result; the process that asked for the result says it, and has it kept beside the result,
to be said by every run that goes on from there.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from hwgen.freshness.sources import is_authors
from hwgen.judging.spots import Spot, spot
from hwgen.model import Place
from hwgen.model.place import short

# Of numbers without a value, which an oracle may have on purpose.
MEANT = "; mend it, or say by np.errstate(…) around it that it is meant"
LOGGED = "matplotlib"
Heard = dict[str, Spot | None]
T = TypeVar("T")
# What is to be told, by the first result of which it was heard; and what was heard while modules were imported, which is done once.
_told: dict[str, str] = {}
_imported: set[str] = set()
# What was heard when a module came that is not imported with the content: a copy of this process hears nothing of it again.
_of_modules: dict[str, Heard] = {}
# Who listens now, the innermost last.
_open: list[Heard] = []


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

    with warnings.catch_warnings():  # which forgets, for each line, that it has warned already: it did so of another result
        pass
    listener, logger, before = _Listener(found), logging.getLogger(LOGGED), warnings.showwarning
    logger.addHandler(listener)
    # Not by catch_warnings: the filters that a module sets while it is imported are its author's, and stay.
    warnings.showwarning = note  # type: ignore[assignment]  # called by place, whatever its arguments are called
    _open.append(found)
    try:
        yield found
    finally:
        warnings.showwarning = before
        logger.removeHandler(listener)
        _open.pop()
        again(found)


def again(found: Mapping[str, Spot | None]) -> None:
    """What was heard of a part of a result is heard of the result."""
    if _open:
        _open[-1].update({said: where for said, where in found.items() if said not in _open[-1]})


def loaded(name: str, load: Callable[[], T]) -> T:
    """What importing the module of that name gives; what was warned of when it came is heard of each result that is made with it."""
    if name in _of_modules and name in sys.modules:
        again(_of_modules[name])
        return load()
    with hearing() as found:
        module = load()
    _of_modules[name] = found
    return module


def _line(text: str) -> str:
    return " ".join(text.split())


def _author() -> Spot | None:
    """The innermost line of the content that is being run."""
    frame = sys._getframe(2)
    while frame and not is_authors(str(frame.f_globals.get("__name__", ""))):
        frame = frame.f_back  # type: ignore[assignment]  # None behind the outermost one, which ends this
    return spot(frame.f_code.co_filename, frame.f_lineno) if frame else None


def _compiled(category: type[Warning], file: str, line: int) -> Spot | None:
    """What Python warns of before a module runs is of its text."""
    return spot(file, line) if issubclass(category, SyntaxWarning) else None


def learn(name: str, found: Mapping[str, Spot | None], otherwise: Place | None = None) -> None:
    """Keep what was heard of a result, at its own lines or at the one where the result is declared, until it is told."""
    for what in _placed(found, otherwise):
        _told[what] = min(name, _told.get(what, name))


def learn_imported(found: Mapping[str, Spot | None]) -> None:
    """Keep what was heard while the content was imported, which is told in every run of this process."""
    _imported.update(_placed(found))


def _placed(found: Mapping[str, Spot | None], otherwise: Place | None = None) -> Iterator[str]:
    declared = otherwise and Place(file=short(otherwise.file), line=otherwise.line)
    for said, where in found.items():
        at = (where and where.place()) or declared
        yield f"{at}: {said}" if at else said


def told() -> Sequence[str]:
    """All that was learned, each once, with the first result, by name, of which it was heard; from now on it is told."""
    said = [*sorted(_imported), *(f"{what} (of {name})" for what, name in _told.items() if what not in _imported)]
    _told.clear()
    return said
