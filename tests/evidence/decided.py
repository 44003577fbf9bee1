"""What the tests of conditions share: two laws, numbers that are bound, and what is found of a relation between them."""

from __future__ import annotations

import math

import numpy as np

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Binding, Claim, Evidence, Formula, Place, closed, expectation, probability, value, variable
from hwgen.reading import read, vocabulary


def dice() -> tuple[np.ndarray, np.ndarray]:
    """The law of D: the whole numbers from 1 to 6."""
    return np.full(6, 1 / 6), np.arange(1.0, 7.0)


def roots() -> tuple[np.ndarray, np.ndarray]:
    """The law of R: the roots of 2 and of 3."""
    return np.full(2, 1 / 2), np.sqrt([2.0, 3.0])


def both() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """D and R, independent."""
    weights, values = zip(dice(), roots(), strict=True)
    return np.outer(*weights).ravel(), np.repeat(values[0], 2), np.tile(values[1], 6)


BOUND: dict[str, Binding] = {
    "t": variable("t"),
    "s": value(lambda t: t**2 + 0.3),
    "n": value(lambda: 4),
    "r": value(lambda: math.exp(math.log(2) / 2)),
    "c": value(lambda: 1.0, error=1e-3),
    r"\mathbb{P}": probability(both, "D", "R"),
    r"\mathbb{E}": expectation(dice, "D"),
}


def bound(problem: object) -> dict[str, Binding]:
    return dict(BOUND)


def look(text: str, arrays: bool) -> Evidence:
    claim = Claim(
        name="trial",
        exercise="toy",
        sentence="",
        domain={"t": closed(0.5, 3)},
        bind=bound,
        sharp=(),
        identity="none",
        points=24,
        fixed=("n", "r", "c", "T", "U"),
    )
    formula = Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))
    with np.errstate(all="ignore"):
        return agreement(read(formula, vocabulary(BOUND)), look_at(claim, None), arrays)
