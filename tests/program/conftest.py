"""The wheel, made once for all tests of it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import PROJECT, once
from program.beginning import beginner, new

__all__ = ["beginner", "new", "wheel"]


@pytest.fixture(scope="session")
def wheel(shared: Path) -> Path:
    """The files of the wheel, unpacked, beside the libraries that it declares."""

    def made(folder: Path) -> None:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
        subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
        (file,) = (folder / "dist").glob("*.whl")
        with zipfile.ZipFile(file) as archive:
            archive.extractall(folder / "site")

    return once(shared, "wheel", made) / "site"
