"""The names of all files in a homework's folders: a file that LaTeX looked for and did not find may appear in any of them.

Standard library only, and names only: what is in the files is for whoever reads them.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

MADE, NOTES, NOTE, BARE = "build", "__pycache__", ".pyc", ".tex"
_ENDLESS = {"a pipe": stat.S_ISFIFO, "a device": stat.S_ISCHR, "a disk": stat.S_ISBLK}


def all_end(root: Path) -> None:
    """Raises ContentError where one of these files is a pipe or a device, behind a link too: whoever reads it would wait for ever.

    Not among the figures, which a build makes anew.
    """
    for name in (one for one in names(root) if not one.startswith("figures/")):
        try:
            mode = (root / name).stat().st_mode
        except OSError:  # a link that leads nowhere, which is for whoever asks for it
            continue
        kind = next((kind for kind, is_one in _ENDLESS.items() if is_one(mode)), "")
        if kind and os.path.realpath(root / name) != os.devnull:
            from hwgen.model.errors import ContentError  # the model is loaded only where something is wrong

            raise ContentError(f"{name}: {kind}, at which reading waits for ever; expected a file. Remove it")


def names(root: Path) -> list[str]:
    """Their paths from the root, in order; none of what a build makes for itself, nor what Python has compiled.

    Nor of hidden files: LaTeX is not allowed to read one, but for one whose whole name is an ending.
    """
    found: list[str] = []
    seen = {os.path.realpath(root)}
    for folder, below, files in os.walk(root, followlinks=True):
        # LaTeX follows a link to a hidden folder or one outside, and looks for a file there; once each, as it may lead back.
        if Path(folder).is_symlink():
            real = os.path.realpath(folder)
            if real in seen:
                below.clear()
                continue
            seen.add(real)
        below.sort()
        inside = os.path.relpath(folder, root)
        below[:] = [name for name in below if not name.startswith(".") and not (inside == os.curdir and name == MADE)]
        shown = [
            one for one in files if (one == BARE or not one.startswith(".")) and not (f"/{inside}".endswith(f"/{NOTES}") and NOTE in one)
        ]
        found += (os.path.normpath(f"{inside}/{name}") for name in (*(one for one in below if one != NOTES), *shown))
    return sorted(found)
