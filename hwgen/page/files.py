"""A file is written whole or not at all: aside, under a name that no other process uses, and renamed. Standard library, little of it.

What a process that was killed left aside is swept away by a later one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path

from hwgen.model.errors import ContentError

ENDING = ".new"


def kept_inside(root: Path) -> None:
    """Raises ContentError where a folder that a build writes into leads out of the homework."""
    for name in ("build", "build/tex", "figures"):
        if not (root / name).resolve().is_relative_to(root.resolve()):
            raise ContentError(f"{name}: leads out of the homework, where a build would write; expected a folder of its own, no link")


def write(path: str | os.PathLike[str], data: bytes | str) -> None:
    """The file with this content; a reader sees the old one or the new one. A failure leaves nothing behind, and names the file."""
    aside = f"{os.fspath(path)}.{os.getpid()}{ENDING}"
    try:
        with open(aside, "wb") as file:
            file.write(data.encode(errors="surrogateescape") if isinstance(data, str) else data)
        os.replace(aside, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.remove(aside)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, os.fspath(path)) from None
        raise


def sweep(tops: Iterable[str | os.PathLike[str]]) -> None:
    """Remove what processes that are no more left aside in these folders."""
    for top in tops:
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith(ENDING) and _is_left(name):
                    with contextlib.suppress(OSError):
                        os.remove(os.path.join(folder, name))


def _is_left(name: str) -> bool:
    number = name.removesuffix(ENDING).rpartition(".")[2]
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
