"""Databases of SQLite that are opened by whoever must not write: to be read only, and never together with another file.

SQLite writes below the interpreter, which tells of the opening alone.
"""

from __future__ import annotations

import contextlib
import functools
import os
import threading
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hwgen.freshness import opened

CONNECT = "sqlite3.connect"
_opening = threading.local()
# What an authorizer is asked of a database that is attached, as is one that is written into, and what it answers: SQLite's own numbers.
SQLITE_ATTACH, SQLITE_OK, SQLITE_DENY = 24, 0, 1
# Where `uri` stands among the arguments that follow the database.
_URI = 6


def install(must_not_write: Callable[[], bool]) -> None:
    """From now on `sqlite3.connect` opens files to be read only, where this says so."""
    with contextlib.suppress(ImportError):  # a Python without it
        import sqlite3.dbapi2

        sqlite3.connect = sqlite3.dbapi2.connect = _connecting(sqlite3.connect, must_not_write)


def _connecting(connect: Callable[..., Any], must_not_write: Callable[[], bool]) -> Callable[..., Any]:
    @functools.wraps(connect)
    def noted(database: Any, *arguments: Any, **options: Any) -> Any:
        if not must_not_write():
            return connect(database, *arguments, **options)
        address, uri = _read_only(os.fsdecode(database), bool(options.pop("uri", False) or any(arguments[_URI:])))
        _opening.busy = True
        try:
            connection = connect(address, *arguments[:_URI], uri=uri, **options)
        finally:
            _opening.busy = False
        connection.set_authorizer(_allowed)
        return connection

    return noted


def is_guarded() -> bool:
    """Whether this thread opens a database that way now, and not by a class of the library."""
    return getattr(_opening, "busy", False)


def _allowed(action: int, what: str | None, *_: object) -> int:
    """No other file: neither one that is attached, nor one that a database is written into."""
    return SQLITE_DENY if action == SQLITE_ATTACH and what else SQLITE_OK


def _read_only(database: str, uri: bool) -> tuple[str, bool]:
    """The same database as an address that nobody can write to, and that it is one; one in memory as it is."""
    address = database if uri and database.startswith("file:") else f"file:{urllib.parse.quote(str(Path.cwd() / database))}"
    path, _, query = address.partition("#")[0].partition("?")
    told = dict(urllib.parse.parse_qsl(query))
    if opened.database(database) is None or told.get("mode") == "memory":
        return database, uri
    return f"{path}?{urllib.parse.urlencode({**told, 'mode': 'ro'})}", True
