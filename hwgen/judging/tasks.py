"""What there is to compute for a page, and the key of each result: all that it is made of, by name."""

from __future__ import annotations

import dataclasses
import functools
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from hwgen.freshness.dependencies import (
    ADDRESS,
    CAPTURED,
    dependencies,
    dependencies_of,
    dependencies_of_claim,
    digest,
    engine,
    in_full,
    libraries,
    scaling,
)
from hwgen.freshness.handed import place_of
from hwgen.freshness.history import DECLARED
from hwgen.freshness.settings import standing
from hwgen.freshness.stamps import interpreter
from hwgen.judging import making
from hwgen.model import Claim, Constant, Figure, Fit, Formula, Setting, Statement, Study, Table
from hwgen.model.catalog import Catalog
from hwgen.model.effort import STANDARD, Effort, Scaled

WRONG = "wrong versions of "
# What is printed, counted in another part, or said to a person.
IN_WORDS = frozenset({"name", "exercise", "sentence", "notation", "source", "symbol", "words", "compute"})
MADE_BY: Mapping[type, str] = {Study: "arrays", Constant: "number", Fit: "slope", Table: "rows", Figure: "drawing"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Task:
    """One result to have: by name from `package`, for the formula if it is a claim's, from the results of the tasks `of`.

    With `wrong` the result is what became of the formula's wrong versions; `effort` is how much is computed for it,
    and `asks` whether the author's code is known to ask for that. `parts` is all that
    the key is made of, by name; `owner` the author's definition, as `module.name`.
    """

    package: str
    name: str
    key: str
    parts: Mapping[str, str]
    formula: Formula | None = None
    wrong: bool = False
    of: tuple[str, ...] = ()
    owner: str = ""
    effort: Effort = STANDARD
    asks: bool = False


def tasks_for(
    catalog: Catalog, formulas: Sequence[Formula], wanted: Iterable[str], wrong: bool, effort: Effort = STANDARD
) -> dict[str, Task]:
    """The tasks for the formulas and for the wanted constants, tables and figures, with the studies they view; studies first.

    With `wrong`, also for the wrong versions of every formula that is said to be true, right after it.
    """
    # Of a claim, its formulas and their wrong versions have it in common.
    of_one = functools.cache(functools.partial(_made_of, catalog, standing()))
    task = functools.partial(_task, catalog, effort, of_one)
    shown = [catalog.find(name) for name in wanted]
    studies = {name: catalog.find(name) for noun in shown if isinstance(noun, Constant | Table | Figure) for name in noun.of}
    nouns = [*studies.values(), *shown, *(catalog.find(formula.name) for formula in formulas)]
    _read_by_parts(catalog, [*{id(noun): noun for noun in nouns}.values()])
    tasks = {name: task(noun) for name, noun in studies.items()}
    for formula in formulas:
        noun = catalog.find(formula.name)
        tasks[label(formula)] = task(noun, formula)
        if wrong and formula.macro == "checked":
            tasks[WRONG + label(formula)] = task(noun, formula, wrong=True)
    return tasks | {noun.name: task(noun) for noun in shown}


def _read_by_parts(catalog: Catalog, nouns: Iterable[Any]) -> None:
    """Read what single definitions reach: a module that was read for one of them is not read again for the whole engine's key."""
    for noun in nouns:
        _code(catalog, noun)
        if isinstance(noun, Claim) and noun.proof:
            dependencies_of(noun.proof, noun.name)


def _made_of(catalog: Catalog, settings: str, name: str) -> dict[str, str]:
    """What every result of a noun depends on, whatever is printed of it."""
    noun = catalog.find(name)
    problem = catalog.problem(noun)
    return {
        **_code(catalog, noun),
        **_declared(noun),
        **dependencies(type(problem)),
        "the problem": in_full(problem),
        "the libraries": libraries(),
        "the settings of libraries": settings,
        "the interpreter": interpreter(),
    }


def _task(
    catalog: Catalog,
    effort: Effort,
    made_of: Callable[[str], dict[str, str]],
    noun: Any,
    formula: Formula | None = None,
    wrong: bool = False,
) -> Task:
    parts = dict(made_of(noun.name))
    if isinstance(noun, Claim | Statement):
        if isinstance(noun, Claim) and noun.proof and not wrong:
            parts |= dependencies_of(noun.proof, noun.name)
        # All of the engine, since a claim may use any of it; what others are made by is narrower.
        parts |= {"the engine": engine(), "the formula": printed(formula) if formula else ""}
    else:
        parts |= dependencies_of(making.__name__, MADE_BY[type(noun.compute) if _is_fit(noun) else type(noun)])
        parts |= {f"the study {study}": _task(catalog, effort, made_of, catalog.find(study)).key for study in getattr(noun, "of", ())}
    # A claim is judged at more points, whatever its oracles ask for; of less effort it knows nothing.
    more = isinstance(noun, Claim) and not wrong and effort.factor > 1
    asks = scaling(parts, effort)
    parts |= {"the effort": repr(effort.factor)} if more or asks else {}
    key = digest(type(noun).__name__, noun.name, wrong, *sorted(parts.items()))
    of = getattr(noun, "of", ())
    return Task(
        package=catalog.package,
        name=noun.name,
        key=key,
        parts=parts,
        formula=formula,
        wrong=wrong,
        of=of,
        owner=owner_of(noun),
        effort=effort,
        asks=bool(asks),
    )


def _is_fit(noun: Any) -> bool:
    return isinstance(noun, Constant) and isinstance(noun.compute, Fit)


def _code(catalog: Catalog, noun: Any) -> dict[str, str]:
    """The author's definitions that a result depends on; for a slope also how slopes are fitted, and the studies that it is of."""
    match noun:
        case Claim():
            return dependencies_of_claim(noun)
        case Constant(compute=Setting() as setting):
            own = dependencies_of(Effort.__module__, Effort.__name__) if isinstance(setting.number, Scaled) else {}
            return {"the setting": repr(setting.number), **own}
        case Constant(compute=Fit() as fit):
            axes = [dependencies(axis) if callable(axis) else {f"the axis {axis}": str(fit.row)} for axis in (fit.x, fit.y)]
            studies = [dependencies(function_of(catalog.find(study))) for study in noun.of]
            # Of two closures that are made in one place, each counts.
            held = {f"{number}: {name}": one.pop(name) for number, one in enumerate(axes) for name in [*one] if name.startswith(CAPTURED)}
            return dict(ChainMap({"the part": fit.part}, held, *axes, *studies))
    return dependencies(function_of(noun))


def _declared(noun: Any) -> dict[str, str]:
    """What is declared of a noun beside its function and its words, wherever and however: also where it is handed over by a call."""
    fields = {one.name: getattr(noun, one.name) for one in dataclasses.fields(noun) if one.repr and one.name not in IN_WORDS}
    return {f"{DECLARED}{name}": ADDRESS.sub("", in_full(value)) for name, value in fields.items() if not callable(value)}


def owner_of(noun: Any) -> str:
    """The definition that a noun was made from, as `module.name`; of a fitted line or a setting its name alone."""
    function = function_of(noun)
    where, name = place_of(function)
    return f"{where}.{name.split('.')[0]}" if hasattr(function, "__qualname__") else str(noun.name)


def function_of(noun: Any) -> Callable[..., Any]:
    """The author's function that a noun was made from."""
    for attribute in ("bind", "look", "compute", "draw", "rows"):
        if hasattr(noun, attribute):
            found: Callable[..., Any] = getattr(noun, attribute)
            return found
    raise TypeError(f"{noun!r} has no function")


def printed(formula: Formula) -> str:
    """All that the page says of a relation: its own text and its hypotheses, and the author's commands that these are read with."""
    ones = (formula, *formula.hypotheses)
    commands = dict.fromkeys(macro for one in ones for macro in one.macros)
    return "\n".join([*(f"{one.macro} {one.text}" for one in ones), *map(repr, commands)])


def label(formula: Formula) -> str:
    """What the result of a formula is called in a run."""
    return f"{formula.name}: {formula.macro} {formula.text}"
