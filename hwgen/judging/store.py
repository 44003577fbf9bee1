"""Results kept between runs, each under the key of all it depends on. A damaged entry is recomputed, never believed."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from pathlib import Path
from typing import Any, Final


class _Missing:
    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()


class Store:
    """A folder of pickled results; every file starts with the SHA-256 of what follows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key

    def get(self, key: str) -> Any:
        """The result under the key, or MISSING."""
        try:
            data = self._path(key).read_bytes()
            if hashlib.sha256(data[32:]).digest() != data[:32]:
                return MISSING
            return pickle.loads(data[32:])
        except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            return MISSING

    def put(self, key: str, result: Any) -> None:
        """Keep a result; written aside and renamed, so that a reader never sees half of it."""
        payload = pickle.dumps(result, protocol=5)
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, aside = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(hashlib.sha256(payload).digest() + payload)
        Path(aside).replace(path)
