"""Functions of the interpreter that have no event, replaced by ones that say first what they are asked: variables, whether a file is there.

What is made of that is its caller's.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.metadata
import importlib.util
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from hwgen.freshness import opened
from hwgen.freshness.refused import FUNCTIONS

VARIABLE, STATUS, ALL = "variable ", "status ", "*"
CHANCE, SOUGHT, VERSION = "drawing numbers by chance", "sought ", "version of "
Say = Callable[[str, Any], None]
_CAPABLE = (os.supports_dir_fd, os.supports_effective_ids, os.supports_fd, os.supports_follow_symlinks)


def install(say: Say) -> None:
    """From now on `say(kind, name)` hears of each variable of the environment, and of each file whose state alone is asked for."""
    os._Environ.__iter__ = _all(os._Environ.__iter__, say)  # type: ignore[method-assign] # all readings go through it
    for name in ("__len__", "__repr__"):
        setattr(os._Environ, name, _all(getattr(os._Environ, name), say))
    os._Environ.__getitem__ = _variable(os._Environ.__getitem__, say)  # type: ignore[method-assign] # readings by name too
    for name in ("stat", "lstat", "access", "readlink"):
        _replace(name, _state(getattr(os, name), say))
    _replace("open", _open(os.open))
    for name in ("urandom", "getrandom"):
        if hasattr(os, name):
            _replace(name, _asked(getattr(os, name), say, CHANCE))
    vars(random)["_urandom"] = os.urandom
    for (module, name), kind in FUNCTIONS.items():
        _heard(module, name, kind, say)
    vars(importlib.util)["find_spec"] = _asked(importlib.util.find_spec, say, SOUGHT)
    from_name = _asked(importlib.metadata.Distribution.from_name, say, VERSION)
    importlib.metadata.Distribution.from_name = staticmethod(from_name)  # type: ignore[method-assign] # all versions go by it


def _heard(module: str, name: str, kind: str, say: Say) -> None:
    """Put a function in the place of one without an event, and where `subprocess` knows it by another name."""
    try:
        holder = importlib.import_module(module)
        own = getattr(holder, name)
    except (ImportError, AttributeError):  # of another system
        return
    told = _first(own, say, kind)
    for place in (holder, subprocess):
        for known in [known for known, value in vars(place).copy().items() if value is own]:
            setattr(place, known, told)


def _first(function: Callable[..., Any], say: Say, kind: str) -> Callable[..., Any]:
    @functools.wraps(function)
    def told(*arguments: Any, **options: Any) -> Any:
        say(kind, "")
        return function(*arguments, **options)

    return told


def _replace(name: str, new: Callable[..., Any]) -> None:
    """Put a function in the place of another, with what the other is said to be capable of."""
    # Libraries ask these sets whether a function takes a folder: a replaced one would be taken for less capable.
    for capable in _CAPABLE:
        if getattr(os, name) in capable:
            capable.add(new)
    setattr(os, name, new)


def _variable(read: Callable[..., Any], say: Say) -> Callable[..., Any]:
    """The reading of a variable of the environment, noted as that of a file is; also of one that is not set."""

    @functools.wraps(read)
    def noted(environment: Any, name: Any) -> Any:
        say(VARIABLE, name)
        return read(environment, name)

    return noted


def _all(names: Callable[..., Any], say: Say) -> Callable[..., Any]:
    """The names of all variables, their number, their text: whoever asks for them may have missed any."""

    @functools.wraps(names)
    def noted(environment: Any) -> Any:
        say(VARIABLE, ALL)
        return names(environment)

    return noted


def _state(asked: Callable[..., Any], say: Say) -> Callable[..., Any]:
    """What is asked of a file without opening it."""

    @functools.wraps(asked)
    def noted(path: Any, *arguments: Any, dir_fd: int | None = None, **options: Any) -> Any:
        if not isinstance(path, int):
            say(STATUS, path if dir_fd is None else opened.below(dir_fd, path))
        return asked(path, *arguments, **options, **({} if dir_fd is None else {"dir_fd": dir_fd}))

    return noted


def _asked(function: Callable[..., Any], say: Say, kind: str) -> Callable[..., Any]:
    """What is asked with one argument: how many bytes by chance, a library by its name."""

    @functools.wraps(function)
    def noted(first: Any, *others: Any) -> Any:
        say(kind, first)
        return function(first, *others)

    return noted


def _open(read: Callable[..., int]) -> Callable[..., int]:
    """A file below an open folder is opened by its path: the event of the interpreter does not tell which folder it is."""

    @functools.wraps(read)
    def noted(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        return read(path if dir_fd is None else opened.below(dir_fd, path), flags, mode)

    return noted


def environment() -> dict[bytes, bytes]:
    """The variables of the environment as the system has them: asking for them here is no reading."""
    return dict(os.environ._data)  # type: ignore[attr-defined] # what has no other name


@contextlib.contextmanager
def called_alike() -> Iterator[None]:
    """While this lasts, nothing tells the author's code by which command, and with what options, it is run."""
    given, sys.argv = sys.argv, sys.argv[:1]
    try:
        yield
    finally:
        sys.argv = given
