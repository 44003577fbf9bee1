"""What a result depends on: the syntax trees of a function and of every local definition that it names, transitively.

Comments, docstrings and layout do not count. Where a dependency cannot be narrowed to a definition, the whole module counts.
"""

from __future__ import annotations

import functools
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hwgen.freshness.acting import Acted, Reached, acted, actions
from hwgen.freshness.definitions import EVERYTHING, LOOSE, TEXT, WHOLE, Definition, Module, module, whole
from hwgen.freshness.digests import digest
from hwgen.freshness.handed import held, is_local, is_told, made_of, place_of, uncached
from hwgen.freshness.libraries import libraries, provided, versions
from hwgen.freshness.sources import IMPORTED, belongs, content_of, files, is_authors, is_module, source
from hwgen.freshness.statements import CARRIER, NOTATION
from hwgen.freshness.texts import keep
from hwgen.model import Claim
from hwgen.model.effort import Effort

__all__ = [
    "belongs",
    "dependencies",
    "dependencies_of",
    "dependencies_of_claim",
    "digest",
    "engine",
    "fingerprint",
    "in_full",
    "keep",
    "libraries",
    "package_digest",
    "provided",
    "scaling",
    "versions",
]

# Registration carries results, it does not make them: every noun would depend on every other.
CARRIERS = frozenset({"hwgen.model.catalog", "hwgen.model.exercise"})
# What changes nothing but what it is put before, whenever that is made.
INERT = frozenset({("dataclasses", "dataclass"), ("dataclasses", "field"), *(("functools", one) for one in ("cache", "lru_cache"))})
# Where an object lies in memory, which differs from run to run.
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
# All that turns a formula and its oracles into evidence, by whole packages: no list of names that could forget one.
ENGINE = ("hwgen.model", "hwgen.reading", "hwgen.arithmetic", "hwgen.analysis", "hwgen.evidence", "hwgen.freshness", "hwgen.judging")


def fingerprint(function: Callable[..., Any]) -> str:
    """The key of a top-level function: its syntax tree and those of the local definitions that it reaches."""
    return digest(*dependencies(function).items())


@functools.cache
def engine() -> str:
    """The key of the code that turns oracle tables into evidence."""
    return package_digest(*ENGINE)


def package_digest(*packages: str) -> str:
    """The key of whole packages: the syntax trees of all their modules."""
    return digest(*(f"{name} {whole(name)}" for package in packages for name in modules(package)))


def dependencies(function: Callable[..., Any]) -> dict[str, str]:
    """The definitions that a top-level function reaches, itself included, each with the digest of its syntax tree."""
    top = _top(function)
    found = dependencies_of(*top) | captured(function)
    # What is made of things that no text tells depends on all that there is.
    places = () if is_told(function) else _all_of_content(top[0])
    return found | {name: said for place in places for name, said in dependencies_of(*place).items()}


def dependencies_of_claim(claim: Claim) -> dict[str, str]:
    """The definitions that the bindings of a claim reach: its own, and those entries of the notation that it prints."""
    found = dependencies(claim.bind)
    for symbol, noted in claim.noted.items():
        entry = f"{NOTATION} {symbol}"
        belongs(noted.module)
        # What is not written out there may be made by any of the author's modules and handed over.
        written = is_module(noted.module) and entry in module(noted.module).trees
        places: Sequence[Definition] = [(noted.module, entry)] if written else _all_of_content(claim.bind.__module__)
        found |= {name: said for place in places for name, said in dependencies_of(*place).items()}
    return found


def scaling(reached: Iterable[str], chosen: Effort) -> tuple[float, ...]:
    """The factor of an effort, for what is computed by definitions that ask for it; nothing for the rest, which it does not change."""
    asked = f"{Effort.__module__}."
    return (chosen.factor,) if any(name.startswith(asked) for name in reached) else ()


def dependencies_of(where: str, name: str) -> dict[str, str]:
    """The same for a definition that need not be imported."""
    belongs(where)
    return dict(_closure(where, name))


@functools.cache
def _closure(where: str, name: str) -> tuple[tuple[str, str], ...]:
    root = where.split(".")[0]
    reached = Reached()
    reached.add(_reach([(where, name)], root))
    if oddity(where):
        reached.add(set(_all_of_content(where)))
    reached.add(_reach([actor for actor, (_, what) in actions(where) if what == EVERYTHING], root))
    acts = [(actor, _acted_on(actor, target, root)) for actor, target in actions(where) if target[1] != EVERYTHING]
    while more := {actor for actor, on in acts if actor not in reached.names and reached.meets(on)}:
        reached.add(_reach(more, root))
    trees = dict(said for said in map(_said, sorted(reached.names)) if said)
    return tuple({**trees, **_others(sorted(reached.places)), **_order(where, reached.names)}.items())


def _order(where: str, reached: Iterable[Definition]) -> dict[str, str]:
    """In which order modules of the content do what they do, where one of the names that are reached may stand for another afterwards."""
    acting = {actor for actor, target in actions(where) if actor[1] == LOOSE or target not in INERT}
    acts = any(one in acting or (one[1] == LOOSE and is_authors(one[0]) and _says(module(one[0]), LOOSE)) for one in reached)
    return {"the order of what is run": _order_of(_all_of_content(where))} if acts else {}


@functools.cache
def _order_of(content: Sequence[Definition]) -> str:
    return digest(*(module(name).order for name, what in content if what == WHOLE))


@functools.cache
def oddity(where: str) -> str:
    """The first place in the content of a module of the author's that is not plain: every result of it depends on all of it."""
    if not is_authors(where):
        return ""
    found = ((name, module(name).odd) for name, what in _all_of_content(where) if what == WHOLE and files(name))
    return next((f"{source(name)}:{odd}" for name, odd in found if odd), "")


@functools.cache
def parted(definition: str) -> Definition:
    """The module of a definition that is given as `module.name`, and its name there."""
    where, _, what = definition.rpartition(".")
    return where, what


def holders(names: Iterable[str]) -> frozenset[str]:
    """Those of the definitions, as `module.name`, that may keep from one result to the next what was read."""
    return frozenset(filter(_holds, names))


@functools.cache
def _holds(definition: str) -> bool:
    where, what = parted(definition)
    return is_authors(where) and is_module(where) and what in module(where).holding


@functools.cache
def held_by(definition: str) -> frozenset[str]:
    """The names in which a definition may keep what it reads."""
    where, what = parted(definition)
    return holders(dependencies_of(where, what)) if is_authors(where) and is_module(where) else frozenset()


@functools.cache
def _acted_on(actor: Definition, target: Definition, root: str) -> Acted:
    """What may stand for something else after an action: the name itself, and the author's names behind it, such as a decorator's table."""
    behind = {one for one in _reach([target], root) if is_authors(one[0])}
    # A decorator of the engine enters nothing; a loose statement may put something in place of a name of the engine.
    direct = {target} if actor[1] == LOOSE or is_authors(target[0]) else set()
    names = (one for one in behind | direct if one[1] not in {LOOSE, CARRIER} and not one[1].startswith(f"{NOTATION} "))
    return acted(frozenset(names))


def _reach(first: Iterable[Definition], root: str) -> set[Definition]:
    seen: set[Definition] = set()
    waiting = {one for one in first if _counts(one, root)}
    while waiting:
        definition = waiting.pop()
        seen.add(definition)
        waiting |= _named(definition, root) - seen
    return seen


@functools.cache
def _named(definition: Definition, root: str) -> frozenset[Definition]:
    """The definitions that count among those that one names."""
    found = module(definition[0])
    named = found.reached.get(definition[1], found.reached[WHOLE])
    every = (one for name in named for one in ([name] if name[1] != EVERYTHING else _all_of_content(name[0])))
    return frozenset(one for one in every if _counts(one, root))


def _counts(definition: Definition, root: str) -> bool:
    return definition[0] not in CARRIERS and _is_local(definition[0], root)


def _all_of_content(where: str) -> tuple[Definition, ...]:
    """Every definition that a module of the author's may find by a text; the engine looks up what it is given."""
    return _whole_content(where) if is_authors(where) else ()


@functools.cache
def _whole_content(where: str) -> tuple[Definition, ...]:
    content = content_of(where)
    package = any(path.name == "__init__.py" for path in files(content))
    return tuple((name, what) for name in (modules(content) if package else [where]) for what in (WHOLE, TEXT))


CAPTURED = "captured by "


def captured(function: Callable[..., Any]) -> dict[str, str]:
    """What a function was made with: the values and functions in its closure and among its defaults, which no text of it tells."""
    found: dict[str, str] = {}
    waiting, seen = [function], {id(uncached(function))}
    # Several may be made in one place: each by its number.
    for number in itertools.count():
        if not waiting:
            break
        one = waiting.pop()
        for name, value in held(one):
            found[f"{CAPTURED}{number}, {'.'.join(place_of(one))}: {name}"] = ADDRESS.sub("", in_full(value))
            for made in made_of(value, seen):
                waiting.append(made)
                found |= dependencies_of(*_top(made))
    return found


def _top(function: Any) -> Definition:
    """The definition that a function is found by; one made within another may be made of anything that its module says."""
    where, name = place_of(function)
    return where, WHOLE if is_local(function) else name.split(".")[0]


def in_full(value: Any) -> str:
    """The text of a value with every digit of every array in it, so that two different values never look alike."""
    import numpy as np  # loaded by whoever has a value to tell apart

    with np.printoptions(threshold=sys.maxsize, floatmode="unique", precision=None):
        return repr(value)


def _tree(found: Module, what: str) -> str:
    if what in found.trees:
        return found.trees[what]
    return "import" if what in found.reached else found.trees[WHOLE]


@functools.cache
def _said(definition: Definition) -> tuple[str, str] | None:
    """A definition by its whole name with its digest; nothing of the top of a module that says nothing."""
    place, what = definition
    found = module(place)
    return (f"{place}.{what}", _tree(found, what)) if _says(found, what) else None


def _says(found: Module, what: str) -> bool:
    """Whether there is anything at the top of the module that belongs to no name."""
    return what != LOOSE or found.trees[LOOSE] != digest()


def _others(modules: Sequence[str]) -> dict[str, str]:
    """The versions of the libraries that these modules import beside the usual ones."""
    names = {name for one in modules for name in module(one).libraries} - IMPORTED
    return {f"library {name}": provided(name) for name in sorted(names)}


def modules(package: str) -> list[str]:
    """The names of a package and of every module below it."""
    top = source(package).parent
    parts = [path.relative_to(top).with_suffix("").parts for path in files(package)]
    return [".".join([package, *(part for part in one if part != "__init__")]) for one in parts]


def _is_local(name: str, root: str) -> bool:
    return name.split(".")[0] in {root, "hwgen"} and bool(files(name))
