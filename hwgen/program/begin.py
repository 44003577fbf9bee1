"""`hwgen init`: a small homework that builds at once and reads as a lesson, written into a folder of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hwgen.model.errors import InputError
from hwgen.page import files
from hwgen.program.folder import above
from hwgen.program.homework import homework

START = Path(__file__).with_name("start")
# Not under its own name, or it would hide files of the engine from git.
RENAMED = {"gitignore": ".gitignore"}
# What every homework has besides its content.
OWN = ("templates", "figures", "build")


def installed() -> str:
    """The program that is running, by its whole path: that of its environment, on the path or not."""
    own = Path(sys.executable).with_name("hwgen")
    return str(own if own.exists() else shutil.which("hwgen") or own)


def first() -> str:
    """What builds a new homework in this terminal: make finds hwgen on the path, or is told where it is."""
    own = installed()
    found = shutil.which("hwgen")
    return "make pdf" if found and Path(found).resolve() == Path(own).resolve() else f"make pdf HWGEN={shlex.quote(own)}"


def init(folder: Path) -> list[Path]:
    """Write the files of a new homework, all or none. Raises InputError, before anything is written, over any file that is there."""
    _outside(folder.resolve())
    if os.path.lexists(folder) and not folder.is_dir():
        raise InputError(f"{folder}: a file; expected the name of a folder to make")
    names = sorted(path.relative_to(START) for path in START.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    texts = {path.with_name(RENAMED.get(path.name, path.name)): (START / path).read_text(encoding="utf-8") for path in names}
    there = [str(folder / path) for path in texts if os.path.lexists(folder / path)]
    if there:
        raise InputError(f"{there[0]}: there already; expected a folder without it, since nothing is written over")
    if folder.exists():
        _fill(folder, texts)
    else:
        _made(folder, texts)
    return [folder / path for path in texts]


def _outside(folder: Path) -> None:
    """No homework begins inside of what another one is made of: it would be taken for an exercise, a template or what is generated."""
    around = above(str(folder.parent))
    if around is None:
        return
    inside = folder.relative_to(around).parts[0]
    content = homework(Path(around)).content.split(".")[0]
    if inside in {content, *OWN}:
        there = os.path.relpath(Path(around, inside))
        raise InputError(
            f"{folder}: in {there}/, which belongs to the homework around it; expected a folder elsewhere, as in hwgen init ../hw6"
        )


def _fill(folder: Path, texts: Mapping[Path, str]) -> None:
    files.write_all({folder / path: text for path, text in texts.items()})
    (folder / "figures").mkdir(exist_ok=True)


def _made(folder: Path, texts: Mapping[Path, str]) -> None:
    """A folder that was not there takes its name when it is whole, so that one who was stopped begins again."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as aside:
        whole = Path(aside) / folder.name
        _fill(whole, texts)
        whole.rename(folder)
