"""What the tests of oracles and their roads share: a wave, claimed for its oracle, and the question whether that repeats the formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hwgen.judging.chains import chain_of
from hwgen.judging.look import look_at
from hwgen.judging.retraced import same_road
from hwgen.model import Bindings, Claim, Formula, Place, closed, integers, value, variable, vectors

Bind = Callable[[], Bindings]
CLAIM = Claim(name="own", exercise="toy", sentence="", domain={"t": closed(0.1, 1), "s": closed(0.5, 2)}, bind=lambda: None, identity="toy")
WAVE = r"w = s^2 e^{-2t}"
SPACE = {"x": vectors(3, norm=closed(0.5, 2)), "y": vectors(3, norm=closed(0.5, 2))}
COUNTS = {"n": integers(3, 9), "q": closed(0.2, 0.7)}


def same(text: str, bind: Bind, **different: Any) -> str:
    """The symbol whose oracle repeats the first relation."""
    claim = replace(CLAIM, bind=bind, **different)
    formula = Formula(macro="checked", name="own", text=text, place=Place(file="templates/t.tex.j2", line=7))
    chain, bindings = chain_of(claim, formula, None), claim.bindings(None)
    return same_road(chain.sides[0], chain.sides[1], bindings, look_at(claim, None).points)


def bound_to(compute: Any, *names: str) -> Bind:
    return lambda: {"w": value(compute)} | {name: variable(name) for name in names}


def by_series(t: float, s: float) -> float:
    term, found = 1.0, 0.0
    for k in range(1, 60):
        found += term
        term *= -2 * t / k
    return s * s * found
