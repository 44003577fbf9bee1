"""Results kept between runs, each under the key of all it depends on. A damaged entry is recomputed, never believed."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from hwgen.page import files
from hwgen.page.signature import opened, signed


class _Missing:
    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()


class Store:
    """A folder of pickled results, each signed: nothing is read that this machine did not write, since a pickle can run a program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, key: str) -> Path:
        """Where the result of that key is kept."""
        return self.folder / key[:2] / key

    def warnings(self) -> Iterable[str]:
        """What its user should know after a run."""
        return ()

    def get(self, key: str) -> Any:
        """The result under the key, or MISSING."""
        try:
            data = files.held(self.path(key))
            payload, name = opened(data), named(key, b"")
            return MISSING if payload is None or not payload.startswith(name) else pickle.loads(payload.removeprefix(name))
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            return MISSING

    def put(self, key: str, result: Any) -> None:
        """Keep a result; written aside and renamed, so that a reader never sees half of it."""
        payload = pickle.dumps(result, protocol=5)
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, signed(named(key, payload)))


def named(key: str, payload: bytes) -> bytes:
    """What is signed: one result cannot be passed off as another."""
    return key.encode() + b"\n" + payload
