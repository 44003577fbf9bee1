"""What the tests of claims share: a power of x, claimed for the exponent of its problem."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from hwgen.judging.claim import finding_of
from hwgen.model import Bindings, Claim, Finding, Formula, Place, closed, function, variable

PLACE = Place(file="templates/t.tex.j2", line=41, column=3)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """The exponent of a power."""

    exponent: float = 2.0


def power(problem: Problem) -> Bindings:
    return {"S": function(lambda x: math.exp(problem.exponent * math.log(x))), "x": variable("x")}


CLAIM = Claim(name="trial", exercise="toy", sentence="", domain={"x": closed(0.5, 3)}, bind=power, changed={"exponent": 3.0})


def printed(text: str, macro: str = "checked") -> Formula:
    places = tuple(replace(PLACE, column=20 + offset) for offset in range(len(text)))
    return Formula(macro=macro, name="trial", text=text, place=PLACE, places=places)


def judged(text: str, **different: Any) -> Finding:
    return finding_of(replace(CLAIM, **different), printed(text), Problem())
