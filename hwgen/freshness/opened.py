"""What a path is that a computation opens: to be written, a cache, the text behind what is compiled, a database, a library's own.

Nothing here notes anything.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import stat
import sys
import sysconfig
import urllib.parse
from collections.abc import Iterator
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def to_write(path: Any, mode: Any, flags: Any) -> bool:
    """Whether a file is opened to be written, by the arguments of the audit event."""
    if isinstance(path, int):
        return False
    return bool(set(mode or "") & set("wax+")) or bool((flags or 0) & WRITES)


def text_of(path: Any) -> Any:
    """The text behind what Python has compiled of it; any other path as it is."""
    with contextlib.suppress(ValueError, TypeError):
        return importlib.util.source_from_cache(os.fsdecode(path))
    return path


def folder(path: Any) -> Any:
    """A folder that is listed: by its path, the present one, or one that was opened before."""
    return below(path, "") if isinstance(path, int) else "." if path is None else path


def below(descriptor: int, path: Any) -> str:
    """A path that is seen from an open folder."""
    if sys.platform.startswith("linux"):
        where = Path(f"/proc/self/fd/{descriptor}").readlink()
    else:
        import fcntl

        where = Path(os.fsdecode(fcntl.fcntl(descriptor, getattr(fcntl, "F_GETPATH", 50), bytes(1024)).rstrip(b"\0")))
    return str(where / os.fsdecode(path))


def spelled(path: str) -> str:
    """The full path of a file; with its `..` where what stands before one is a link, from which it leads elsewhere."""
    parts = Path(path).parts
    turns = (Path(*parts[:at]) for at, part in enumerate(parts) if part == os.pardir)
    full = Path.cwd() / path
    return str(full) if any(one.is_symlink() for one in turns) else os.path.normpath(full)


def file_of(path: str) -> str:
    """The file that stands behind a name of the system's for it, such as one below /proc/self/cwd."""
    return os.path.realpath(path) if path.startswith(("/proc/", "/dev/")) else path


def status(path: str) -> list[object]:
    """What can be asked of a file without reading it, but its times: what it is, who may do what, how long, where a link leads."""
    where = Path(path)
    found = where.stat() if where.exists() else where.lstat()
    length = found.st_size if stat.S_ISREG(found.st_mode) else 0
    return [found.st_mode, length, where.readlink() if where.is_symlink() else ""]


def compiled(path: Any) -> Any:
    """A module that is no text."""
    return path if os.fsdecode(path).endswith(tuple(EXTENSION_SUFFIXES)) else None


def named(absolute: str) -> str:
    """A path in the homework's folder as seen from there, also if it was reached through a link to that folder; any other as it is.

    The whole folder may be copied: what is remembered of the copy must be of its own files.
    """
    folder, name = os.path.split(absolute)
    for path in (absolute, str(Path(os.path.realpath(folder), name))):
        if is_inside(path):
            inside = path.removeprefix(root()).lstrip(os.sep) or os.curdir
            # What is noted of other things begins with a word and a space, as a file's own name may.
            return inside if " " not in inside.partition(os.sep)[0] else f"{os.curdir}{os.sep}{inside}"
    return absolute


def names(absolute: str) -> Iterator[str]:
    """What a file is called; one outside of the homework's folder also as seen from there, as a copy of the homework sees it."""
    yield (name := named(absolute))
    if Path(name).is_absolute():
        yield os.path.relpath(name, root())


def is_inside(path: str) -> bool:
    """Whether a path is the homework's folder or one in it."""
    return path == root() or path.startswith(f"{root()}{os.sep}")


@functools.cache
def root() -> str:
    """The homework's folder: where this process is when it first names a file, or before the author's code goes elsewhere."""
    return str(Path.cwd())


def database(path: str) -> str | None:
    """The file of a database that is given by its path or by an address; None for one in memory."""
    where = urllib.parse.unquote(urllib.parse.urlsplit(path).path) if path.startswith("file:") else path
    return None if where in {"", ":memory:"} else where


def is_of_the_system(path: str) -> bool:
    """Whether a file is a library's own or a device; files in shared memory are files."""
    return path.startswith(environment()) and not path.startswith("/dev/shm/")


@functools.cache
def environment() -> tuple[str, ...]:
    """Where the program itself, its libraries and the system's devices stand."""
    paths = sysconfig.get_paths()
    own = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    return tuple(f"{path}/" for path in sorted({*own, *map(os.path.realpath, own), "/dev", "/proc", "/sys"}))


def is_cache(path: Any) -> bool:
    """The notes that Python and matplotlib make for themselves."""
    where = str(Path(os.fsdecode(path)).absolute())
    return "/__pycache__/" in where or where == os.devnull or "/matplotlib/" in where or ".matplotlib/" in where
