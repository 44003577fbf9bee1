"""`python -m hwgen.judging.cluster_process`: a process on a worker of a cluster that computes with the code that was sent there.

It tells its versions first, then lives as a worker at home does. Only `cluster_worker` starts it.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import sys
from importlib import metadata
from multiprocessing.connection import Connection
from pathlib import Path


def main(package: str, connection: int, parent: int, memory: int) -> None:
    """Serve the connection, a file descriptor, until it is closed; ready when the content can be computed with."""
    ours = Connection(connection)
    ours.send_bytes(json.dumps(versions()).encode())
    # After the word on their versions: what these import are the libraries that may differ.
    from hwgen.freshness import dependencies
    from hwgen.freshness.store import Store
    from hwgen.judging import results
    from hwgen.judging.workers import Limits, serve

    dependencies.keep(Store(Path("build/store")))
    with contextlib.suppress(Exception):  # whatever is wrong with the content, its first task says so
        results.prepare(package)
    serve(ours, Limits(memory=memory), parent, b"ready")


def versions() -> dict[str, str]:
    """The versions of Python and of the libraries that results depend on, and what Python is told."""
    from hwgen.freshness.libraries import BESIDE, LIBRARIES
    from hwgen.freshness.stamps import settings

    return {"python": platform.python_version(), "Python's settings": settings()} | {name: _version(name) for name in (*LIBRARIES, *BESIDE)}


def environment() -> dict[str, str | None]:
    """The variables by which Python is told here, those that are not set too: a worker's own tell its processes nothing."""
    from hwgen.freshness.stamps import ORDERED, TOLD

    return {**{name: os.environ.get(name) for name in TOLD}, **ORDERED}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "missing"


if __name__ == "__main__":
    main(sys.argv[1], *(int(one) for one in sys.argv[2:]))
