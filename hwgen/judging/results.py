"""Have every result that a page needs: findings, studies, constants, tables and figures, cached, on all cores.

The one place where work is handed to workers. One of these gets names and texts, and finds the content by itself.
"""

from __future__ import annotations

import dataclasses
import errno
import functools
import inspect
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hwgen.freshness import history, installed, kept, observed, wrapped
from hwgen.freshness.dependencies import belongs
from hwgen.freshness.present import FOLDER, MODULE
from hwgen.freshness.store import Store
from hwgen.freshness.untouched import untouched
from hwgen.judging import heard, making
from hwgen.judging.claim import finding_of, undecided
from hwgen.judging.mutation import tally
from hwgen.judging.seen import Unfit
from hwgen.judging.tasks import WRONG, Task, function_of, label, tasks_for
from hwgen.judging.under_way import Progress, UnderWay
from hwgen.judging.workers import Limits, Outcome, Workers
from hwgen.model import Claim, Constant, Figure, Finding, Fit, Formula, Place, Statement, Study, Table, Tally
from hwgen.model import catalog as content
from hwgen.model.catalog import Catalog
from hwgen.model.effort import STANDARD, Effort, at
from hwgen.model.errors import ContentError
from hwgen.model.place import short
from hwgen.model.wellformed import declared_at

if TYPE_CHECKING:
    from hwgen.judging.cluster import Cluster

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})
# From here on every file that a computation reads is noted, in this process and in its workers.
observed.install()


@functools.cache
def _catalog(package: str) -> Catalog:
    return content.load(package)


def prepare(package: str) -> None:
    """Import the content, in a process that is to compute with it: that is no part of any result's time."""
    belongs(package)
    with wrapped.called_alike():
        _catalog(package)


def perform(task: Task, arrays: tuple[Mapping[str, Any], ...], folder: Path) -> tuple[Any, float, observed.Readings, heard.Heard]:
    """Compute one result (in a worker): (result, seconds of computing, what this process has read, what was warned of)."""
    observed.install()
    belongs(task.package)
    started = time.perf_counter()
    catalog = _catalog(task.package)
    noun = catalog.find(task.name)
    # What must stay untouched is looked at last, when the other two have put back what they set.
    with untouched(task.name, task.key), observed.computing(task.owner), at(task.effort) as now, heard.hearing() as warned:
        result = _result(noun, catalog.problem(noun), task, arrays, Store(folder))
    # The key holds the effort only where the text shows that it is asked for.
    if now.asked and not task.asks:
        raise ContentError(
            f"{task.name}: asks for the effort in a way that cannot be followed; expected effort.times(…) from hwgen.authors"
        )
    return result, time.perf_counter() - started, observed.readings(), warned


def _result(noun: Any, problem: Any, task: Task, arrays: tuple[Mapping[str, Any], ...], store: Store) -> Any:
    match noun:
        case Claim() if task.wrong and task.formula:
            # At the standard points whatever the effort: one point refutes a wrong version.
            return tally(noun, task.formula, problem, store)
        case Claim() | Statement() if task.formula:
            return finding_of(noun, task.formula, problem, store)
        case Study():
            return making.arrays(noun.compute, problem)
        case Constant(compute=Fit() as fit):
            return making.slope(fit, arrays)
        case Constant():
            assert not isinstance(noun.compute, Fit)
            return making.number(noun.compute, arrays or (problem,))
        case Table():
            return making.rows(noun.rows, arrays)
        case Figure():
            return making.drawing(noun.draw, arrays, noun.height)
    raise TypeError(f"{noun!r} is not a result")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Results:
    """What a run has: the findings in the order of the page, every other result by name, the seconds of what was computed.

    `heard` is what was warned of while its results were computed, now or before.
    """

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    named: Mapping[str, Any]
    seconds: Mapping[str, float]
    heard: Sequence[str] = ()


def judge(
    catalog: Catalog,
    formulas: Sequence[Formula],
    wanted: Iterable[str],
    *,
    store: Store,
    jobs: int,
    wrong: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
    effort: Effort = STANDARD,
    cluster: str = "",
    before: Callable[[], Any] | None = None,
) -> Results:
    """Have every result, from the store where its key matches and computed otherwise.

    `wanted` names constants, tables and figures; `wrong` asks for the wrong versions of the formulas too; `effort` says how much
    is computed for each, `cluster` where the scheduler of other machines is that compute it; `before` is called if there is
    anything to compute, and everything can be read.
    """
    plan, results = functools.partial(tasks_for, catalog, wrong=wrong, effort=effort), dict[str, Any]()
    begin = functools.partial(_begin, before, functools.partial(_workers, catalog, store, jobs, limits or Limits(), cluster))
    give, came = functools.partial(_give, store, results), functools.partial(_came, store, results)
    with UnderWay(catalog, results, begin, give, came, progress) as run:
        # The keys of all others are made while what was never judged here is under way.
        run.add(_missing(plan(_new(formulas, store, jobs) if not cluster else (), ()), store, results))
        tasks = plan(formulas, wanted)
        run.add(_missing({name: task for name, task in tasks.items() if name not in run.tasks}, store, results))
        run.finish()
    if run.tasks:
        _remember(store, run.tasks, results)
    history.note_files(store.folder.parent, {name: observed.behind(task.parts) for name, task in tasks.items()})
    found = {name: results[name] for name in tasks}
    return Results(
        findings=tuple(_finding_at(formula, results[label(formula)]) for formula in formulas),
        tallies=tuple(result for result in found.values() if isinstance(result, Tally)),
        named={name: result for name, result in found.items() if not isinstance(result, Finding | Tally)},
        seconds=run.seconds,
        heard=heard.told(),
    )


def _new(formulas: Sequence[Formula], store: Store, jobs: int) -> list[Formula]:
    """The formulas that were never judged here, where they are so few that they can all begin at once; none in a first build."""
    known = history.labels(store.folder.parent)
    new = [one for one in formulas if label(one) not in known]
    return new if known and len(new) <= (jobs or os.cpu_count() or 1) else []


def _missing(tasks: Mapping[str, Task], store: Store, results: dict[str, Any]) -> dict[str, Task]:
    """Those of the tasks that are to be computed; the results of all others are there from now on."""
    stored = {name: kept.recalled(store, task.key, task.owner) for name, task in tasks.items() if name not in results}
    for name, known in stored.items():
        if known:
            results[name] = _reused(known.result, tasks[name])
            _learn(tasks[name], dict(known.heard))
    return {name: task for name, task in tasks.items() if name not in results}


def _give(store: Store, results: Mapping[str, Any], workers: Workers | Cluster, name: str, task: Task) -> None:
    arrays = tuple(results[study] for study in task.of)
    workers.give(name, perform, dataclasses.replace(task, parts={}), arrays, store.folder)


def _came(store: Store, results: Mapping[str, Any], task: Task, outcome: Outcome) -> tuple[Any, float]:
    """A result, which is kept, and the seconds that it took."""
    # Of a claim that raises an exception itself its wrong versions say nothing else.
    own = results.get(label(task.formula)) if task.wrong and task.formula else None
    if outcome.error is not None and isinstance(own, Finding) and not own.passed:
        return Tally(name=own.name, formula=own.formula), 0.0
    result, spent, warned = _outcome(outcome, task)
    _learn(task, warned)
    if not _failed(result):
        kept.keep(store, task.key, task.parts, result, warned)
    return result, spent


def _learn(task: Task, warned: heard.Heard) -> None:
    if warned:
        heard.learn(task.name, warned, _written_at(task))


def _remember(store: Store, computed: Mapping[str, Task], results: Mapping[str, Any]) -> None:
    """Note what was computed now, from what, and what of it is not kept."""
    parts = {name: {**task.parts, **_files(task)} for name, task in computed.items()}
    history.remember(store.folder.parent, parts, {name for name in computed if _failed(results[name])})


def _files(task: Task) -> dict[str, str]:
    """The files that a result was computed from, as parts of what it depends on."""
    return {_named(path): then for path, then in observed.behind(task.parts).items()}


def _named(read: str) -> str:
    """What was read, in words: a variable or a folder says itself what it is."""
    return (
        f"the {read}"
        if read.startswith((FOLDER, MODULE, wrapped.STATUS, wrapped.VARIABLE, *installed.KINDS))
        else f"the file {short(read)}"
    )


def _finding_at(formula: Formula, found: Finding) -> Finding:
    """The finding at this place, where the same formula may stand at several."""
    same = found.formula.places == formula.places and (formula.places or found.formula.place == formula.place)
    return found if same else dataclasses.replace(found, formula=_pointed(found.formula, formula))


def _pointed(then: Formula, now: Formula) -> Formula:
    """The formula where it stands now, its place moved to the relation or the hypothesis that it was moved to then."""
    for one, other in zip((then, *then.hypotheses), (now, *now.hypotheses), strict=False):
        spots = dict(zip((one.place, *one.places), (other.place, *other.places), strict=False)) if one.text == other.text else {}
        if then.place in spots:
            return dataclasses.replace(now, place=spots[then.place])
    return now


def _reused(result: Any, task: Task) -> Any:
    if isinstance(result, Finding) and task.formula is not None:
        return dataclasses.replace(result, formula=_pointed(result.formula, task.formula), reused=True)
    if isinstance(result, Tally) and task.formula is not None:
        return dataclasses.replace(result, formula=task.formula)
    return result


def _begin(before: Callable[[], Any] | None, workers: Callable[[], Workers | Cluster]) -> Workers | Cluster:
    if before:
        before()
    return workers()


def _workers(catalog: Catalog, store: Store, jobs: int, limits: Limits, cluster: str) -> Workers | Cluster:
    """Who computes: processes of this machine, or those of a cluster."""
    if not cluster:
        return Workers(jobs or os.cpu_count() or 1, limits)
    from hwgen.judging.cluster import Cluster

    build = store.folder.parent
    seen = {path for paths in history.files_read(build).values() for path in paths}
    return Cluster(cluster, limits, catalog.package, build.parent, sorted(seen))


def _failed(result: Any) -> bool:
    """What is never stored, so that a second try fails again."""
    return (isinstance(result, Finding) and not result.passed) or (isinstance(result, Tally) and not result.enough)


def _written_at(task: Task) -> Place | None:
    """Where the author's function of a result stands, if it is one with a text."""
    made = function_of(_catalog(task.package).find(task.name))
    return declared_at(made) if hasattr(inspect.unwrap(made), "__code__") else None


def _outcome(outcome: Outcome, task: Task) -> tuple[Any, float, heard.Heard]:
    """What a worker made of a task, and what was warned of. Raises ContentError where there is no result and no verdict to say so."""
    if outcome.ended or outcome.error is not None:
        if isinstance(outcome.error, ContentError):
            raise outcome.error
        if isinstance(outcome.error, Unfit):
            raise ContentError(f"{task.name}: {outcome.error}", _written_at(task))
        if isinstance(outcome.error, OSError) and outcome.error.errno in FULL:
            raise outcome.error  # of the store, not of the author's computation, which writes nothing
        said = outcome.ended or outcome.said
        if task.formula is None:
            what = type(_catalog(task.package).find(task.name)).__name__.lower()
            # What was stopped, or went wrong in a library alone, is told where the author's function stands.
            raise ContentError(f"{task.name}: the {what} {said}", outcome.place or _written_at(task))
        where = f" ({outcome.place})" if outcome.place else ""
        if task.wrong:
            unknown = "" if outcome.error else "UNDECIDED "
            printed = f"; printed at {task.formula.place}" if outcome.place else ""
            raise ContentError(f"{WRONG}{task.name}: {unknown}its check {said}{printed}", outcome.place or task.formula.place)
        return undecided(task.name, task.formula, f"its check {said}{where}"), 0.0, {}
    result, spent, read, warned = outcome.result
    observed.learn(read)
    return result, spent, warned
