"""`python -m hwgen.bench`: measure everything, print two tables. `--quick` takes each measurement once.

A homework's own streaming kernel is measured if there is a module `stream` beside its content package, run as its
`python -m PACKAGE.stream P ROUNDS`.
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console

from hwgen.bench import curves, drawn, edits, table
from hwgen.bench.builds import HWGEN, Copies, Pair, copies, older, repeat, surroundings
from hwgen.bench.process import cost
from hwgen.model import catalog
from hwgen.model.errors import HwgenError
from hwgen.program.homework import homework

ROUNDS, COLD = 5, 3
SMALL, MIDDLE, LARGE = 2**16, 2**18, 2**20
CORES = 2  # the targets are for two
COLD_SECONDS, COLD_MEGABYTES, COLD_RATIO = 60.0, 1500.0, 0.9
AGAINST_RATIO, AGAINST_MEGABYTES = 0.5, 1200.0
NOTHING_RATIO, WORD_RATIO, SAVE_RATIO, FORMULA_RATIO, STREAM_RATIO = 1.0, 1.1, 0.6, 1.2, 1.5
HELP_SECONDS = 0.08
# The parts, and the minutes that each takes: the quick form, and the whole one.
MINUTES = {"builds": (1.2, 12), "against": (3, 9), "stream": (0.1, 1), "curves": (1.2, 9)}
SAME_MEMORY = 1.05  # peaks of two runs of the same process differ by a few pages


def main(arguments: Sequence[str]) -> None:
    """Print what a build and the streaming kernel cost, with their targets, and how that grows."""
    asked = _asked(arguments)
    rounds, cold = (1, 1) if asked.quick else (ROUNDS, COLD)
    content = homework(Path()).content
    console = Console()
    console.print(
        f"medians of {rounds} pairs ({cold} for cold builds), {os.cpu_count()} cores; the targets are for {CORES}; {_long(asked)}"
    )
    with tempfile.TemporaryDirectory() as folder, console.status("copying the project") as status:
        project = copies(Path(), Path(folder))
        # Each part is shown as soon as it is measured: what takes so long should not be lost with the part after it.
        if "builds" in asked.only:
            rows, spent = (_edits if asked.quick else _builds)(project, rounds, cold, status.update)
            console.print(table.targets(rows), table.parts(spent, _kinds(content)))
        if asked.against and "against" in asked.only:
            before = older(Path(), asked.against, Path(folder) / "before")
            after = copies(Path(), Path(folder) / "after")
            console.print(table.targets(_against(after, before, asked.against, cold, status.update)))
        if "stream" in asked.only:
            status.update("streaming kernel")
            console.print(table.targets(_stream(content, rounds, MIDDLE if asked.quick else LARGE)))
        if "curves" in asked.only:
            for one in _curves(project, Path(folder), content, asked.quick, status.update):
                console.print(drawn.curve(one), *map(str, drawn.write([one], Path("build/bench"))), sep="\n")


def _long(asked: argparse.Namespace) -> str:
    """How long it takes on two cores, added up from single builds, kernels and page loops; no whole run has been timed."""
    form = 0 if asked.quick else 1
    minutes = sum(MINUTES[part][form] for part in asked.only if part != "against" or asked.against)
    return f"about {math.ceil(minutes)} minutes on two cores that do nothing else"


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m hwgen.bench", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="each measurement once, with little effort; under three minutes on two cores")
    parser.add_argument("--against", default="", metavar="COMMIT", help="cold builds of that commit too, in turn with these")
    parser.add_argument("--only", default=list(MINUTES), nargs="+", choices=list(MINUTES), metavar="PART", help=f"of {', '.join(MINUTES)}")
    return parser.parse_args(arguments)


def _edits(project: Copies, rounds: int, cold: int, say: Any) -> tuple[list[table.Row], Mapping[str, float]]:
    """What a first look takes: one cold build of little effort, and each edit after it."""
    project.set("effort", "quick")
    say("a cold build of little effort")
    first = [project.cold() for _ in range(cold)]
    spent = project.seconds()
    rows = _warm(project, rounds, say)
    own = [
        table.seconds("cold build, quick", _ours(first), COLD_SECONDS),
        table.memory("cold build, quick, peak of all processes", [pair.build.peak for pair in first], COLD_MEGABYTES),
    ]
    return own + rows, table.by_name(spent)


def _builds(project: Copies, rounds: int, cold: int, say: Any) -> tuple[list[table.Row], Mapping[str, float]]:
    say("cold builds")
    spent, first = [], []
    for _ in range(cold):
        spent.append(project.on_one_core())
        first.append(project.cold())
    warm = _warm(project, rounds, say)
    sums = [sum(one.values()) for one in spent]
    rows = [
        table.seconds("cold build", _ours(first), COLD_SECONDS),
        table.memory("cold build, peak of all processes", [pair.build.peak for pair in first], COLD_MEGABYTES),
        table.ratio("cold build / its computing on one core", _ours(first), sums, COLD_RATIO),
        table.ratio("cold build / latexmk", _ours(first), _bare(first)),
    ]
    return rows + warm, _medians([table.by_name(one) for one in spent])


def _warm(project: Copies, rounds: int, say: Any) -> list[table.Row]:
    """Builds after which something is stored: without a change, and after an edit."""
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
    helped = [cost([*HWGEN, "--help"], project.ours, surroundings()).seconds for _ in range(rounds)]
    return [
        table.ratio("no change / latexmk", _ours(nothing), _bare(nothing), NOTHING_RATIO),
        table.ratio("one word / latexmk", _ours(word), _bare(word), WORD_RATIO),
        table.ratio("one formula, less its own check / latexmk", less, _bare(formula), FORMULA_RATIO),
        table.ratio("one word under watch, from save to page / latexmk", _ours(saves), _bare(saves), SAVE_RATIO),
        table.brief("hwgen --help", helped, HELP_SECONDS),
    ]


def _against(now: Copies, before: Copies, commit: str, rounds: int, say: Any) -> list[table.Row]:
    """Cold builds of an older commit and of this one, in turn, so that both meet the same machine."""
    say(f"cold builds, and those of {commit}")
    pairs = [(before.built(), now.built()) for _ in range(rounds)]
    old, new = ([pair[side].seconds for pair in pairs] for side in (0, 1))
    peak = max(pair[1].peak for pair in pairs)
    return [
        table.ratio(f"cold build / that of {commit}", new, old, AGAINST_RATIO),
        table.memory("cold build beside it, peak of all processes", [peak], AGAINST_MEGABYTES),
    ]


def _ours(pairs: Sequence[Pair]) -> list[float]:
    return [pair.build.seconds for pair in pairs]


def _bare(pairs: Sequence[Pair]) -> list[float]:
    return [pair.bare.seconds for pair in pairs]


def _medians(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: median(run[name] for run in runs) for name in runs[0]}


def _kinds(content: str) -> dict[str, str]:
    found = catalog.load(content, Path())
    return {name: type(noun).__name__.lower() for exercise in found.exercises for name, noun in exercise.nouns.items()}


def _module(content: str) -> str:
    """The homework's own streaming kernel; empty if it has none."""
    module = ".".join([*content.split(".")[:-1], "stream"])
    return module if importlib.util.find_spec(module) else ""


def _stream(content: str, rounds: int, width: int) -> list[table.Row]:
    module = _module(content)
    if not module:
        return []
    small, large = curves.streamed(module, SMALL, 0), curves.streamed(module, width, rounds)
    return [
        table.ratio(f"K̂ at p = {width} / its products and draws", large["estimate"], large["floor"], STREAM_RATIO),
        table.growth(f"K̂, peak at p = {width} / at p = {SMALL}", small["peak"], large["peak"], SAME_MEMORY),
    ]


def _curves(project: Copies, folder: Path, content: str, quick: bool, say: Any) -> Iterator[curves.Curve]:
    """How each cost grows; in the quick form over less of the range."""
    say("effort and workers")
    yield from curves.effort(project, folder, (1, 4) if quick else (1, 4, 16, 100), (1, CORES))
    module = _module(content)
    if module:
        say("streaming kernel by width and by inputs")
        widths, inputs = (range(12, 19, 2), (64, 256)) if quick else (range(12, 25, 2), (64, 128, 256, 512, 1024))
        yield from curves.stream(module, [2**exponent for exponent in widths], inputs, 1 if quick else ROUNDS)
    say("page loop")
    yield curves.pages(project, (1, 2, 4) if quick else (1, 2, 4, 8))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except HwgenError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
