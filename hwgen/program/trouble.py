"""What the machine refuses while a build works: a full disk, a folder that may not be written; and what is not made after an error.

Standard library only. Any other exception is a bug and stays a traceback.
"""

from __future__ import annotations

import errno
import os

EXIT_CODE = 2
KEPT = "the PDF of the last good build, if any, is untouched"
ROOM = "expected room for what a build writes; make some, and run it again"
# What is not there after an error: the commands that make something say so before it.
UNMADE = {
    "pdf": "no PDF was built; the previous one, if any, is untouched",
    "submit": "no letter was written",
    "bundle": "no zip was written",
}
LEAVE = "expected a folder that may be written; change its permissions, or work in a copy of the homework"
THERE = "expected to find it as it was; it was removed, or its folder, while the build was under way: run it again"
SAID = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), ROOM),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), LEAVE),
    errno.ENOENT: THERE,
    errno.EIO: "expected a disk that works",
    errno.EMFILE: "expected to be allowed more open files; see ulimit -n",
    errno.ENOLCK: "expected a file system with locks; work in a folder of this machine's own disk",
}
# What a build makes: a file that is missing elsewhere is no trouble of the machine.
WRITTEN = ("build/", "figures/")


def told(error: OSError) -> str | None:
    """The message for a person; None if it is for whoever mends hwgen."""
    advice = SAID.get(error.errno or 0)
    path = os.path.relpath(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else "writing"
    if advice is None or (error.errno == errno.ENOENT and not path.startswith(WRITTEN)):
        return None
    return f"{path}: {(error.strerror or '').lower()}; {advice}. {KEPT[0].upper()}{KEPT[1:]}"
