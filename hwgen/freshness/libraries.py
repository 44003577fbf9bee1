"""Which libraries are installed: the versions of those that compute and draw, and what is there of another one that the content imports."""

from __future__ import annotations

import contextlib
import functools
import platform
import re
from importlib import metadata

from hwgen.freshness import opened
from hwgen.freshness.digests import digest
from hwgen.freshness.sources import files

LIBRARIES = ("numpy", "scipy", "sympy", "python-flint", "mpmath", "matplotlib")
# What draws and writes figures beside them.
BESIDE = ("contourpy", "kiwisolver", "pillow", "fonttools", "pyparsing", "cycler", "python-dateutil", "packaging")
# The files of an installed library with their digests; a script's tells where it is installed.
_INSTALLED = re.compile(r"^[^,\n]+\.(?:py|so|pyd),[^,\n]+", re.MULTILINE)


@functools.cache
def versions() -> dict[str, str]:
    """The versions of Python and of the numerical libraries."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}


@functools.cache
def libraries() -> str:
    """The same, and the versions of what these libraries draw with: all that is behind numbers and figures."""
    found = versions()
    for name in BESIDE:
        with contextlib.suppress(metadata.PackageNotFoundError):
            found = {**found, name: metadata.version(name)}
    return str(sorted(found.items()))


@functools.cache
def provided(imported: str) -> str:
    """What is installed of a library, by its version and its list of files; the text of what lies elsewhere, as an author's own does."""
    found = [one for one in metadata.distributions() if _provides(one, imported)]
    said = sorted({f"{one.metadata['Name']} {one.version} {digest(*_INSTALLED.findall(one.read_text('RECORD') or ''))}" for one in found})
    texts = [path.read_bytes() for path in files(imported) if not found or not opened.is_of_the_system(str(path))]
    return ", ".join([*said, *([digest(*texts)] if texts else [])]) or "unknown"


def _provides(distribution: metadata.Distribution, imported: str) -> bool:
    """As metadata.packages_distributions says it, which makes a path of every file of every distribution: a tenth of a second."""
    declared = (distribution.read_text("top_level.txt") or "").split()
    recorded = "" if declared else distribution.read_text("RECORD") or ""
    return imported in declared or re.search(rf"^{re.escape(imported)}(/.*)?\.py,", recorded, re.MULTILINE) is not None
