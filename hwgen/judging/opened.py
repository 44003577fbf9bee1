"""What a path is that a computation opens: to be written, a cache, the text behind what is compiled, a database, a library's own.

Nothing here notes anything.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import os
import sysconfig
import urllib.parse
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


def database(path: str) -> str | None:
    """The file of a database that is given by its path or by an address; None for one in memory."""
    where = urllib.parse.unquote(urllib.parse.urlsplit(path).path) if path.startswith("file:") else path
    return None if where in {"", ":memory:"} else where


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
