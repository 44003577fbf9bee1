"""What the tests of agreement share: a formula, judged over a domain with what its symbols are bound to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from hwgen.evidence.agreement import agreement
from hwgen.judging.claim import look_at
from hwgen.model import Binding, Claim, Evidence, Formula, Place, Sharpness, closed, variable
from hwgen.reading import read, vocabulary

X = variable("x")
DOMAIN = {"x": closed(0.5, 3)}


def bound(bindings: Mapping[str, Binding]) -> Callable[[Any], Mapping[str, Binding]]:
    """A function as content writes them: at the top of a module."""
    return lambda problem: bindings


def claimed(bindings: Mapping[str, Binding], domain: Any, sharp: tuple[Sharpness, ...]) -> Claim:
    return Claim(name="trial", exercise="toy", sentence="", domain=domain, bind=bound(bindings), sharp=sharp, identity="none", points=24)


def printed(text: str) -> Formula:
    return Formula(macro="checked", name="trial", text=text, place=Place(file="t.tex.j2", line=7))


def looked(text: str, bindings: Mapping[str, Binding], domain: Any = None, sharp: tuple[Sharpness, ...] = ()) -> Evidence:
    with np.errstate(all="ignore"):
        look = look_at(claimed(bindings, DOMAIN if domain is None else domain, sharp), None)
        return agreement(read(printed(text), vocabulary(bindings)), look)


def square(x: float) -> float:
    return x * x


def cosh(x: float) -> float:
    return float(np.cosh(x))
