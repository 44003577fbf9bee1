"""A run, in a process of its own, that computes named results of the package `reads`, and says what it computed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import warm

RUN = """
import json, sys
from pathlib import Path
from hwgen.freshness import observed, wrapped
from hwgen.judging.results import judge
from hwgen.freshness.store import Store
from hwgen.judging.workers import Limits
from hwgen.model import catalog
from hwgen.model.errors import ContentError
names = sys.argv[1:]
observed.begin("reads.exercises")
try:
    store = Store(Path("build/store"))
    with wrapped.called_alike():
        content = catalog.load("reads.exercises")
    found = judge(content, (), names, store=store, jobs=1, limits=Limits(seconds=4, memory=1 << 30))
    print("DONE", json.dumps([sorted(found.seconds), {name: getattr(found.named[name], "value", 0.0) for name in names}]))
except ContentError as error:
    print("SAID", json.dumps(str(error)))
"""


def run(project: Path, *names: str, apart: bool = False) -> tuple[str, list]:
    """What a run says: DONE with what it computed and the numbers, or SAID with a message; `apart` where no library is loaded yet."""
    environment = {**os.environ, "PYTHONPATH": f"{project}{os.pathsep}{Path.cwd()}", "PYTHONDONTWRITEBYTECODE": "1"}
    if apart:
        done = subprocess.run(
            [sys.executable, "-c", RUN, *names], cwd=project, env=environment, capture_output=True, text=True, check=False
        )
    else:
        done = warm.run(RUN, *names, folder=project, environment=environment)
    assert done.returncode == 0, done.stderr
    kind, _, rest = done.stdout.strip().partition(" ")
    return kind, json.loads(rest)
