"""The table of faults in docs/trust.md, between two marks; the run itself writes it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

BEGIN, END = "<!-- written by make soak -->", "<!-- end of what make soak writes -->"


def write(path: Path, counts: Mapping[str, int], seconds: float, impossible: Collection[str] = (), load: float = 0) -> None:
    """Put the numbers of a run in which every try was survived into the document."""
    text = path.read_text()
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(before + "\n".join([BEGIN, "", *lines(counts, seconds, impossible, load), "", END]) + after)


def lines(counts: Mapping[str, int], seconds: float, impossible: Collection[str], load: float) -> Iterator[str]:
    """The table, and what it was made by."""
    yield "| Fault | tried | survived |"
    yield "|---|---|---|"
    for name, count in counts.items():
        yield f"| {name} | {count} | {count} |" if count else f"| {name} | {'not here' if name in impossible else 'no time was left'} | |"
    yield ""
    tries, kills = sum(counts.values()), sum(count for name, count in counts.items() if name.startswith("kill"))
    shared = f"{os.cpu_count()} cores, which {load:.0f} other programs shared" if load >= 1 else f"{os.cpu_count()} cores"
    yield f"One run: {tries} tries, {kills} of them kill -9, in {seconds:.0f} s on {shared};"
    yield "after each no process was left, and the PDF was that of a good build. Each other fault, and each three kills in a row, was"
    yield "followed by a build whose PDF was compared byte by byte."
