"""The curves as tables on the terminal and as figures in build/bench/."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.table import Table

from hwgen.bench.curves import Curve
from hwgen.bench.table import MEGABYTE, VERDICT
from hwgen.judging.drawing import drawn
from hwgen.page import files


def curve(one: Curve) -> Table:
    """A row for each amount of work."""
    floors = list(one.floor) or [0.0] * len(one.work)
    peaks = list(one.peaks) or [0.0] * len(one.work)
    title = f"{one.name}: {one.target} {VERDICT[one.met]}".strip()
    table = Table(one.x, "seconds", "floor", "peak", title=title, title_justify="left")
    for work, seconds, floor, peak in zip(one.work, one.seconds, floors, peaks, strict=True):
        least = f"{floor:.3f} (×{seconds / floor:.2f})" if floor else ""
        table.add_row(f"{work:g}", f"{seconds:.3f}", least, f"{peak / MEGABYTE:.0f} MB" if peak else "")
    return table


def write(curves: Sequence[Curve], folder: Path) -> list[Path]:
    """Each curve as a PDF of its name."""
    written = []
    folder.mkdir(parents=True, exist_ok=True)
    for one in curves:
        path = folder / f"{re.sub(r'[^a-z0-9]+', '_', one.name.lower())}.pdf"
        files.write(path, drawn(_draw, (one,), 2.6))
        written.append(path)
    return written


def _draw(figure: Any, one: Curve) -> None:
    left, right = figure.subplots(1, 2)
    left.loglog(one.work, one.seconds, "o-", label=one.name)
    if one.floor:
        left.loglog(one.work, one.floor, "s--", label="floor")
    slope = [one.seconds[0] * work / one.work[0] for work in one.work]
    left.loglog(one.work, slope, ":", label="linear")
    left.set(xlabel=one.x, ylabel="seconds")
    left.legend()
    if one.peaks:
        right.semilogx(one.work, [peak / MEGABYTE for peak in one.peaks], "o-")
    right.set(xlabel=one.x, ylabel="peak, MB", ylim=(0, None))
