"""The proof that a PDF carries: its sources and its ledger, attached to it, and taken out again. Nothing of it is run here."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath

from hwgen.model import Homework, Student, catalog
from hwgen.model.errors import InputError
from hwgen.page import files
from hwgen.program import snapshot
from hwgen.typesetting import last

SOURCES, LEDGER, ASKED = "sources.zip", "ledger.json", "asked.json"
LARGEST = 200_000_000  # bytes, unpacked
DAY = (2025, 1, 1, 0, 0, 0)  # the same inputs give the same bytes
LEFT = frozenset({"__pycache__", "build", "figures"})


def attach(root: Path, task: Homework, who: Student, pdf: Path) -> None:
    """Attach the sources of the homework, the ledger of the last build and what was asked for to the PDF, which is written anew."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf.read_bytes())))
    writer.add_attachment(SOURCES, packed(root, task))
    writer.add_attachment(LEDGER, (root / "build" / LEDGER).read_bytes())
    writer.add_attachment(ASKED, json.dumps({"nom": who.nom, "prenom": who.prenom, "version": who.version}).encode())
    made = BytesIO()
    writer.write(made)
    files.write(pdf, made.getvalue())


def packed(root: Path, task: Homework) -> bytes:
    """A zip of all that the homework is built from, by paths from its folder."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path in sorted(set(_sources(root, task))):
            archive.writestr(zipfile.ZipInfo(path.relative_to(root).as_posix(), DAY), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _sources(root: Path, task: Homework) -> Iterator[Path]:
    catalog.importable(root)
    top = catalog.folder(task.content.split(".")[0]).resolve()
    if not top.is_relative_to(root.resolve()):
        raise InputError(f"{top}: outside of the homework's folder; expected the content in it, so that it can be attached")
    yield from (root / name for name in ("homework.toml", "student.toml", "constraints.txt") if (root / name).exists())
    for folder in (root / "templates", root / top.relative_to(root.resolve())):
        yield from (path for path in folder.rglob("*") if path.is_file() and not LEFT & set(path.relative_to(root).parts))
    yield from (root / name for name in last.own_inputs(root) if not name.startswith(("figures/", "build/")))
    yield from (root / name for name in snapshot.data() if not name.startswith(("/", "..")) and (root / name).is_file())


def taken(pdf: Path, whole: bytes) -> dict[str, bytes]:
    """What is attached to a PDF, by name; `whole` is what the file holds. Raises InputError if that is not what hwgen attaches."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        found = {name: data[0] for name, data in PdfReader(BytesIO(whole)).attachments.items()}
    except PyPdfError as error:
        raise InputError(f"{pdf}: cannot be read as a PDF ({error})") from None
    missing = [name for name in (SOURCES, LEDGER, ASKED) if name not in found]
    if missing:
        raise InputError(f"{pdf}: {missing[0]} is not attached; expected a PDF that was built with attach = true in student.toml")
    return found


def unpack(data: bytes, folder: Path) -> list[str]:
    """Write the sources into an empty folder, and nowhere else; their names. Raises InputError for anything that would leave it."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except zipfile.BadZipFile:
        raise InputError(f"{SOURCES}: damaged; expected what hwgen attached") from None
    with archive:
        names = [one.filename for one in archive.infolist()]
        outside = [name for name in names if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name]
        if outside or sum(one.file_size for one in archive.infolist()) > LARGEST:
            raise InputError(f"{SOURCES}: {outside[0] if outside else 'more than 200 MB'}; expected files of one homework's folder")
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(archive.read(name))
    return names
