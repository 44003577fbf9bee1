"""Runs of Python, each a copy of one process that has the libraries and the lower rooms of the engine loaded.

As much a process of its own as any other, without the second that its imports would take. What keeps and observes
(`hwgen.judging`) is imported by each run itself.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

LOADED = ["numpy", "scipy.optimize", "matplotlib.font_manager", "matplotlib.backends.backend_pdf", "jinja2", "click", "rich.console"]
LOADED += ["hwgen.evidence.agreement", "hwgen.guards.guards"]
PATIENCE = 60.0
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(LOADED)


def run(code: str, *arguments: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """What `python -c code arguments` does in that folder and environment."""
    with tempfile.TemporaryDirectory() as made:
        said = [Path(made, "out"), Path(made, "err")]
        process = CONTEXT.Process(target=_copy, args=(code, arguments, str(folder), dict(environment), said))
        process.start()
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(code, PATIENCE)
        return subprocess.CompletedProcess(code, process.exitcode, *(path.read_text() for path in said))


def _copy(code: str, arguments: tuple[str, ...], folder: str, environment: dict[str, str], said: list[Path]) -> None:
    for number, name in enumerate([Path(os.devnull), *said]):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT), number)
    sys.stdin, sys.stdout, sys.stderr = (open(number, "rw"[number > 0], closefd=False) for number in range(3))  # noqa: SIM115 # they end with it
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os.environ["PYTHONHASHSEED"] = "0"  # a copy cannot begin again as the program does to have one order of sets
    sys.argv = ["-c", *arguments]
    sys.path[:0] = [folder, *environment.get("PYTHONPATH", "").split(os.pathsep)]
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in environment
    exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
    sys.stdout.flush()
