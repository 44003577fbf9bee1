"""A file is written whole or not at all: aside, under a name that nobody can foresee, and renamed. Standard library, little of it.

No link is followed: what came with a folder does not say where a build writes. What a process that was killed left aside is swept
away by a later one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hwgen.page import folders

if TYPE_CHECKING:
    from io import BufferedReader

    from hwgen.model.errors import ContentError

ENDING = ".new"


def looked_over(root: Path) -> None:
    """Raises ContentError where nothing is to be built: a build would write elsewhere, or wait for ever at reading."""
    kept_inside(root)
    folders.all_end(root)


def kept_inside(root: Path) -> None:
    """Raises ContentError where a folder that a build writes into is a link to another one."""
    for path in _leading_out(root):
        name = path.relative_to(root)
        raise _refused(f"{name}: leads to another folder, where a build would write; expected a folder of its own, no link")


def is_kept_inside(root: Path) -> bool:
    """Whether there is no such folder."""
    return not any(_leading_out(root))


def _leading_out(root: Path) -> Iterator[Path]:
    return (path for path in _written_into(root) if path.is_symlink() and path.is_dir())


def _written_into(root: Path) -> Iterator[Path]:
    """All that may be such a folder; what stands deeper in build/ is made with the folder of a run, or signed."""
    yield root / "figures"
    yield root / "build"
    yield from (within := _entries(root / "build"))
    for path in within:
        yield from _entries(path)


def _entries(folder: Path) -> list[Path]:
    if folder.is_symlink() or not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return [folder / one.name for one in entries if one.is_symlink() or one.is_dir(follow_symlinks=False)]


def write(path: str | os.PathLike[str], data: bytes | str) -> None:
    """The file with this content; a reader sees the old one or the new one. A failure leaves nothing behind, and names the file."""
    aside = _aside(path)
    try:
        _fill(aside, data)
        os.replace(aside, path)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.remove(aside)
        if isinstance(error, OSError):
            raise OSError(error.errno, error.strerror, os.fspath(path)) from None
        raise


def renew(path: Path, data: bytes) -> None:
    """The same, but for a file that has this content already: it stays as it is, its time included."""
    try:
        same = held(path) == data
    except OSError:
        same = False
    if not same:
        write(path, data)


def write_all(texts: Mapping[Path, str]) -> None:
    """All these files, or none of them; at most one of them is there already, and it is changed last."""
    missing = {folder for path in texts for folder in path.parents if not folder.exists()}
    asides, made = dict[Path, str](), list[Path]()
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            asides[path] = _aside(path)
            _fill(asides[path], text)
        for path in sorted(texts, key=Path.exists):
            if path.exists():
                os.chmod(asides[path], path.stat().st_mode & 0o777)
            else:
                made.append(path)
            os.replace(asides[path], path)
    except BaseException:
        for left in [*asides.values(), *map(str, made)]:
            with contextlib.suppress(OSError):
                os.remove(left)
        for folder in sorted(missing, reverse=True):  # the deepest first
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def inside(root: Path, path: Path) -> Path:
    """The file itself, behind any links. Raises ContentError where they lead out of the homework."""
    found = path.resolve()
    if not found.is_relative_to(root.resolve()):
        said = "a link that leads out of the homework; expected the file itself: copy it"
        raise _refused(f"{path.relative_to(root)}: {said}")
    return found


def held(path: str | os.PathLike[str]) -> bytes:
    """What a file holds that was left here. Raises OSError as `regular` does."""
    with regular(path) as file:
        return file.read()


def regular(path: str | os.PathLike[str]) -> BufferedReader:
    """A file, to be read. Raises OSError where it is not there, or is a pipe, at which reading would wait for ever."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "no regular file", os.fspath(path))
    return open(descriptor, "rb")  # whoever reads it closes it


def _refused(said: str) -> ContentError:
    from hwgen.model.errors import ContentError  # the model is loaded only where something is wrong

    return ContentError(said)


def _aside(path: str | os.PathLike[str]) -> str:
    return f"{os.fspath(path)}.{os.urandom(6).hex()}.{os.getpid()}{ENDING}"


def _fill(aside: str, data: bytes | str) -> None:
    """A new file: one that is there already, or a link, is somebody's trap."""
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666), "wb") as file:
        file.write(data.encode(errors="surrogateescape") if isinstance(data, str) else data)


def lock(path: Path) -> TextIO:
    """The file of a lock, to be locked; made if it is not there. Raises ContentError for a link."""
    try:
        return open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666), "w")  # whoever locks it closes it
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise _refused(f"{path}: a link; expected a file of its own, which a build locks. Remove it") from None


def sweep(tops: Iterable[str | os.PathLike[str]]) -> None:
    """Remove what processes that are no more left aside in these folders."""
    for top in tops:
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith(ENDING) and _is_left(name):
                    with contextlib.suppress(OSError):
                        os.remove(os.path.join(folder, name))


def _is_left(name: str) -> bool:
    return is_gone(name.removesuffix(ENDING).rpartition(".")[2])


def is_gone(number: str) -> bool:
    """Whether this is the number of a process that is no more."""
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
