"""The Python libraries: which ones something here asks for, what the pins say, and what is installed.

Nothing here needs a library, or installs one.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path


def declared(for_tests: bool = False) -> list[str]:
    """The libraries that hwgen needs wherever it is installed, or those that only its tests do."""
    try:
        lines = metadata.requires("hwgen") or []
    except metadata.PackageNotFoundError:
        return []
    return [_spelled(line) for line in lines if ("extra ==" in line) == for_tests]


def asked_for() -> set[str]:
    """The libraries that something installed here asks for, in one spelling; pins hold those of other systems too."""
    found = {"hwgen"}
    for one in metadata.distributions():
        extra = "dev" if one.name == "hwgen" else ""
        found |= {_spelled(line) for line in one.requires or [] if _applies(line, extra)}
    return found


def _applies(requirement: str, extra: str) -> bool:
    """Whether a requirement is one on this system; every one is where the library that knows is itself missing."""
    try:
        from packaging.requirements import Requirement
    except ImportError:
        return "extra ==" not in requirement
    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate({"extra": extra})


def _spelled(requirement: str) -> str:
    """The name in a line of requirements or of pins, as packages are compared by it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s<>=!~;\[(]", requirement)[0]).lower()


def pins(root: Path) -> dict[str, str]:
    """What constraints.txt pins, of what is to be installed here."""
    path = root / "constraints.txt"
    lines = path.read_text().splitlines() if path.exists() else []
    found = (re.fullmatch(r"\s*([\w.-]+)==([^\s;#]+)\s*(?:#.*)?", line) for line in lines)
    return {_spelled(match[1]): match[2] for match in found if match}


def installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
