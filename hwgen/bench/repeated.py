"""`python -m hwgen.bench.repeated TIMES`: the document so many times under other names, and what reading it costs without LaTeX.

Rendered once; what is measured is the page loop of an edit: tokens, formulas, every guard. Prints JSON, with the peak of the process.
"""

from __future__ import annotations

import dataclasses
import json
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hwgen.guards import guards
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered
from hwgen.program import build

BEGIN, END = r"\begin{document}", r"\end{document}"
# What has a name that may stand only once, or that is looked up.
NAMED = re.compile(r"(\\(?:checked|refuted|verified|label|ref|eqref|pageref)\*?\{)([^{}]+)\}")
ROUNDS = 3


def repeated(page: Page, times: int) -> Page:
    """The page with its body so many times, every claim and label of a copy under a name of its own."""
    lines = page.rendered.text.split("\n")
    first = next(number for number, line in enumerate(lines) if BEGIN in line) + 1
    last = next(number for number, line in enumerate(lines) if END in line)
    text, places = list(lines[:first]), list(page.rendered.lines[:first])
    for copy in range(times):
        text += [_renamed(line, copy) for line in lines[first:last]]
        places += page.rendered.lines[first:last]
    rendered = Rendered(
        "\n".join([*text, *lines[last:]]),
        (*places, *page.rendered.lines[last:]),
        tuple(_moved(page.rendered.seams, first, last, times)),
        tuple(_moved(page.rendered.values, first, last, times)),
    )
    claims = {_own(name, copy): claim for copy in range(times) for name, claim in page.names.claims.items()}
    return dataclasses.replace(page, rendered=rendered, names=dataclasses.replace(page.names, claims=claims), whole=None)


def _moved(marks: Sequence[tuple[Any, ...]], first: int, last: int, times: int) -> Iterator[tuple[Any, ...]]:
    """Marks that begin with their line, for each copy; where names before one in its line have grown, its column is a little off."""
    length = last - first
    yield from (mark for mark in marks if mark[0] <= first)
    for copy in range(times):
        yield from ((mark[0] + copy * length, *mark[1:]) for mark in marks if first < mark[0] <= last)
    yield from ((mark[0] + (times - 1) * length, *mark[1:]) for mark in marks if mark[0] > last)


def _own(name: str, copy: int) -> str:
    return f"{name}_{copy}" if copy else name


def _renamed(line: str, copy: int) -> str:
    return NAMED.sub(lambda found: f"{found[1]}{_own(found[2], copy)}}}", line)


def measured(root: Path, times: int) -> dict[str, float]:
    """Formulas, seconds (the least of a few looks) and peak bytes."""
    page = build.read(build.Request(root=root)).page
    page = page.whole or page
    seconds, formulas = [], 0
    for _ in range(ROUNDS):
        again = repeated(page, times)
        started = time.perf_counter()
        formulas = len(guards.guarded(again).formulas)
        seconds.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"formulas": formulas, "seconds": min(seconds), "peak": peak}


if __name__ == "__main__":
    print(json.dumps(measured(Path(), int(sys.argv[1]))))
