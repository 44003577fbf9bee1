"""`python -m hwgen.bench`: measure everything, print two tables. `--quick` takes each measurement once.

A homework's own streaming kernel is measured if there is a module `stream` beside its content package, run as its
`python -m PACKAGE.stream P ROUNDS`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from hwgen.bench import edits, table
from hwgen.bench.builds import Copies, Pair, copies, repeat, surroundings
from hwgen.bench.process import cost
from hwgen.model import catalog
from hwgen.model.errors import HwgenError
from hwgen.program.homework import homework

ROUNDS, COLD = 5, 3
SMALL, LARGE = 2**16, 2**20
CORES = 2  # the targets are for two
COLD_SECONDS, COLD_MEGABYTES, COLD_RATIO = 60.0, 1500.0, 0.9
NOTHING_RATIO, WORD_RATIO, SAVE_RATIO, FORMULA_RATIO, STREAM_RATIO = 1.0, 1.1, 0.6, 1.2, 1.5
HELP_SECONDS = 0.08
SAME_MEMORY = 1.05  # peaks of two runs of the same process differ by a few pages


def main(arguments: Sequence[str]) -> None:
    """Print what a build and the streaming kernel cost, with their targets."""
    rounds, cold = (1, 1) if "--quick" in arguments else (ROUNDS, COLD)
    content = homework(Path()).content
    console = Console()
    with tempfile.TemporaryDirectory() as folder, console.status("copying the project") as status:
        project = copies(Path(), Path(folder))
        rows, spent = _builds(project, rounds, cold, status.update)
        status.update("streaming kernel")
        rows += _stream(content, rounds)
    console.print(f"medians of {rounds} pairs ({cold} for cold builds), {os.cpu_count()} cores; the targets are for {CORES}")
    console.print(table.targets(rows))
    console.print(table.parts(spent, _kinds(content)))


def _builds(project: Copies, rounds: int, cold: int, say: Any) -> tuple[list[table.Row], Mapping[str, float]]:
    say("cold builds")
    spent, first = [], []
    for _ in range(cold):
        spent.append(project.on_one_core())
        first.append(project.cold())
    say("builds without a change")
    nothing = repeat(rounds, lambda _: project.again())
    say("builds after one word")
    word = repeat(rounds, lambda turn: project.edited(edits.word, turn))
    say("builds after one formula")
    own: list[float] = []
    formula = repeat(rounds, lambda turn: project.edited(edits.formula, turn, lambda: own.append(project.own_check())))
    less = [pair.build.seconds - check for pair, check in zip(formula, own, strict=True)]
    say("saves under hwgen watch")
    saves = project.saved(edits.word, rounds)
    say("the command line's help")
    helped = [cost([".venv/bin/hwgen", "--help"], project.ours, surroundings()).seconds for _ in range(rounds)]
    sums = [sum(one.values()) for one in spent]
    rows = [
        table.seconds("cold build", _ours(first), COLD_SECONDS),
        table.memory("cold build, peak of all processes", [pair.build.peak for pair in first], COLD_MEGABYTES),
        table.ratio("cold build / its computing on one core", _ours(first), sums, COLD_RATIO),
        table.ratio("cold build / latexmk", _ours(first), _bare(first)),
        table.ratio("no change / latexmk", _ours(nothing), _bare(nothing), NOTHING_RATIO),
        table.ratio("one word / latexmk", _ours(word), _bare(word), WORD_RATIO),
        table.ratio("one formula, less its own check / latexmk", less, _bare(formula), FORMULA_RATIO),
        table.ratio("one word under watch, from save to page / latexmk", _ours(saves), _bare(saves), SAVE_RATIO),
        table.brief("hwgen --help", helped, HELP_SECONDS),
    ]
    return rows, _medians([table.by_name(one) for one in spent])


def _ours(pairs: Sequence[Pair]) -> list[float]:
    return [pair.build.seconds for pair in pairs]


def _bare(pairs: Sequence[Pair]) -> list[float]:
    return [pair.bare.seconds for pair in pairs]


def _medians(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _kinds(content: str) -> dict[str, str]:
    found = catalog.load(content, Path())
    return {name: type(noun).__name__.lower() for exercise in found.exercises for name, noun in exercise.nouns.items()}


def _stream(content: str, rounds: int) -> list[table.Row]:
    module = ".".join([*content.split(".")[:-1], "stream"])
    if importlib.util.find_spec(module) is None:
        return []
    small, large = _streamed(module, SMALL, 0), _streamed(module, LARGE, rounds)
    return [
        table.ratio("K̂ at p = 2^20 / its products and draws", large["estimate"], large["floor"], STREAM_RATIO),
        table.growth("K̂, peak at p = 2^20 / at p = 2^16", small["peak"], large["peak"], SAME_MEMORY),
    ]


def _streamed(module: str, p: int, rounds: int) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", module, str(p), str(rounds)], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except HwgenError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
