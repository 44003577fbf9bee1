"""What stands now behind the name of something that was read: a file, a folder, a variable, a module, a library.

Nothing here notes anything; two states that a computation could tell apart have two digests.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from hwgen.freshness import installed, opened, wrapped
from hwgen.freshness.definitions import WHOLE
from hwgen.freshness.dependencies import dependencies_of
from hwgen.freshness.digests import digest
from hwgen.freshness.wrapped import ALL, STATUS, VARIABLE
from hwgen.page.files import regular

ABSENT, FOLDER, MODULE, LEADS = "absent", "folder ", "module ", "leads "


def now(path: str) -> str:
    """What a file, a folder, a variable or a module is now."""
    if path.startswith(MODULE):
        return digest(*sorted(dependencies_of(path.removeprefix(MODULE), WHOLE).items()))
    if path == VARIABLE + ALL:
        return digest(*sorted(wrapped.environment().items()))
    if path.startswith(installed.KINDS):
        return installed.now(path)
    if path.startswith(VARIABLE):
        value = os.environ.get(path.removeprefix(VARIABLE))
        return digest(*([] if value is None else [value]))
    try:
        if path.startswith(LEADS):
            return digest(opened.named(os.path.realpath(path.removeprefix(LEADS))))
        if path.startswith(STATUS):
            return digest(*opened.status(str(Path(opened.root(), path.removeprefix(STATUS)))))
        if path.startswith(FOLDER):
            # In the order of the system, which may change without a name that does: whoever lists it may take the first.
            return digest(*(one.name for one in Path(opened.root(), path.removeprefix(FOLDER)).iterdir()))
        with regular(Path(opened.root(), path)) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:32]
    except OSError:
        return ABSENT
