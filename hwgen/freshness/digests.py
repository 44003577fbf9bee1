"""Keys of what results are made of, from texts told apart by their order and length."""

from __future__ import annotations

import functools
import hashlib
from typing import TypeGuard


def digest(*parts: object) -> str:
    """A key of 32 hexadecimal digits for the given parts, told apart by their order and length."""
    return hashlib.sha256(b"".join(_of_a_pair(part) if _is_pair(part) else _measured(part) for part in parts)).hexdigest()[:32]


def _measured(part: object) -> bytes:
    text = str(part).encode(errors="surrogatepass")
    return b"%d:%b" % (len(text), text)


def _is_pair(part: object) -> TypeGuard[tuple[str, str]]:
    return type(part) is tuple and len(part) == 2 and type(part[0]) is type(part[1]) is str


@functools.cache
def _of_a_pair(part: tuple[str, str]) -> bytes:
    """A name with its digest, which hundreds of results have in their keys."""
    return _measured(part)
