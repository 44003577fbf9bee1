"""Whether a PDF that LaTeX made reads back whole: its size, its end, its cross-reference table, its pages. Nothing here mends one."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from hwgen.page.nouns import counted

_WRITTEN = re.compile(r"^Output written on .*? \((\d+) pages?, (\d+) bytes\)", re.MULTILINE)
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"\d+ 0 obj\s*<<.*?/Type /XRef.*?>>\s*stream\r?\n", re.DOTALL)
_WIDTHS = re.compile(rb"/W \[(\d+) (\d+) (\d+)\]")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
IN_THE_FILE = 1


def broken(pdf: Path, log: str) -> str:
    """What is wrong with the file, in words; empty if it is whole and is the one that the log tells of."""
    written = _WRITTEN.findall(log)
    if not written or not pdf.exists():
        return "was never finished"
    pages, size = map(int, written[-1])
    data = pdf.read_bytes()
    if len(data) != size:
        return f"has {len(data)} bytes, and {size} were written"
    end = _END.search(data[-64:])
    if not end:
        return "has no end"
    try:
        misplaced = [number for number, offset in _objects(data, int(end[1])) if not _begins(data, number, offset)]
        found = _pages(data)
    except (ValueError, IndexError, zlib.error):
        return "has a table of its objects that cannot be read"
    if misplaced:
        return f"does not hold object {misplaced[0]} where its table says"
    return "" if found == pages else f"holds {counted(found, 'page')}, and {pages} {'was' if pages == 1 else 'were'} written"


def _begins(data: bytes, number: int, offset: int) -> bool:
    return data.startswith(b"%d 0 obj" % number, offset)


def _objects(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The number and place of each object that stands in the file by itself, from the cross-reference stream at `start`."""
    head, widths = _TABLE.match(data, start), _WIDTHS.search(data, start)
    if not head or not widths:
        raise ValueError("no cross-reference stream")
    table = zlib.decompressobj().decompress(data[head.end() :])
    kind, place, last = (int(width) for width in widths.groups())
    row = kind + place + last
    for number in range(len(table) // row):
        entry = table[number * row : (number + 1) * row]
        if int.from_bytes(entry[:kind]) == IN_THE_FILE:
            yield number, int.from_bytes(entry[kind : kind + place])


def _pages(data: bytes) -> int:
    """How many pages there are, in the file itself and in its packed objects. A stream that is damaged raises zlib.error."""
    return len(_PAGE.findall(data)) + sum(len(_PAGE.findall(one)) for one in _packed(data))


def _packed(data: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"/Type /ObjStm.{0,200}?stream\r?\n", data, re.DOTALL):
        yield zlib.decompressobj().decompress(data[found.end() :])
