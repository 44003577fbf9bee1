"""Whether an oracle computes a printed side as that side is computed: both are traced, and their operations done again at other numbers.

It is the printed formula typed again, in whatever words of Python, if both agree there as well, whatever is put for what they are made
of, and if it takes about as many operations: another road (a quadrature, an enumeration, a solver) takes more, or others.
"""

from __future__ import annotations

import inspect
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from hwgen.evidence.evaluation import evaluate
from hwgen.judging import normal_form
from hwgen.judging.normal_form import Form
from hwgen.judging.rerun import Known, Rerun
from hwgen.judging.tape import Tape, Traced
from hwgen.judging.traces import TracedScope, Traces, number
from hwgen.model import Bindings, Function, Point, Value
from hwgen.reading import tree

_POINTS, _SEEDS, _CLOSE = 6, 4, 1e-9
_MOST = 4000
# How many times the operations of a formula, and how many more, another way of writing it takes; and what a computation may leave unused.
_TIMES, _MORE, _UNUSED = 2, 3, 10


def same_road(left: tree.Node, right: tree.Node, bindings: Bindings, points: Sequence[Point]) -> str:
    """The symbol, which stands once in an equality, whose oracle repeats what else is printed there; empty if there is none.

    First what other symbols stand for is taken as it is, then all of them are followed.
    """
    every, known = _every(bindings), Known()
    sides = [(name, *pair) for pair in ((left, right), (right, left)) for name in _named(pair[1]) if functions(bindings.get(name))]
    alone = [one for one in sides if one[0] in once(left, right)]
    for followed in (False, True):
        for name, printed, side in sorted(alone, key=lambda one: not isinstance(one[2], tree.Symbol)):
            closed = _closed(bindings[name], printed, bindings, points, [] if followed else every)
            if closed is not None and _always(
                _same_at(printed, side, TracedScope(bindings, point, Rerun(Tape(_MOST), closed, known)), name) for point in chosen(points)
            ):
                return name
    return ""


def _always(found: Iterable[bool | None]) -> bool:
    """Whether what is found at the points is never False, and somewhere True."""
    some = False
    for one in found:
        if one is False:
            return False
        some = some or bool(one)
    return some


def same_side(sides: Sequence[tree.Node], compute: Callable[..., Any], bindings: Bindings, points: Sequence[Point]) -> int | None:
    """The number of the printed side that a computation repeats; None if it repeats none."""
    every, known = _every(bindings), Known()
    left = list(range(len(sides))) if points else []
    for point in chosen(points) if left else ():
        left = [place for place in left if _repeats(compute, sides[place], TracedScope(bindings, point, Rerun(Tape(_MOST), every, known)))]
        if not left:
            return None
    return left[0] if left else None


def _repeats(compute: Callable[..., Any], side: tree.Node, scope: TracedScope) -> bool:
    tape = scope.rerun.tape
    try:
        one = _run(tape, lambda: evaluate(side, scope, Traces(tape)))
        other = _run(tape, lambda: number(scope.rerun.result(compute, scope.point)))
        return min(one.cost, other.cost) > 0 and any(_forms(tape, one, meant) == _forms(tape, other, meant) for meant in ({}, tape.meant()))
    except Exception:  # as above
        return False


def _every(bindings: Bindings) -> list[Callable[..., Any]]:
    return [function for binding in bindings.values() for function in functions(binding)]


def _closed(oracle: Any, printed: tree.Node, bindings: Bindings, points: Sequence[Point], every: list[Any]) -> list[Any] | None:
    """Which functions are closed while an oracle is followed; None if it cannot be.

    A case by name is no number to follow: what an oracle makes of it must be what a printed symbol, whose function is closed, makes of it.
    """
    own = functions(oracle)
    named = {name for point in points[:1] for name, one in point.items() if not isinstance(one, int | float | np.number | np.ndarray)}
    taken = _taken(own) & named
    shared = _taken([one for name in _named(printed) for one in functions(bindings.get(name))]) if every else set()
    return [one for one in every if one not in own] if taken <= shared else None


def _taken(computed: Sequence[Callable[..., Any]]) -> set[str]:
    return {name for one in computed for name in inspect.signature(one).parameters}


def chosen(points: Sequence[Point]) -> list[Point]:
    """A few points away from the first ones, which are ends of ranges."""
    places = np.linspace(min(2, len(points) - 1), len(points) - 1, _POINTS).astype(int).tolist() if points else []
    return [points[place] for place in dict.fromkeys(places)]


def functions(binding: Any) -> list[Callable[..., Any]]:
    """The author's functions that a value or a function is computed by."""
    if isinstance(binding, Value):
        return [binding.compute]
    return [binding.call, *binding.derivatives] if isinstance(binding, Function) else []


def _same_at(printed: tree.Node, side: tree.Node, scope: TracedScope, name: str) -> bool | None:
    """Whether a side that holds the symbol is computed as the printed one is, at one point; None where there is nothing to compute."""
    tape = scope.rerun.tape
    algebra = Traces(tape)
    try:
        one = _run(tape, lambda: evaluate(printed, scope, algebra))
        tape.most = min(_MOST, len(tape.nodes) + _UNUSED * (_TIMES * one.cost + _MORE))
        other = _run(tape, lambda: evaluate(side, scope, algebra))
        said = [entry for found in scope.said.get(name, ()) for entry in _entries(found)]
        same_there = other.cost <= _TIMES * one.cost + _MORE and same(tape, one, other)
        return None if same_there and (_cost(tape, said) < 1 or one.cost < 1) else same_there
    except Exception:  # what cannot be followed is not known to be the same
        return False


@dataclass(frozen=True)
class Run:
    """A result by its entries, and how much it took: operations, comparisons, turns of loops."""

    entries: list[Any]
    cost: int


def _run(tape: Tape, compute: Callable[[], Any]) -> Run:
    before = tape.work
    entries = _entries(compute())
    return Run(entries, _cost(tape, entries) + tape.work - before)


def _cost(tape: Tape, entries: Sequence[Any]) -> int:
    return tape.cost([entry for entry in entries if isinstance(entry, Traced)])


def _entries(found: Any) -> list[Any]:
    return list(found.ravel()) if isinstance(found, np.ndarray) else [found]


def same(tape: Tape, one: Run, other: Run) -> bool:
    """Whether two results are one function of what they are made of, entry by entry."""
    return len(one.entries) == len(other.entries) and any(_agree(tape, one, other, meant) for meant in ({}, tape.meant()))


def _agree(tape: Tape, one: Run, other: Run, meant: Mapping[float, int]) -> bool:
    agreed = 0
    for seed in range(_SEEDS):
        pairs = list(zip(*(_numbers(tape, run.entries, seed, meant) for run in (one, other)), strict=True))
        if any(not (math.isfinite(a) and math.isfinite(b)) for a, b in pairs):
            continue
        size = max(max(abs(a), abs(b)) for a, b in pairs)
        if any(abs(a - b) > _CLOSE * size for a, b in pairs):
            return False
        agreed += 1
    return agreed > 1


def _numbers(tape: Tape, entries: Sequence[Any], seed: int, meant: Mapping[float, int]) -> list[float]:
    found = iter(tape.again([entry for entry in entries if isinstance(entry, Traced)], seed, meant))
    return [next(found) if isinstance(entry, Traced) else float(entry) for entry in entries]


def _forms(tape: Tape, run: Run, meant: Mapping[float, int]) -> list[Form]:
    """The entries as expressions in one normal form, in which nothing is expanded."""
    found: dict[int, Form] = {}
    for place in tape.below([entry for entry in run.entries if isinstance(entry, Traced)]):
        operation, of = tape.nodes[place]
        parts = [found[one] for one in of]
        match operation:
            case ("number", float() as value):
                found[place] = ("variable", meant[value]) if value in meant else normal_form.number(value)
            case str():
                found[place] = _operated(operation, parts)
            case _:
                found[place] = ("f", operation, *parts) if of else ("variable", place)
    return [found[one.place] if isinstance(one, Traced) else normal_form.number(float(one)) for one in run.entries]


def _operated(operation: str, of: Sequence[Form]) -> Form:
    match operation:
        case "+":
            return normal_form.add(of)
        case "-":
            return normal_form.add([of[0], normal_form.opposite(of[1])])
        case "neg":
            return normal_form.opposite(of[0])
        case "*":
            return normal_form.multiply(of)
        case "/":
            return normal_form.multiply([of[0], normal_form.power(of[1], normal_form.MINUS)])
        case "^":
            return normal_form.power(*of)
        case "square":
            return normal_form.power(of[0], Fraction(2))
    return normal_form.call(operation, of)


def once(left: tree.Node, right: tree.Node) -> list[str]:
    """The symbols that stand once in a relation."""
    counted = Counter([*_named(left), *_named(right)])
    return [name for name, count in counted.items() if count == 1]


def _named(side: tree.Node) -> list[str]:
    named = tree.Symbol | tree.Index | tree.Apply | tree.Averaged
    return [one.name for one in tree.parts(side) if isinstance(one, named)]
