"""The program of the wheel, run as an installed one in the folder of a homework."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path


def python(wheel: Path, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python with the wheel's files beside the libraries that it declares; -P keeps the present folder off the path."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(wheel), sysconfig.get_path("purelib")])}
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


def hwgen(wheel: Path, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command of the wheel's program."""
    return python(wheel, root, "-m", "hwgen", *arguments)
