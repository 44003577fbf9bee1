"""What the tests of wrong versions share: the area of a disc, claimed for a known quarter of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hwgen.judging.mutation import tally
from hwgen.model import Approx, Bindings, Claim, Formula, Place, Tally, cases, closed, value, variable


def quarter(r: float) -> float:
    return 0.7853981633974483 * r * r


def area(problem: Any) -> Bindings:
    return {"A": value(lambda r: 4 * quarter(r)), "r": variable("r")}


def blurred(problem: Any) -> Bindings:
    return {"A": value(lambda r: Approx(value=4 * quarter(r), error=0.4 * r * r)), "r": variable("r")}


TOUCHED = {"r": cases(0.5, 1.0, 2.0, 3.0)}  # at 1 by the tangent
CLAIM = Claim(name="area", exercise="toy", sentence="", domain={"r": closed(0.3, 3)}, bind=area, identity="geometry")


def tallied(text: str, **different: Any) -> Tally:
    place = Place(file="templates/t.tex.j2", line=5)
    return tally(replace(CLAIM, **different), Formula(macro="checked", name="area", text=text, place=place), None)
