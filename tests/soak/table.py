"""The table of faults in docs/trust.md, between two marks; the run itself writes it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

BEGIN, END = "<!-- written by make soak -->", "<!-- end of what make soak writes -->"


def write(path: Path, counts: Mapping[str, int], seconds: float) -> None:
    """Put the numbers of a run in which every try was survived into the document."""
    text = path.read_text()
    before, _, rest = text.partition(BEGIN)
    after = rest.partition(END)[2]
    path.write_text(before + "\n".join([BEGIN, "", *lines(counts, seconds), "", END]) + after)


def lines(counts: Mapping[str, int], seconds: float) -> Iterator[str]:
    """The table, and what it was made by."""
    yield "| Fault | tried | survived |"
    yield "|---|---|---|"
    for name, count in counts.items():
        yield f"| {name} | {count} | {count} |" if count else f"| {name} | not here | |"
    yield ""
    tries, cores = sum(counts.values()), os.cpu_count()
    yield f"{tries} tries in {seconds:.0f} s on {cores} cores, each followed by a build whose PDF was compared byte by byte."
