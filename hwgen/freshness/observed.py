"""What a computation reads beside the program's text, seen by an audit hook of the interpreter rather than declared by its author.

Each reading is tied to the author's definition that caused it: a second result that gets the same data from a cache names that
definition too, and so depends on the same file. What a library reads with none of the author's functions below it, on a thread of its
own or while a figure is saved, is the result's. While a result is computed, writing, connecting and starting programs are refused.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import importlib.metadata
import importlib.util
import os
import sys
import threading
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hwgen.freshness import databases, defaults, frames, installed, opened, sources, wrapped
from hwgen.freshness.definitions import WHOLE
from hwgen.freshness.dependencies import dependencies_of, held_by, holders, parted
from hwgen.freshness.present import FOLDER, LEADS, MODULE, now
from hwgen.freshness.refused import EVENTS, FUNCTIONS, MODULES, WRITING
from hwgen.freshness.wrapped import CHANCE, SOUGHT, STATUS, VARIABLE

Readings = dict[str, dict[str, str]]
# Whose reading it is where a module that nobody follows reads, which may keep it for any result.
EVERYBODY = "(everybody)"
# The file that `open(0)` opens.
STANDARD_INPUT = 0
# What imports from zips: the modules in them are in no text that is followed.
ZIPS = "zipimport"
SCANNED, _MOVED = "os.scandir", "os.chdir"
_LISTED = frozenset({"os.listdir", SCANNED})
_UNPICKLED, _LIBRARY, _FUNCTION = "pickle.find_class", "ctypes.dlopen", "ctypes.dlsym"
_HEARD = frozenset({"open", "import", _MOVED, databases.CONNECT, _UNPICKLED, _LIBRARY, _FUNCTION})
# Python tells of every `id` too: one look says that there is nothing to do.
_ANSWERED = _HEARD | _LISTED | EVENTS.keys()
_readings: Readings = {}
# The definition whose result is computed now, if one is.
_computing = ""
_installed = False
# Of each thread: while one is looked at, others go on.
_looking = threading.local()


def install() -> None:
    """Observe this process from now on: before any module of the author is imported."""
    global _installed
    if not _installed:
        _installed = True
        sys.addaudithook(_heard)
        importlib.import_module = _noting(importlib.import_module)
        # It holds the function itself, for the entry points that a text names.
        vars(importlib.metadata)["import_module"] = importlib.import_module
        wrapped.install(_noted)
        databases.install(_must_not_write)
        defaults.install()


def begin(content: str) -> None:
    """Observe from now on what the modules of this package read, already while they are imported."""
    install()
    sources.belongs(content)


def readings() -> Readings:
    """A copy, as what is finalised meanwhile may read a file: for each definition, as `module.name`, the files with their digests."""
    return {definition: dict(files) for definition, files in _readings.copy().items()}


def learn(others: Mapping[str, Mapping[str, str]]) -> None:
    """Add what another process observed."""
    for definition, files in others.items():
        _readings.setdefault(definition, {}).update(files)


def behind(reached: Mapping[str, str]) -> dict[str, str]:
    """The files behind what a result reaches, with the digests they had when they were read."""
    modules = {parted(name)[0] for name in reached}
    # A table in which one result keeps what it read gives it to whoever names the table; of a whole module any name may be used.
    kept = holders(reached)
    found: dict[str, str] = {}
    for definition, files in _readings.copy().items():
        module, name = parted(definition)
        whole = definition == EVERYBODY or (name == WHOLE and module in modules) or f"{module}.{WHOLE}" in reached
        if definition in reached or whole or not kept.isdisjoint(held_by(definition)):
            found |= files
    # Of a module that was imported by a text anything may be used.
    wholes = {f"{name}.{WHOLE}": name for path in found if (name := path.removeprefix(MODULE)) != path and sources.is_module(name)}
    more = [dependencies_of(name, WHOLE) for whole, name in wholes.items() if whole not in reached]
    return found | behind({**reached, **dict.fromkeys(wholes, ""), **ChainMap(*map(dict, more))}) if more else found


def _leads(absolute: str) -> Iterator[str]:
    """The folder outside of the homework by which one of its files was reached, by a link that may be turned to another."""
    if os.path.isabs(absolute) and not opened.is_inside(absolute) and not os.path.isabs(opened.named(absolute)):
        yield LEADS + os.path.dirname(absolute)


@contextlib.contextmanager
def computing(owner: str) -> Iterator[None]:
    """While this lasts, the result of a definition is computed, and what is no computation raises PermissionError."""
    global _computing
    _computing = owner
    try:
        with wrapped.called_alike():
            yield
    finally:
        _computing = ""


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in _ANSWERED or getattr(_looking, "busy", False):
        return
    with _alone():
        _handle(event, arguments)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """What this thread reads to look at something is no reading."""
    _looking.busy = True
    try:
        yield
    finally:
        _looking.busy = False


def _handle(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"import", _UNPICKLED}:
        _not_past_us(str(arguments[0]))
        _note_module(str(arguments[0]), always=event == _UNPICKLED)
        if event == "import" and arguments[1] and _reader():
            _note(opened.compiled(arguments[1]))
    elif event == _MOVED:
        if frames.author():
            opened.root()
    elif event in _LISTED:
        if _asker() and not frames.importing():
            _note_folder(opened.folder(arguments[0]), event)
    elif event == databases.CONNECT:
        _note_database(os.fsdecode(arguments[0]))
    elif event in {_LIBRARY, _FUNCTION}:
        _note_library(arguments[0] if event == _LIBRARY else None)
    elif event != "open":
        _refuse(EVENTS[event], arguments)
    elif opened.to_write(*arguments):
        if _is_refused(arguments) and not opened.is_cache(arguments[0]):
            raise PermissionError(f"{arguments[0]}: writing a file is refused to a computation; expected one that only reads")
    elif arguments[0] == STANDARD_INPUT:
        _refuse("reading standard input", ())
    elif not frames.importing() or frames.asker() == ZIPS or frames.apart() or _is_apart(opened.text_of(arguments[0])):
        _note(opened.text_of(arguments[0]))


def _is_apart(path: Any) -> bool:
    """Whether it is the text of a module that is neither installed with a version, nor one that is followed by its text."""
    if isinstance(path, int) or not os.fsdecode(path).endswith(".py"):
        return False
    where = opened.spelled(os.fsdecode(path))
    return not opened.is_of_the_system(where) and not where.startswith(tuple(f"{one}{os.sep}" for one in sources.folders()))


def _not_past_us(module: str) -> None:
    """Nothing that a computation, or the content while it is imported, loads does what no event tells of. Raises ImportError."""
    if module in MODULES and (_computing or frames.is_imported()):
        raise ImportError(f"{module} is refused, as nobody can follow what it does; expected Python and its libraries", name=module)


def _refuse(what: str, arguments: tuple[Any, ...], expected: str = "one that only reads") -> None:
    """What is neither a computation's nor, where nobody would see what it reads, a module's of the author while it is imported."""
    if _is_refused(arguments):
        raise PermissionError(f"{what} is refused to a computation; expected {expected}")
    if what != WRITING and not frames.importing() and frames.is_imported():
        raise PermissionError(f"{what} is refused to content while it is imported; expected modules that declare")


def _must_not_write() -> bool:
    """Whether a database is opened for a computation, or by a module that may keep it for one."""
    return _is_refused(()) or (not frames.importing() and frames.is_imported())


def _is_refused(arguments: tuple[Any, ...]) -> bool:
    """Whether it is asked for by a computation, also on a thread that it began; what a library does there for itself is its own."""
    author = frames.author() if _computing else ""
    own = author is None and (frames.importing() or any(isinstance(one, str | bytes) and opened.is_cache(one) for one in arguments[:1]))
    return bool(_computing) and author != "" and not own


def _note_folder(path: Any, event: str) -> None:
    """A folder that is listed; one that is scanned tells the state of each file in it, too."""
    _note(path, FOLDER)
    if event == SCANNED:
        with contextlib.suppress(OSError):
            for name in os.listdir(path):
                _note(os.path.join(os.fsdecode(path), os.fsdecode(name)), STATUS)


def _note_database(where: str) -> None:
    """A database is its file, and the one beside it that holds what was last written."""
    path = opened.database(where)
    for one in (path, path and f"{path}-wal"):
        _note(one)
    if _is_refused(()) and not databases.is_guarded():
        raise PermissionError(f"{where}: opening a database by another way than sqlite3.connect is refused to a computation; expected that")


def _note_library(name: Any) -> None:
    """A library of C is a file that is read; what the author's own code calls of one, nobody follows."""
    if sources.is_authors(frames.asker("ctypes")):
        raise PermissionError("ctypes is refused, as nobody can follow what a library of C reads; expected Python and its libraries")
    if name and os.sep in os.fsdecode(name):
        _note(name)


def _note(path: Any, kind: str = "") -> None:
    if path is None or isinstance(path, int) or not (author := _asker() if kind else _reader()):
        return
    absolute = opened.file_of(opened.spelled(os.fsdecode(path)))
    if not opened.is_of_the_system(absolute) and not (kind == STATUS and f"{opened.root()}/".startswith(f"{absolute}/")):
        # Beside a computation or an import of the content, as where a program calls its functions, nobody else is concerned.
        at_work = bool(_computing) or frames.is_imported()
        files = _readings.setdefault(EVERYBODY if at_work and (frames.loading() or frames.apart()) else author, {})
        for name in [*(kind + one for one in opened.names(absolute)), *_leads(absolute)]:
            if name not in files:
                files[name] = now(name)


def _note_module(name: str, *, always: bool = False) -> None:
    """A module that is imported by a string, or inside a function, belongs to what that function reaches; at the top the text says so."""
    author = _asker()
    if not author:
        return
    if sources.is_module(name):
        noted = MODULE + name if always or not author.endswith(f".{WHOLE}") else ""
    else:
        # What a library looks for while it is imported is its own affair.
        noted = installed.looked_for(name) if _asks_itself("importlib", "pkgutil") else ""
    if noted:
        _readings.setdefault(author, {}).setdefault(noted, now(noted))


def _noting(imported: Callable[..., Any]) -> Callable[..., Any]:
    """`importlib.import_module` that notes a module which was imported before, too, or is not there."""

    @functools.wraps(imported)
    def noted(name: str, package: str | None = None) -> Any:
        whole = name if not name.startswith(".") else importlib.util.resolve_name(name, package or "")
        try:
            return imported(name, package)
        finally:
            with _alone():
                _note_module(whole, always=True)

    return noted


def _noted(kind: str, name: Any) -> None:
    """What a function of the interpreter is asked that has no event of its own: a variable, whether a file or a library is there."""
    if getattr(_looking, "busy", False):
        return
    with _alone():
        if kind == CHANCE:
            if not frames.loading():  # what a library draws while it is imported is for its own examples
                _refuse(kind, (), "a seed, as in numpy.random.default_rng(1)")
        elif kind in FUNCTIONS.values():
            _refuse(kind, ())
        elif (author := _asker()) and not (kind == STATUS and frames.importing()):
            _note_asked(author, kind, os.fsdecode(name))


def _note_asked(author: str, kind: str, name: str) -> None:
    if kind == STATUS:
        _note(name, STATUS)
    elif kind == SOUGHT:
        _note_module(name, always=True)
    elif kind == VARIABLE or _asks_itself("importlib"):
        _readings.setdefault(author, {}).setdefault(kind + name, now(kind + name))


def _asks_itself(*between: str) -> bool:
    """Whether the author asks, past these packages, or a thread of a library that serves a computation of the author's."""
    return sources.is_authors(frames.asker(*between)) or (frames.serving() and frames.author() is None and not frames.importing())


def _asker() -> str:
    """The definition that anything but a file is asked for: on this thread the engine asks much for itself."""
    return _reader() if frames.serving() else frames.author() or ""


def _reader() -> str:
    """The definition that a file is read for: of the author that is at work, or else the one whose result is computed."""
    found = frames.author()
    if found is None:
        return _computing or (EVERYBODY if frames.is_imported_elsewhere() else "")
    return found
