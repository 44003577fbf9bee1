"""When files were last changed: standard library only, since the fast ways of a build use it.

A stamp holds what an author can put back (time, size) and what only the system sets (inode, time of the change itself).
"""

from __future__ import annotations

import _locale
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator

# As they are before anybody notes what a computation asks of files: these looks are the program's own, thousands of them.
from os import lstat
from os import stat as status_of

# This process has imported its modules since then: what changes later is not what it runs.
BEGAN = time.time_ns()
_STARTED, _TICKS = BEGAN, time.monotonic_ns()
# The system's clock for files moves in steps of at most this.
STEP = 10_000_000
# A folder on the file system of the homework, whose times mean nothing.
BUILD = "build"
LOOKS = 5
# The variables by which Python is told of its settings; the order of sets is the same in all that computes.
TOLD = ("PYTHONOPTIMIZE", "PYTHONUTF8", "PYTHONINTMAXSTRDIGITS", "PYTHONDEVMODE", "PYTHONWARNINGS", "LANG", "LC_ALL", "LC_CTYPE", "TZ")
ORDERED = {"PYTHONHASHSEED": "0"}
# What libraries would read of the environment while they are imported, before anybody notes it, they do not hear.
# What the system's and the libraries' arithmetic hears of: another kernel, or number of threads, adds in another order.
NUMBERS = ("OPENBLAS", "GOTO_", "OMP_", "MKL_", "KMP_", "BLIS_", "VECLIB_", "ATLAS_", "GLIBC_TUNABLES", "LD_PRELOAD", "LD_LIBRARY_PATH")
UNHEARD = ("SYMPY_", "MPMATH_", "NPY_", "NUMPY_", "SCIPY_", "FLINT_", "PYTHONDOCS", "SOURCE_DATE_EPOCH")


def settings() -> str:
    """What Python itself is told beside files: options, the encoding of texts, the time zone. Another one may compute other numbers."""
    flags = [f"{name} {getattr(sys.flags, name)}" for name in ("optimize", "utf8_mode", "int_max_str_digits", "dev_mode")]
    zone = f"time zone {'/'.join(time.tzname)} {time.timezone}"
    return ", ".join([*flags, *sys.warnoptions, sys.getfilesystemencoding(), _locale.getencoding(), zone])


def interpreter() -> str:
    """The same, the file of the time zone, since others of its days may be other ones, and what libraries of numbers are told."""
    told = sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith(NUMBERS))
    return str([settings(), os.environ.get("TZ"), os.path.realpath("/etc/localtime"), *told])


def stamp(path: str) -> list[int]:
    """What tells two states of a file apart, and of a link to it; empty for a file that is not there."""
    try:
        status = lstat(path)
    except OSError:
        return []
    return [*_state(status), *(_behind(path) if stat.S_ISLNK(status.st_mode) else ())]


def _state(status: os.stat_result) -> list[int]:
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def _behind(path: str) -> list[int]:
    try:
        return _state(status_of(path))
    except OSError:
        return []


def stamps(folders: Iterable[str], files: Iterable[str]) -> dict[str, list[int]]:
    """The stamps of all files in the folders, and of the single ones."""
    found = {path: stamp(path) for path in files}
    for top in folders:
        for path in _below(top, frozenset()):
            found[path] = stamp(path)
    return found


def _below(top: str, above: frozenset[str]) -> Iterator[str]:
    """All files in a folder, also where a link leads to another one, but for what Python compiles; no link is followed in a circle."""
    for folder, below, names in os.walk(top):
        below[:] = [name for name in below if name != "__pycache__"]
        yield from (os.path.join(folder, name) for name in names)
        for path in [os.path.join(folder, name) for name in below]:
            if os.path.islink(path):
                yield path
                if (leads := os.path.realpath(path)) not in above:
                    yield from _below(path, above | {leads})


def changed_since(paths: Iterable[str], moment: int) -> list[str]:
    """Those of the files that were written, replaced or removed after a moment (nanoseconds), as the system tells it."""
    # Rather too many: a file that was not changed costs a second look, one that was missed a stale page.
    since = moment - STEP - _lag()
    return [path for path in paths if _changed(path) >= since]


def _lag() -> int:
    """How far the clock that times of files are of is behind the one that moments are: another machine's, or it was set back meanwhile."""
    set_back = max((time.monotonic_ns() - _TICKS) - (time.time_ns() - _STARTED), 0)
    try:
        # Each look tells too much, where this process was made to wait in the middle of it.
        return max(min(_look() for _ in range(LOOKS)), 0) + set_back
    except OSError:
        return set_back


def _look() -> int:
    os.utime(BUILD)
    return time.time_ns() - status_of(BUILD).st_ctime_ns


def _changed(path: str) -> int:
    try:
        return status_of(path).st_ctime_ns
    except OSError:
        return 1 << 63
