"""Interval evidence: the printed tree over Arb balls, box by box. Strict inequalities are proved, equalities hold to a stated epsilon.

What holds for the balls of a box holds for every point of it; a box on which neither is known is halved, never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import flint
import numpy as np

from hwgen.arithmetic.balls import BALLS, Ball
from hwgen.arithmetic.powers import Unenclosed
from hwgen.evidence.evaluation import Scope, evaluate
from hwgen.model import Approx, Evidence, Kind, Verdict
from hwgen.reading import Chain, tree

BITS = 80
DEEPEST = 60


@dataclass(frozen=True, kw_only=True)
class Box:
    """What the symbols mean on a box, and which box.

    sides : for each variable its closed range. meanings : for each printed symbol the name of a variable, a callable of the
    box (variable -> ball) that returns a ball, or a tuple of callables of balls (a function and its derivatives).
    epsilon : how far apart the sides of an equality may be, absolutely. most : how many boxes are tried.
    """

    sides: Mapping[str, tuple[Any, Any]]
    meanings: Mapping[str, Any]
    epsilon: float = 0.0
    most: int = 20000


class _Balls(Scope):
    """A scope whose variables are balls."""

    def __init__(self, box: Box, at: Mapping[str, Ball]) -> None:
        super().__init__({}, {})
        self.box, self.at = box, at

    def value(self, name: str) -> Ball:
        if name in self.local:
            return self.local[name]
        meaning = self.box.meanings.get(name)
        if isinstance(meaning, str):
            return self.at[meaning]
        if not callable(meaning):
            raise Unenclosed(f"no enclosure of {name}")
        return meaning(self.at)

    def call(self, name: str, order: int, arguments: tuple[Ball, ...]) -> Ball:
        known = self.box.meanings.get(name, ())
        if not isinstance(known, tuple) or order >= len(known):
            raise Unenclosed(f"no enclosure of {name} with {order} primes")
        return known[order](*arguments)

    def average(self, node: tree.Averaged, algebra: Any) -> Approx:
        raise Unenclosed(f"no enclosure of {node.name}")


def verify(chain: Chain, box: Box, method: str) -> Evidence:
    """Judge the chain on the whole box by subdivision: PROVED, SUPPORTED to epsilon where it holds equalities, REFUTED or UNDECIDED."""
    before = flint.ctx.prec
    flint.ctx.prec = BITS
    try:
        return _verified(chain, box, method)
    except Unenclosed as error:
        return _undecided(method, str(error), 0.0, 0)
    finally:
        flint.ctx.prec = before


def _verified(chain: Chain, box: Box, method: str) -> Evidence:
    waiting = [(dict(box.sides), 0)]
    done, tried, widest, most = 0.0, 0, 0.0, 0
    while waiting:
        # The last one first: few boxes wait at a time, and what is false somewhere is soon met at its smallest.
        part, depth = waiting.pop()
        tried, most = tried + 1, max(most, depth)
        outcome, excess = _judged(chain, box, part)
        if outcome is False:
            return Evidence(
                kind=Kind.INTERVAL,
                method=method,
                verdict=Verdict.REFUTED,
                cases=tried,
                deviation=excess,
                tolerance=box.epsilon,
                counterexample=f"everywhere on {_described(part)}",
            )
        if outcome is True:
            done += _share(part, box.sides)
            widest = max(widest, excess)
        elif tried + len(waiting) >= box.most or depth == DEEPEST:
            why = f"{tried} boxes were not enough; undecided on {_described(part)}"
            return _undecided(method, why, done, tried)
        else:
            waiting += [(half, depth + 1) for half in _halves(part, box.sides)]
    exact = all(relation.symbol != "=" for relation in chain.relations)
    return Evidence(
        kind=Kind.INTERVAL,
        method=method,
        verdict=Verdict.PROVED if exact else Verdict.SUPPORTED,
        cases=tried,
        deviation=widest,
        tolerance=box.epsilon,
        reason="" if exact else f"equal to {box.epsilon:g} on the whole box, by enclosures",
        steps=(
            f"{_described(box.sides)}, halved until the balls of the sides decide on each part: {tried} boxes, at most {most} halvings",
        ),
    )


def _judged(chain: Chain, box: Box, part: Mapping[str, tuple[Any, Any]]) -> tuple[bool | None, float]:
    """Whether the chain holds (True), fails (False) on all of the part, or neither is known; and the largest deviation of an equality."""
    at = {name: flint.arb.union(flint.arb(low), flint.arb(high)) for name, (low, high) in part.items()}
    sides = [evaluate(side, _Balls(box, at), BALLS) for side in chain.sides]
    outcome: bool | None = True
    deviation = 0.0
    for index, relation in enumerate(chain.relations):
        left, right = sides[index], sides[index + 1]
        if isinstance(left, np.ndarray) or isinstance(right, np.ndarray):
            raise Unenclosed("arrays are not compared box by box")
        if relation.symbol in {">", r"\ge"}:
            left, right = right, left
        found, apart = _compared(relation.symbol, left - right, box.epsilon)
        deviation = max(deviation, apart)
        if found is False:
            return False, apart
        outcome = outcome if found else None
    return outcome, deviation


def _compared(symbol: str, difference: Ball, epsilon: float) -> tuple[bool | None, float]:
    if not difference.is_finite():
        return None, 0.0
    if symbol == "=":
        apart = float(abs(difference).upper())
        if apart <= epsilon:
            return True, apart
        return (False, apart) if abs(difference) > epsilon else (None, 0.0)
    strict = symbol in {"<", ">"}
    if difference < 0 or (not strict and difference <= 0):
        return True, 0.0
    return (False, float(difference.lower())) if difference > 0 else (None, 0.0)


def _halves(part: Mapping[str, tuple[Any, Any]], whole: Mapping[str, tuple[Any, Any]]) -> list[dict[str, tuple[Any, Any]]]:
    """The part cut through the middle of its side that is widest relative to the whole."""
    name = max(part, key=lambda one: (part[one][1] - part[one][0]) / (whole[one][1] - whole[one][0]))
    low, high = part[name]
    middle = low + (high - low) / 2
    return [{**part, name: (low, middle)}, {**part, name: (middle, high)}]


def _share(part: Mapping[str, tuple[Any, Any]], whole: Mapping[str, tuple[Any, Any]]) -> float:
    return math.prod(float((part[name][1] - part[name][0]) / (high - low)) for name, (low, high) in whole.items())


def _described(part: Mapping[str, tuple[Any, Any]]) -> str:
    return ", ".join(f"{name} in [{float(low):.6g}, {float(high):.6g}]" for name, (low, high) in part.items())


def _undecided(method: str, why: str, covered: float, tried: int) -> Evidence:
    return Evidence(kind=Kind.INTERVAL, method=method, verdict=Verdict.UNDECIDED, covered=covered, cases=tried, reason=why)
