r"""\DocumentMetadata, the first step to an accessible PDF, keeps the bytes the same and the metadata there."""

from __future__ import annotations

from pathlib import Path

from conftest import Homework
from pypdf import PdfReader

from hwgen.program import build


def _made(homework: Homework) -> Path:
    made = build.pdf(build.read(homework.request()), wrong=False).pdf
    assert made is not None
    return made


def test_two_builds_from_nothing_with_it_give_the_same_bytes_and_no_date(homework: Homework) -> None:
    preamble = homework.root / "templates/preamble.tex"
    text = preamble.read_text()
    preamble.write_text(text.replace(r"\documentclass", "\\DocumentMetadata{lang=en-GB,pdfversion=1.7}\n\\documentclass", 1))
    first = _made(homework)
    data = first.read_bytes()
    for path in (homework.root / "build/tex").iterdir():
        path.unlink()
    first.unlink()
    assert _made(homework).read_bytes() == data
    reader = PdfReader(first)
    assert reader.metadata is not None
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert (reader.metadata.title, reader.metadata.author) == ("A toy homework", "Ada Lovelace")
