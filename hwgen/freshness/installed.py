"""Whether a library is there that a computation looks for by its name, and which: it may come, or another one, after it was missed.

Nothing here imports what it looks for.
"""

from __future__ import annotations

import sys
from importlib import metadata
from importlib.machinery import PathFinder

from hwgen.freshness.digests import digest
from hwgen.freshness.libraries import provided
from hwgen.freshness.sources import IMPORTED, files, is_authors
from hwgen.freshness.wrapped import VERSION

LIBRARY = "library "
KINDS = (LIBRARY, VERSION)


def looked_for(name: str) -> str:
    """What is noted of a module that is looked for: its library, or the module of the content; nothing for what every key has."""
    root = name.split(".")[0]
    known = {"hwgen", *IMPORTED, *sys.stdlib_module_names}
    return f"{LIBRARY}{name}" if is_authors(name) else f"{LIBRARY}{root}" if root and root not in known else ""


def now(path: str) -> str:
    """The digest of what is there of it."""
    if path.startswith(VERSION):
        found = {f"{one.version} {one.read_text('RECORD')}" for one in metadata.distributions(name=path.removeprefix(VERSION))}
        return digest(*sorted(found))
    name = path.removeprefix(LIBRARY)
    if is_authors(name):
        return digest(bool(files(name)))
    return digest(PathFinder.find_spec(name) is not None, provided(name))
