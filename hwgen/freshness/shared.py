"""A store that several people or machines read through: `HWGEN_STORE=folder`, or `HWGEN_STORE=folder:ro` to leave nothing there.

Nothing in it is believed that is not signed, together with the key that it is kept under, by somebody who has the signing key: that of
this user, or the one in the file that HWGEN_STORE_KEY names, for those who share it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hwgen.freshness.kept import Kept
from hwgen.freshness.present import FOLDER
from hwgen.freshness.store import MISSING, Store, named
from hwgen.model.errors import InputError
from hwgen.page import files, signature

VARIABLE, KEY, READ_ONLY = "HWGEN_STORE", "HWGEN_STORE_KEY", ":ro"
# How a file of the homework's folder is called in what is shared: the folder is another one for everybody.
OURS = "./"


def store(folder: Path) -> Store:
    """The store of a homework, together with the shared one, if the environment names one. Raises InputError for one that is not there."""
    named = os.environ.get(VARIABLE, "")
    if not named:
        return Store(folder)
    shared = Path(named.removesuffix(READ_ONLY))
    if not shared.is_dir():
        raise InputError(f"{VARIABLE}: {shared} is no folder; expected one that is there, as in {VARIABLE}=/srv/course/store")
    return Shared(folder, shared.resolve(), named.endswith(READ_ONLY), _signing_key())


class Shared(Store):
    """The homework's own store first, then the shared one; what is found there is kept here, what is computed here is kept in both."""

    def __init__(self, folder: Path, shared: Path, read_only: bool, key: bytes | None) -> None:
        super().__init__(folder)
        self.shared, self.read_only, self.key = Store(shared), read_only, key
        self.root, self.unsigned = folder.parent.parent.resolve(), 0

    def get(self, key: str) -> Any:
        """The result under the key, or MISSING."""
        found = super().get(key)
        return self._shared(key) if found is MISSING else found

    def put(self, key: str, result: Any) -> None:
        """Keep a result; in the shared folder too, unless it is read-only."""
        super().put(key, result)
        if not self.read_only:
            payload = pickle.dumps(_moved(result, f"{self.root}/", OURS), protocol=5)
            path = self.shared.path(key)
            with contextlib.suppress(OSError):  # no space left, or no right to write: others compute it, as they would have
                path.parent.mkdir(parents=True, exist_ok=True)
                # The key of the result is signed with it: no signed result can be put in another's place.
                files.write(path, signature.signed(named(key, payload), self.key))

    def warnings(self) -> Iterator[str]:
        """What its user should know after a run."""
        if self.unsigned:
            said = f"{self.unsigned} results in {self.shared.folder} are not signed with this key, or damaged, and were not believed"
            yield f"{VARIABLE}: {said}; expected {KEY} to name the key file of those who share"

    def _shared(self, key: str) -> Any:
        try:
            data = files.held(self.shared.path(key))
        except OSError:
            return MISSING
        opened = signature.opened(data, self.key)
        if opened is None or not opened.startswith(named(key, b"")):
            self.unsigned += 1
            return MISSING
        try:
            # Only now, as a pickle runs what it holds.
            found = _moved(pickle.loads(opened.removeprefix(named(key, b""))), OURS, f"{self.root}/")
        except (pickle.UnpicklingError, EOFError, AttributeError, ImportError):
            return MISSING
        super().put(key, found)
        return found


def _moved(result: Any, old: str, new: str) -> Any:
    """A result whose files in one folder are named as in another one."""
    if not isinstance(result, Kept) or not result.files:
        return result
    moved = {}
    for path, digest in result.files.items():
        kind = FOLDER if path.startswith(FOLDER) else ""
        name = path.removeprefix(kind)
        moved[kind + (new + name.removeprefix(old) if name.startswith(old) else name)] = digest
    return dataclasses.replace(result, files=moved)


def _signing_key() -> bytes | None:
    """The key of those who share, or None for that of this user alone."""
    named = os.environ.get(KEY, "")
    if not named:
        return None
    try:
        key = Path(named).read_bytes()
    except OSError as error:
        raise InputError(f"{KEY}: {named}: {error.strerror}; expected the key file of those who share the store") from None
    if len(key) < signature.LENGTH:
        raise InputError(f"{KEY}: {named} has {len(key)} bytes; expected {signature.LENGTH} random ones, as from head -c 32 /dev/urandom")
    return key
