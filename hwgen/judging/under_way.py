"""What of a run is being computed: what waits for what, who is free for it, and what is read and loaded before it begins.

More may be added while it goes on. Nothing here decides what is stale.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

from hwgen.freshness import followed
from hwgen.freshness.settings import differing, settings, tables
from hwgen.judging import heard
from hwgen.judging.claim import chain_of
from hwgen.judging.tasks import Task, label
from hwgen.judging.workers import METHOD, Outcome, Workers
from hwgen.model import Claim, Figure
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, ContentErrors

if TYPE_CHECKING:
    from hwgen.judging.cluster import Cluster

Progress = Callable[[str, int, int], None]
Begin = Callable[[], "Workers | Cluster"]
Give = Callable[["Workers | Cluster", str, Task], None]
Came = Callable[[Task, Outcome], tuple[Any, float]]
# The proofs that were loaded here and set nothing, and those that did, with what it was: a module is loaded once.
_settled: set[str] = set()
_wrong: dict[str, list[str]] = {}


class UnderWay:
    """Tasks, and those who compute them, whom nobody asks before there is something to compute; leaving the `with` ends them.

    `begin` has them, `give` hands a task over, `came` makes a result and its seconds of how it ended. `results` has what is there
    already, and in the end everything; `seconds` tells of what was computed.
    """

    def __init__(self, catalog: Catalog, results: dict[str, Any], begin: Begin, give: Give, came: Came, progress: Progress | None) -> None:
        self.catalog, self.results, self.progress = catalog, results, progress
        self._have, self._give, self._came = begin, give, came
        self.tasks, self.seconds = dict[str, Task](), dict[str, float]()
        self._waiting: dict[str, Task] = {}
        self._workers: Workers | Cluster | None = None
        self._open = contextlib.ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def add(self, tasks: Mapping[str, Task]) -> None:
        """Have these computed too; what can begin begins now. Raises ContentErrors where a formula of them cannot be read."""
        if not tasks:
            return
        followed.refuse(self.catalog.package)
        _read_all(self.catalog, [task for task in tasks.values() if task.formula and not task.wrong])
        if self._workers is None:
            self._workers = self._have()
            self._open.enter_context(self._workers)
        if isinstance(self._workers, Workers):
            _load_once(self.catalog, tasks.values())
        self.tasks |= tasks
        self._waiting |= tasks
        self._begin(self._workers)

    def finish(self) -> None:
        """Wait until all is computed, studies before what views them.

        Wrong versions wait for their formula: the process that has judged it is free then, and has its points at hand.
        """
        while self._workers and (self._waiting or self._workers.busy):
            self._begin(self._workers)
            for name, outcome in self._workers.finished():
                self.results[name], self.seconds[name] = self._came(self.tasks[name], outcome)
                if self.progress:
                    self.progress(self.tasks[name].name, len(self.seconds), len(self.tasks))

    def _begin(self, workers: Workers | Cluster) -> None:
        ready = [name for name, task in self._waiting.items() if all(one in self.results for one in self._first(task))]
        for name in ready:
            if workers.free:
                self._give(workers, name, self._waiting.pop(name))

    def _first(self, task: Task) -> Iterator[str]:
        """What must be there before a task begins."""
        yield from task.of
        if task.wrong and task.formula and label(task.formula) in self.tasks:
            yield label(task.formula)


def _read_all(catalog: Catalog, tasks: Sequence[Task]) -> None:
    """Read every formula that is to be judged, so that a formula nobody can read is found before any mathematics runs."""
    wrong = []
    for task in tasks:
        noun = catalog.find(task.name)
        if isinstance(noun, Claim) and task.formula is not None:
            try:
                chain_of(noun, task.formula, catalog.problem(noun))
            except ContentError as error:
                wrong.append(error)
    if wrong:
        raise ContentErrors(wrong)


def _load_once(catalog: Catalog, tasks: Iterable[Task]) -> None:
    """Load here what several workers need, where these are copies of this process: SymPy with the proofs, and matplotlib.

    Raises ContentError where proofs set what all others would be computed with: they are loaded only where one of them is judged.
    """
    nouns = [(task, catalog.find(task.name)) for task in tasks] if METHOD == "fork" else []
    names = {noun.proof for task, noun in nouns if isinstance(noun, Claim) and noun.proof and not task.wrong}
    if any(isinstance(noun, Figure) for _, noun in nouns):
        _import("matplotlib.backends.backend_pdf")
    for name in sorted(names - _settled):
        before = {**settings(), **tables()}
        heard.loaded(name, functools.partial(_import, name))
        wrong = [*_wrong.get(name, ()), *differing(before, {**settings(), **tables(before)})]
        if wrong:
            _wrong[name] = wrong
            said = "set at the top of proofs, which only what is judged beside a proof would see; expected it within the proof"
            raise ContentError(f"{name}: {', '.join(wrong[:3])} {said} (as by with mp.workdps(40)), or at the top of problem.py")
        _settled.add(name)


def _import(name: str) -> None:
    with contextlib.suppress(Exception):  # whatever is wrong with it, the worker says so of the result
        importlib.import_module(name)
