"""What was made for the last report and is wanted again: entries by all that they show, formulas as MathML by their LaTeX.

All of it goes when the code that makes it is another. What a report does not want is not kept for the next one either.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import json
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hwgen.page import files, signature
from hwgen.report import printed

FILE = "kept"
# What an entry is made by: whole packages, templates included, and libraries.
MADE_BY = ("hwgen.report", "hwgen.reading", "hwgen.model")
LIBRARIES = ("jinja2", "latex2mathml", "markupsafe", "networkx")
NOTHING: Mapping[str, str] = MappingProxyType({})

# What has several pieces made beside this process, and gives who has them.
Aside = Callable[[Callable[[], list[str]]], Callable[[], list[str]]]
# So many pieces take less time than another process to make them.
FEW = 8


class Kept:
    """Pieces of a page by the digest of what they are made from; read from a file that this machine signed, and written again.

    `formulas` are others that were made for this report.
    """

    def __init__(self, path: Path | None = None, formulas: Mapping[str, str] = NOTHING) -> None:
        self._path = path
        self._last = _read(path) if path else {}
        self._pieces: dict[str, str] = {}
        printed.CONVERTED.earlier = {**self._last.get("formulas", {}), **formulas}

    def begun(self, parts: Any, begin: Callable[[], Callable[[], str]]) -> Callable[[], str]:
        """The piece that is made from these parts, plain data, as a function that has it when it is called: made before, or now.

        Others may make it meanwhile: `begin` is asked only where it was not made before, and gives who has it.
        """
        key = _key(parts)
        known = self._last.get("pieces", {}).get(key)
        make = begin() if known is None else lambda: str(known)

        def piece() -> str:
            found = self._pieces[key] = make()
            return found

        return piece

    def pieces(self, wanted: Iterable[tuple[Any, Callable[[], str]]], aside: Aside) -> Callable[[], list[str]]:
        """Several pieces, each by its parts and what makes it; who has them all. Where more than a few are new, these are made aside."""
        makes = {_key(parts): make for parts, make in wanted}
        known = self._last.get("pieces", {})
        new = [key for key in makes if key not in known]
        made = (aside if len(new) > FEW else here)(lambda: [makes[key]() for key in new])

        def all_of_them() -> list[str]:
            come = dict(zip(new, made(), strict=True))
            found = {key: come[key] if key in come else str(known[key]) for key in makes}
            self._pieces |= found
            return list(found.values())

        return all_of_them

    def write(self) -> None:
        """Keep what this report is made of."""
        now = {"code": code(), "pieces": self._pieces, "formulas": dict(printed.CONVERTED)}
        if self._path and now != self._last:
            files.write(self._path, signature.signed(json.dumps(now).encode()))


def here(make: Callable[[], list[str]]) -> Callable[[], list[str]]:
    """Nobody is beside this process: it is made when it is asked for."""
    return make


def _key(parts: Any) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    """What is kept in the file; nothing if it is damaged, of another machine or of other code."""
    try:
        data = signature.opened(files.held(path))
    except OSError:
        return {}
    found: dict[str, Any] = json.loads(data) if data else {}
    return found if found.get("code") == code() else {}


@functools.cache
def code() -> str:
    """The digest of all code and all libraries that make a piece."""
    folders = [Path(str(importlib.import_module(name).__file__)).parent for name in MADE_BY]
    texts = [path.read_bytes() for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in {".py", ".j2"}]
    versions = [f"{name} {metadata.version(name)}".encode() for name in LIBRARIES]
    return hashlib.sha256(b"\0".join([*texts, *versions])).hexdigest()
