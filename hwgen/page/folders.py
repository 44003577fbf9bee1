"""The names of all files in a homework's folders: a file that LaTeX looked for and did not find may appear in any of them.

Standard library only, and names only: what is in the files is for whoever reads them.
"""

from __future__ import annotations

import os
from pathlib import Path

MADE, NOTES = "build", "__pycache__"


def names(root: Path) -> list[str]:
    """Their paths from the root, in order; none of what a build makes for itself.

    Nor of hidden files: LaTeX is not allowed to read one.
    """
    found: list[str] = []
    for folder, below, files in os.walk(root):
        inside = os.path.relpath(folder, root)
        left = {NOTES, MADE} if inside == os.curdir else {NOTES}
        below[:] = [name for name in below if not name.startswith(".") and name not in left]
        found += (os.path.normpath(f"{inside}/{name}") for name in (*below, *(one for one in files if not one.startswith("."))))
    return sorted(found)
