"""`hwgen init`: a small homework that builds at once and reads as a lesson, written into a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

from hwgen.model.errors import InputError

START = Path(__file__).with_name("start")
# Not under its own name, or it would hide files of the engine from git.
RENAMED = {"gitignore": ".gitignore"}


def init(folder: Path) -> list[Path]:
    """Write the files of a new homework. Raises InputError, before anything is written, over any file that is there."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: a file; expected the name of a folder to make")
    files = sorted(path.relative_to(START) for path in START.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    to = {path: folder / path.with_name(RENAMED.get(path.name, path.name)) for path in files}
    there = [str(path) for path in to.values() if path.exists()]
    if there:
        raise InputError(f"{there[0]}: there already; expected a folder without it, since nothing is written over")
    for path, target in to.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(START / path, target)
    (folder / "figures").mkdir(exist_ok=True)
    return list(to.values())
