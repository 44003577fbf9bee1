"""Have every result that a page needs: findings, studies, constants, tables and figures, cached, on all cores.

The one place where work is handed to an executor. A worker gets names and texts, and finds the content by itself.
"""

from __future__ import annotations

import dataclasses
import functools
import multiprocessing
import os
import time
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np

from hwgen.evidence.fits import fitted
from hwgen.judging import history
from hwgen.judging.claim import chain_of, finding_of, raised
from hwgen.judging.dependencies import dependencies, dependencies_of, dependencies_of_claim, digest, engine, versions
from hwgen.judging.mutation import tally
from hwgen.judging.store import MISSING, Store
from hwgen.model import Claim, Constant, Figure, Finding, Fit, Formula, Setting, Statement, Study, Table, Tally
from hwgen.model import catalog as content
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, ContentErrors

Progress = Callable[[str, int, int], None]
# Fewer missing results than this are computed here: a pool costs more to start than they take.
WORTH_A_POOL = 3
WRONG = "wrong versions of "


@dataclasses.dataclass(frozen=True, kw_only=True)
class Task:
    """One result to have: by name from `package`, for the formula if it is a claim's, from the results of the tasks `of`.

    With `wrong` the result is what became of the formula's wrong versions. `parts` is all that the key is made of, by name.
    """

    package: str
    name: str
    key: str
    parts: Mapping[str, str]
    formula: Formula | None = None
    wrong: bool = False
    of: tuple[str, ...] = ()


@functools.cache
def _catalog(package: str) -> Catalog:
    return content.load(package)


def perform(task: Task, arrays: tuple[Mapping[str, Any], ...], folder: Path) -> tuple[Any, float]:
    """Compute one result (in a worker): (result, seconds of computing)."""
    started = time.perf_counter()
    catalog = _catalog(task.package)
    noun = catalog.find(task.name)
    result = _result(noun, catalog.problem(noun), task, arrays, Store(folder))
    return result, time.perf_counter() - started


def _result(noun: Any, problem: Any, task: Task, arrays: tuple[Mapping[str, Any], ...], store: Store) -> Any:
    match noun:
        case Claim() if task.wrong and task.formula:
            return tally(noun, task.formula, problem, store)
        case Claim() | Statement() if task.formula:
            return finding_of(noun, task.formula, problem, store)
        case Study():
            return {name: rounded(array) for name, array in noun.compute(problem).items()}
        case Constant(compute=Fit() as fit):
            return fitted(fit, arrays)
        case Constant():
            assert not isinstance(noun.compute, Fit)
            return noun.compute(*(arrays or (problem,)))
        case Table():
            return noun.rows(*arrays)
        case Figure():
            from hwgen.judging.drawing import drawn

            return drawn(noun.draw, arrays, noun.height)
    raise TypeError(f"{noun!r} is not a result")


def rounded(array: Any) -> Any:
    """Six significant digits, so that stored results are the same on every machine."""
    numbers = np.asarray(array)
    if numbers.dtype.kind != "f":
        return numbers
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (5 - np.floor(np.log10(np.abs(numbers))))
        return np.where(np.isfinite(scale) & np.isfinite(numbers), np.round(numbers * scale) / scale, numbers)


def tasks_for(catalog: Catalog, formulas: Sequence[Formula], wanted: Iterable[str], wrong: bool) -> dict[str, Task]:
    """The tasks for the formulas and for the wanted constants, tables and figures, with the studies they view; studies first.

    With `wrong`, also for the wrong versions of every formula that is said to be true.
    """
    shown = [catalog.find(name) for name in wanted]
    studies = {name: catalog.find(name) for noun in shown if isinstance(noun, Constant | Table | Figure) for name in noun.of}
    tasks = {name: _task(catalog, noun) for name, noun in studies.items()}
    for formula in formulas:
        tasks[_label(formula)] = _task(catalog, catalog.find(formula.name), formula)
    tasks |= {noun.name: _task(catalog, noun) for noun in shown}
    if wrong:
        true = [formula for formula in formulas if formula.macro == "checked"]
        tasks |= {WRONG + _label(formula): _task(catalog, catalog.find(formula.name), formula, wrong=True) for formula in true}
    return tasks


def _task(catalog: Catalog, noun: Any, formula: Formula | None = None, wrong: bool = False) -> Task:
    parts = {
        **_code(catalog, noun),
        "the problem": repr(catalog.problem(noun)),
        "the libraries": str(sorted(versions().items())),
    }
    if isinstance(noun, Claim | Statement):
        if isinstance(noun, Claim) and noun.proof and not wrong:
            parts |= dependencies_of(noun.proof, noun.name)
        parts |= {"the engine": engine(), "the formula": f"{formula.macro} {formula.text}" if formula else ""}
    key = digest(type(noun).__name__, noun.name, wrong, *sorted(parts.items()))
    of = getattr(noun, "of", ())
    return Task(package=catalog.package, name=noun.name, key=key, parts=parts, formula=formula, wrong=wrong, of=of)


def _code(catalog: Catalog, noun: Any) -> dict[str, str]:
    """The author's definitions that a result depends on; for a slope also how slopes are fitted, and the studies that it is of."""
    match noun:
        case Claim():
            return dependencies_of_claim(noun)
        case Constant(compute=Setting() as setting):
            return {"the setting": repr(setting.number)}
        case Constant(compute=Fit() as fit):
            axes = [dependencies(axis) if callable(axis) else {f"the axis {axis}": str(fit.row)} for axis in (fit.x, fit.y)]
            studies = [dependencies(function_of(catalog.find(study))) for study in noun.of]
            return dict(ChainMap({"the part": fit.part}, *axes, *studies, dependencies(fitted)))
    return dependencies(function_of(noun))


def function_of(noun: Any) -> Callable[..., Any]:
    """The author's function that a noun was made from."""
    for attribute in ("bind", "look", "compute", "draw", "rows"):
        if hasattr(noun, attribute):
            found: Callable[..., Any] = getattr(noun, attribute)
            return found
    raise TypeError(f"{noun!r} has no function")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Results:
    """What a run has: the findings in the order of the page, every other result by name, and the seconds of what was computed."""

    findings: tuple[Finding, ...]
    tallies: tuple[Tally, ...]
    named: Mapping[str, Any]
    seconds: Mapping[str, float]


def judge(
    catalog: Catalog,
    formulas: Sequence[Formula],
    wanted: Iterable[str],
    *,
    store: Store,
    jobs: int,
    wrong: bool = False,
    progress: Progress | None = None,
) -> Results:
    """Have every result, from the store where its key matches and computed otherwise.

    `wanted` names constants, tables and figures; `wrong` asks for the wrong versions of the formulas too.
    """
    tasks = tasks_for(catalog, formulas, wanted, wrong)
    stored = {name: store.get(task.key) for name, task in tasks.items()}
    results = {name: _reused(result, tasks[name]) for name, result in stored.items() if result is not MISSING}
    missing = {name: task for name, task in tasks.items() if name not in results}
    seconds: dict[str, float] = {}
    if missing:
        _read_all(catalog, [task for task in missing.values() if task.formula and not task.wrong])
        with _executor(len(missing), jobs) as executor:
            _run(missing, results, seconds, executor, store, progress)
        history.remember(store.folder.parent, {name: task.parts for name, task in missing.items()})
    return Results(
        findings=tuple(_finding_at(formula, results[_label(formula)]) for formula in formulas),
        tallies=tuple(result for result in results.values() if isinstance(result, Tally)),
        named={name: result for name, result in results.items() if not isinstance(result, Finding | Tally)},
        seconds=seconds,
    )


def _label(formula: Formula) -> str:
    return f"{formula.name}: {formula.macro} {formula.text}"


def _finding_at(formula: Formula, found: Finding) -> Finding:
    """The finding at this place, where the same formula may stand at several."""
    return found if found.formula.places == formula.places else dataclasses.replace(found, formula=formula)


def _reused(result: Any, task: Task) -> Any:
    if isinstance(result, Finding) and task.formula is not None:
        return dataclasses.replace(result, formula=task.formula, reused=True)
    if isinstance(result, Tally) and task.formula is not None:
        return dataclasses.replace(result, formula=task.formula)
    return result


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


# As many tasks are handed to the workers at a time: a pool whose queue is full cannot always be told that a worker has died.
AHEAD = 16


class _Here(Executor):
    """An executor for few tasks: at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # handed over as any executor does
            future.set_exception(error)
        return future


def _executor(count: int, jobs: int) -> Executor:
    workers = min(jobs or os.cpu_count() or 1, count)
    if workers == 1 or count < WORTH_A_POOL:
        return _Here()
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _run(
    missing: Mapping[str, Task],
    results: dict[str, Any],
    seconds: dict[str, float],
    executor: Executor,
    store: Store,
    progress: Progress | None,
) -> None:
    waiting, running = dict(missing), dict[Future[Any], str]()
    done = 0
    while waiting or running:
        ready = [name for name, task in waiting.items() if all(study in results for study in task.of)]
        for name in ready[: max(AHEAD - len(running), 0)]:
            task = waiting.pop(name)
            arrays = tuple(results[study] for study in task.of)
            running[executor.submit(perform, dataclasses.replace(task, parts={}), arrays, store.folder)] = name
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            name = running.pop(future)
            task = missing[name]
            results[name], seconds[name] = _outcome(future, task)
            if not _failed(results[name]):
                store.put(task.key, results[name])
            done += 1
            if progress:
                progress(task.name, done, len(missing))


def _failed(result: Any) -> bool:
    """What is never stored, so that a second try fails again."""
    return (isinstance(result, Finding) and not result.passed) or (isinstance(result, Tally) and bool(result.survivors))


def _outcome(future: Future[Any], task: Task) -> tuple[Any, float]:
    error = future.exception()
    if error is None:
        result, spent = future.result()
        return result, spent
    if isinstance(error, ContentError) or not isinstance(error, Exception):
        raise error
    raise ContentError(f"{task.name}: {raised(error).reason}") from error
