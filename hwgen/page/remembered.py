"""What one build leaves to the next as plain data, under a signature of this machine: what came with a folder is as not there.

Standard library, and little of it: a build without a change begins here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hwgen.page import files, signature

try:  # hashlib loads OpenSSL too, which takes as long as all the rest of a build without a change
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b


def write(path: Path, known: object) -> None:
    """Leave plain data in a file: the signature on its first line, then JSON."""
    import json

    text = json.dumps(known)
    files.write(path, f"{seal(path, text.encode())}\n{text}")


def read(path: Path) -> Any:
    """What was left in a file of that name; None if it is not there, is damaged, or another machine left it."""
    try:
        said, _, text = files.held(path).partition(b"\n")
    except OSError:
        return None
    if said != seal(path, text).encode():
        return None
    import json

    return json.loads(text)


def seal(path: Path, text: bytes) -> str:
    """The signature of a text under the name of its file: one cannot be passed off as another."""
    return blake2b(path.name.encode(errors="surrogateescape") + b"\n" + text, key=signature.key(), digest_size=signature.LENGTH).hexdigest()
