"""The proof that a PDF carries: its sources and its ledger, attached to it, and taken out again. Nothing of it is run here."""

from __future__ import annotations

import json
import lzma
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.machinery import BYTECODE_SUFFIXES, EXTENSION_SUFFIXES
from io import BytesIO
from pathlib import Path, PurePosixPath

from hwgen.judging import ledger
from hwgen.model import Homework, Student, catalog
from hwgen.model.errors import InputError
from hwgen.page import files
from hwgen.page.nouns import counted
from hwgen.program import snapshot
from hwgen.typesetting import last

SOURCES, LEDGER, ASKED = "sources.zip", "ledger.json", "asked.json"
ATTACHED = (SOURCES, LEDGER, ASKED)
LARGEST, MOST = 200_000_000, 10_000  # bytes and files, unpacked
LONGEST, DEEPEST = 255, 2000  # bytes of a name, and of a path
DAY = (2025, 1, 1, 0, 0, 0)  # the same inputs give the same bytes
LEFT = frozenset({"__pycache__", "build", "figures"})


def attach(root: Path, task: Homework, who: Student, pdf: bytes) -> bytes:
    """The PDF with the sources of the homework, the ledger of the last build and what was asked for attached to it."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.add_attachment(SOURCES, packed(root, task))
    writer.add_attachment(LEDGER, _ledger(root / "build" / LEDGER))
    writer.add_attachment(ASKED, json.dumps({"nom": who.nom, "prenom": who.prenom, "version": who.version}).encode())
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def _ledger(path: Path) -> bytes:
    found = ledger.left(path)
    if found is None:
        raise InputError(f"{path}: not what the last build left; expected its evidence, to be attached. Build again")
    return found.encode()


def packed(root: Path, task: Homework) -> bytes:
    """A zip of all that the homework is built from, by paths from its folder."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(set(_sources(root, task))):
            archive.writestr(
                zipfile.ZipInfo(path.relative_to(root).as_posix(), DAY), files.inside(root, path).read_bytes(), zipfile.ZIP_DEFLATED
            )
    return made.getvalue()


def _sources(root: Path, task: Homework) -> Iterator[Path]:
    catalog.importable(root)
    top = catalog.folder(task.content.split(".")[0]).resolve()
    if not top.is_relative_to(root.resolve()):
        raise InputError(f"{top}: outside of the homework's folder; expected the content in it, so that it can be attached")
    yield from (root / name for name in ("homework.toml", "student.toml", "constraints.txt") if (root / name).exists())
    for folder in (root / "templates", root / top.relative_to(root.resolve())):
        yield from (path for path in folder.rglob("*") if not _left(path.relative_to(root)) and _is_file(root, path))
    yield from (root / name for name in last.own_inputs(root) if not name.startswith(("figures/", "build/")))
    yield from (root / name for name in snapshot.opened() if not name.startswith(("/", "..")) and (root / name).is_file())


def _left(path: Path) -> bool:
    """Whether a build makes it, or it is hidden, which is nobody's source unless a computation or LaTeX was seen to read it."""
    return bool(LEFT & set(path.parts)) or any(part.startswith(".") for part in path.parts)


def _is_file(root: Path, path: Path) -> bool:
    """Whether it is one of the homework's files. Raises ContentError for a link that leads out of it, to a file or to a folder."""
    return files.inside(root, path).is_file()


def taken(pdf: Path, whole: bytes) -> dict[str, bytes]:
    """What is attached to a PDF, by name; `whole` is what the file holds.

    Raises InputError if that is not what hwgen attaches, each under its name once.
    """
    from pypdf import PdfReader

    try:
        found = PdfReader(BytesIO(whole)).attachments.items()
        held = {name: data for name, data in found if name in ATTACHED}
    except Exception as error:  # whatever the library makes of a file that somebody bent
        raise InputError(f"{pdf}: cannot be read as a PDF ({type(error).__name__}: {error})") from None
    missing = [name for name in ATTACHED if name not in held]
    if missing:
        raise InputError(f"{pdf}: {missing[0]} is not attached; expected a PDF that was built with attach = true in student.toml")
    twice = [name for name in ATTACHED if len(held[name]) != 1]
    if twice:
        raise InputError(f"{pdf}: {twice[0]} is attached {len(held[twice[0]])} times; expected what hwgen attached, once")
    return {name: data[0] for name, data in held.items()}


def unpack(data: bytes, folder: Path) -> list[str]:
    """Write the sources into an empty folder, and nowhere else; their names.

    Raises InputError, before anything is written, for what hwgen does not pack.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist()]
            strange = next(_strange(names, sum(one.file_size for one in archive.infolist())), "")
            if strange:
                raise InputError(f"{SOURCES}: {strange}; expected files of one homework's folder")
            held = {one.filename: archive.read(one) for one in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError, OSError) as error:
        raise InputError(f"{SOURCES}: damaged ({error}); expected what hwgen attached") from None
    for name, text in held.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    return names


def _strange(names: Sequence[str], size: int) -> Iterator[str]:
    """What is not as hwgen packs it: names that leave the folder, or stand for two things, code that nobody can read, too much of it."""
    if size > LARGEST or len(names) > MOST:
        yield f"{counted(len(names), 'file')} of {size} bytes, more than {MOST} or {LARGEST}"
    above = {str(folder) for name in names for folder in PurePosixPath(name).parents}
    for name, times in Counter(names).items():
        path = PurePosixPath(name)
        if not _plain(name, path):
            yield f"{name!r}, a name that hwgen does not pack"
        elif times > 1 or name in above:
            yield f"{name!r}, which stands for two things"
        elif path.parts[0] in LEFT or path.parts[0].startswith("."):
            yield f"{name!r}, which a build makes by itself"
        elif name.endswith((*EXTENSION_SUFFIXES, *BYTECODE_SUFFIXES, ".pyd", ".dll", ".dylib", ".pth")):
            yield f"{name!r}, which is compiled, or runs by itself"


def _plain(name: str, path: PurePosixPath) -> bool:
    """Whether it is the path of a file below a folder, which any file system takes."""
    short = len(os.fsencode(name)) <= DEEPEST and all(len(os.fsencode(part)) <= LONGEST for part in path.parts)
    below = not path.is_absolute() and ".." not in path.parts and "\\" not in name and str(path) == name and bool(path.parts)
    return short and below and name.isprintable()
