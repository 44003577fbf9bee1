"""What this machine wrote itself, told from what came with a folder: a signature under a key that stands outside of every project.

The key is in XDG_STATE_HOME/hwgen (or ~/.local/state/hwgen), for its owner alone; where it cannot be kept, it lasts as long as the process.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path

LENGTH = 32


def signed(data: bytes, other: bytes | None = None) -> bytes:
    """The data with a signature before it, under the given key or this machine's own."""
    return _signature(data, other) + data


def opened(data: bytes, other: bytes | None = None) -> bytes | None:
    """The data without its signature; None if it is damaged, or was signed with another key."""
    import hmac

    body = data[LENGTH:]
    # In constant time, so that nobody finds a signature byte by byte.
    return body if hmac.compare_digest(_signature(body, other), data[:LENGTH]) else None


def _signature(data: bytes, other: bytes | None) -> bytes:
    import hashlib  # both load OpenSSL, which a build without a change has no time for
    import hmac

    return hmac.digest(other or key(), data, hashlib.sha256)


@functools.cache
def key() -> bytes:
    """This machine's own."""
    folder = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "hwgen"
    try:
        return _kept(folder / "key")
    except (OSError, RuntimeError):
        return os.urandom(LENGTH)


def _kept(path: Path) -> bytes:
    """The key in the file; made if it is not there, by one process alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = path.with_name(f"key.{os.getpid()}")
        aside.touch(mode=0o600)
        aside.write_bytes(os.urandom(LENGTH))
        try:
            # Whole or not at all: a process that reads meanwhile sees no half of a key.
            os.link(aside, path)  # fails where another process was first: its key is the one
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    found = path.read_bytes()
    if len(found) != LENGTH or path.stat().st_uid != os.getuid() or path.stat().st_mode & 0o077:
        raise OSError(f"{path}: not a key for its owner alone")
    return found
