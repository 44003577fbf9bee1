"""What a formula of the tests' symbols is read as, and which number it is; shared by the tests of what could be misread."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, expectation, function, probability, value
from hwgen.reading import Chain, read, vocabulary

DICE = (np.full(6, 1 / 6), np.arange(1.0, 7.0))
BINDINGS: Mapping[str, Binding] = {
    **{name: value(lambda number=number: number) for name, number in {"t": 1.7, "s": 0.6, "n": 3, "d": 2.0, "f": 2.5}.items()},
    r"\sigma": value(lambda: 0.5),
    r"\lambda_1": value(lambda: 0.25),
    r"\phi": function(np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "a": value(lambda: np.array([0.5, -1.5, 2.0])),
    "b": value(lambda: np.array([-1.0, 2.0, 4.0])),
    "q": value(lambda: np.array([[0.25, 0.5], [0.75, 0.125]])),
    r"\mathbb{E}": expectation(lambda: DICE, "D"),
    r"\mathbb{P}": probability(lambda: DICE, "D"),
}


def chain(text: str, bindings: Mapping[str, Binding] = BINDINGS) -> Chain:
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    return read(Formula(macro="checked", name="kappa", text=text, place=places[0], places=places), vocabulary(bindings))


def number(text: str) -> float:
    return float(evaluate(chain(f"{text} = 0").sides[0], scope_at(BINDINGS, {})).value)
