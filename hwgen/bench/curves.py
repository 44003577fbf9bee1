"""How cost grows with the work: effort and workers, width and inputs of the streaming kernel, length of the document.

Each curve is measured by processes of their own, so that a peak is one point's, and says how fast its cost may grow at most.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.bench.builds import HWGEN, Copies, surroundings
from hwgen.bench.process import cost
from hwgen.model.errors import InputError
from hwgen.program import begin

# A measurement of a second varies by this much on a machine that does other things too.
NOISE = 1.25
STREAM_RATIO, FLAT = 1.3, 1.1
# Neurons that are measured at one width, over all rounds.
ENOUGH = 2**22


@dataclass(frozen=True, kw_only=True)
class Curve:
    """Seconds and peak bytes against an amount of work, and what limits them: `met` and `target` in words."""

    name: str
    x: str
    work: Sequence[float]
    seconds: Sequence[float]
    peaks: Sequence[float] = ()
    floor: Sequence[float] = ()
    target: str = ""
    met: bool | None = None


def linear(work: Sequence[float], values: Sequence[float], noise: float = NOISE) -> bool:
    """Whether values grow no faster than the work, each against the one before it."""
    pairs = list(zip(work, values, strict=True))
    return all(v / u <= noise * b / a for (a, u), (b, v) in itertools.pairwise(pairs))


def flat(values: Sequence[float]) -> bool:
    """Whether values do not grow, but for a few pages."""
    return max(values) <= FLAT * min(values)


def effort(project: Copies, folder: Path, efforts: Sequence[int], workers: Sequence[int]) -> list[Curve]:
    """Cold builds of the homework that `hwgen init` writes: points of claims grow with the effort."""
    root = folder / "small"
    begin.init(root)
    (root / ".venv").symlink_to(project.ours / ".venv")
    environment = {**surroundings(), "PYTHONPATH": str(project.ours)}
    found = {}
    for jobs in workers:
        costs = []
        for one in efforts:
            shutil.rmtree(root / "build", ignore_errors=True)
            costs.append(cost([*HWGEN, "pdf", f"--effort={one}", f"--jobs={jobs}"], root, environment))
        found[jobs] = costs
    return [
        Curve(
            name=f"cold build of a small homework, {jobs} {'worker' if jobs == 1 else 'workers'}",
            x="effort",
            work=[float(one) for one in efforts],
            seconds=[one.seconds for one in costs],
            peaks=[float(one.peak) for one in costs],
            target="no worse than linear in the effort",
            met=linear(efforts, [one.seconds for one in costs]),
        )
        for jobs, costs in found.items()
    ]


def stream(module: str, widths: Sequence[int], points: Sequence[int], rounds: int) -> list[Curve]:
    """The streaming kernel against its width at 256 inputs, and against the inputs at 2^16 neurons."""
    # The wider, the longer and the less it varies: one round is enough where it takes a minute.
    by_width = [streamed(module, p, max(min(rounds, ENOUGH // p), 1)) for p in widths]
    by_inputs = [streamed(module, 2**16, rounds, n) for n in points]
    found = []
    for name, x, work, runs in (("width", "width p", widths, by_width), ("inputs", "inputs n", points, by_inputs)):
        seconds, floor, peaks = ([_least(run, key) for run in runs] for key in ("estimate", "floor", "peak"))
        worst = max(one / least for one, least in zip(seconds, floor, strict=True))
        memory = flat(peaks[1:]) if x == "width p" else True  # the first width is less than one chunk, and needs less
        target = f"time within {STREAM_RATIO} of its floor (worst {worst:.2f})" + (", memory flat" if x == "width p" else "")
        found.append(
            Curve(
                name=f"streaming kernel by {name}",
                x=x,
                work=[float(one) for one in work],
                seconds=seconds,
                peaks=peaks,
                floor=floor,
                target=target,
                met=worst <= STREAM_RATIO and memory,
            )
        )
    return found


def _least(run: Mapping[str, Any], key: str) -> float:
    value = run[key]
    return float(min(value)) if isinstance(value, list) else float(value)


def streamed(module: str, *numbers: int) -> dict[str, Any]:
    """What a homework's own streaming kernel costs, as its module says."""
    return _told([sys.executable, "-m", module, *map(str, numbers)], Path(), dict(os.environ))


def _told(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a command prints as JSON. Raises InputError, with the end of what it said, if it fails."""
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        end = "\n".join(done.stderr.splitlines()[-8:])
        raise InputError(f"{' '.join(command)} ended with exit code {done.returncode}; expected 0, with what it measured:\n{end}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def pages(project: Copies, times: Sequence[int]) -> Curve:
    """Reading the document, repeated under other names, with every guard and without LaTeX."""
    command = [".venv/bin/python", "-m", "hwgen.bench.repeated"]
    runs = [_told([*command, str(one)], project.ours, surroundings()) for one in times]
    formulas, seconds, peaks = ([float(run[key]) for run in runs] for key in ("formulas", "seconds", "peak"))
    met = linear(formulas, seconds) and linear(formulas, peaks)
    return Curve(
        name="page loop by formulas",
        x="formulas under test",
        work=formulas,
        seconds=seconds,
        peaks=peaks,
        target="time and memory no worse than linear",
        met=met,
    )
